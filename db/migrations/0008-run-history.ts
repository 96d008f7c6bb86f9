import type { Knex } from 'knex';

/** The steps of runs, the state of schedules, when a failed slot is tried again, and the fence of each publication. */
export const runHistory = {
  name: '0008-run-history',
  async up(db: Knex): Promise<void> {
    await db.schema.createTable('run_steps', (t) => {
      t.increments('id');
      t.text('run_id').notNullable();
      t.text('name').notNullable();
      t.text('subject').notNullable();
      t.text('state').notNullable();
      t.text('started_at').notNullable();
      t.text('finished_at');
      t.integer('count_in').notNullable();
      t.integer('count_out').notNullable();
      t.text('dropped').notNullable();
      t.text('detail');
      t.index(['run_id', 'id']);
    });
    await db.schema.createTable('schedules', (t) => {
      t.text('id').primary();
      t.integer('enabled').notNullable();
      t.text('since').notNullable();
    });
    await db.schema.alterTable('slots', (t) => {
      t.text('next_try_at');
    });
    await db.schema.alterTable('editions', (t) => {
      t.text('run_id');
      t.integer('fence');
    });
    // What was on schedule before schedules were on record goes on where it stood.
    await db('schedules').insert(
      db('slots')
        .groupBy('schedule_id')
        .select('schedule_id as id', db.raw('1 as enabled'), db.raw('max(due_at) as since')),
    );
  },
};
