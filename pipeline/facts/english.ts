import type { FigureFact } from '../../model/facts.ts';
import { form, formNear, near } from '../../text/forms.ts';
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
const NUMBER = '(?<number>\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,4})?|\\d{1,12}(?:\\.\\d{1,4})?)';
const SCALED = '(?:\\s?-?(?<scale>thousand|million|billion|trillion|mn|bn|tn|m|b|k|万亿|万|亿)(?![A-Za-z]))?';
const SIGNED_MONEY = formNear(
  new RegExp(`(?<currency>US\\$|HK\\$|A\\$|C\\$|[$€£¥￥])\\s?${NUMBER}${SCALED}`, 'giu'),
  near('$ € £ ¥ ￥', 2, 40),
);
const CODED_MONEY = form(
  new RegExp(`(?<currency>\\b(?:USD|EUR|GBP|RMB|CNY|JPY|CHF|SEK)\\b)\\s?${NUMBER}${SCALED}`, 'giu'),
  'usd eur gbp rmb cny jpy chf sek',
);
const MONEY_BEHIND = form(
  /\b(?<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)\s?(?<scale>thousand|million|billion|trillion|bn|tn)?\s(?<currency>euros?|dollars?|pounds?(?:\ssterling)?|yuan|yen|US dollars|EUR|USD|GBP|RMB)\b/giu,
  'euro euros dollar dollars pound pounds yuan yen eur usd gbp rmb',
  '0-9',
);
const PERCENT = form(
  /\b(?<number>\d{1,3}(?:\.\d{1,4})?)\s?(?:(?:per\s?cent|percent)\b|%(?=\s[A-Za-z(]|[,.;)]\s[A-Za-z])|(?<=[A-Za-z]\s[\d.]{1,7})%)/giu,
  '% cent percent',
  '0-9',
);
const POINTS = form(/\b(?<number>\d{1,3}(?:\.\d{1,4})?)\s?percentage points?\b/giu, 'percentage');
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

/** What is aimed at or foreseen. */
const GOAL =
  /\b(?:will|aims? to|plans? to|(?:expected|projected|forecast|set) to|by 20\d\d)\b[^.]{0,60}$|\btarget(?:s|ed)? of\s(?:about\s|around\s)?$/iu;
/** Growth by, not to: spending rose by 12 percent. */
const GROWTH: readonly (readonly [RegExp, 1 | -1])[] = [
  [
    /(?:rose|risen|rises?|grew|grown|grows?|growing|growth|increase[sd]?|increasing|gain(?:ed|s)?|climb(?:ed|s)?|jump(?:ed|s)?|up)(?:\sof)?(?:\sby)?\s$/iu,
    1,
  ],
  [
    /(?:fell|fallen|falls?|drop(?:ped|s)?|decline[sd]?|decrease[sd]?|reduced?|reduction|cut|down|shrank)(?:\sof)?(?:\sby)?\s$/iu,
    -1,
  ],
];

/** They reduced their use of paper by 20%: the verb stands apart. */
const GROWTH_APART: readonly (readonly [RegExp, 1 | -1])[] = [
  [/\b(?:reduc|fell|fall|declin|decreas|drop|cut)[^.;]{0,60}\bby\s$/iu, -1],
  [/\b(?:increas|rose|rais|grew|grow|boost|expand)[^.;]{0,60}\bby\s$/iu, 1],
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
    const clause = plain.slice(Math.max(0, match.index - 90), match.index);
    const comparator = BEFORE.map(
      ([pattern, qualifier]) => [pattern.exec(before)?.[0].length, qualifier] as const,
    ).find(([length]) => length !== undefined);
    const isGoal = GOAL.test(plain.slice(Math.max(0, match.index - 80), match.index));
    const growth = GROWTH.map(
      ([pattern, sign]) =>
        [pattern.exec(before.slice(0, before.length - (comparator?.[0] ?? 0)))?.[0].length, sign] as const,
    ).find(([length]) => length !== undefined);
    const apart =
      growth === undefined ? GROWTH_APART.find(([pattern]) => pattern.test(clause))?.[1] : undefined;
    const number = Number((match.groups?.number ?? '').replaceAll(',', ''));
    const scale = SCALES[(match.groups?.scale ?? '').toLowerCase()] ?? 1;
    found.push({
      kind: 'figure',
      ...reading.span(match.index - (comparator?.[0] ?? 0) - (growth?.[0] ?? 0), end, 'ENGLISH'),
      value: round(number * scale * factor * (growth?.[1] ?? apart ?? 1)),
      unit,
      qualifier:
        comparator?.[1] ?? (growth !== undefined || apart !== undefined ? 'change' : isGoal ? 'target' : '='),
      ...(growth !== undefined && comparator !== undefined && { isDelta: true as const }),
      ...(currency !== undefined && { currency }),
      ...(isGoal && comparator !== undefined && { isTarget: true as const }),
    });
  };
  for (const match of [...reading.matches(SIGNED_MONEY), ...reading.matches(CODED_MONEY)]) {
    const sign = match.groups?.currency?.toUpperCase() ?? '';
    const currency = CURRENCIES[sign] ?? sign;
    // ￥ and a number: the Chinese unit may follow, then the number is read there.
    if (!/^(?:元|美元|欧元)/u.test(plain.slice(match.index + match[0].length)))
      add(match, currency, 1, currency);
  }
  for (const match of reading.matches(MONEY_BEHIND)) {
    const currency =
      WORDS[
        (match.groups?.currency ?? '')
          .toLowerCase()
          .replace(/s$|\ssterling$/u, '')
          .replace(/s$/u, '')
      ] ?? 'USD';
    add(match, currency, 1, currency);
  }
  for (const match of reading.matches(PERCENT)) add(match, 'ratio', 0.01);
  for (const match of reading.matches(POINTS)) add(match, 'pp', 1);
  for (const { start, end } of found) reading.cover(start, end);
  return joinRanges(reading, found);
}

/** between £10,000 and £2 million, $70,000-$90,000: two amounts that bound one. */
function joinRanges(reading: Reading, found: readonly FigureFact[]): readonly FigureFact[] {
  const joined: FigureFact[] = [];
  for (const figure of [...found].sort((left, right) => left.start - right.start)) {
    const low = joined.at(-1);
    const between = low === undefined ? '' : reading.plain.slice(low.end, figure.start);
    const before = reading.plain.slice(Math.max(0, (low?.start ?? 0) - 9), low?.start);
    const isRange =
      /^\s?[-–—]\s?$/u.test(between) ||
      (between === ' to ' && /\b(?:from|of|costs?|range[sd]?)\s$/iu.test(before)) ||
      (between === ' and ' && /\bbetween\s$/iu.test(before));
    if (low === undefined || !isRange || low.unit !== figure.unit || low.value >= figure.value)
      joined.push(figure);
    else
      joined.splice(-1, 1, {
        ...low,
        ...reading.span(low.start, figure.end, 'ENGLISH_RANGE'),
        qualifier: 'range',
        valueMax: figure.value,
      });
  }
  return joined;
}
