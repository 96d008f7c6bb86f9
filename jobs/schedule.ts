import { Cron } from 'croner';
import nodeCron from 'node-cron';
import { errorText } from '../model/errors.ts';
import type { Schedule } from '../model/schedule.ts';
import { lastCompleteWeek } from '../text/calendar.ts';

/** More missed weeks than this are not made up, whatever a schedule says. */
const MOST_MADE_UP = 10;
/** Under `skip`, a moment missed by more than this is let go. */
const STALE_AFTER_MS = 60 * 60_000;

/** A moment at which something is due, and the week it covers. */
export interface DueMoment {
  readonly week: string;
  readonly dueAt: string;
  /** False: too old for the schedule's misfire rule; noted, not worked. */
  readonly isWanted: boolean;
}

/**
 * The moments of a schedule after `after` up to and including `now`, oldest first, one per covered week: an hour that a
 * clock change repeats or leaves out neither doubles nor drops a week.
 */
export function dueMoments(schedule: Schedule, after: Date, now: Date): DueMoment[] {
  const cron = new Cron(schedule.cron, { timezone: schedule.zone });
  const byWeek = new Map<string, Date>();
  let at = cron.nextRun(after);
  while (at !== null && at <= now) {
    const week = lastCompleteWeek(at, schedule.zone);
    if (!byWeek.has(week)) byWeek.set(week, at);
    at = cron.nextRun(at);
  }
  const moments = [...byWeek];
  return moments.map(([week, dueAt], index) => ({
    week,
    dueAt: dueAt.toISOString(),
    isWanted: isWanted(schedule, moments.length - 1 - index, now.getTime() - dueAt.getTime()),
  }));
}

/** The next moment of a schedule after `now`; undefined for a cron that never comes again. */
export function nextMoment(schedule: Pick<Schedule, 'cron' | 'zone'>, now: Date): string | undefined {
  return new Cron(schedule.cron, { timezone: schedule.zone }).nextRun(now)?.toISOString();
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
    return errorText(error);
  }
}

/** How often an alarm rings. What is due is decided from the tables; a ring that is missed costs nothing. */
export type Beat = 'every minute' | 'every ten seconds';

const CRON_OF: Readonly<Record<Beat, string>> = {
  'every minute': '* * * * *',
  'every ten seconds': '*/10 * * * * *',
};

export function startAlarm(beat: Beat, ring: () => void): { stop(): Promise<void> } {
  const task = nodeCron.schedule(CRON_OF[beat], ring);
  return {
    async stop() {
      await task.destroy();
    },
  };
}

function isWanted({ misfire }: Schedule, newerOnes: number, ageMs: number): boolean {
  switch (misfire) {
    case 'once':
      return newerOnes === 0;
    case 'skip':
      return newerOnes === 0 && ageMs <= STALE_AFTER_MS;
    case 'all':
      return newerOnes < MOST_MADE_UP;
  }
}
