import type { Knex } from 'knex';
import { initial } from './0001-initial.ts';
import { snapshotPlaces } from './0002-snapshot-places.ts';
import { attachments } from './0003-attachments.ts';
import { facts } from './0004-facts.ts';
import { storyTies } from './0005-story-ties.ts';
import { letters } from './0006-letters.ts';
import { readers } from './0007-readers.ts';
import { runHistory } from './0008-run-history.ts';
import { rebuilds } from './0009-rebuilds.ts';
import { writings } from './0010-writings.ts';
import { facets } from './0011-facets.ts';
import { mailsOfAReader } from './0012-mails-of-a-reader.ts';

/** One step of the schema; never edited after release. */
export interface Migration {
  readonly name: string;
  up(db: Knex): Promise<void>;
}

/** In order. Add at the end. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  snapshotPlaces,
  attachments,
  facts,
  storyTies,
  letters,
  readers,
  runHistory,
  rebuilds,
  writings,
  facets,
  mailsOfAReader,
];

/** What Knex asks of a place that holds migrations. */
export const migrationSource: Knex.MigrationSource<Migration> = {
  getMigrations: async () => [...MIGRATIONS],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({
    up: (db: Knex) => migration.up(db),
    down: async () => {
      throw new Error(`${migration.name} has no way back: restore the backup made before it`);
    },
  }),
};
