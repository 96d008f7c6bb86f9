import type { Knex } from 'knex';

/**
 * Mails that carry no edition: confirmations, word to the operator, tests. The key makes each of them one of a kind. The
 * time of the first try, from which giving up is counted: a program that stood still for days has tried nothing.
 */
export const letters = {
  name: '0006-letters',
  async up(db: Knex): Promise<void> {
    await db.schema.createTable('letters', (t) => {
      t.text('id').primary();
      t.text('purpose').notNullable();
      t.text('key').notNullable().unique();
      t.text('to').notNullable();
      t.text('subject').notNullable();
      t.text('text').notNullable();
      t.text('html');
      t.text('headers').notNullable();
      t.text('state').notNullable();
      t.integer('attempts').notNullable();
      t.text('message_id').notNullable();
      t.text('queued_at').notNullable();
      t.text('sent_at');
      t.text('first_try_at');
      t.text('next_try_at');
      t.text('last_error');
      t.index(['state', 'next_try_at']);
    });
    await db.schema.alterTable('deliveries', (t) => {
      t.text('first_try_at');
    });
  },
};
