import type { Knex } from 'knex';

/**
 * Files that hang on documents, with their text. What a page said of its version, and how often it was read as against
 * tried: a failure no longer uses up a reading.
 */
export const attachments = {
  name: '0003-attachments',
  async up(db: Knex): Promise<void> {
    await db.schema.createTable('attachments', (t) => {
      t.text('document_id').notNullable().references('id').inTable('documents');
      t.text('url').notNullable();
      t.text('title').notNullable();
      t.text('kind').notNullable();
      t.text('state').notNullable();
      t.text('text').notNullable();
      t.text('detail');
      t.text('content_hash');
      t.text('snapshot_id');
      t.text('fetched_at');
      t.integer('position').notNullable();
      t.primary(['document_id', 'url']);
      t.index(['content_hash']);
    });
    await db.schema.alterTable('entries', (t) => {
      t.text('etag');
      t.text('last_modified');
      t.integer('page_reads').notNullable().defaultTo(0);
      t.integer('page_failures').notNullable().defaultTo(0);
    });
    // Up to now every try counted as a reading.
    await db('entries')
      .where({ page_state: 'read' })
      .update({ page_reads: db.raw('page_attempts') });
  },
};
