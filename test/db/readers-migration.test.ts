import assert from 'node:assert/strict';
import { test } from 'node:test';
import knexLibrary from 'knex';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { addressHash } from '../../text/address.ts';

test('recipients of the schema before get what readers need, and lose nothing', async (t) => {
  const db = knexLibrary({ client: 'sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true });
  t.after(() => db.destroy());
  const at = MIGRATIONS.findIndex(({ name }) => name === '0007-readers');
  assert.ok(at > 0);
  for (const migration of MIGRATIONS.slice(0, at)) await migration.up(db);
  const before = {
    id: 'r1',
    email: 'mei@reader.example',
    name: 'Mei',
    attach_pdf: 0,
    active: 1,
    added_at: '2026',
  };
  await db('recipients').insert(before);
  await db('subscriptions').insert({ recipient_id: 'r1', digest_id: 'weekly' });
  await MIGRATIONS[at]?.up(db);
  assert.deepEqual(await db('recipients').first(), {
    ...before,
    ...{ lang: null, topics: '[]', regions: '[]', quiet_week: 'note', consent: null, token_version: 0 },
    ...{ email_hash: addressHash(before.email), unsubscribe_hash: null, preferences_hash: null },
  });
  assert.equal((await db('subscriptions')).length, 1);
});
