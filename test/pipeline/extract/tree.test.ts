import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldedLength } from '../../../pipeline/extract/tree.ts';
import { foldSpace } from '../../../text/html.ts';

test('counts what folding leaves, for every character', () => {
  for (let code = 0; code < 0x10000; code += 1) {
    const text = ` a${String.fromCharCode(code)} b`;
    assert.equal(foldedLength(text), foldSpace(text).length, code.toString(16));
  }
});
