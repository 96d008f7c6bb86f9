import type { Knex } from 'knex';
import type { RunId, SnapshotId, SourceId } from '../model/ids.ts';
import type { Snapshot } from '../model/page.ts';
import { inParts, optional, toNull } from './tables.ts';

interface Row {
  id: string;
  url: string;
  final_url: string;
  method: string;
  status: number;
  content_type: string;
  content_hash: string;
  bytes: number;
  fetched_at: string;
  file: string;
  offset: number;
  length: number;
  request_length: number | null;
  body_file: string | null;
  run_id: string | null;
  source_id: string | null;
}

/** A WARC file as the index knows it. */
export interface KeptFile {
  readonly file: string;
  readonly newestAt: string;
  /** Where the last indexed record ends. */
  readonly end: number;
  readonly records: number;
}

/** Where every kept response lies in the WARC files. */
export function snapshotsTable(db: Knex) {
  return {
    async add(snapshot: Snapshot): Promise<void> {
      await db<Row>('snapshots').insert(toRow(snapshot)).onConflict('id').ignore();
    },

    async byId(id: SnapshotId): Promise<Snapshot | undefined> {
      const row = await db<Row>('snapshots').where({ id }).first();
      return row && fromRow(row);
    },

    async byIds(ids: readonly SnapshotId[]): Promise<Map<SnapshotId, Snapshot>> {
      const found = new Map<SnapshotId, Snapshot>();
      for (const part of inParts(ids)) {
        const rows = await db<Row>('snapshots').whereIn('id', part);
        for (const row of rows) found.set(row.id as SnapshotId, fromRow(row));
      }
      return found;
    },

    /** The kept response of an address with exactly these bytes, if there is one. */
    async byContent(url: string, contentHash: string): Promise<Snapshot | undefined> {
      const row = await db<Row>('snapshots')
        .where({ url, content_hash: contentHash })
        .orderBy('fetched_at')
        .first();
      return row && fromRow(row);
    },

    /** The newest kept good response of an address. */
    async newest(url: string): Promise<Snapshot | undefined> {
      const row = await db<Row>('snapshots')
        .where({ url, status: 200 })
        .orderBy([{ column: 'fetched_at', order: 'desc' }, { column: 'id' }])
        .first();
      return row && fromRow(row);
    },

    /** The first kept good response of an address from `at` on. */
    async nextAt(url: string, at: string): Promise<Snapshot | undefined> {
      const row = await db<Row>('snapshots')
        .where({ url, status: 200 })
        .andWhere('fetched_at', '>=', at)
        .orderBy(['fetched_at', 'id'])
        .first();
      return row && fromRow(row);
    },

    /** The newest record that holds these bytes of an address itself, for a revisit record to refer to. */
    async holding(finalUrl: string, contentHash: string): Promise<Snapshot | undefined> {
      const row = await db<Row>('snapshots')
        .where({ final_url: finalUrl, content_hash: contentHash, body_file: null })
        .orderBy([{ column: 'fetched_at', order: 'desc' }, { column: 'id' }])
        .first();
      return row && fromRow(row);
    },

    /** In the order of their ids, those after `id`: for going through all of them in parts. */
    async after(id: string, limit: number): Promise<Snapshot[]> {
      const rows = await db<Row>('snapshots').where('id', '>', id).orderBy('id').limit(limit);
      return rows.map(fromRow);
    },

    /** Every file, from the name `since` on, with what the index knows of it. */
    async files(since = ''): Promise<KeptFile[]> {
      const rows = (await db('snapshots')
        .where('file', '>=', since)
        .groupBy('file')
        .orderBy('file')
        .select('file')
        .max({ newest: 'fetched_at' })
        .max({ end: db.raw('?? + ??', ['offset', 'length']) })
        .count({ records: '*' })) as { file: string; newest: string; end: number; records: number }[];
      return rows.map((row) => ({
        file: row.file,
        newestAt: row.newest,
        end: Number(row.end),
        records: Number(row.records),
      }));
    },

    /** The files that revisit records in other files than their own refer to, each with the files that do. */
    async references(): Promise<{ readonly from: string; readonly to: string }[]> {
      const rows: { file: string; body_file: string }[] = await db('snapshots')
        .whereNotNull('body_file')
        .distinct('file', 'body_file');
      return rows.map((row) => ({ from: row.file, to: row.body_file }));
    },

    /** Forgets all records of a file; its bytes are the caller's. */
    async forgetFile(file: string): Promise<number> {
      return db<Row>('snapshots').where({ file }).delete();
    },

    async count(): Promise<number> {
      const row = await db('snapshots').count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}

function toRow(snapshot: Snapshot): Row {
  return {
    id: snapshot.id,
    url: snapshot.url,
    final_url: snapshot.finalUrl,
    method: snapshot.method,
    status: snapshot.status,
    content_type: snapshot.contentType,
    content_hash: snapshot.contentHash,
    bytes: snapshot.bytes,
    fetched_at: snapshot.fetchedAt,
    file: snapshot.file,
    offset: snapshot.offset,
    length: snapshot.length,
    request_length: toNull(snapshot.requestLength),
    body_file: toNull(snapshot.bodyFile),
    run_id: toNull(snapshot.runId),
    source_id: toNull(snapshot.sourceId),
  };
}

function fromRow(row: Row): Snapshot {
  return {
    id: row.id as SnapshotId,
    url: row.url,
    finalUrl: row.final_url,
    method: row.method === 'POST' ? 'POST' : 'GET',
    status: row.status,
    contentType: row.content_type,
    contentHash: row.content_hash,
    bytes: row.bytes,
    fetchedAt: row.fetched_at,
    file: row.file,
    offset: row.offset,
    length: row.length,
    ...optional('requestLength', row.request_length),
    ...optional('bodyFile', row.body_file),
    ...optional('runId', row.run_id as RunId | null),
    ...optional('sourceId', row.source_id as SourceId | null),
  };
}
