import assert from 'node:assert/strict';
import { test } from 'node:test';
import knex from 'knex';
import { attachmentsTable } from '../../db/attachments.ts';
import { entriesTable } from '../../db/entries.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import type { StoredAttachment } from '../../model/attachment.ts';
import type { DocumentId } from '../../model/ids.ts';

const OURS = MIGRATIONS.findIndex(({ name }) => name === '0003-attachments');

async function withSchema(upTo: number, work: (db: knex.Knex) => Promise<void>): Promise<void> {
  const db = knex({
    client: 'sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  try {
    for (const migration of MIGRATIONS.slice(0, upTo)) await migration.up(db);
    await work(db);
  } finally {
    await db.destroy();
  }
}

test('counts the readings of pages that were read before the schema told them from tries', async () => {
  await withSchema(OURS, async (db) => {
    const entry = (id: string, state: string, attempts: number) => ({
      id,
      source_id: 's',
      url: `http://a.example/${id}`,
      canonical_url: `a.example/${id}`,
      entry: '{}',
      first_seen_at: '2021-06-22T00:00:00.000Z',
      last_seen_at: '2021-06-22T00:00:00.000Z',
      page_state: state,
      page_attempts: attempts,
    });
    await db('entries').insert([
      entry('read', 'read', 3),
      entry('failed', 'failed', 2),
      entry('due', 'due', 0),
    ]);
    await MIGRATIONS[OURS]?.up(db);
    const entries = entriesTable(db);
    const seen = await Promise.all(['read', 'failed', 'due'].map((id) => entries.byId(id)));
    assert.deepEqual(
      seen.map((one) => [one?.pageReads, one?.pageFailures, one?.validators]),
      [
        [3, 0, {}],
        [0, 0, {}],
        [0, 0, {}],
      ],
    );
  });
});

test('keeps each file of a document once, in page order, with every field', async () => {
  await withSchema(MIGRATIONS.length, async (db) => {
    const table = attachmentsTable(db);
    const documentId = 'd1' as DocumentId;
    const file = (url: string, text: string): StoredAttachment => ({
      documentId,
      url,
      title: '附件',
      kind: 'pdf',
      state: 'read',
      text,
      contentHash: 'h',
      fetchedAt: '2021-06-22T00:00:00.000Z',
    });
    await table.save(documentId, [file('b', '旧'), file('a', '甲')]);
    await table.save(documentId, [file('b', '新')]);
    assert.deepEqual(await table.ofDocument(documentId), [file('b', '新'), file('a', '甲')]);
    assert.deepEqual([...(await table.ofDocuments([documentId, 'd2' as DocumentId])).keys()], [documentId]);
    assert.deepEqual((await table.withWords('旧')).length, 0);
  });
});
