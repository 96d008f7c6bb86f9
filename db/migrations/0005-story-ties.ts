import type { Knex } from 'knex';

/** What ties a story to an earlier one, and a document to the one whose text it carries; null where nothing does. */
export const storyTies = {
  name: '0005-story-ties',
  async up(db: Knex): Promise<void> {
    await db.schema.alterTable('stories', (t) => {
      t.text('follows');
    });
    await db.schema.alterTable('story_documents', (t) => {
      t.text('copy_of');
    });
  },
};
