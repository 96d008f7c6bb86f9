import { isDay } from '../../text/calendar.ts';
import { type DayMention, findDays } from '../../text/dates.ts';
import { elementsTagged, metaContent, type OpenPage } from './page.ts';

/** Which number of 03/04/2021 is the day, and whether 21-03-04 starts with the year. */
export type DayOrder = 'day first' | 'month first' | 'year first';

/** `03/04/2021`, `3.4.21`, `03-04-2021`; the separators are alike and no further number stands beside them. */
const NUMBERS = /(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)?\d{2})(?![\d/]|[.-]\d)/gu;
/** `21-06-21` where years stand first. */
const SHORT_YEAR_FIRST = /(?<![\d./-])(\d{2})([./-])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)/gu;
const YEAR_FIRST_TAGS = /^(?:zh|ja|ko|hu|lt|mn)(?:[-_]|$)/iu;
/** Countries that write the day first in English; the others of this length are no top-level domains of English sites. */
const AMERICAN_ENDS = new Set(['gov', 'mil', 'edu', 'us']);
const AMERICAN_TAGS = /^en[-_](?:us|ph)$/iu;
/** Runs looked through for a date that can be read in one way only. */
const MOST_RUNS = 3000;

/**
 * The days a line of a page names: those every reader understands, and, where the page's order of day and month is known,
 * those that could be read two ways. Years of two digits count as this century's up to 69.
 */
export function daysOfLine(text: string, order: DayOrder | undefined): readonly DayMention[] {
  const found = [...findDays(text)];
  if (order === 'year first') return [...found, ...shortYears(text)];
  for (const match of text.matchAll(NUMBERS)) {
    const [whole, first = '', separator, second = '', year = ''] = match;
    if (found.some(({ start, end }) => match.index < end && match.index + whole.length > start)) continue;
    const [left, right] = [Number(first), Number(second)];
    const isDayFirst = separator === '.' || left > 12 || (right <= 12 && order === 'day first');
    const isMonthFirst = right > 12 || (left <= 12 && order === 'month first');
    if (isDayFirst === isMonthFirst) continue;
    const [day, month] = isDayFirst ? [left, right] : [right, left];
    const on = `${fullYear(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    if (isDay(on)) found.push({ on, start: match.index, end: match.index + whole.length });
  }
  return found.sort((left, right) => left.start - right.start);
}

/**
 * What the page's language, its address, or else another date on it says about the order of day and month. Undefined for
 * English pages that give no hint: such days are then left unread.
 */
export function dayOrderOf({ $, url, source, runs }: OpenPage): DayOrder | undefined {
  const tag =
    elementsTagged($, 'html')[0]?.attribs.lang ??
    metaContent($, ['og:locale', 'content-language'])?.value ??
    source.lang;
  if (AMERICAN_TAGS.test(tag)) return 'month first';
  if (YEAR_FIRST_TAGS.test(tag)) return 'year first';
  if (/^[a-z]{2,3}(?:[-_]|$)/iu.test(tag) && !/^en(?:$|[-_]ca)/iu.test(tag)) return 'day first';
  const address = URL.parse(url);
  const end = address?.hostname.split('.').at(-1) ?? '';
  if (AMERICAN_ENDS.has(end)) return 'month first';
  if (/^[a-z]{2}$/u.test(end) && !/^(?:ca|io|ai|co|me|tv)$/u.test(end)) return 'day first';
  if (/\/en-(?:gb|au|nz|ie|in|za)(?:\/|$)/iu.test(address?.pathname ?? '')) return 'day first';
  for (const { text } of runs.slice(0, MOST_RUNS)) {
    if (text.length > 80) continue;
    const match = /(?<![\d./-])(\d{1,2})\/(\d{1,2})\/(?:19|20)?\d{2}(?![\d/])/u.exec(text);
    if (match === null) continue;
    if (Number(match[1]) > 12) return 'day first';
    if (Number(match[2]) > 12) return 'month first';
  }
  return undefined;
}

function shortYears(text: string): readonly DayMention[] {
  return [...text.matchAll(SHORT_YEAR_FIRST)].flatMap((match) => {
    const [whole, year = '', , month = '', day = ''] = match;
    const on = `${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isDay(on) ? [{ on, start: match.index, end: match.index + whole.length }] : [];
  });
}

function fullYear(year: string): string {
  if (year.length === 4) return year;
  return `${Number(year) < 70 ? 20 : 19}${year}`;
}
