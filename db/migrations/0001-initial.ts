import type { Knex } from 'knex';

/** The first schema. Ids and instants are text, JSON is text, booleans are 0 and 1: the same on every database. */
export const initial = {
  name: '0001-initial',
  async up(db: Knex): Promise<void> {
    await facts(db);
    await derived(db);
    await work(db);
    await mail(db);
  },
};

/** Append-only: what was seen. */
async function facts(db: Knex): Promise<void> {
  await db.schema.createTable('runs', (t) => {
    t.text('id').primary();
    t.text('job').notNullable();
    t.text('subject').notNullable();
    t.text('state').notNullable();
    t.text('started_at').notNullable();
    t.text('finished_at');
    t.text('counts').notNullable();
    t.text('error');
    t.index(['job', 'started_at']);
  });
  await db.schema.createTable('snapshots', (t) => {
    t.text('id').primary();
    t.text('url').notNullable();
    t.text('final_url').notNullable();
    t.text('method').notNullable();
    t.integer('status').notNullable();
    t.text('content_type').notNullable();
    t.text('content_hash').notNullable();
    t.integer('bytes').notNullable();
    t.text('fetched_at').notNullable();
    t.text('file').notNullable();
    t.integer('offset').notNullable();
    t.integer('length').notNullable();
    t.text('run_id');
    t.text('source_id');
    t.index(['url', 'fetched_at']);
    t.index(['content_hash']);
  });
  await db.schema.createTable('visits', (t) => {
    t.text('run_id').notNullable();
    t.text('source_id').notNullable();
    t.text('outcome').notNullable();
    t.text('detail').notNullable();
    t.integer('entries').notNullable();
    t.integer('new_entries').notNullable();
    t.text('at').notNullable();
    t.primary(['run_id', 'source_id']);
    t.index(['source_id', 'at']);
  });
  await db.schema.createTable('findings', (t) => {
    t.text('id').primary();
    t.text('code').notNullable();
    t.text('source_id');
    t.text('document_id');
    t.text('url');
    t.text('snapshot_id');
    t.text('run_id');
    t.text('expected').notNullable();
    t.text('seen').notNullable();
    t.text('first_at').notNullable();
    t.text('last_at').notNullable();
    t.integer('times').notNullable();
    t.index(['last_at']);
  });
}

/** Can be made again from the facts. */
async function derived(db: Knex): Promise<void> {
  await db.schema.createTable('documents', (t) => {
    t.text('id').primary();
    t.text('source_id').notNullable();
    t.text('url').notNullable();
    t.text('canonical_url').notNullable().unique();
    t.text('title').notNullable();
    t.text('lang').notNullable();
    t.text('published_on');
    t.text('published_at');
    t.text('published_precision');
    t.text('published_rule');
    t.text('text').notNullable();
    t.text('body_html').notNullable();
    t.text('content_hash').notNullable();
    t.integer('revision').notNullable();
    t.text('snapshot_id').notNullable();
    t.text('first_seen_at').notNullable();
    t.text('fetched_at').notNullable();
    t.text('revised_at').notNullable();
    t.text('document_number');
    t.text('issued_on');
    t.text('fields').notNullable();
    t.text('topics').notNullable();
    t.text('regions').notNullable();
    t.text('attachments').notNullable();
    t.text('trace').notNullable();
    t.index(['published_at']);
    t.index(['source_id', 'published_at']);
    t.index(['document_number']);
    t.index(['revised_at']);
  });
  await db.schema.createTable('revisions', (t) => {
    t.text('document_id').notNullable().references('id').inTable('documents');
    t.integer('number').notNullable();
    t.text('title').notNullable();
    t.text('text').notNullable();
    t.text('body_html').notNullable();
    t.text('content_hash').notNullable();
    t.text('snapshot_id').notNullable();
    t.text('seen_at').notNullable();
    t.primary(['document_id', 'number']);
  });
  await db.schema.createTable('stories', (t) => {
    t.text('digest_id').notNullable();
    t.text('week').notNullable();
    t.text('id').notNullable();
    t.integer('position').notNullable();
    t.float('score').notNullable();
    t.text('why').notNullable();
    t.primary(['digest_id', 'week', 'id']);
  });
  await db.schema.createTable('story_documents', (t) => {
    t.text('digest_id').notNullable();
    t.text('week').notNullable();
    t.text('story_id').notNullable();
    t.text('document_id').notNullable().references('id').inTable('documents');
    t.integer('position').notNullable();
    t.text('role').notNullable();
    t.text('because').notNullable();
    t.primary(['digest_id', 'week', 'document_id']);
  });
}

