import { readChineseNumber } from './numerals.ts';

/** A number as it stands in a text. */
export interface Numeral {
  /** In base magnitude: 1.2万 is 12000. */
  readonly value: number;
  /** The upper end, for 三四十 and 两三. */
  readonly valueMax?: number;
  readonly end: number;
  /** `more`: 余, 多; `about`: 几, 数十, 上百, a bare 百 or 千万. */
  readonly hint: 'exact' | 'more' | 'about';
  readonly script: 'digits' | 'han';
  /** True when 十百千万亿 took part: such a number counts something even without a unit behind it. */
  readonly hasMagnitude: boolean;
}

const DIGITS = /(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?/y;
/** 千 and 兆 before a measure (千瓦, 兆瓦) and 百 in 百分点 belong to the measure. */
const MAGNITUDE = /(?:[十万亿]|百(?!分)|千(?![瓦克米卡帕伏赫]|字节)|兆(?![瓦赫欧比帕焦]|字节))/y;
/** No number written in words is longer than sixteen. */
const HAN =
  /(?:[零〇一二两三四五六七八九十亿]|百(?!分)|万(?!元户)|千(?![瓦克米卡帕伏赫])|几(?=[十百千万亿])|数(?=[十百千万亿])|上(?=[百千万亿])){1,16}/y;
const NEIGHBOURS = /([一二两三四五六七八])、([二三四五六七八九])([十百千万亿]{1,3})/y;
const FACTORS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8, 兆: 1e12 };

/** The number that starts at `at`, in digits or Chinese numerals, with its magnitude and 余, 多, 几; undefined when none does. */
export function numeralAt(text: string, at: number): Numeral | undefined {
  const numeral = digitsAt(text, at) ?? hanAt(text, at);
  // 12个亿, as one says it.
  if (
    numeral === undefined ||
    numeral.value >= 1e4 ||
    !/^个亿(?!万)/u.test(text.slice(numeral.end, numeral.end + 3))
  )
    return numeral;
  return { ...numeral, value: round(numeral.value * 1e8), end: numeral.end + 2, hasMagnitude: true };
}

function digitsAt(text: string, at: number): Numeral | undefined {
  DIGITS.lastIndex = at;
  const match = DIGITS.exec(text);
  if (match === null) return undefined;
  let end = at + match[0].length;
  let value = Number(/[,，]/.test(match[0]) ? match[0].replace(/[,，]/gu, '') : match[0]);
  let hint: Numeral['hint'] = 'exact';
  if (text[end] === ' ' && /[十百千万亿]/u.test(text[end + 1] ?? '')) end += 1;
  const before = hintAt(text, end);
  if (before !== undefined) end += 1;
  let hasMagnitude = false;
  for (;;) {
    MAGNITUDE.lastIndex = end;
    const factor = MAGNITUDE.exec(text)?.[0];
    if (factor === undefined) break;
    value = round(value * (FACTORS[factor] ?? 1));
    hasMagnitude = true;
    end += 1;
  }
  const after = before === undefined ? hintAt(text, end) : undefined;
  if (after !== undefined) end += 1;
  hint = before ?? after ?? hint;
  return { value, end, hint, script: 'digits', hasMagnitude };
}

/** 余 and 多 say more, 来 and 几 say about; 多 in 多种 and 多个 is no hint behind a small number of units. */
function hintAt(text: string, at: number): Numeral['hint'] | undefined {
  const sign = text[at];
  if (sign === '余' || (sign === '多' && !/[样元晶]/u.test(text[at + 1] ?? ''))) return 'more';
  return sign === '来' && /[个家万亿人位名年天岁种项斤吨里米元块张次套台辆条件户亩]/u.test(text[at + 1] ?? '')
    ? 'about'
    : undefined;
}

/** 二、三十度: neighbours before one magnitude; at the beginning of a line 一、 numbers a section. */
function neighboursAt(text: string, at: number): Numeral | undefined {
  if (text[at + 1] !== '、' || at === 0 || text[at - 1] === '\n') return undefined;
  NEIGHBOURS.lastIndex = at;
  const [words = '', first = '', second = '', magnitude = ''] = NEIGHBOURS.exec(text) ?? [];
  const low = readChineseNumber(`${first}${magnitude}`);
  const high = readChineseNumber(`${second}${magnitude}`);
  if (low === undefined || high === undefined) return undefined;
  if (readChineseNumber(second) !== (readChineseNumber(first) ?? 0) + 1) return undefined;
  return {
    value: low,
    valueMax: high,
    end: at + words.length,
    hint: 'about',
    script: 'han',
    hasMagnitude: true,
  };
}

