import type { Knex } from 'knex';

/** What people asked to have made again, and the keys under which programs asked. */
export const rebuilds = {
  name: '0009-rebuilds',
  async up(db: Knex): Promise<void> {
    await db.schema.createTable('rebuilds', (t) => {
      t.text('id').primary();
      t.text('digest_id').notNullable();
      t.text('week').notNullable();
      t.text('from').notNullable();
      t.text('aim').notNullable();
      t.text('expected');
      t.text('state').notNullable();
      // Set while the work is queued or running: the unique column is what makes a second click join the first.
      t.text('open_key').unique();
      t.text('asked_at').notNullable();
      t.text('asked_by').notNullable();
      t.integer('position').notNullable().unique();
      t.text('started_at');
      t.text('finished_at');
      t.text('outcome');
      t.text('error');
      t.index(['state', 'position']);
    });
    await db.schema.createTable('idempotency_keys', (t) => {
      t.text('key').primary();
      t.text('wish').notNullable();
      t.text('rebuild_id').notNullable();
      t.text('at').notNullable();
      t.index(['at']);
    });
  },
};
