import type { FigureFact } from '../../model/facts.ts';
import { round } from '../../text/numeral-at.ts';
import { type Reading, Stretches } from './reading.ts';

const CURRENCIES: Readonly<Record<string, string>> = {
  US$: 'USD',
  $: 'USD',
  USD: 'USD',
  '€': 'EUR',
  EUR: 'EUR',
  '£': 'GBP',
  GBP: 'GBP',
  '¥': 'CNY',
  '￥': 'CNY',
  RMB: 'CNY',
  CNY: 'CNY',
  JPY: 'JPY',
  A$: 'AUD',
  C$: 'CAD',
  CHF: 'CHF',
  SEK: 'SEK',
  HK$: 'HKD',
};
const SCALES: Readonly<Record<string, number>> = {
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  m: 1e6,
  mn: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
  tn: 1e12,
  万: 1e4,
  亿: 1e8,
  万亿: 1e12,
};
const MONEY =
  /(?<currency>US\$|HK\$|A\$|C\$|[$€£¥￥]|\b(?:USD|EUR|GBP|RMB|CNY|JPY|CHF|SEK)\b)\s?(?<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)(?:\s?-?(?<scale>thousand|million|billion|trillion|mn|bn|tn|m|b|k|万亿|万|亿)(?![A-Za-z]))?/giu;
const MONEY_BEHIND =
  /\b(?<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)\s?(?<scale>thousand|million|billion|trillion|bn|tn)?\s(?<currency>euros?|dollars?|pounds?(?:\ssterling)?|yuan|yen|US dollars|EUR|USD|GBP|RMB)\b/giu;
const PERCENT = /\b(?<number>\d{1,3}(?:\.\d{1,4})?)\s?(?:per\s?cent|percent)\b/giu;
const POINTS = /\b(?<number>\d{1,3}(?:\.\d{1,4})?)\s?percentage points?\b/giu;
const WORDS: Readonly<Record<string, string>> = {
  euro: 'EUR',
  dollar: 'USD',
  pound: 'GBP',
  yuan: 'CNY',
  yen: 'JPY',
  'us dollar': 'USD',
  eur: 'EUR',
  usd: 'USD',
  gbp: 'GBP',
  rmb: 'CNY',
};
const BEFORE: readonly (readonly [RegExp, FigureFact['qualifier']])[] = [
  [
    /(?:no more than|not more than|not exceeding|up to|at most|a maximum of|capped at)\s(?:a total of\s)?$/iu,
    '<=',
  ],
  [/(?:at least|no less than|not less than|a minimum of)\s$/iu, '>='],
  [/(?:more than|over|above|exceeding|in excess of|exceeds)\s$/iu, '>'],
  [/(?:less than|under|below|fewer than)\s$/iu, '<'],
  [/(?:about|around|approximately|nearly|almost|some|roughly|close to|an estimated|circa)\s$/iu, '~'],
];

/** Money and shares in the forms of English texts, and money with a sign in Chinese ones. */
export function findEnglishFigures(reading: Reading): readonly FigureFact[] {
  const { plain } = reading;
  const found: FigureFact[] = [];
  const taken = new Stretches(plain.length);
  const add = (match: RegExpExecArray, unit: string, factor: number, currency?: string) => {
    const end = match.index + match[0].length;
    if (reading.isCovered(match.index) || !taken.take(match.index, end)) return;
    const before = plain.slice(Math.max(0, match.index - 28), match.index);
    const comparator = BEFORE.map(
      ([pattern, qualifier]) => [pattern.exec(before)?.[0].length, qualifier] as const,
    ).find(([length]) => length !== undefined);
    const goal = /\b(?:will|aims? to|plans? to|target(?:s|ed)? of|by 20\d\d)\b[^.]{0,60}$/iu.test(
      plain.slice(Math.max(0, match.index - 80), match.index),
    );
    const number = Number((match.groups?.number ?? '').replaceAll(',', ''));
    const scale = SCALES[(match.groups?.scale ?? '').toLowerCase()] ?? 1;
    found.push({
      kind: 'figure',
      ...reading.span(match.index - (comparator?.[0] ?? 0), end, 'ENGLISH'),
      value: round(number * scale * factor),
      unit,
      qualifier: comparator?.[1] ?? '=',
      ...(currency !== undefined && { currency }),
      ...(goal && { isTarget: true as const }),
    });
  };
  for (const match of plain.matchAll(MONEY)) {
    const sign = match.groups?.currency?.toUpperCase() ?? '';
    const currency = CURRENCIES[sign] ?? sign;
    // ￥ and a number: the Chinese unit may follow, then the number is read there.
    if (!/^(?:元|美元|欧元)/u.test(plain.slice(match.index + match[0].length)))
      add(match, currency, 1, currency);
  }
  for (const match of plain.matchAll(MONEY_BEHIND)) {
    const currency =
      WORDS[
        (match.groups?.currency ?? '')
          .toLowerCase()
          .replace(/s$|\ssterling$/u, '')
          .replace(/s$/u, '')
      ] ?? 'USD';
    add(match, currency, 1, currency);
  }
  for (const match of plain.matchAll(PERCENT)) add(match, 'ratio', 0.01);
  for (const match of plain.matchAll(POINTS)) add(match, 'pp', 1);
  for (const { start, end } of found) reading.cover(start, end);
  return found;
}
