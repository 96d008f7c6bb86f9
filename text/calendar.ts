import { Temporal } from 'temporal-polyfill';
import type { Period } from '../model/period.ts';

const WEEK = /^(\d{4})-W(\d{2})$/;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;
const MIDNIGHT = 'T00:00:00.000Z';
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Pages of one week name the same few days hundreds of times, and each would be looked up in the rules of its zone. */
const STARTS = new Map<string, string>();
const MOST_STARTS = 10_000;

/** UTC ISO instant at which the calendar day `on` (YYYY-MM-DD) starts in `zone`. */
export function startOfDay(on: string, zone: string): string {
  const key = `${on} ${zone}`;
  const known = STARTS.get(key);
  if (known !== undefined) return known;
  const start = toIso(Temporal.PlainDate.from(on).toZonedDateTime(zone).toInstant());
  if (STARTS.size >= MOST_STARTS) STARTS.clear();
  STARTS.set(key, start);
  return start;
}

/** UTC ISO instant of a wall-clock time; a time inside a spring gap moves forward. */
export function instantOf(on: string, time: string, zone: string): string {
  const intoDay = Date.parse(`1970-01-01T${time}Z`);
  const start = Date.parse(startOfDay(on, zone));
  const isPlainDay = Date.parse(startOfDay(addDays(on, 1), zone)) - start === DAY_MS;
  if (isPlainDay && intoDay < DAY_MS) return new Date(start + intoDay).toISOString();
  // The clocks change on this day.
  const wall = Temporal.PlainDate.from(on).toPlainDateTime(Temporal.PlainTime.from(time));
  return toIso(wall.toZonedDateTime(zone).toInstant());
}

/** The calendar day (YYYY-MM-DD) of an instant in `zone`. */
export function dayOf(at: string | Date, zone: string): string {
  return zoned(at, zone).toPlainDate().toString();
}

/** The wall-clock minute `YYYY-MM-DD HH:MM` of an instant in `zone`. */
export function minuteOf(at: string | Date, zone: string): string {
  const time = zoned(at, zone);
  return `${time.toPlainDate().toString()} ${time.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** Whole days from `from` to `to`, both YYYY-MM-DD. Negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (midnightOf(to) - midnightOf(from)) / DAY_MS;
}

/** The day `days` later. */
export function addDays(on: string, days: number): string {
  return new Date(midnightOf(on) + days * DAY_MS).toISOString().slice(0, -MIDNIGHT.length);
}

/** True for a calendar day that exists (2021-02-30 does not). */
export function isDay(on: string): boolean {
  const [, year, month, day] = DAY.exec(on) ?? [];
  const length = MONTH_LENGTHS[Number(month) - 1];
  if (length === undefined) return false;
  const isLeap = month === '02' && isLeapYear(Number(year));
  return Number(day) >= 1 && Number(day) <= length + Number(isLeap);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The day's midnight in UTC; days are as far apart as these, whatever their zone. */
function midnightOf(on: string): number {
  if (!isDay(on)) throw new RangeError(`${on} is not a calendar day such as 2021-06-21`);
  return Date.parse(on);
}

/**
 * The period of an ISO week in a zone.
 * @throws RangeError when `week` is not `YYYY-Www` or that year has no such week.
 */
export function periodOfWeek(week: string, zone: string): Period {
  const match = WEEK.exec(week);
  if (match === null) throw new RangeError(`${week} is not an ISO week such as 2021-W25`);
  const year = Number(match[1]);
  const number = Number(match[2]);
  // ISO 8601: 4 January always lies in week 1.
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: number - 1 });
  if (number < 1 || weekOfDay(monday.toString()) !== week)
    throw new RangeError(`${year} has no week ${number}`);
  const next = monday.add({ weeks: 1 });
  return {
    week,
    zone,
    from: startOfDay(monday.toString(), zone),
    to: startOfDay(next.toString(), zone),
    firstDay: monday.toString(),
    lastDay: next.subtract({ days: 1 }).toString(),
  };
}

/** The ISO week, `YYYY-Www`, of a calendar day. */
export function weekOfDay(on: string): string {
  const day = Temporal.PlainDate.from(on);
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
}

/** The last ISO week that is complete at `now` in `zone`: what a Monday edition covers. */
export function lastCompleteWeek(now: Date, zone: string): string {
  return weekOfDay(addDays(dayOf(now, zone), -7));
}

/** The week `count` weeks later (earlier when negative). */
export function addWeeks(week: string, count: number, zone: string): string {
  return weekOfDay(addDays(periodOfWeek(week, zone).firstDay, count * 7));
}

/** Weeks from `from` to `to`; 0 when equal. */
export function weeksBetween(from: string, to: string, zone: string): number {
  return daysBetween(periodOfWeek(from, zone).firstDay, periodOfWeek(to, zone).firstDay) / 7;
}

/** True when the machine knows the IANA zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function zoned(at: string | Date, zone: string): Temporal.ZonedDateTime {
  const ms = typeof at === 'string' ? Date.parse(at) : at.getTime();
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}

function toIso(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}
