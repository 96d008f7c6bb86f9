import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { PublishedEdition } from '../../db/editions.ts';
import { openStore } from '../../db/store.ts';
import { draftFolderOf } from '../../jobs/drafts.ts';
import { maintain } from '../../jobs/maintain.ts';
import { runJob } from '../../jobs/run.ts';
import type { DigestId, RunId } from '../../model/ids.ts';
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
  for (; day <= 4; day++) await runJob(base, maintain, { backupDir, backupKeep: 2, draftsDir: '' });
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
  await assert.rejects(
    runJob({ ...base, store: failing }, maintain, { backupDir, backupKeep: 1, draftsDir: '' }),
    {
      code: 'DATABASE_DAMAGED',
    },
  );
  assert.deepEqual(await readdir(backupDir), []);
});

const WEEKLY = 'weekly' as DigestId;

function editionOf(week: string, publishedAt: string): Omit<PublishedEdition, 'id'> {
  const folder = `weekly/${week.slice(0, 4)}/${week}`;
  // Nothing here reads what the edition says.
  const edition = {} as PublishedEdition['edition'];
  return { digestId: WEEKLY, week, revision: 1, number: 1, edition, manifestHash: 'm', folder, publishedAt };
}

test('what is kept for a time only goes, and nothing that somebody may be asked for', async (t) => {
  const folder = await folderOf(t);
  const { base } = await openProgram(t, {
    sources: [],
    clock: { now: () => new Date('2026-11-01T03:30:00Z') },
  });
  const { store } = base;
  const ancient = '2025-06-02T00:00:00.000Z';
  const older = '2026-06-01T00:00:00.000Z';
  const recent = '2026-10-25T00:00:00.000Z';
  for (const [id, startedAt] of [
    ['ancient', ancient],
    ['edition', ancient],
    ['older', older],
    ['recent', recent],
  ] as const) {
    const runId = id as RunId;
    const step = {
      runId,
      state: 'finished',
      startedAt,
      finishedAt: startedAt,
      in: 1,
      out: 1,
      dropped: {},
    } as const;
    await store.runs.start({ id: runId, job: 'collect', subject: '', startedAt });
    await store.runs.finish(runId, { state: 'finished', at: startedAt, counts: {} });
    await store.runSteps.add({ ...step, name: 'fetch', subject: '' });
    await store.runSteps.add({ ...step, name: 'list', subject: 'most' });
  }
  await store.editions.record({ ...editionOf('2025-W22', ancient), runId: 'edition' as RunId });
  const letter = { purpose: 'operator', to: 'a@example.org', subject: 'x', text: 'y' } as const;
  for (const [key, at] of [
    ['sent long ago', ancient],
    ['in doubt since long ago', ancient],
    ['waits since long ago', ancient],
    ['sent', recent],
  ] as const) {
    await store.letters.queue({ ...letter, key }, at);
    if (key.startsWith('waits')) continue;
    const [mail] = (await store.letters.inState('queued', 9)).filter((one) => one.key === key);
    assert.ok(mail !== undefined);
    await store.letters.move(mail.id, 'queued', 'sending', { at });
    await store.letters.move(mail.id, 'sending', key.startsWith('in doubt') ? 'unknown' : 'sent', { at });
  }
  const outcome = {
    state: 'revised',
    revision: 2,
    contentHash: 'c',
    counts: {},
    isPublished: false,
  } as const;
  for (const [aim, at] of [
    ['look', ancient],
    ['publish', ancient],
    ['look', recent],
  ] as const) {
    const wish = { digestId: WEEKLY, week: '2025-W22', from: 'kept', aim } as const;
    const asking = { by: 'api', at, idempotencyKey: `${aim} ${at}` } as const;
    const { request } = await store.transaction((tables) => tables.rebuilds.ask(wish, asking));
    await store.rebuilds.finish(request.id, { at, outcome: { ...outcome, isPublished: aim === 'publish' } });
  }
  await store.editions.record(editionOf('2026-W42', recent));
  const draftsDir = join(folder, 'drafts');
  for (const [week, made] of [
    ['2026-W40', '2026-09-30T00:00:00Z'],
    ['2026-W42', '2026-10-20T00:00:00Z'],
    ['2026-W43', '2026-10-20T00:00:00Z'],
  ] as const) {
    const draft = draftFolderOf(draftsDir, 'weekly', week);
    await mkdir(draft, { recursive: true });
    await utimes(draft, new Date(made), new Date(made));
  }

  const { counts } = await runJob(base, maintain, { backupDir: join(folder, 'b'), backupKeep: 1, draftsDir });

  const left = (await store.runs.latest(9)).map(({ id }) => id).filter((id) => !id.includes('maintenance'));
  assert.deepEqual(left, ['recent', 'older', 'edition']);
  const names = async (id: string) => (await store.runSteps.ofRun(id as RunId)).map(({ name }) => name);
  assert.deepEqual(await names('ancient'), []);
  assert.deepEqual(await names('older'), ['fetch'], 'only what each source gave');
  for (const id of ['edition', 'recent']) assert.deepEqual(await names(id), ['fetch', 'list']);
  const keys = [];
  for (const state of ['queued', 'sent', 'unknown'] as const)
    keys.push(...(await store.letters.inState(state, 9)).map(({ key }) => key));
  assert.deepEqual(keys, ['waits since long ago', 'sent', 'in doubt since long ago']);
  const aims = (await store.rebuilds.latest(9)).map(({ aim, askedAt }) => `${aim} ${askedAt}`);
  assert.deepEqual(aims, [`look ${recent}`, `publish ${ancient}`]);
  assert.deepEqual(await readdir(join(draftsDir, 'weekly', '2026')), ['2026-W43-draft']);
  assert.equal(counts.cleared, 1 + 1 + 1 + 1 + 2, 'a run, a source’s step, a letter, a look, two drafts');
});

test('an address that nobody confirmed is in no file after the upkeep, nor in its backup', async (t) => {
  const backupDir = await folderOf(t);
  const clock = { now: () => new Date('2026-11-01T03:30:00.000Z') };
  const { base } = await openProgram(t, { sources: [], clock });
  const email = 'stranger.unique@reader.example';
  const request = { digestIds: [WEEKLY], attachPdf: false };
  const [requestedAt, expiresAt] = ['2026-10-20T00:00:00.000Z', '2026-10-23T00:00:00.000Z'];
  await base.store.signUps.add({ tokenHash: 'h', email, request, requestedAt, expiresAt });
  await runJob(base, maintain, { backupDir, backupKeep: 1, draftsDir: '' });
  const found: string[] = [];
  const dataDir = dirname(base.evidence.folder);
  for (const folder of [dataDir, backupDir])
    for (const name of await readdir(folder))
      if ((await readFile(join(folder, name), 'latin1')).includes(email)) found.push(name);
  assert.deepEqual(found, []);
});
