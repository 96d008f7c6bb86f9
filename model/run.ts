import type { RunId } from './ids.ts';

/** `abandoned`: the program was stopped in the middle; what was done by then is kept. */
export type RunState = 'running' | 'finished' | 'failed' | 'abandoned';

/** One execution of a job. */
export interface Run {
  readonly id: RunId;
  readonly job: string;
  /** What it worked on, for instance `weekly 2021-W25`. */
  readonly subject: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly error?: string;
}

/** The stages of a run; `list` and `read` are those of one source within `fetch`. */
export type StepName =
  | 'fetch'
  | 'list'
  | 'read'
  | 'understand'
  | 'compose'
  | 'render'
  | 'publish'
  | 'mail'
  | 'check'
  | 'clear'
  | 'backup';

/** What went into a step, what came out of it and why the rest did not: in = out + all of `dropped`. */
export interface Tally {
  readonly in: number;
  readonly out: number;
  readonly dropped: Readonly<Record<string, number>>;
}

/** A stage of a run with its time and its counts. */
export interface RunStep extends Tally {
  readonly runId: RunId;
  readonly name: StepName;
  /** The source for `list` and `read`; else empty. */
  readonly subject: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** What a person reads: how a source answered, why a step failed. */
  readonly detail?: string;
}

/** What a tally does not account for; anything but 0 is a fault of the program and is shown as such. */
export function unaccounted({ in: came, out, dropped }: Tally): number {
  return came - out - Object.values(dropped).reduce((sum, count) => sum + count, 0);
}

/** One due moment of a schedule: unique per schedule and local period, so no clock change doubles or drops it. */
export interface Slot {
  readonly scheduleId: string;
  /** ISO week of the edition, `2021-W25`. */
  readonly periodKey: string;
  readonly dueAt: string;
  readonly state: 'due' | 'claimed' | 'done' | 'skipped' | 'failed';
  readonly claimedAt?: string;
  readonly leaseUntil?: string;
  /** After a failure: not before this instant. */
  readonly nextTryAt?: string;
  /** Counts up with every claim; written with each publication. */
  readonly fence: number;
  /** What came of it, or why the last try failed. */
  readonly detail?: string;
}
