import type { RunId } from './ids.ts';

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

/** One due moment of a schedule: unique per schedule and local period, so no clock change doubles or drops it. */
export interface Slot {
  readonly scheduleId: string;
  /** ISO week of the edition, `2021-W25`. */
  readonly periodKey: string;
  readonly dueAt: string;
  readonly state: 'due' | 'claimed' | 'done' | 'skipped' | 'failed';
  readonly claimedAt?: string;
  readonly leaseUntil?: string;
  /** Counts up with every claim; written with each publication. */
  readonly fence: number;
}
