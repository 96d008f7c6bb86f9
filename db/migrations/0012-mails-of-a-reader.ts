import type { Knex } from 'knex';

/**
 * A reader's mails are looked up when a correction asks whether its edition is out, and for the reader's log, export and
 * deletion: without an index each of these walks through the mails of all years.
 */
export const mailsOfAReader = {
  name: '0012-mails-of-a-reader',
  async up(db: Knex): Promise<void> {
    await db.schema.alterTable('deliveries', (t) => {
      t.index(['recipient_id']);
    });
  },
};
