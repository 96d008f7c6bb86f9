import type { DocumentId, RunId, SnapshotId, SourceId } from './ids.ts';

/** What a run can notice that a person should look at. Every code has its row in docs/errors.md. */
export const FINDING_CODES = [
  'SOURCE_REFUSED',
  'SOURCE_FAILED',
  'SOURCE_GONE',
  'SOURCE_SILENT',
  'LIST_EMPTY',
  'LIST_FEW_ENTRIES',
  'LIST_STALE',
  'LIST_TOO_LONG',
  'LIST_FAMILY_CHANGED',
  'LIST_ITEM_UNREADABLE',
  'PAGE_REFUSED',
  'PAGE_FAILED',
  'PAGE_GONE',
  'PAGE_UNREADABLE',
  'PAGE_MOVED',
  'PAGE_PART_MISSING',
  'ATTACHMENT_SCANNED',
  'ATTACHMENT_FAILED',
  'DOCUMENT_UNDATED',
  'DOCUMENT_FUTURE_DATE',
  'DOCUMENT_RERELEASED',
  'DOCUMENT_CHANGED',
  'SNAPSHOT_BROKEN',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** Findings by which a single document may be missing from an edition; its readers are told of each. */
export const PAGE_PROBLEMS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'LIST_ITEM_UNREADABLE',
  'PAGE_REFUSED',
  'PAGE_FAILED',
  'PAGE_GONE',
  'PAGE_UNREADABLE',
  'PAGE_PART_MISSING',
  'DOCUMENT_UNDATED',
  'DOCUMENT_FUTURE_DATE',
]);

/** Something a run noticed: one bad record, never the end of the run. */
export interface Finding {
  readonly code: FindingCode;
  readonly sourceId?: SourceId;
  readonly documentId?: DocumentId;
  readonly url?: string;
  readonly snapshotId?: SnapshotId;
  readonly runId?: RunId;
  readonly expected: string;
  readonly seen: string;
  /** UTC ISO instant. */
  readonly at: string;
}
