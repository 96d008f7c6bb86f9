import { isDay } from '../../text/calendar.ts';
import { type Form, form } from '../../text/forms.ts';
import { monthNumber } from '../../text/month-names.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import type { DateReader } from './date-list.ts';

const YEAR = '((?:19|20)\\d{2})';
/** from 2014 to 2020, 2014–2020. */
const YEAR_SPAN = form(
  new RegExp(`\\b${YEAR}(?:\\s(?:to|through)\\s|\\s?[-–—‑]\\s?)${YEAR}\\b(?![-–/]\\d)`, 'gu'),
  'to through - – — ‑',
  '0-9',
);
/** 2024-25: a financial year. */
const SPLIT_YEAR = form(new RegExp(`\\b${YEAR}[-–‑/](\\d{2})\\b(?![-–/\\d])`, 'gu'), '- – ‑ /', '0-9');
const QUARTER = form(
  new RegExp(
    `\\bQ([1-4])(?:\\sof)?\\s${YEAR}\\b|\\b(first|second|third|fourth)\\squarter\\sof\\s${YEAR}\\b`,
    'giu',
  ),
  'q quarter',
  '0-9',
);
const FISCAL_YEAR = form(new RegExp(`\\b(?:FY|[Ff]iscal\\s[Yy]ear)\\s?${YEAR}\\b`, 'gu'), 'fy fiscal', '0-9');
/** the end of 2025; in, since, by 2030. */
const PART_OF_YEAR = form(
  new RegExp(`\\b(?:the\\s)?(end|start|beginning)\\sof\\s${YEAR}\\b(?![-–/]\\d)`, 'gu'),
  'end start beginning',
  '0-9',
);
const YEAR_BEHIND = form(
  new RegExp(
    `(?<=\\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Ff]or|[Ff]rom|of|to)\\s)${YEAR}\\b(?![-–/,]\\d|\\sFR\\b)`,
    'gu',
  ),
  'in since during until for from of to',
  '0-9',
);
const MONTH_NAME = '(January|February|March|April|May|June|July|August|September|October|November|December)';
const MONTH_NAMES = 'january february march april may june july august september october november december';
/** June 18–20, 2021. */
const DAY_SPAN = form(
  new RegExp(`\\b${MONTH_NAME}\\s(\\d{1,2})(?:\\s?[-–—]\\s?|\\sto\\s)(\\d{1,2}),?\\s${YEAR}\\b`, 'gu'),
  MONTH_NAMES,
  '0-9',
);
/** from June 2020 to May 2021, June–August 2020. */
const MONTH_SPAN = form(
  new RegExp(
    `\\b${MONTH_NAME}(?:\\s${YEAR})?(?:\\s?[-–—]\\s?|\\s(?:to|through|until)\\s)${MONTH_NAME}\\s${YEAR}\\b`,
    'gu',
  ),
  MONTH_NAMES,
  '0-9',
);
const MONTH = form(new RegExp(`\\b${MONTH_NAME}\\s${YEAR}\\b`, 'gu'), MONTH_NAMES, '0-9');
const ORDER = ['first', 'second', 'third', 'fourth'];

const pad = (month: number) => String(month).padStart(2, '0');

function daySpan([, name = '', from = '', to = '', year = '']: RegExpExecArray): ReturnType<DateReader> {
  const head = `${year}-${pad(monthNumber(name) ?? 0)}`;
  const [first, last] = [from, to].map((day) => `${head}-${day.padStart(2, '0')}`);
  if (first === undefined || last === undefined || !isDay(first) || !isDay(last) || last <= first)
    return undefined;
  return { iso: `${first}/${last}`, precision: 'period', rule: 'DAY_SPAN' };
}

function monthSpan(match: RegExpExecArray): ReturnType<DateReader> {
  const [, from = '', yearFrom, to = '', yearTo = ''] = match;
  const first = `${yearFrom ?? yearTo}-${pad(monthNumber(from) ?? 0)}`;
  const last = `${yearTo}-${pad(monthNumber(to) ?? 0)}`;
  return last > first ? { iso: `${first}/${last}`, precision: 'period', rule: 'MONTH_SPAN' } : undefined;
}

function month([, name = '', digits = '']: RegExpExecArray): ReturnType<DateReader> {
  return { iso: `${digits}-${pad(monthNumber(name) ?? 0)}`, precision: 'month', rule: 'MONTH' };
}

function yearSpan([, from = '', to = '']: RegExpExecArray): ReturnType<DateReader> {
  return to > from ? { iso: `${from}/${to}`, precision: 'period', rule: 'YEAR_SPAN' } : undefined;
}

function splitYear([, from = '', to = '']: RegExpExecArray): ReturnType<DateReader> {
  const next = Number(from) + 1;
  return next % 100 === readWholeNumber(to)
    ? { iso: `${from}/${next}`, precision: 'period', rule: 'SPLIT_YEAR' }
    : undefined;
}

function quarter(match: RegExpExecArray): ReturnType<DateReader> {
  const [, digit, year = match[4], word = ''] = match;
  const number = digit === undefined ? ORDER.indexOf(word.toLowerCase()) + 1 : Number(digit);
  const iso = `${year}-${pad(number * 3 - 2)}/${year}-${pad(number * 3)}`;
  return { iso, precision: 'period', rule: 'QUARTER' };
}

function partOfYear([, part, year = '']: RegExpExecArray): ReturnType<DateReader> {
  return { iso: year, precision: 'year', rule: 'YEAR', part: part === 'end' ? 'end' : 'start' };
}

function year([, digits = '']: RegExpExecArray): ReturnType<DateReader> {
  return { iso: digits, precision: 'year', rule: 'YEAR' };
}

/** Years and periods as English texts name them; days and months are read elsewhere. */
export const ENGLISH_DATES: readonly (readonly [Form, DateReader])[] = [
  [DAY_SPAN, daySpan],
  [MONTH_SPAN, monthSpan],
  [MONTH, month],
  [YEAR_SPAN, yearSpan],
  [SPLIT_YEAR, splitYear],
  [QUARTER, quarter],
  [FISCAL_YEAR, year],
  [PART_OF_YEAR, partOfYear],
  [YEAR_BEHIND, year],
];
