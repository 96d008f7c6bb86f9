import { daysBetween } from '../text/calendar.ts';

/** Roles of the documents folded under a story's first one, in the order in which they are told. */
export const FOLDED_ROLES = ['interpretation', 'report', 'reprint', 'copy'] as const;

/** The year of a day YYYY-MM-DD. */
export function yearOf(on: string): number {
  return Number(on.slice(0, 4));
}

/** The month of a day, 1–12. */
export function monthOf(on: string): number {
  return Number(on.slice(5, 7));
}

/** The day of the month. */
export function dateOf(on: string): number {
  return Number(on.slice(8, 10));
}

/** The weekday of a day, 0 is Sunday: 2017-01-01 was one. */
export function weekdayOf(on: string): number {
  return ((daysBetween('2017-01-01', on) % 7) + 7) % 7;
}
