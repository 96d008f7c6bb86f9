import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldedLength, foldSpace } from '../../text/html.ts';

test('folds white space and drops what is not seen', () => {
  for (const [text, folded] of [
    ['a b', 'a b'],
    [' a \n\tb ', 'a b'],
    ['a\u00A0\u3000b\u2003c', 'a b c'],
    ['\u200Ba\u00AD b\uE000 \uFEFF', 'a b'],
    [' \u200B ', ''],
    ['', ''],
  ] as const)
    assert.equal(foldSpace(text), folded, JSON.stringify(text));
});

test('counts what folding leaves, for every character', () => {
  for (let code = 0; code < 0x10000; code += 1) {
    const text = ` a${String.fromCharCode(code)} b`;
    assert.equal(foldedLength(text), foldSpace(text).length, code.toString(16));
  }
});

test('folds every character that is white space', () => {
  for (let code = 0; code < 0x10000; code += 1) {
    const sign = String.fromCharCode(code);
    const folded = /[\u200B-\u200D\uFEFF\u00AD\uE000-\uF8FF]/.test(sign)
      ? 'ab'
      : /\s/.test(sign)
        ? 'a b'
        : `a${sign}b`;
    assert.equal(foldSpace(`a${sign}b`), folded, code.toString(16));
  }
});
