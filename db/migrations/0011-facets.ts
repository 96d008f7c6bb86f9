import type { Knex } from 'knex';

/** Instruments, technology fields and target groups of a document; null for documents stored before they were read. */
export const facets = {
  name: '0011-facets',
  async up(db: Knex): Promise<void> {
    await db.schema.alterTable('documents', (t) => {
      t.text('facets');
    });
  },
};
