import { Cron } from 'croner';
import nodeCron from 'node-cron';
import type { Digest } from '../model/digest.ts';
import { lastCompleteWeek } from '../text/calendar.ts';

/** More missed weeks than this are not made up, whatever a digest says. */
const MOST_MADE_UP = 10;
/** Under `skip`, a moment missed by more than this is let go. */
const STALE_AFTER_MS = 60 * 60_000;

/** A moment at which an edition is due, and the week it covers. */
export interface DueMoment {
  readonly week: string;
  readonly dueAt: string;
  /** False: too old for the digest's misfire rule; noted, not worked. */
  readonly isWanted: boolean;
}

/**
 * The moments of a digest after `after` up to and including `now`, oldest first, one per covered week: an hour that a
 * clock change repeats or leaves out neither doubles nor drops a week.
 */
export function dueMoments(digest: Digest, after: Date, now: Date): DueMoment[] {
  const cron = new Cron(digest.cron, { timezone: digest.zone });
  const byWeek = new Map<string, Date>();
  let at = cron.nextRun(after);
  while (at !== null && at <= now) {
    const week = lastCompleteWeek(at, digest.zone);
    if (!byWeek.has(week)) byWeek.set(week, at);
    at = cron.nextRun(at);
  }
  const moments = [...byWeek];
  return moments.map(([week, dueAt], index) => ({
    week,
    dueAt: dueAt.toISOString(),
    isWanted: digest.enabled && isWanted(digest, moments.length - 1 - index, now.getTime() - dueAt.getTime()),
  }));
}

/** The next moment of a digest after `now`; undefined for a cron that never comes again. */
export function nextMoment(digest: Digest, now: Date): string | undefined {
  return new Cron(digest.cron, { timezone: digest.zone }).nextRun(now)?.toISOString();
}

/** The newest moment at or before `now`, looking back at most five weeks. */
export function latestMoment(digest: Digest, now: Date): DueMoment | undefined {
  return dueMoments(digest, new Date(now.getTime() - 35 * 86_400_000), now).at(-1);
}

/** Why a cron expression cannot be used; undefined when it can. */
export function faultOfCron(expression: string, zone: string): string | undefined {
  try {
    if (expression.trim().split(/\s+/).length !== 5)
      return 'a cron expression has five fields: minute hour day month weekday';
    return new Cron(expression, { timezone: zone }).nextRun(new Date(0)) === null
      ? 'this moment never comes'
      : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Rings every minute. What is due is decided from the tables; a ring that is missed costs nothing. */
export function startAlarm(ring: () => void): { stop(): Promise<void> } {
  const task = nodeCron.schedule('* * * * *', ring);
  return {
    async stop() {
      await task.destroy();
    },
  };
}

function isWanted(digest: Digest, newerOnes: number, ageMs: number): boolean {
  switch (digest.misfire) {
    case 'once':
      return newerOnes === 0;
    case 'skip':
      return newerOnes === 0 && ageMs <= STALE_AFTER_MS;
    case 'all':
      return newerOnes < MOST_MADE_UP;
  }
}
