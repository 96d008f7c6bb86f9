const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  '○': 0,
  零: 0,
  Ｏ: 0,
  O: 0,
  О: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };
const TENS: Readonly<Record<string, string>> = { 廿: '二十', 卅: '三十' };

/**
 * The value of a whole number in Chinese numerals, counted (一百二十三, 两万, 廿一) or read digit by digit (二〇二一).
 * Undefined for anything else.
 */
export function readChineseNumber(text: string): number | undefined {
  const plain = /[廿卅]/.test(text) ? text.replace(/[廿卅]/gu, (sign) => TENS[sign] ?? sign) : text;
  if (plain === '') return undefined;
  if (/^[〇○零ＯOО一二三四五六七八九]{2,}$/u.test(plain))
    return Number([...plain].map((sign) => DIGITS[sign]).join(''));
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const sign of plain) {
    const small = SMALL[sign];
    const large = LARGE[sign];
    if (DIGITS[sign] !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = DIGITS[sign];
    } else if (small !== undefined) {
      section += (digit ?? 1) * small;
      digit = undefined;
    } else if (large !== undefined) {
      // 一万亿: the larger magnitude multiplies all that stands before it.
      if (section === 0 && digit === undefined) total *= large;
      else total += (section + (digit ?? 0)) * large;
      section = 0;
      digit = undefined;
    } else return undefined;
  }
  return total + section + (digit ?? 0);
}

/** A whole number in Arabic (also full-width) or Chinese numerals. */
export function readWholeNumber(text: string): number | undefined {
  const ascii = toAsciiDigits(text.trim());
  return /^\d+$/.test(ascii) ? Number(ascii) : readChineseNumber(ascii);
}

/** Full-width digits and letters as ASCII; one character stays one character, so offsets hold. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** Numbers in a title that count something: years, issues, batches, amounts. */
export const COUNTED =
  /\d+(?:\.\d+)?|第[一二三四五六七八九十百]+|[一二三四五六七八九十]+(?=[批期次届号章版轮年月五季])/gu;

/**
 * The numbers that tell two like titles apart, sorted: years, issues, 第二批, 十四五. Numerals inside ordinary words
 * (进一步, 一体化) are not counted.
 */
export function distinguishingNumbers(title: string): readonly string[] {
  const found = [...toAsciiDigits(title).matchAll(COUNTED)].map(([text]) => {
    const bare = text.replace(/^第/u, '');
    return String(readWholeNumber(bare) ?? bare);
  });
  return found.sort();
}
