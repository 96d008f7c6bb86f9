import type { Publication } from '../model/publication.ts';
import { dayOf, instantOf, isDay, startOfDay } from './calendar.ts';
import { formNear, near, Seeker } from './forms.ts';
import { monthNumber } from './month-names.ts';
import { readWholeNumber, toAsciiDigits } from './numerals.ts';

/** A calendar day that a text names, and where. */
export interface DayMention {
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly start: number;
  readonly end: number;
}

/** Most sentences name no year: two cheap looks spare them eight searches. */
const YEAR = /(?:19|20)\d{2}/u;
const HAN_YEAR = /[一二][〇○ＯOО0零一二三四五六七八九]{3}年|令和|平成|昭和/u;
/** Every form but those in Han characters names the year in digits. */
const AT_YEAR = near('19 20', 48, 36);
const NUMERIC = formNear(
  /((?:19|20)\d{2})\s*(?:年|년|[-/.])\s*(\d{1,2})\s*(?:月|월|[-/.])\s*(\d{1,2})(?!\d)\s*[日일]?/gu,
  AT_YEAR,
);
const HAN =
  /([一二][〇○ＯOО0零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})日/gu;
/** `21 June 2021`, `21. Juni 2021`, `21 de junio de 2021`, `le 1er juin 2021`, `21-Jun-2021`. */
const DAY_FIRST = formNear(
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|ème|º|°|\.)?(?:\s+|[-/](?=\p{L}))(?:of\s+|de\s+|d['’])?([\p{L}\p{M}]{2,14})\.?,?(?:\s+|(?<=\p{L})[-/])(?:del?\s+)?((?:19|20)\d{2})(?!\d)/gu,
  AT_YEAR,
);
/** `June 21, 2021`, looked for from the number on: words are many, numbers few. */
const MONTH_FIRST = formNear(
  /(?<=((?<![\p{L}\p{M}])([\p{L}\p{M}]{2,14})\.?\s+))(?<!\d)(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})(?!\d)/gu,
  AT_YEAR,
);
/** `2021. június 21.`, `2021 m. birželio 21 d.` */
const YEAR_FIRST = formNear(
  /(?<!\d)((?:19|20)\d{2})(?:\.|\s+m\.)\s+([\p{L}\p{M}]{2,14})\.?\s+(\d{1,2})(?![\d:])/gu,
  AT_YEAR,
);
/** `21 tháng 6, 2021`. */
const VIETNAMESE = formNear(
  /(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?((?:19|20)\d{2})(?!\d)/giu,
  AT_YEAR,
);
/** `令和3年6月21日`. Years past the end of an era go on counting: 平成38年 is 2026. */
const ERA = /(令和|平成|昭和)\s*(元|\d{1,2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/gu;
const ERA_START: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925 };
/** `21.06.2021`, and `21/06/2021` or `06/21/2021` where only one reading is a day. */
const YEAR_LAST = formNear(
  /(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d{2})(?![\d/])/gu,
  AT_YEAR,
);
const COMPACT =
  /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:(\d{2})(\d{2})(\d{2}))?(?!\d)/u;
/** `T08:30:00Z`, `, 3:51 pm`, ` - 14:30`, ` um 14.30 Uhr`, ` à 14h30`, ` 下午2:30`. */
const TIME =
  /^(?:[\s,;.]*|\s+[-–—|/·•]\s+)(?:T|at|um|à|às|a las|ore|alle|kl\.?|klo|om|saat|в|o godz\.?)?\s*(上午|下午|오전|오후)?\s*([01]?\d|2[0-3])(?:[:：时시h]\s?|\.(?=\d{2}(?!\d)))(\d{2})(?:[:：分](\d{2}))?(?:\.\d+)?\s*([ap]\.?m\b)?\.?\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2})?/iu;

/**
 * Every full calendar day a text names, in order: numeric, Chinese numerals, names of months in European languages.
 * Impossible days are left out, and so are those that can be read two ways (03/04/2021).
 */
