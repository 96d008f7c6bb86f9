import type { Tables } from '../db/store.ts';
import type { SilentSource } from '../model/edition.ts';
import type { Source } from '../model/source.ts';
import type { WorkCalendar } from '../model/vocabulary.ts';
import { isWorkingDay } from '../pipeline/fields/working-days.ts';
import { addDays, dayOf } from '../text/calendar.ts';

/** How often a source publishes, learned from the days on which it did. Gaps are counted in working days. */
export interface Rhythm {
  /** The usual gap. */
  readonly medianDays: number;
  /** Nine of ten gaps are no longer. */
  readonly longDays: number;
  /** Silence beyond this is not its habit. */
  readonly limitDays: number;
  /** Gaps that this was learned from. */
  readonly observations: number;
}

const WEEKENDS: WorkCalendar = { years: new Set(), off: new Set(), work: new Set() };
/** Fewer gaps say nothing of a habit. */
const LEAST_OBSERVATIONS = 5;
/** What happened longer ago is no habit any more. */
const MOST_DAYS = 60;
/** Even a daily source may miss two days. */
const LEAST_LIMIT = 3;

/**
 * The rhythm of a source that published on these days, in any order; undefined when they are too few. Median and quantile,
 * so that one summer break or one busy week does not change it.
 */
export function rhythmOf(days: readonly string[], isWorkingDay: (on: string) => boolean): Rhythm | undefined {
  const distinct = [...new Set(days)].sort();
  const gaps = distinct
    .slice(1)
    .map((on, index) => workingDaysBetween(distinct[index] ?? on, on, isWorkingDay))
    .sort((one, other) => one - other);
  if (gaps.length < LEAST_OBSERVATIONS) return undefined;
  const medianDays = quantile(gaps, 0.5);
  const longDays = quantile(gaps, 0.9);
  const limitDays = Math.max(Math.ceil(longDays * 1.5), medianDays * 3, LEAST_LIMIT);
  return { medianDays, longDays, limitDays, observations: gaps.length };
}

/** Working days after `from`, up to and with `to`; at least 1 for different days, so that a Saturday counts as one. */
export function workingDaysBetween(from: string, to: string, isWorkingDay: (on: string) => boolean): number {
  let count = 0;
  for (let on = addDays(from, 1); on <= to; on = addDays(on, 1)) if (isWorkingDay(on)) count += 1;
  return from < to ? Math.max(1, count) : 0;
}

/** Whether people work on a day in a country: the calendar is China's, elsewhere weekends alone are known. */
export function workingDaysOf(country: string, calendar: WorkCalendar): (on: string) => boolean {
  const known = country === 'CN' ? calendar : WEEKENDS;
  return (on) => isWorkingDay(on, known);
}

/**
 * Says that a source is silent beyond its habit, from what had been seen of it by `until`; undefined when it is not, or
 * when its habit is not known.
 */
export async function silenceOf(
  tables: Pick<Tables, 'documents'>,
  source: Source,
  until: string,
  calendar: WorkCalendar,
): Promise<SilentSource | undefined> {
  const days = await tables.documents.publicationDays(source.id, until, MOST_DAYS);
  const isWorkingDay = workingDaysOf(source.country, calendar);
  const rhythm = rhythmOf(days, isWorkingDay);
  const [lastOn] = days;
  if (rhythm === undefined || lastOn === undefined) return undefined;
  const silentDays = workingDaysBetween(lastOn, dayOf(until, source.zone), isWorkingDay);
  if (silentDays <= rhythm.limitDays) return undefined;
  const { medianDays: usualDays, limitDays } = rhythm;
  return { sourceId: source.id, name: source.name, lastOn, usualDays, limitDays, silentDays };
}

/** Nearest rank of a sorted list. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
