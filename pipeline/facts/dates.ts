import type { DateFact } from '../../model/facts.ts';
import { addDays, isDay } from '../../text/calendar.ts';
import { findDays } from '../../text/dates.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import type { Reading } from './reading.ts';
import { RELATIVE_DATES } from './relative-dates.ts';

/** A date before its role is known. */
export type DateDraft = Omit<DateFact, 'kind' | 'quote' | 'role'>;

const YEAR = '((?:19|20)\\d{2})';
const TO = '\\s?(?:-|—{1,2}|–|至|到|~)\\s?';
const RELATIVE_YEAR = '今年|去年|明年|前年|后年|本年|上年|当年|下年|次年|翌年';
const NUM_MONTH = '(1[0-2]|0?[1-9])';
const NUM_DAY = '(3[01]|[12]\\d|0?[1-9])';
const PART = '(年初|年末|年底|初|末|底|伊始)?';

const DAY_SPAN = new RegExp(
  `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月${NUM_DAY}日?${TO}(?:${YEAR}年)?(?:${NUM_MONTH}月)?${NUM_DAY}日`,
  'gu',
);
const DAY_TO_MONTH = new RegExp(
  `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月${NUM_DAY}日${TO}${NUM_MONTH}月(底|末)`,
  'gu',
);
const MONTH_DAY = new RegExp(
  `(?:(${YEAR}年|${RELATIVE_YEAR})(?:的)?)?(?<![\\d.])${NUM_MONTH}\\s?月\\s?${NUM_DAY}\\s?(?:日|号)`,
  'gu',
);
const MONTH_SPAN = new RegExp(
  `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月?(?:份)?${TO}(?:${YEAR}年)?${NUM_MONTH}月(?:份|底|末)?(?!\\d)`,
  'gu',
);
const MONTH = new RegExp(
  `(?:(${YEAR}\\s?年|${RELATIVE_YEAR})\\s?)?(?<![\\d.一二三四五六七八九十])(?:${NUM_MONTH}|(十[一二]|[一二三四五六七八九十]))\\s?月(?:份)?(底|末|初)?(?![\\d亮球饼票薪租经])`,
  'gu',
);
const YEAR_SPAN = new RegExp(`${YEAR}年?${TO}${YEAR}年(?!\\d|\\s?\\d{1,2}月)`, 'gu');
const HALF = new RegExp(
  `(?:${YEAR}年(?:的)?|(${RELATIVE_YEAR}))?(上半年|下半年|第?[一二三四1-4]季度|前[二三]季度)`,
  'gu',
);
const YEAR_ONLY = new RegExp(`(?<![\\d.])${YEAR}\\s?年(?:度)?${PART}`, 'gu');
const HAN_YEAR = /([一二][〇○零一二三四五六七八九]{3})年(?![一二三四五六七八九十])/gu;
const BARE_DAY =
  /(?<![\d.月年至到—\-第/])(3[01]|[12]\d|[1-9])日(?!内|以内|之内|后|起|均|本|元|子|常|益|报|[—\-至到]\d)/gu;
/** Words before a year that make it a basis of comparison, not a date. */
const BASIS_BEFORE = /(?:比|较|同比|相比)$/u;
const BASIS_BEHIND = /^(?:同期|同比|相比)/u;

/** Every date and period the text names, longest forms first; nothing that another reader has taken. */
export function findDateDrafts(reading: Reading): readonly DateDraft[] {
  const found = new DateList(reading);
  // 2019年1-7月 is no day.
  for (const day of findDays(reading.text).filter(
    ({ start, end }) => !/年[^月]*$/u.test(reading.text.slice(start, end)),
  ))
    found.add(day.start, day.end, { iso: day.on, precision: 'day', rule: 'DAY' });
  found.joinSpans();
  for (const [pattern, read] of [
    [DAY_SPAN, daySpan],
    [DAY_TO_MONTH, dayToMonth],
    [MONTH_DAY, monthDay],
    [MONTH_SPAN, monthSpan],
    [HALF, halfYear],
    [MONTH, month],
    [YEAR_SPAN, yearSpan],
    [YEAR_ONLY, yearOnly],
    [HAN_YEAR, hanYear],
  ] as const)
    for (const match of reading.plain.matchAll(pattern)) found.read(match, read);
  for (const [pattern, read] of RELATIVE_DATES)
    for (const match of reading.plain.matchAll(pattern)) found.read(match, read);
  for (const match of reading.plain.matchAll(BARE_DAY)) found.read(match, bareDay);
  found.joinBracketed();
  return found.sorted();
}

