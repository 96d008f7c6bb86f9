import { readChineseNumber, toAsciiDigits } from '../../text/numerals.ts';

/** A number of a text in one spelling, with its place: 一百亿元, 100亿元 and 10000000000元 are equal. */
export interface StoryFigure {
  /** `10000000000`, `12.6%`. */
  readonly key: string;
  /** How little chance has to do with two texts naming it: 1 for 30, 3 and more for 12.6 % or 1873. */
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

const MAGNITUDE: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1000,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  十亿: 1e9,
  百亿: 1e10,
  千亿: 1e11,
  万亿: 1e12,
  thousand: 1e3,
  million: 1e6,
  mln: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
  tn: 1e12,
};
const FIGURE =
  /(百分之)?(\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)(?:[多余几])?\s?(万亿|千亿|百亿|十亿|亿|千万|百万|万|千|百|thousand\b|million\b|mln\b|billion\b|bn\b|trillion\b|tn\b|[mb]\b)?(?:[多余])?\s?(%|％|成|年|月|日|号|时|期)?/giu;
/** Chinese numerals up to nine stand in set words (一体化, 三农) as often as they count. */
const LEAST_CHINESE = 10;
const LEAST = 10;
const MOST_DIGITS = 3;

/** The numbers of a text that two reports of one event share and two unrelated texts do not; dates are left out. */
export function storyFigures(text: string): readonly StoryFigure[] {
  const plain = toAsciiDigits(text);
  const found: StoryFigure[] = [];
  for (const match of plain.matchAll(FIGURE)) {
    const [whole, percent, digits = '', magnitude = '', tail = ''] = match;
    const base = readNumber(digits);
    if (base === undefined) continue;
    const isShare = percent !== undefined || tail === '%' || tail === '％' || tail === '成';
    const scaled = base * (MAGNITUDE[magnitude.toLowerCase()] ?? 1) * (tail === '成' ? 10 : 1);
    const value = Number(scaled.toPrecision(10));
    const isChinese = !/\d/.test(digits);
    if (!isShare && (/[年月日号时期]/u.test(tail) || isYear(value, magnitude))) continue;
    if (isChinese && !isShare && value < LEAST_CHINESE) continue;
    if (value < LEAST && !isShare && Number.isInteger(value)) continue;
    const key = `${value}${isShare ? '%' : ''}`;
    found.push({
      key,
      weight: weightOf(value, isShare),
      start: match.index,
      end: match.index + whole.length,
    });
  }
  return found;
}

function readNumber(digits: string): number | undefined {
  if (/\d/.test(digits)) return Number(digits.replaceAll(',', ''));
  const [whole = '', fraction] = digits.split('点');
  const value = readChineseNumber(whole);
  if (value === undefined || fraction === undefined) return value;
  const decimals = [...fraction].map((sign) => readChineseNumber(sign) ?? 0).join('');
  return Number(`${value}.${decimals}`);
}

function isYear(value: number, magnitude: string): boolean {
  return magnitude === '' && value >= 1900 && value <= 2100;
}

/** Significant digits; large sums and shares are rarer than counts. */
function weightOf(value: number, isShare: boolean): number {
  const significant = String(value)
    .replace(/e.*$/u, '')
    .replace('.', '')
    .replace(/^0+|0+$/gu, '');
  return Math.min(MOST_DIGITS, significant.length) + (isShare ? 0.3 : 0) + (value >= 1e6 ? 0.5 : 0);
}

/** The text with every numeral in Arabic and multiplied out, so that 一百亿元 and 100亿元 read the same. */
export function canonicalNumbers(text: string): string {
  return toAsciiDigits(text).replace(FIGURE, (whole, ...found: unknown[]) => {
    // The groups of FIGURE: text or undefined.
    const [percent, digits = '', magnitude = '', tail = ''] = found as (string | undefined)[];
    const base = readNumber(digits);
    if (base === undefined) return whole;
    const isShare = percent !== undefined || tail === '%' || tail === '％' || tail === '成';
    const scaled = base * (MAGNITUDE[magnitude.toLowerCase()] ?? 1) * (tail === '成' ? 10 : 1);
    return `${Number(scaled.toPrecision(10))}${isShare ? '%' : tail}`;
  });
}
