import assert from 'node:assert/strict';
import { test } from 'node:test';
import knex from 'knex';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { storiesTable } from '../../db/stories.ts';
import type { DigestId, DocumentId, StoryId } from '../../model/ids.ts';
import { madeUpDocument, madeUpStory } from '../reports/made-up.ts';

const OURS = MIGRATIONS.findIndex(({ name }) => name === '0005-story-ties');
const WEEKLY = 'weekly' as DigestId;

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

test('stories kept before ties were stored have none', async () => {
  await withSchema(OURS, async (db) => {
    const of = { digest_id: WEEKLY, week: '2021-W24', position: 0 };
    await db('stories').insert({ ...of, id: 's', score: 1, why: '[]' });
    await db('story_documents').insert({ ...of, story_id: 's', document_id: 'd', role: 'lead', because: '' });
    await MIGRATIONS[OURS]?.up(db);
    assert.deepEqual(await storiesTable(db).ofWeek(WEEKLY, '2021-W24'), [
      { id: 's', score: 1, why: [], members: [{ documentId: 'd', role: 'lead', because: '' }] },
    ]);
  });
});

test('a story comes back with the one it goes on with, and a reprint with the text it carries', async () => {
  await withSchema(MIGRATIONS.length, async (db) => {
    const stories = storiesTable(db);
    const parts = { source: 'a', text: '正文。', on: '2021-06-22' };
    const ranked = madeUpStory(
      9,
      [madeUpDocument({ ...parts, title: '甲' }), madeUpDocument({ ...parts, title: '乙' })],
      ['reprint'],
      'before' as StoryId,
    );
    const [first, second] = ranked.story.members;
    assert.ok(first && second);
    const members = [first, { ...second, copyOf: first.documentId as DocumentId }];
    await stories.replaceWeek(WEEKLY, '2021-W25', [{ ...ranked, story: { ...ranked.story, members } }]);
    const [kept] = await stories.ofWeek(WEEKLY, '2021-W25');
    assert.deepEqual([kept?.follows, kept?.members], ['before', members]);
  });
});
