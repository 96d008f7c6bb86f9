import type { WorkCalendar } from '../../model/vocabulary.ts';
import { addDays } from '../../text/calendar.ts';

/** The day that ends a window, and whether it may be off by holidays nobody has announced yet. */
export interface WorkingDay {
  readonly on: string;
  readonly isAbout: boolean;
}

/** The `count`th working day after `from` by the State Council's calendar; beyond its years only weekends are known. */
export function addWorkingDays(from: string, count: number, calendar: WorkCalendar): WorkingDay {
  let on = from;
  let isAbout = false;
  for (let left = count; left > 0; ) {
    on = addDays(on, 1);
    if (!calendar.years.has(Number(on.slice(0, 4)))) isAbout = true;
    if (isWorkingDay(on, calendar)) left -= 1;
  }
  return { on, isAbout };
}

/** True when people work on that day by a calendar; one without days knows weekends alone. */
export function isWorkingDay(on: string, { off, work }: WorkCalendar): boolean {
  if (work.has(on)) return true;
  if (off.has(on)) return false;
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
