import { findDays } from '../../text/dates.ts';
import { BARE_DAYS, DATE_FORMS } from './date-forms.ts';
import { type DateDraft, DateList } from './date-list.ts';
import { ENGLISH_DATES } from './english-dates.ts';
import type { Reading } from './reading.ts';
import { RELATIVE_DATES } from './relative-dates.ts';

const FORMS = [...DATE_FORMS, ...ENGLISH_DATES, ...RELATIVE_DATES, ...BARE_DAYS];

/** 版本号2020.1.3: no day. */
const VERSION_BEFORE = /(?:版本号?|型号)[为是：:]?\s?$|\b[vV]\.?\s?$/u;

/** Every date and period the text names, longest forms first; nothing that another reader has taken. */
export function findDateDrafts(reading: Reading): readonly DateDraft[] {
  const { text } = reading;
  const found = new DateList(reading);
  // 2019年1-7月 is no day.
  for (const { on, start, end } of findDays(text))
    if (
      !/年[^月]*$/u.test(text.slice(start, end)) &&
      !VERSION_BEFORE.test(text.slice(Math.max(0, start - 6), start))
    )
      found.add(start, end, { iso: on, precision: 'day', rule: 'DAY' });
  found.joinSpans();
  found.joinLeadingDays();
  for (const [form, read] of FORMS) for (const match of reading.matches(form)) found.read(match, read);
  found.joinBracketed();
  found.dropWeekdays();
  return found.sorted();
}
