import type { Knex } from 'knex';
import type { Edition } from '../model/edition.ts';
import type { DigestId, EditionId, RunId, SnapshotId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

/** An edition as published: decided, never changed again. */
export interface PublishedEdition {
  readonly id: EditionId;
  readonly digestId: DigestId;
  readonly week: string;
  readonly revision: number;
  readonly number: number;
  readonly edition: Edition;
  /** SHA-256 of manifest.json. */
  readonly manifestHash: string;
  /** Relative to the archive folder. */
  readonly folder: string;
  readonly publishedAt: string;
  /** The run that published it; absent for editions of earlier versions of the program. */
  readonly runId?: RunId;
  /** The fence of the slot it was published under; absent when a person had it made. */
  readonly fence?: number;
}

/** An edition as it is on record, without its content. */
export type RecordedEdition = Pick<
  PublishedEdition,
  'digestId' | 'week' | 'revision' | 'folder' | 'manifestHash'
>;

interface Row {
  id: string;
  digest_id: string;
  week: string;
  revision: number;
  number: number;
  content: string;
  manifest_hash: string;
  folder: string;
  published_at: string;
  run_id: string | null;
  fence: number | null;
}

/** Published editions, one row per revision. */
export function editionsTable(db: Knex) {
  return {
    /** Recording the same revision again changes nothing. */
    async record(published: Omit<PublishedEdition, 'id'>): Promise<PublishedEdition> {
      const id = idFrom(
        'edition',
        published.digestId,
        published.week,
        String(published.revision),
      ) as EditionId;
      const row: Row = {
        id,
        digest_id: published.digestId,
        week: published.week,
        revision: published.revision,
        number: published.number,
        content: toJson(published.edition),
        manifest_hash: published.manifestHash,
        folder: published.folder,
        published_at: published.publishedAt,
        run_id: toNull(published.runId),
        fence: toNull(published.fence),
      };
      await db<Row>('editions').insert(row).onConflict('id').ignore();
      return { ...published, id };
    },

    /** The newest revision of a week. */
    async ofWeek(digestId: DigestId, week: string): Promise<PublishedEdition | undefined> {
      const row = await db<Row>('editions')
        .where({ digest_id: digestId, week })
        .orderBy('revision', 'desc')
        .first();
      return row && fromRow(row);
    },

    /** The newest revision of a digest's newest week: where to read it. */
    async newestOf(digestId: DigestId): Promise<Pick<PublishedEdition, 'week' | 'folder'> | undefined> {
      return db<Row>('editions')
        .where({ digest_id: digestId })
        .orderBy([
          { column: 'week', order: 'desc' },
          { column: 'revision', order: 'desc' },
        ])
        .first('week', 'folder');
    },

    async byId(id: EditionId): Promise<PublishedEdition | undefined> {
      const row = await db<Row>('editions').where({ id }).first();
      return row && fromRow(row);
    },

    /** Every edition on record, oldest week first. */
    async recorded(): Promise<RecordedEdition[]> {
      const rows = await db<Row>('editions')
        .orderBy(['week', 'digest_id', 'revision'])
        .select('digest_id', 'week', 'revision', 'folder', 'manifest_hash');
      return rows.map((row) => ({
        digestId: row.digest_id as DigestId,
        week: row.week,
        revision: row.revision,
        folder: row.folder,
        manifestHash: row.manifest_hash,
      }));
    },

    /** Every kept page that an edition points to, all digests, weeks and revisions. */
    async snapshotIds(): Promise<Set<SnapshotId>> {
      const found = new Set<SnapshotId>();
      const ids: { id: string }[] = await db<Row>('editions').orderBy('id').select('id');
      for (const { id } of ids) {
        const row = await db<Row>('editions').where({ id }).first('content');
        // Wherever an edition names a kept page, it does so under this key; see KeptCopy.
        JSON.parse(row?.content ?? 'null', (key, value: unknown) => {
          if (key === 'snapshotId' && typeof value === 'string') found.add(value as SnapshotId);
          return value;
        });
      }
      return found;
    },

    /** When the first edition of a week that was published at or after `since` went out. */
    async firstPublishedSince(digestId: DigestId, week: string, since: string): Promise<string | undefined> {
      const row = await db<Row>('editions')
        .where({ digest_id: digestId, week })
        .andWhere('published_at', '>=', since)
        .min({ at: 'published_at' })
        .first();
      return row?.at ?? undefined;
    },

    async latest(
      limit: number,
    ): Promise<Pick<PublishedEdition, 'digestId' | 'week' | 'revision' | 'folder' | 'publishedAt'>[]> {
      const rows = await db<Row>('editions')
        .orderBy([
          { column: 'week', order: 'desc' },
          { column: 'digest_id' },
          { column: 'revision', order: 'desc' },
        ])
        .limit(limit)
        .select('digest_id', 'week', 'revision', 'folder', 'published_at');
      return rows.map((row) => ({
        digestId: row.digest_id as DigestId,
        week: row.week,
        revision: row.revision,
        folder: row.folder,
        publishedAt: row.published_at,
      }));
    },
  };
}

function fromRow(row: Row): PublishedEdition {
  return {
    id: row.id as EditionId,
    digestId: row.digest_id as DigestId,
    week: row.week,
    revision: row.revision,
    number: row.number,
    edition: fromJson<Edition>(row.content),
    manifestHash: row.manifest_hash,
    folder: row.folder,
    publishedAt: row.published_at,
    ...optional('runId', row.run_id as RunId | null),
    ...optional('fence', row.fence),
  };
}
