import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import knexLibrary from 'knex';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { openStore } from '../../db/store.ts';

test('a database from before run history keeps its schedule, and a copy of it is laid beside', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'policy-digest-history-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const before = MIGRATIONS.filter(({ name }) => name < '0008');
  const old = knexLibrary({
    client: 'sqlite3',
    connection: { filename: join(folder, 'digest.sqlite') },
    useNullAsDefault: true,
    migrations: {
      tableName: 'migrations',
      migrationSource: {
        getMigrations: async () => [...before],
        getMigrationName: ({ name }: { name: string }) => name,
        getMigration: async ({ up }: (typeof before)[number]) => ({ up, down: async () => undefined }),
      },
    },
  });
  await old.migrate.latest();
  const slot = { state: 'done', claimed_at: null, lease_until: null, fence: 1, detail: null };
  await old('slots').insert([
    { ...slot, schedule_id: 'weekly', period_key: '2026-W45', due_at: '2026-11-09T00:00:00.000Z' },
    { ...slot, schedule_id: 'weekly', period_key: '2026-W46', due_at: '2026-11-16T00:00:00.000Z' },
  ]);
  await old.destroy();
  const store = await openStore('', folder);
  try {
    assert.deepEqual(
      await store.schedules.all(),
      new Map([['weekly', { enabled: true, since: '2026-11-16T00:00:00.000Z' }]]),
    );
    assert.equal((await store.slots.newest()).get('weekly')?.periodKey, '2026-W46');
    assert.deepEqual(await store.slots.unfinished(), []);
  } finally {
    await store.close();
  }
  assert.ok((await readdir(folder)).includes('digest.sqlite.before-0008-run-history'));
});
