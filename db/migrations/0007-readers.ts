import type { Knex } from 'knex';
import { addressHash } from '../../text/address.ts';

/**
 * Readers: what each chose, the hashes their links are found by, what happened to them, sign-ups that wait for a
 * confirmation, addresses that get nothing more, and the messages that came back.
 */
export const readers = {
  name: '0007-readers',
  async up(db: Knex): Promise<void> {
    await choices(db);
    await suppressions(db);
    await db.schema.createTable('recipient_events', (t) => {
      t.increments('number').primary();
      t.text('recipient_id').notNullable().references('id').inTable('recipients').onDelete('CASCADE');
      t.text('at').notNullable();
      t.text('kind').notNullable();
      t.text('by').notNullable();
      t.text('detail').notNullable();
      t.index(['recipient_id', 'number']);
    });
    await db.schema.createTable('sign_ups', (t) => {
      t.text('token_hash').primary();
      t.text('email').notNullable();
      t.text('email_hash').notNullable();
      t.text('request').notNullable();
      t.text('requested_at').notNullable();
      t.text('expires_at').notNullable();
      t.index(['email_hash', 'requested_at']);
      t.index(['expires_at']);
    });
    // What remains of the deliveries of a person who asked to be forgotten: numbers.
    await db.schema.createTable('forgotten_deliveries', (t) => {
      t.text('digest_id').notNullable();
      t.text('week').notNullable();
      t.text('purpose').notNullable();
      t.text('state').notNullable();
      t.integer('deliveries').notNullable();
      t.primary(['digest_id', 'week', 'purpose', 'state']);
    });
    await db.schema.createTable('returned_messages', (t) => {
      // SHA-256 of the message: reading a mailbox twice judges each message once.
      t.text('message_hash').primary();
      t.text('kind').notNullable();
      t.text('status');
      t.text('delivery_id');
      t.text('detail').notNullable();
      t.text('read_at').notNullable();
      t.index(['delivery_id', 'kind']);
    });
  },
};

async function choices(db: Knex): Promise<void> {
  await db.schema.alterTable('recipients', (t) => {
    t.text('lang');
    t.text('topics').notNullable().defaultTo('[]');
    t.text('regions').notNullable().defaultTo('[]');
    t.text('quiet_week').notNullable().defaultTo('note');
    t.text('consent');
    t.integer('token_version').notNullable().defaultTo(0);
    t.text('email_hash');
    t.text('unsubscribe_hash');
    t.text('preferences_hash');
    t.index(['email_hash']);
    t.index(['unsubscribe_hash']);
    t.index(['preferences_hash']);
  });
  const known: { id: string; email: string }[] = await db('recipients').select('id', 'email');
  for (const { id, email } of known)
    await db('recipients')
      .where({ id })
      .update({ email_hash: addressHash(email) });
}

async function suppressions(db: Knex): Promise<void> {
  await db.schema.createTable('suppressions', (t) => {
    t.text('email_hash').notNullable();
    // Empty: every digest.
    t.text('digest_id').notNullable();
    // Null once the person was forgotten: the hash alone still stops a later import.
    t.text('email');
    t.text('reason').notNullable();
    t.text('at').notNullable();
    t.text('evidence').notNullable();
    t.primary(['email_hash', 'digest_id']);
  });
  await db.schema.createTable('soft_bounces', (t) => {
    t.text('email_hash').notNullable();
    // A delivery counts once, however often its failure is told.
    t.text('cause').notNullable();
    t.text('at').notNullable();
    t.text('evidence').notNullable();
    t.primary(['email_hash', 'cause']);
  });
}
