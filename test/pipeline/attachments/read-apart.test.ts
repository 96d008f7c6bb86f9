import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { FILE_LIMITS } from '../../../pipeline/attachments/limits.ts';
import { readApart } from '../../../pipeline/attachments/read-apart.ts';
import { readText } from '../../../pipeline/attachments/read-text.ts';
import { makeDocx, makePdf, wordFile } from './files.ts';

const MIB = 1024 * 1024;

test('reads in a thread what it reads in this one, and leaves the bytes alone', async () => {
  const file = makePdf([['跨区域联合实验室申报指南，共三章。']]);
  const copy = new Uint8Array(file);
  assert.deepEqual(await readApart(file, 'pdf'), await readText(new Uint8Array(file), 'pdf'));
  assert.deepEqual(file, copy);
});

test('gives up on a file that takes more heap than it may', async () => {
  const deep = wordFile(
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${'<w:p>'.repeat(100_000)}${'</w:p>'.repeat(100_000)}</w:body></w:document>`,
  );
  assert.deepEqual(await readApart(deep, 'docx', undefined, { ...FILE_LIMITS, heapBytes: 24 * MIB }), {
    state: 'failed',
    detail: 'more memory is needed to read it than one file may take',
  });
});

test('gives up on a file that takes too long', async () => {
  assert.deepEqual(await readApart(makeDocx(['正文']), 'docx', undefined, { ...FILE_LIMITS, ms: 1 }), {
    state: 'failed',
    detail: 'not read within 0.001 s',
  });
});

test('stops when the run is stopped', async () => {
  const stop = new AbortController();
  const reading = readApart(makeDocx(['正文']), 'docx', stop.signal);
  stop.abort(new Error('enough'));
  await assert.rejects(reading, /enough/);
});

test('answers for any bytes whatever', async () => {
  const bytes = fc.uint8Array({ minLength: 0, maxLength: 400 });
  const kinds = fc.constantFrom('pdf' as const, 'docx' as const, 'xlsx' as const);
  await fc.assert(
    fc.asyncProperty(bytes, kinds, async (tail, kind) => {
      const whole = kind === 'pdf' ? makePdf([['字']]) : makeDocx(['字']);
      const damaged = Buffer.concat([whole.subarray(0, whole.length - tail.length), tail]);
      assert.ok(['read', 'scanned', 'failed'].includes((await readText(damaged, kind)).state));
    }),
    { numRuns: 60 },
  );
});

test('survives every hostile PDF of the corpus within its memory', async (t) => {
  const corpus = process.env.CORPUS_DIR;
  if (corpus === undefined) return t.skip('CORPUS_DIR is not set: no hostile PDFs are read');
  const folder = path.join(corpus, 'hostile', 'pdf');
  // What the reader itself needs is no cost of a file.
  await readApart(makePdf([['热身，热身，热身，热身。']]), 'pdf');
  for (const name of await readdir(folder)) {
    const before = process.memoryUsage.rss();
    let peak = before;
    const looking = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    const read = await readApart(await readFile(path.join(folder, name)), 'pdf');
    clearInterval(looking);
    assert.notEqual(read.state, 'read', name);
    assert.ok(peak - before < 100 * MIB, `${name}: ${Math.round((peak - before) / MIB)} MB`);
  }
});
