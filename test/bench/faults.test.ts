import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFaults } from '../../bench/faults.ts';

test('a service that is killed again and again loses no reader, mails none twice and tears no edition', async () => {
  const { kills, lost, duplicates, torn, unknown, faults } = await runFaults({ kills: 4, seed: 4, lanes: 1 });
  assert.deepEqual(faults, []);
  assert.deepEqual({ kills, lost, duplicates, torn }, { kills: 4, lost: 0, duplicates: 0, torn: 0 });
  assert.ok(unknown <= kills);
});
