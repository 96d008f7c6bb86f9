import type { Knex } from 'knex';

/** What a document's text states, with spans; null for documents stored before facts were read. */
export const facts = {
  name: '0004-facts',
  async up(db: Knex): Promise<void> {
    await db.schema.alterTable('documents', (t) => {
      t.text('facts');
    });
  },
};