/** What a reader of one form makes of a match; undefined when it names no date. */
export type DateReader = (
  match: RegExpExecArray,
  scope: DateScope,
) => Omit<DateDraft, 'start' | 'end'> | undefined;

/** What a date without a year is completed from. */
export interface DateScope {
  readonly publishedOn: string | undefined;
  /** The last date with a year before this place, in the same paragraph. */
  readonly before: string | undefined;
}

/** How far back a date with a year completes one without, in characters. */
const LONGEST_REACH = 400;
const SPAN_TAIL = /^\s?(?:起)?(?:-|—{1,2}|–|至|到|~)\s?(?:((?:19|20)\d{2})年)?(?:(\d{1,2})月)?(\d{1,2})日/u;

class DateList {
  readonly #reading: Reading;
  readonly #starting = new Map<number, DateDraft>();
  readonly #ending = new Map<number, DateDraft>();
  readonly #taken: Uint8Array;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#taken = new Uint8Array(reading.text.length);
  }

  add(start: number, end: number, date: Omit<DateDraft, 'start' | 'end'>): void {
    for (let at = start; at < end; at += 1) if (this.#taken[at] === 1 || this.#reading.isCovered(at)) return;
    this.#put({ ...date, start, end });
  }

  read(match: RegExpExecArray, read: DateReader): void {
    const start = match.index;
    const end = start + match[0].length;
    const { plain } = this.#reading;
    const before = plain.slice(Math.max(0, start - 3), start);
    if (/每年?(?:的)?$|黑色$/u.test(before)) return;
    if (
      !/^\d{4}/.test(match[0]) &&
      (BASIS_BEFORE.test(before) || BASIS_BEHIND.test(plain.slice(end, end + 2)))
    )
      return;
    const date = read(match, this.#scopeAt(start));
    if (date !== undefined) this.add(start, end, date);
  }

  /** 2021年6月1日至6月30日, 2021年6月1日至30日: one period. */
  joinSpans(): void {
    const { plain } = this.#reading;
    for (const draft of this.sorted()) {
      const tail = SPAN_TAIL.exec(plain.slice(draft.end, draft.end + 18));
      if (tail === null || draft.iso === undefined || this.#starting.get(draft.start) !== draft) continue;
      const [, year = draft.iso.slice(0, 4), monthNumber = draft.iso.slice(5, 7), day = ''] = tail;
      const last = `${year}-${monthNumber.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (!isDay(last) || last < draft.iso) continue;
      const end = draft.end + tail[0].length;
      for (let at = draft.end; at < end; at += 1) this.#drop(at);
      this.#drop(draft.start);
      this.#put({ ...draft, end, iso: `${draft.iso}/${last}`, precision: 'period', rule: 'DAY_SPAN' });
    }
  }

  /** 今日（12月28日）, 周三(25日): one date, the exact one. */
  joinBracketed(): void {
    const { plain } = this.#reading;
    for (const draft of this.sorted()) {
      if (draft.relative === undefined || !/[（(]/u.test(plain[draft.end] ?? '')) continue;
      const exact = this.#starting.get(draft.end + 1);
      if (exact === undefined || !/[）)]/u.test(plain[exact.end] ?? '')) continue;
      this.#drop(exact.start);
      this.#drop(draft.start);
      this.#put({ ...exact, start: draft.start, end: exact.end + 1 });
    }
  }

  sorted(): readonly DateDraft[] {
    return [...this.#starting.values()].sort((left, right) => left.start - right.start);
  }

  #put(draft: DateDraft): void {
    this.#taken.fill(1, draft.start, draft.end);
    this.#starting.set(draft.start, draft);
    this.#ending.set(draft.end, draft);
  }

  #drop(start: number): void {
    const draft = this.#starting.get(start);
    if (draft === undefined) return;
    this.#starting.delete(start);
    this.#ending.delete(draft.end);
  }

  #scopeAt(start: number): DateScope {
    const { publishedOn } = this.#reading.context;
    for (let end = start; end > Math.max(0, start - LONGEST_REACH); end -= 1) {
      if (this.#reading.text[end - 1] === '\n') break;
      const before = this.#ending.get(end)?.iso?.split('/').at(-1);
      if (before !== undefined) return { publishedOn, before };
    }
    return { publishedOn, before: undefined };
  }
}

/** 2018年 and 今年 as a year; without words, the year of the date before or of publication. */
export function yearOf(
  words: string | undefined,
  { publishedOn, before }: DateScope,
  monthNumber?: number,
): number | undefined {
  const digits = /^\d{4}/.exec(words ?? '')?.[0];
  if (digits !== undefined) return Number(digits);
  const published = publishedOn === undefined ? undefined : Number(publishedOn.slice(0, 4));
  if (/^[下次翌]年/u.test(words ?? '')) return undefined;
  if (words === '当年') return before === undefined ? undefined : Number(before.slice(0, 4));
  if (words !== undefined && words !== '')
    return published === undefined ? undefined : published + yearStep(words);
  if (before !== undefined && before.slice(0, 4) !== publishedOn?.slice(0, 4))
    return Number(before.slice(0, 4));
  if (published === undefined) return before === undefined ? undefined : Number(before.slice(0, 4));
  // In January a report of December means the year before; in December one of January the year to come.
  const away = monthNumber === undefined ? 0 : monthNumber - Number(publishedOn?.slice(5, 7));
  return published + (away > 6 ? -1 : away < -9 ? 1 : 0);
}

/** How many years 去年 and its like lie from the year of publication. */
export function yearStep(words: string): number {
  if (/^(?:去年|上年)/u.test(words)) return -1;
  if (words.startsWith('前年')) return -2;
  if (words.startsWith('明年')) return 1;
  return words.startsWith('后年') ? 2 : 0;
}

const relativeOf = (match: RegExpExecArray, words: string | undefined) =>
  words !== undefined && !/^\d/.test(words) ? { relative: match[0] } : {};

const pad = (value: string | number | undefined) => String(value ?? '').padStart(2, '0');

function daySpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , monthFrom, dayFrom, yearTo, monthTo, dayTo] = match;
  const year = yearOf(words, scope, Number(monthFrom));
  if (year === undefined) return undefined;
  const from = `${year}-${pad(monthFrom)}-${pad(dayFrom)}`;
  const to = `${yearTo ?? year}-${pad(monthTo ?? monthFrom)}-${pad(dayTo)}`;
  if (!isDay(from) || !isDay(to) || to < from) return undefined;
  return { iso: `${from}/${to}`, precision: 'period', rule: 'DAY_SPAN', ...relativeOf(match, words) };
}

function dayToMonth(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , monthFrom, day, monthTo] = match;
  const year = yearOf(words, scope, Number(monthFrom));
  if (year === undefined) return undefined;
  const next = Number(monthTo) === 12 ? `${year + 1}-01-01` : `${year}-${pad(Number(monthTo) + 1)}-01`;
  const from = `${year}-${pad(monthFrom)}-${pad(day)}`;
  if (!isDay(from)) return undefined;
  return {
    iso: `${from}/${addDays(next, -1)}`,
    precision: 'period',
    rule: 'DAY_SPAN',
    ...relativeOf(match, words),
  };
}

function monthDay(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , monthNumber, day] = match;
  const year = yearOf(words, scope, Number(monthNumber));
  const on = `${year}-${pad(monthNumber)}-${pad(day)}`;
  if (year === undefined) return { precision: 'day', rule: 'MONTH_DAY', ...relativeOf(match, words) };
  return isDay(on)
    ? { iso: on, precision: 'day', rule: 'MONTH_DAY', ...relativeOf(match, words) }
    : undefined;
}

function monthSpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , from, yearTo, to] = match;
  const year = yearOf(words, scope, Number(from));
  if (year === undefined || (yearTo === undefined && Number(to) <= Number(from))) return undefined;
  return {
    iso: `${year}-${pad(from)}/${yearTo ?? year}-${pad(to)}`,
    precision: 'period',
    rule: 'MONTH_SPAN',
    ...relativeOf(match, words),
  };
}

function month(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [whole, words, , digits, han, part] = match;
  const number = digits === undefined ? readWholeNumber(han ?? '') : Number(digits);
  if (
    number === undefined ||
    (han !== undefined &&
      words === undefined &&
      /^[一二三四五六七八九]月(?!份|初|底|末)/u.test(whole) &&
      han.length === 1 &&
      scope.publishedOn === undefined)
  )
    return undefined;
  const year = yearOf(words, scope, number);
  if (year === undefined) return undefined;
  return {
    iso: `${year}-${pad(number)}`,
    precision: 'month',
    rule: 'MONTH',
    ...partOf(part),
    ...relativeOf(match, words),
  };
}

function yearSpan(match: RegExpExecArray): ReturnType<DateReader> {
  const [, from = '', to = ''] = match;
  return to > from ? { iso: `${from}/${to}`, precision: 'period', rule: 'YEAR_SPAN' } : undefined;
}

const QUARTERS: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3', 四: '4' };

function halfYear(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, digits, words, part = ''] = match;
  const year = yearOf(digits ?? words, scope);
  if (year === undefined) return undefined;
  const sign = /[一二三四1-4]/u.exec(part)?.[0] ?? '';
  const quarter = Number(QUARTERS[sign] ?? sign);
  const [from, to] =
    part === '上半年'
      ? [1, 6]
      : part === '下半年'
        ? [7, 12]
        : part.startsWith('前')
          ? [1, quarter * 3]
          : [quarter * 3 - 2, quarter * 3];
  const relative = digits === undefined ? { relative: match[0] } : {};
  return {
    iso: `${year}-${pad(from)}/${year}-${pad(to)}`,
    precision: 'period',
    rule: 'HALF_YEAR',
    ...relative,
  };
}

function yearOnly(match: RegExpExecArray): ReturnType<DateReader> {
  const [, digits = '', part] = match;
  return { iso: digits, precision: 'year', rule: 'YEAR', ...partOf(part) };
}

function hanYear(match: RegExpExecArray): ReturnType<DateReader> {
  const year = [...(match[1] ?? '')]
    .map((sign) => (/[〇○零]/u.test(sign) ? '0' : String(readWholeNumber(sign))))
    .join('');
  return /^(?:19|20)\d{2}$/.test(year) ? { iso: year, precision: 'year', rule: 'YEAR' } : undefined;
}

/** 27日: the month of the date before, or the last such day before publication. */
function bareDay(match: RegExpExecArray, { publishedOn, before }: DateScope): ReturnType<DateReader> {
  const base = before !== undefined && before.length >= 7 ? before : publishedOn;
  if (base === undefined) return undefined;
  let on = `${base.slice(0, 7)}-${pad(match[1])}`;
  // A report does not speak of days to come by their number alone.
  if (base === publishedOn && isDay(on) && on > addDays(publishedOn, 1))
    on = `${addDays(`${on.slice(0, 7)}-01`, -1).slice(0, 7)}-${pad(match[1])}`;
  return isDay(on) ? { iso: on, precision: 'day', rule: 'BARE_DAY' } : undefined;
}

/** 年初 and 底 name an end of the unit. */
export function partOf(words: string | undefined): { part?: 'start' | 'end' } {
  if (words === undefined || words === '') return {};
  return { part: /初|伊始/u.test(words) ? 'start' : 'end' };
}
