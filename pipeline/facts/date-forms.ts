import { addDays, isDay } from '../../text/calendar.ts';
import type { Form } from '../../text/forms.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import type { DateReader, DateScope } from './date-list.ts';
import {
  BARE_DAY,
  BARE_DAY_SPAN,
  BY_YEAR,
  DAY_SPAN,
  DAY_TO_MONTH,
  FIRST_MONTHS,
  FROM_ISSUE,
  HALF,
  HAN_MONTH_DAY,
  HAN_YEAR,
  HAN_YEAR_MONTH,
  LISTED_MONTH,
  LISTED_YEAR,
  MONTH,
  MONTH_DAY,
  MONTH_SPAN,
  SHORT_YEAR,
  YEAR_ONLY,
  YEAR_SPAN,
} from './date-patterns.ts';
import { partOf, yearOf } from './date-years.ts';

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

function hanMonthDay([, month = '', day = '']: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const number = readWholeNumber(month);
  const year = yearOf(undefined, scope, number);
  const on = `${year}-${pad(number)}-${pad(readWholeNumber(day))}`;
  return year !== undefined && isDay(on) ? { iso: on, precision: 'day', rule: 'MONTH_DAY' } : undefined;
}

function monthSpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , from, digits, later, to] = match;
  // 1-10月 in November has happened.
  const year = yearOf(words, scope, Number(to));
  if (year === undefined) return undefined;
  const yearTo =
    digits ?? (later === undefined ? year : /^[次翌]/u.test(later) ? year + 1 : yearOf(later, scope));
  if (yearTo === undefined || (Number(yearTo) === year && Number(to) <= Number(from))) return undefined;
  return {
    iso: `${year}-${pad(from)}/${yearTo}-${pad(to)}`,
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

function firstMonths(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, digits, words, count = ''] = match;
  const year = yearOf(digits ?? words, scope);
  const last = /^\d/.test(count) ? Number(count) : readWholeNumber(count);
  if (year === undefined || last === undefined) return undefined;
  const relative = digits === undefined ? { relative: match[0] } : {};
  return { iso: `${year}-01/${year}-${pad(last)}`, precision: 'period', rule: 'FIRST_MONTHS', ...relative };
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

/** How long a report may take to tell of a day. */
const DAYS_OF_NEWS = 3;

/** 27日: the month of the date before, or the last such day before publication. */
function bareDay(match: RegExpExecArray, { publishedOn, before }: DateScope): ReturnType<DateReader> {
  const recent = publishedOn === undefined ? '' : `${publishedOn.slice(0, 8)}${pad(match[1])}`;
  // 今年4月发文后，科技部22日公布: days just before the publication belong to it, not to a month named before.
  const isNews =
    before?.length === 7 &&
    recent <= (publishedOn ?? '') &&
    recent >= addDays(publishedOn ?? recent, -DAYS_OF_NEWS);
  const base = before !== undefined && before.length >= 7 && !isNews ? before : publishedOn;
  if (base === undefined) return undefined;
  let on = `${base.slice(0, 7)}-${pad(match[1])}`;
  // A report does not speak of days to come by their number alone.
  if (base === publishedOn && isDay(on) && on > addDays(publishedOn, 1))
    on = `${addDays(`${on.slice(0, 7)}-01`, -1).slice(0, 7)}-${pad(match[1])}`;
  return isDay(on) ? { iso: on, precision: 'day', rule: 'BARE_DAY' } : undefined;
}

function hanYearMonth(match: RegExpExecArray): ReturnType<DateReader> {
  const year = hanYear(match)?.iso;
  return year === undefined
    ? undefined
    : { iso: `${year}-${pad(readWholeNumber(match[2] ?? ''))}`, precision: 'month', rule: 'MONTH' };
}

function listedMonth(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , number] = match;
  const year = yearOf(words, scope, Number(number));
  return year === undefined
    ? undefined
    : {
        iso: `${year}-${pad(number)}`,
        precision: 'month',
        rule: 'LISTED_MONTH',
        ...relativeOf(match, words),
      };
}

function bareDaySpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const last = Number(match[2]);
  const first = Number(match[1]);
  const from = bareDay(match, scope)?.iso;
  const to = `${from?.slice(0, 7)}-${pad(last)}`;
  return from === undefined || last <= first || !isDay(to)
    ? undefined
    : { iso: `${from}/${to}`, precision: 'period', rule: 'DAY_SPAN' };
}

/** Forms that name a day, month, year or period; a longer form stands before what it contains. */
export const DATE_FORMS: readonly (readonly [Form, DateReader])[] = [
  [DAY_SPAN, daySpan],
  [DAY_TO_MONTH, dayToMonth],
  [MONTH_DAY, monthDay],
  [HAN_MONTH_DAY, hanMonthDay],
  [MONTH_SPAN, monthSpan],
  [HALF, halfYear],
  [FIRST_MONTHS, firstMonths],
  [FROM_ISSUE, () => ({ precision: 'day', rule: 'FROM_ISSUE' })],
  [HAN_YEAR_MONTH, hanYearMonth],
  [LISTED_MONTH, listedMonth],
  [MONTH, month],
  [YEAR_SPAN, yearSpan],
  [LISTED_YEAR, yearOnly],
  [YEAR_ONLY, yearOnly],
  [HAN_YEAR, hanYear],
  [SHORT_YEAR, ([, digits]) => ({ iso: `19${digits}`, precision: 'year', rule: 'SHORT_YEAR' })],
  [BY_YEAR, yearOnly],
];

/** 27日 and 19日至21日 alone; read last, when every date around them is known. */
export const BARE_DAYS: readonly (readonly [Form, DateReader])[] = [
  [BARE_DAY_SPAN, bareDaySpan],
  [BARE_DAY, bareDay],
];