function hanAt(text: string, at: number): Numeral | undefined {
  const neighbours = neighboursAt(text, at);
  if (neighbours !== undefined) return neighbours;
  HAN.lastIndex = at;
  if (!HAN.test(text)) return undefined;
  let end = HAN.lastIndex;
  let words = text.slice(at, end);
  // 三点五: a decimal in words.
  const decimals = /^点([零〇一二三四五六七八九]{1,4})(?=[万亿倍成%个])/u.exec(text.slice(end, end + 6))?.[1];
  const valued = valueInWords(words);
  if (valued === undefined) return undefined;
  let { value } = valued;
  if (decimals !== undefined) {
    value += Number(`0.${[...decimals].map((sign) => readChineseNumber(sign)).join('')}`);
    end += decimals.length + 1;
  }
  let hint = valued.hint;
  const behind = text.charAt(end);
  if (
    '几多余来'.includes(behind) &&
    behind !== '' &&
    /[十百千万亿]$/u.test(words) &&
    (behind === '几' || hintAt(text, end))
  ) {
    hint = behind === '几' || behind === '来' ? 'about' : 'more';
    end += 1;
    // 三十多万: the magnitude stands behind the hint.
    const factor = FACTORS[text[end] ?? ''];
    if (factor !== undefined && factor >= 1e4) {
      value *= factor;
      end += 1;
    }
    words += '十';
  }
  const hasMagnitude = /[十百千万亿]/u.test(words);
  return {
    value: round(value),
    ...(valued.valueMax !== undefined && { valueMax: valued.valueMax }),
    end,
    hint,
    script: 'han',
    hasMagnitude,
  };
}

function valueInWords(
  words: string,
): { readonly value: number; readonly valueMax?: number; readonly hint: Numeral['hint'] } | undefined {
  // 数十, 几百: at least two of them; 上百: about one.
  if (/^[数几]/u.test(words)) return about(readChineseNumber(`二${words.slice(1)}`));
  if (words.startsWith('上')) return about(readChineseNumber(`一${words.slice(1)}`));
  // 百款, 千万网友: a round number without a digit. 十 alone is ten.
  if (/^[百千万亿]/u.test(words)) return about(readChineseNumber(`一${words}`));
  const pair = /^([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)$/u.exec(words);
  if (pair !== null) {
    const low = readChineseNumber(`${pair[1]}${pair[3]}`);
    const high = readChineseNumber(`${pair[2]}${pair[3]}`);
    // 两三, 七八: neighbours are a range; 三五 is read so, too; others are digits read one by one.
    if (low === undefined || high === undefined || high <= low) return undefined;
    return { value: low, valueMax: high, hint: 'about' };
  }
  // 十三四, 二十七八: neighbours behind the tens.
  const tens = /^([二三四五六七八九]?十)([一二三四五六七八])([二三四五六七八九])$/u.exec(words);
  if (tens !== null) {
    const low = readChineseNumber(`${tens[1]}${tens[2]}`);
    const high = readChineseNumber(`${tens[1]}${tens[3]}`);
    return low === undefined || high !== low + 1 ? undefined : { value: low, valueMax: high, hint: 'about' };
  }
  if (/^[零〇一二两三四五六七八九]{2,}$/u.test(words)) return undefined;
  const value = readChineseNumber(words);
  return value === undefined ? undefined : { value, hint: 'exact' };
}

function about(
  value: number | undefined,
): { readonly value: number; readonly hint: Numeral['hint'] } | undefined {
  return value === undefined ? undefined : { value, hint: 'about' };
}

/** 1054.5 × 10^8 without the tail that binary fractions leave. */
export function round(value: number): number {
  return Number.isSafeInteger(value) && Math.abs(value) < 1e12 ? value : Number(value.toPrecision(12));
}
