import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openStore } from '../../db/store.ts';
import { maintain } from '../../jobs/maintain.ts';
import { runJob } from '../../jobs/run.ts';
import { openProgram } from './program.ts';

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'policy-digest-backup-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a backup is a whole database with the rows of its moment; the oldest beyond the number go', async (t) => {
  const backupDir = await folderOf(t);
  let day = 1;
  const clock = { now: () => new Date(`2026-11-0${day}T03:30:00.000Z`) };
  const { base } = await openProgram(t, { sources: [], clock });
  for (; day <= 4; day++) await runJob(base, maintain, { backupDir, backupKeep: 2 });
  assert.deepEqual((await readdir(backupDir)).sort(), [
    'digest-20261103T033000000Z.sqlite',
    'digest-20261104T033000000Z.sqlite',
  ]);
  const copy = await openStore(`sqlite:${join(backupDir, 'digest-20261104T033000000Z.sqlite')}`, backupDir);
  try {
    assert.equal((await copy.runs.list({ job: 'maintenance', limit: 9 })).length, 4);
  } finally {
    await copy.close();
  }
});

test('a damaged database fails the upkeep and pushes no good backup out', async (t) => {
  const folder = await folderOf(t);
  const backupDir = await folderOf(t);
  const clock = { now: () => new Date('2026-11-01T03:30:00.000Z') };
  const { base } = await openProgram(t, { sources: [], clock });
  const store = await openStore('', folder);
  t.after(() => store.close());
  const at = '2026-11-01T00:00:00.000Z';
  for (let number = 0; number < 400; number++)
    await store.letters.queue(
      { purpose: 'test', key: `${number}`, to: 'a@example.org', subject: 'x', text: 'y'.repeat(500) },
      at,
    );
  await store.backUp(join(folder, 'folded-in'));
  // Pages in the middle of the copy are overwritten, where its start still looks like a database.
  const file = join(folder, 'folded-in');
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  for (let place = Math.floor(size / 3 / 4096) * 4096; place < size - 4096; place += 4096)
    await handle.write(Buffer.alloc(2048, 0xff), 0, 2048, place);
  await handle.close();
  const damaged = await openStore(`sqlite:${file}`, folder).catch((error: { code: string }) => error);
  assert.ok('code' in damaged, 'the damage was not seen at start');
  assert.equal(damaged.code, 'DATABASE_DAMAGED');
  const failing = { ...base.store, checkWhole: () => Promise.reject(damaged) };
  await assert.rejects(runJob({ ...base, store: failing }, maintain, { backupDir, backupKeep: 1 }), {
    code: 'DATABASE_DAMAGED',
  });
  assert.deepEqual(await readdir(backupDir), []);
});
