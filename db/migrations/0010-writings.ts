import type { Knex } from 'knex';

/** What a language model wrote of stories: asked for once, then part of the kept data. */
export const writings = {
  name: '0010-writings',
  async up(db: Knex): Promise<void> {
    await db.schema.createTable('writings', (t) => {
      t.text('id').primary();
      t.text('lang').notNullable();
      t.text('content_hashes').notNullable();
      t.text('writer').notNullable();
      t.text('sentences').notNullable();
      t.text('dropped').notNullable();
      t.text('written_at').notNullable();
    });
  },
};
