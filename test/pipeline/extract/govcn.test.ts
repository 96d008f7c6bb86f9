import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluateExtraction } from '../../../bench/evaluate/extraction.ts';

test('reads title, dates, issuer and numbers of all 60 State Council documents', async (t) => {
  const corpus = process.env.CORPUS_DIR;
  if (corpus === undefined || corpus === '')
    return t.skip('CORPUS_DIR is not set: 60 real documents are not checked');
  const { figures, n } = await evaluateExtraction(join(corpus, 'zh-govcn'));
  assert.equal(n, 60);
  for (const name of [
    'titleExact',
    'dateExact',
    'issuerExact',
    'documentNumberExact',
    'writtenAtExact',
    'indexNumberExact',
  ])
    assert.equal(figures[name], 1, name);
});
