import type { DigestId, RebuildId } from './ids.ts';

export type RebuildState = 'queued' | 'running' | 'done' | 'failed';

/** A person's wish to have a week made again. */
export interface RebuildWish {
  readonly digestId: DigestId;
  /** ISO week. */
  readonly week: string;
  /** `snapshots`: read the documents again from their kept pages first. */
  readonly from: 'kept' | 'snapshots';
  /** `look`: make it and show what would change; `publish`: put it into the archive. Neither mails anybody. */
  readonly aim: 'look' | 'publish';
  /** Publish only what was looked at: the draft's content hash. */
  readonly expected?: string;
}

/** What a finished rebuild found. */
export interface RebuildOutcome {
  /** Against the newest revision in the archive: `unchanged` has its bytes. */
  readonly state: 'new' | 'revised' | 'unchanged';
  /** The revision it is or would become. */
  readonly revision: number;
  /** Hash over the names and hashes of all files: what `expected` is held against. */
  readonly contentHash: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly isPublished: boolean;
  /** Relative to the archive, once published or unchanged. */
  readonly folder?: string;
}

export interface RebuildRequest extends RebuildWish {
  readonly id: RebuildId;
  readonly state: RebuildState;
  readonly askedAt: string;
  readonly askedBy: 'page' | 'api';
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly outcome?: RebuildOutcome;
  readonly error?: string;
}

/** How far the running rebuild is, for those who watch. */
export interface RebuildProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** What it is at: `understand`, `render`. */
  readonly stage?: string;
  /** The newest line worth telling. */
  readonly line?: string;
}

/** Equal for equal wishes. */
export function keyOfWish({ digestId, week, from, aim, expected }: RebuildWish): string {
  return [digestId, week, from, aim, expected ?? ''].join('|');
}
