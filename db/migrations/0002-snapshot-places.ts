import type { Knex } from 'knex';

/**
 * Where the parts of a kept exchange lie: the request before the response, and for a revisit record the file that holds
 * the body. Files are asked for by name when they are checked, recovered and cleared away.
 */
export const snapshotPlaces = {
  name: '0002-snapshot-places',
  async up(db: Knex): Promise<void> {
    await db.schema.alterTable('snapshots', (t) => {
      t.integer('request_length');
      t.text('body_file');
      t.index(['file']);
      t.index(['body_file']);
      t.index(['final_url', 'content_hash']);
    });
  },
};
