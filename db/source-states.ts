import type { Knex } from 'knex';
import type { RunId, SourceId } from '../model/ids.ts';
import { optional, toNull } from './tables.ts';

/** Outcome of one look at a source's list. */
export interface Visit {
  readonly runId: RunId;
  readonly sourceId: SourceId;
  readonly outcome: 'answered' | 'refused' | 'failed';
  readonly detail: string;
  readonly entries: number;
  readonly newEntries: number;
  readonly at: string;
}

/** What is remembered of a source between runs. */
export interface SourceState {
  readonly sourceId: SourceId;
  readonly nextFetchAt: string;
  readonly lastFetchedAt?: string;
  readonly lastOutcome?: string;
  readonly lastDetail?: string;
  /** Consecutive looks that did not bring a list. */
  readonly failures: number;
  readonly etag?: string;
  readonly lastModified?: string;
}

interface StateRow {
  source_id: string;
  next_fetch_at: string;
  last_fetched_at: string | null;
  last_outcome: string | null;
  last_detail: string | null;
  failures: number;
  etag: string | null;
  last_modified: string | null;
}

interface VisitRow {
  run_id: string;
  source_id: string;
  outcome: string;
  detail: string;
  entries: number;
  new_entries: number;
  at: string;
}

/** When each source is due, and every look at it. */
export function sourceStatesTable(db: Knex) {
  return {
    async all(): Promise<Map<SourceId, SourceState>> {
      const rows = await db<StateRow>('source_states');
      return new Map(rows.map((row) => [row.source_id as SourceId, fromStateRow(row)]));
    },

    async save(state: SourceState): Promise<void> {
      await db<StateRow>('source_states').insert(toStateRow(state)).onConflict('source_id').merge();
    },

    async addVisit(visit: Visit): Promise<void> {
      const row: VisitRow = {
        run_id: visit.runId,
        source_id: visit.sourceId,
        outcome: visit.outcome,
        detail: visit.detail,
        entries: visit.entries,
        new_entries: visit.newEntries,
        at: visit.at,
      };
      await db<VisitRow>('visits').insert(row).onConflict(['run_id', 'source_id']).merge();
    },

    /** All looks in `(after, until]`, oldest first. */
    async visitsWithin(after: string, until: string): Promise<Visit[]> {
      const rows = await db<VisitRow>('visits')
        .where('at', '>', after)
        .andWhere('at', '<=', until)
        .orderBy(['at', 'run_id', 'source_id']);
      return rows.map(fromVisitRow);
    },
  };
}

function toStateRow(state: SourceState): StateRow {
  return {
    source_id: state.sourceId,
    next_fetch_at: state.nextFetchAt,
    last_fetched_at: toNull(state.lastFetchedAt),
    last_outcome: toNull(state.lastOutcome),
    last_detail: toNull(state.lastDetail),
    failures: state.failures,
    etag: toNull(state.etag),
    last_modified: toNull(state.lastModified),
  };
}

function fromStateRow(row: StateRow): SourceState {
  return {
    sourceId: row.source_id as SourceId,
    nextFetchAt: row.next_fetch_at,
    ...optional('lastFetchedAt', row.last_fetched_at),
    ...optional('lastOutcome', row.last_outcome),
    ...optional('lastDetail', row.last_detail),
    failures: row.failures,
    ...optional('etag', row.etag),
    ...optional('lastModified', row.last_modified),
  };
}

function fromVisitRow(row: VisitRow): Visit {
  return {
    runId: row.run_id as RunId,
    sourceId: row.source_id as SourceId,
    // Written by addVisit from the same union.
    outcome: row.outcome as Visit['outcome'],
    detail: row.detail,
    entries: row.entries,
    newEntries: row.new_entries,
    at: row.at,
  };
}