export function findDays(text: string): readonly DayMention[] {
  const plain = toAsciiDigits(text);
  const isInHan = HAN_YEAR.test(text);
  if (!isInHan && !YEAR.test(plain)) return [];
  const seeker = new Seeker(plain);
  const found: DayMention[] = [];
  const add = (match: RegExpExecArray, year: number, month: number, day: number, before = 0): void => {
    const on = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const end = match.index + match[0].trimEnd().length;
    if (isDay(on)) found.push({ on, start: match.index - before, end });
  };
  for (const match of seeker.matches(NUMERIC))
    add(match, Number(match[1]), Number(match[2]), Number(match[3]));
  // Matched on the original: the look-alikes of 〇 must not be turned into letters first.
  for (const match of isInHan ? text.matchAll(HAN) : [])
    add(match, hanYear(match[1] ?? ''), hanNumber(match[2]), hanNumber(match[3]));
  for (const match of seeker.matches(DAY_FIRST))
    add(match, Number(match[3]), monthNumber(match[2] ?? '') ?? 0, Number(match[1]));
  for (const match of seeker.matches(MONTH_FIRST))
    add(match, Number(match[4]), monthNumber(match[2] ?? '') ?? 0, Number(match[3]), match[1]?.length);
  for (const match of seeker.matches(YEAR_FIRST))
    add(match, Number(match[1]), monthNumber(match[2] ?? '') ?? 0, Number(match[3]));
  for (const match of seeker.matches(VIETNAMESE))
    add(match, Number(match[3]), Number(match[2]), Number(match[1]));
  for (const match of isInHan ? plain.matchAll(ERA) : []) {
    const count = match[2] === '元' ? 1 : Number(match[2]);
    add(match, (ERA_START[match[1] ?? ''] ?? 0) + count, Number(match[3]), Number(match[4]));
  }
  for (const match of seeker.matches(YEAR_LAST)) {
    const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
    if (match[2] === '.' || first > 12 || first === second) add(match, year, second, first);
    else if (second > 12) add(match, year, first, second);
  }
  return found.sort((left, right) => left.start - right.start);
}

/** The first full calendar day of a text, YYYY-MM-DD. */
export function readDay(text: string): string | undefined {
  return findDays(text)[0]?.on;
}

/**
 * Reads the first full date of a text, with its time when one follows.
 * @param zone the source's zone, for times without an offset
 * @param rule where the text stood; kept with the result
 */
export function readPublication(text: string, zone: string, rule: string): Publication | undefined {
  const day = findDays(text)[0];
  return day === undefined ? readCompact(text, zone, rule) : publicationOn(day, text, zone, rule);
}

/** A day found in a text as a publication, with the time that stands behind it. */
export function publicationOn(day: DayMention, text: string, zone: string, rule: string): Publication {
  return withTime(day.on, toAsciiDigits(text).slice(day.end), zone, rule);
}

function readCompact(text: string, zone: string, rule: string): Publication | undefined {
  const match = COMPACT.exec(text);
  if (match === null) return undefined;
  const on = `${match[1]}-${match[2]}-${match[3]}`;
  if (!isDay(on)) return undefined;
  return withTime(on, match[4] === undefined ? '' : ` ${match[4]}:${match[5]}:${match[6]}`, zone, rule);
}

function withTime(on: string, behind: string, zone: string, rule: string): Publication {
  const [, half, shown, minute = '00', second, meridiem, offset] = TIME.exec(behind) ?? [];
  const hour = hourOf(Number(shown), half ?? meridiem);
  if (shown === undefined || hour > 23 || Number(minute) > 59 || Number(second ?? 0) > 59)
    return { on, at: startOfDay(on, zone), precision: 'day', rule };
  const time = `${String(hour).padStart(2, '0')}:${minute}:${second ?? '00'}`;
  const precision = second === undefined ? 'minute' : 'second';
  if (offset === undefined) return { on, at: instantOf(on, time, zone), precision, rule };
  const at = new Date(`${on}T${time}${/GMT|UTC|z/i.test(offset) ? 'Z' : offset}`).toISOString();
  // Machines write UTC; who writes an offset writes the day of the place.
  const isUniversal = /^(?:Z|GMT|UTC|[+-]00:?00)$/iu.test(offset);
  return { on: isUniversal ? dayOf(at, zone) : on, at, precision, rule };
}

/** 3 pm is 15, 12 am is 0, 下午14 is 14 as some pages have it. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (/^(?:p|下午|오후)/iu.test(half) ? 12 : 0);
}

function hanYear(text: string): number {
  return Number([...text].map((sign) => (sign === '0' ? 0 : readWholeNumber(sign))).join(''));
}

function hanNumber(text: string | undefined): number {
  return readWholeNumber(text ?? '') ?? 0;
}
