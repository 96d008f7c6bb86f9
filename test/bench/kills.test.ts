import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killAndCompare } from '../../bench/kills.ts';

test('killing the program while it collects loses no kept page and repeats no document', async () => {
  const report = await killAndCompare({ kills: 5, seed: 7, hosts: 4, pages: 12 });
  assert.deepEqual(report.broken, []);
  assert.equal(report.killed, 5);
  assert.equal(report.documents, 48);
  assert.ok(report.records > report.documents);
});