/** What is due: a column, never a message. */
async function work(db: Knex): Promise<void> {
  await db.schema.createTable('source_states', (t) => {
    t.text('source_id').primary();
    t.text('next_fetch_at').notNullable();
    t.text('last_fetched_at');
    t.text('last_outcome');
    t.text('last_detail');
    t.integer('failures').notNullable();
    t.text('etag');
    t.text('last_modified');
    t.index(['next_fetch_at']);
  });
  await db.schema.createTable('entries', (t) => {
    t.text('id').primary();
    t.text('source_id').notNullable();
    t.text('url').notNullable();
    t.text('canonical_url').notNullable();
    t.text('entry').notNullable();
    t.text('first_seen_at').notNullable();
    t.text('last_seen_at').notNullable();
    t.text('page_state').notNullable();
    t.integer('page_attempts').notNullable();
    t.text('page_detail');
    t.text('next_page_at');
    t.text('document_id');
    t.unique(['source_id', 'canonical_url']);
    t.index(['next_page_at']);
  });
  await db.schema.createTable('slots', (t) => {
    t.text('schedule_id').notNullable();
    t.text('period_key').notNullable();
    t.text('due_at').notNullable();
    t.text('state').notNullable();
    t.text('claimed_at');
    t.text('lease_until');
    t.integer('fence').notNullable();
    t.text('detail');
    t.primary(['schedule_id', 'period_key']);
  });
}

/** Editions and who got them: changed only by the schedule or a person's decision. */
async function mail(db: Knex): Promise<void> {
  await db.schema.createTable('editions', (t) => {
    t.text('id').primary();
    t.text('digest_id').notNullable();
    t.text('week').notNullable();
    t.integer('revision').notNullable();
    t.integer('number').notNullable();
    t.text('content').notNullable();
    t.text('manifest_hash').notNullable();
    t.text('folder').notNullable();
    t.text('published_at').notNullable();
    t.unique(['digest_id', 'week', 'revision']);
  });
  await db.schema.createTable('recipients', (t) => {
    t.text('id').primary();
    t.text('email').notNullable().unique();
    t.text('name');
    t.integer('attach_pdf').notNullable();
    t.integer('active').notNullable();
    t.text('added_at').notNullable();
  });
  await db.schema.createTable('subscriptions', (t) => {
    t.text('recipient_id').notNullable().references('id').inTable('recipients').onDelete('CASCADE');
    t.text('digest_id').notNullable();
    t.primary(['recipient_id', 'digest_id']);
  });
  await db.schema.createTable('deliveries', (t) => {
    t.text('id').primary();
    t.text('edition_id').notNullable().references('id').inTable('editions');
    t.text('digest_id').notNullable();
    t.text('week').notNullable();
    t.text('purpose').notNullable();
    t.text('recipient_id').notNullable().references('id').inTable('recipients');
    t.text('state').notNullable();
    t.integer('attempts').notNullable();
    t.text('message_id').notNullable();
    t.text('queued_at').notNullable();
    t.text('sent_at');
    t.text('next_try_at');
    t.text('last_error');
    // Whatever starts a second mailing (tick, restart, rebuild), this row makes it once per week and recipient.
    t.unique(['digest_id', 'week', 'purpose', 'recipient_id']);
    t.index(['state', 'next_try_at']);
  });
}
