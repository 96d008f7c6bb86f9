import type { Publication } from '../model/publication.ts';
import { addDays, dayOf, instantOf, isDay, startOfDay } from './calendar.ts';
import { readPublication } from './dates.ts';

/** Dates as lists, feeds and addresses write them; dates in running pages belong to dates.ts. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const TIME = '(?:,?\\s+(?:at\\s+)?(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:\\.\\d+)?)?\\s*([ap]\\.?m\\.?)?)?';
const OFFSET = '(?:\\s*([+-]\\d{1,2}:?\\d{2}|z|[a-z]{2,5})(?![a-z]))?';

/** `Thu, 01 Jan 2004 19:48:21 GMT`, `1 January 04 1948 EST`. */
const DAY_FIRST = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+${MONTH},?[\\s-]+(\\d{4}|\\d{2})\\b${TIME}${OFFSET}`,
  'i',
);
/** `January 1, 2004 7:48 PM`, `Jan. 1 2004`. */
const MONTH_FIRST = new RegExp(
  `\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b${TIME}${OFFSET}`,
  'i',
);
/** `Thu Jan  1 19:48:21 CST 2004`, the form of C and Java. */
const ASCTIME = new RegExp(
  `\\b${MONTH}\\s+(\\d{1,2})\\s+(\\d{1,2}):(\\d{2}):(\\d{2})\\s*([a-z]{2,5})?\\s+(\\d{4})\\b`,
  'i',
);
/** ISO 8601 and W3CDTF, dashes and colons optional. */
const ISO =
  /(?<!\d)((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:[T\s-]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?(?![\d:])/i;
const DAY_MONTH_YEAR = /(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})(?!\d)/;
/** A date without a year is the whole text, at most in brackets. */
const NO_YEAR = /^[[(（【]?\s*(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?\s*[\])）】]?$/;
const EPOCH = /^(\d{10}|\d{13})$/;

/** Minutes east of UTC. CST is China's where the source is eight hours ahead, else North America's. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0, UT: 0, UTC: 0, GMT: 0, BST: 60, CET: 60, CEST: 120, MSK: 180, JST: 540, KST: 540, SGT: 480, HKT: 480,
  EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420,
}; // biome-ignore format: a table

/**
 * Reads a date as lists and feeds write it, in Chinese, Japanese, Korean, English and the internet's formats.
 * @param zone the source's zone, for dates without an offset
 * @param rule where the text stood; kept with the result
 * @param now needed for dates without a year, which then mean the last such day
 */
export function readListDate(text: string, zone: string, rule: string, now?: Date): Publication | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return undefined;
  return (
    readEpoch(plain, zone, rule) ??
    readIso(plain, zone, rule) ??
    readEnglish(plain, zone, rule) ??
    readPublication(plain, zone, rule) ??
    readLocal(plain, zone, rule) ??
    (now === undefined ? undefined : readWithoutYear(plain, zone, rule, now))
  );
}

const IN_URL: readonly RegExp[] = [
  // /t20210621_1.html, /20260914/5872.html, /20260817001.html, W020260914…
  /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\D|\d{1,6}(?:\D|$)|$)/,
  // /2021-06/21/, /2021/06/21/, /2026/9/15/, /2021-06-21/
  /(?<!\d)((?:19|20)\d{2})[-/_](\d{1,2})[-/_](\d{1,2})(?!\d)/,
  // /202106/21/
  /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])\/(\d{1,2})(?=\/)/,
];

/** The day that an address carries, if it carries one: CMS paths such as `/202106/t20210621_12.html`. */
export function dateInUrl(url: string, zone: string): Publication | undefined {
  const path = URL.parse(url)?.pathname ?? url;
  for (const form of IN_URL) {
    const match = form.exec(path);
    if (match === null) continue;
    const found = day([match[1], match[2], match[3]], zone, 'url');
    if (found !== undefined) return found;
  }
  return undefined;
}

function readEpoch(text: string, zone: string, rule: string): Publication | undefined {
  const match = EPOCH.exec(text);
  if (match === null) return undefined;
  const at = new Date(text.length === 10 ? Number(text) * 1000 : Number(text)).toISOString();
  return { on: dayOf(at, zone), at, precision: 'second', rule };
}

function readIso(text: string, zone: string, rule: string): Publication | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, dayOfMonth, hour, minute, second, offset] = match;
  return moment({ date: [year, month, dayOfMonth], hour, minute, second, offset }, zone, rule);
}

function readEnglish(text: string, zone: string, rule: string): Publication | undefined {
  const c = ASCTIME.exec(text);
  if (c !== null) {
    const [, name = '', dayOfMonth, hour, minute, second, offset, year] = c;
    return moment({ date: [year, monthOf(name), dayOfMonth], hour, minute, second, offset }, zone, rule);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) {
    const [, dayOfMonth, name = '', year = '', hour, minute, second, half, offset] = dayFirst;
    return moment(
      { date: [fullYear(year), monthOf(name), dayOfMonth], hour, minute, second, half, offset },
      zone,
      rule,
    );
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst === null) return undefined;
  const [, name = '', dayOfMonth, year, hour, minute, second, half, offset] = monthFirst;
  return moment({ date: [year, monthOf(name), dayOfMonth], hour, minute, second, half, offset }, zone, rule);
}

function readLocal(text: string, zone: string, rule: string): Publication | undefined {
  const match = DAY_MONTH_YEAR.exec(text);
  // 06/07/2021 is July in most of the world and June in the United States, whose zone names start with America.
  if (match === null || zone.startsWith('America/')) return undefined;
  return day([match[3], match[2], match[1]], zone, rule);
}

function readWithoutYear(text: string, zone: string, rule: string, now: Date): Publication | undefined {
  const match = NO_YEAR.exec(text);
  if (match === null) return undefined;
  const today = dayOf(now, zone);
  const year = Number(today.slice(0, 4));
  const sameYear = day([String(year), match[1], match[2]], zone, rule);
  if (sameYear !== undefined && sameYear.on <= addDays(today, 1)) return sameYear;
  return day([String(year - 1), match[1], match[2]], zone, rule);
}

type DateParts = readonly [year: string | undefined, month: string | undefined, day: string | undefined];

interface Parts {
  readonly date: DateParts;
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  readonly half?: string | undefined;
  readonly offset?: string | undefined;
}

function moment(parts: Parts, zone: string, rule: string): Publication | undefined {
  const known = day(parts.date, zone, rule);
  if (known === undefined || parts.hour === undefined) return known;
  const hour = hourOf(Number(parts.hour), parts.half);
  const minute = Number(parts.minute ?? 0);
  // A leap second is told as the second before.
  const second = Math.min(Number(parts.second ?? 0), 59);
  if (hour > 23 || minute > 59) return known;
  const time = [hour, minute, second].map((value) => String(value).padStart(2, '0')).join(':');
  const precision = parts.second === undefined ? 'minute' : 'second';
  const east = minutesEast(parts.offset, zone);
  if (east === undefined) return { on: known.on, at: instantOf(known.on, time, zone), precision, rule };
  const at = new Date(Date.parse(`${known.on}T${time}Z`) - east * 60_000).toISOString();
  return { on: dayOf(at, zone), at, precision, rule };
}

function day(
  [year = '', month = '', dayOfMonth = '']: DateParts,
  zone: string,
  rule: string,
): Publication | undefined {
  const on = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  return isDay(on) ? { on, at: startOfDay(on, zone), precision: 'day', rule } : undefined;
}

function minutesEast(offset: string | undefined, zone: string): number | undefined {
  if (offset === undefined) return undefined;
  const match = /^([+-])(\d{1,2}):?(\d{2})$/.exec(offset);
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3]);
    return match[1] === '-' ? -minutes : minutes;
  }
  const name = offset.toUpperCase();
  if (name === 'CST' && /^Asia\/(?:Shanghai|Taipei|Urumqi|Chongqing|Harbin|Macau)$/.test(zone)) return 480;
  return ZONES[name];
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1);
}

/** Two-digit years after RFC 2822: 00–49 are this century's. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  return String(Number(year) < 50 ? 2000 + Number(year) : 1900 + Number(year));
}
