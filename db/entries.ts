import type { Knex } from 'knex';
import type { Entry } from '../model/entry.ts';
import type { DocumentId, SourceId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import { canonicalUrl } from '../text/urls.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

/** What became of the page behind an entry. `due` and `failed` are asked again at `nextPageAt`; `old` never was. */
export type PageState = 'due' | 'old' | 'read' | 'failed' | 'gone' | 'refused' | 'unreadable';

export interface ListedEntry {
  readonly id: string;
  readonly entry: Entry;
  readonly firstSeenAt: string;
  readonly pageState: PageState;
  readonly pageAttempts: number;
  /** How often its page was read, or seen to be as it was. */
  readonly pageReads: number;
  /** How often in a row it could not be read since. */
  readonly pageFailures: number;
  readonly documentId?: DocumentId;
  /** What the page said of its version when it was last read. */
  readonly validators: Validators;
}

/** The version of a page in its server's own words (RFC 9110 8.8), shown again to be told only of changes. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** What became of a page. */
export interface PageResult {
  readonly state: PageState;
  readonly detail?: string;
  /** When to look again; absent: never. */
  readonly nextPageAt?: string;
  readonly documentId?: DocumentId;
  /** Replaces what was kept; absent: that stays. */
  readonly validators?: Validators;
}

/** An entry whose page is due: enough to put it in a lane. */
export interface DuePage {
  readonly id: string;
  readonly sourceId: SourceId;
  readonly url: string;
}

interface Row {
  id: string;
  source_id: string;
  url: string;
  canonical_url: string;
  entry: string;
  first_seen_at: string;
  last_seen_at: string;
  page_state: string;
  page_attempts: number;
  page_detail: string | null;
  next_page_at: string | null;
  document_id: string | null;
  page_reads: number;
  page_failures: number;
  etag: string | null;
  last_modified: string | null;
}

/** What the sources listed, each address once per source, and whether its page is due. */
export function entriesTable(db: Knex) {
  return {
    /**
     * Adds what is new; returns how many were. A known entry is only marked as seen again. What was published before
     * `readSince` is noted but its page is not due: lists may go back for years. Call inside a transaction.
     */
    async list(entries: readonly Entry[], at: string, readSince = ''): Promise<number> {
      let added = 0;
      for (const entry of entries) {
        const canonical = canonicalUrl(entry.url);
        const id = idFrom('entry', entry.sourceId, canonical);
        const known = await db<Row>('entries').where({ id }).first('id');
        if (known !== undefined) {
          await db<Row>('entries').where({ id }).update({ last_seen_at: at });
          continue;
        }
        added += 1;
        const isOld = entry.published !== undefined && entry.published.at < readSince;
        await db<Row>('entries').insert({
          id,
          source_id: entry.sourceId,
          url: entry.url,
          canonical_url: canonical,
          entry: toJson(entry),
          first_seen_at: at,
          last_seen_at: at,
          page_state: isOld ? 'old' : 'due',
          page_attempts: 0,
          page_detail: null,
          next_page_at: isOld ? null : at,
          document_id: null,
          page_reads: 0,
          page_failures: 0,
          etag: null,
          last_modified: null,
        });
      }
      return added;
    },

    /** The title under which a source listed an address. */
    async titleOf(sourceId: SourceId, url: string): Promise<string | undefined> {
      const row = await db<Row>('entries')
        .where({ id: idFrom('entry', sourceId, canonicalUrl(url)) })
        .first('entry');
      return row === undefined ? undefined : fromJson<Entry>(row.entry).title;
    },

    /** What a source listed of an address, given in the one spelling (`canonicalUrl`). */
    async entryAt(sourceId: SourceId, canonical: string): Promise<Entry | undefined> {
      const row = await db<Row>('entries')
        .where({ id: idFrom('entry', sourceId, canonical) })
        .first('entry');
      return row && fromJson<Entry>(row.entry);
    },

    /** @throws RangeError when the source never listed the address */
    async byUrl(sourceId: SourceId, url: string): Promise<ListedEntry> {
      const row = await db<Row>('entries')
        .where({ id: idFrom('entry', sourceId, canonicalUrl(url)) })
        .first();
      if (row === undefined) throw new RangeError(`${sourceId} never listed ${url}`);
      return fromRow(row);
    },

    /**
     * Where pages lie that it is time to fetch (first or again), in the order the entries were found; of one source or of
     * all. Only the addresses: a list may carry whole texts, and thousands may be due.
     */
    async duePages(now: string, limit: number, sourceId?: SourceId): Promise<DuePage[]> {
      const rows = await db<Row>('entries')
        .where('next_page_at', '<=', now)
        .andWhere(sourceId === undefined ? {} : { source_id: sourceId })
        .orderBy(['next_page_at', 'source_id', 'id'])
        .limit(limit)
        .select('id', 'source_id', 'url');
      return rows.map(({ id, source_id, url }) => ({ id, sourceId: source_id as SourceId, url }));
    },

    async byId(id: string): Promise<ListedEntry | undefined> {
      const row = await db<Row>('entries').where({ id }).first();
      return row && fromRow(row);
    },

    /** Writes what became of a page, and when to look again. */
    async settlePage(id: string, result: PageResult): Promise<void> {
      const { validators } = result;
      // Expressions stand for numbers here: the database counts.
      const plusOne = (column: string) => db.raw('?? + 1', [column]) as unknown as number;
      await db<Row>('entries')
        .where({ id })
        .update({
          page_state: result.state,
          page_detail: toNull(result.detail),
          next_page_at: toNull(result.nextPageAt),
          page_attempts: plusOne('page_attempts'),
          ...(result.state === 'read'
            ? { page_reads: plusOne('page_reads'), page_failures: 0 }
            : { page_failures: plusOne('page_failures') }),
          ...(result.documentId === undefined ? {} : { document_id: result.documentId }),
          ...(validators === undefined
            ? {}
            : { etag: toNull(validators.etag), last_modified: toNull(validators.lastModified) }),
        });
    },

    /** What the last look at the pages of a document showed, one state for each place where it is listed. */
    async pageStatesOf(documentId: DocumentId): Promise<PageState[]> {
      const rows = await db<Row>('entries').where({ document_id: documentId }).select('page_state');
      // Written by settlePage and list from the same union.
      return rows.map(({ page_state }) => page_state as PageState);
    },

    /** How many entries of a source were new in `(after, until]`. */
    async seenWithin(sourceId: SourceId, after: string, until: string): Promise<number> {
      const row = await db('entries')
        .where({ source_id: sourceId })
        .andWhere('first_seen_at', '>', after)
        .andWhere('first_seen_at', '<=', until)
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },

    async count(): Promise<number> {
      const row = await db('entries').count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}

function fromRow(row: Row): ListedEntry {
  return {
    id: row.id,
    entry: fromJson<Entry>(row.entry),
    firstSeenAt: row.first_seen_at,
    // Written by settlePage and list from the same union.
    pageState: row.page_state as PageState,
    pageAttempts: row.page_attempts,
    pageReads: row.page_reads,
    pageFailures: row.page_failures,
    validators: { ...optional('etag', row.etag), ...optional('lastModified', row.last_modified) },
    ...optional('documentId', row.document_id as DocumentId | null),
  };
}
