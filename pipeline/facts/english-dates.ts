import { type Form, form } from '../../text/forms.ts';
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
const ORDER = ['first', 'second', 'third', 'fourth'];

const pad = (month: number) => String(month).padStart(2, '0');

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
  [YEAR_SPAN, yearSpan],
  [SPLIT_YEAR, splitYear],
  [QUARTER, quarter],
  [FISCAL_YEAR, year],
  [PART_OF_YEAR, partOfYear],
  [YEAR_BEHIND, year],
];
