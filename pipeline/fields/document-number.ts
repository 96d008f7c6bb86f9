import { formNear, near, Seeker } from '../../text/forms.ts';
import { readChineseNumber, toAsciiDigits } from '../../text/numerals.ts';
import { splitLines } from '../../text/sentences.ts';

/** A document number (发文字号) as read. Two spellings of one number have equal keys. */
export interface DocumentNumber {
  /** 国科发火〔2016〕32号: spaces removed, one kind of bracket. */
  readonly display: string;
  /** letters|year|serial; the year is empty for orders without one. */
  readonly key: string;
  readonly letters: string;
  readonly start: number;
  readonly end: number;
}

const OPEN = '[〔［\\[﹝(（【]';
const CLOSE = '[〕］\\]﹞)）】]';
const SPACE = '[\\s\\u3000]*';
/** All stand before 号, or behind it. */
const NEAR_SERIAL = near('号', 80, 12);
/** 223, 二百二十三; no line, house or aircraft of that number. */
const SERIAL = '0*(\\d{1,5}|[一二三四五六七八九十百零〇]{1,7})';
/** 32号、33号 and 12、13号: all but the last of several serials. */
const EARLIER = '((?:0*\\d{1,5}\\s*号?\\s*[、和及]\\s*(?:第\\s*)?){0,12})';
const NO_LINE = '(?![线楼院机舱])';
const NUMBERED = formNear(
  new RegExp(
    `([\\u4e00-\\u9fa5]{2,16}?)${SPACE}(?:${OPEN}${SPACE}|(?=\\d{4}\\s*[〕］﹞]))((?:19|20)\\d{2})${SPACE}${CLOSE}${SPACE}(?:第${SPACE})?${EARLIER}(?:${SERIAL}${SPACE}号${NO_LINE}|号${SPACE}0*(\\d{1,5}))`,
    'gu',
  ),
  NEAR_SERIAL,
  '0-9',
);
const ORDER = formNear(
  new RegExp(
    `([\\u4e00-\\u9fa5]{0,16}令)\\s*[（(]?\\s*(?:((?:19|20)\\d{2})\\s*年)?\\s*第\\s*${EARLIER}${SERIAL}\\s*号[）)]?`,
    'gu',
  ),
  near('令', 16, 36),
  '号',
);
const ANNOUNCEMENT = formNear(
  new RegExp(
    `([\\u4e00-\\u9fa5]{2,16}?(?:公告|通告))\\s*[（(]?\\s*((?:19|20)\\d{2})\\s*年\\s*第?\\s*${EARLIER}${SERIAL}\\s*号[）)]?`,
    'gu',
  ),
  near('公告 通告', 16, 36),
  '号',
);
/** 海关总署2014年第30号公告: the kind stands behind the number. */
const KIND_BEHIND = formNear(
  /([\u4e00-\u9fa5]{2,16}?)\s*((?:19|20)\d{2})\s*年\s*第\s*0*(\d{1,4})\s*号(公告|通告|令)/gu,
  NEAR_SERIAL,
  '号公 号通 号令',
);
/** 国务院第638号令 */
const ORDER_BEHIND = formNear(
  new RegExp(`([\\u4e00-\\u9fa5]{2,16}?)第\\s*${SERIAL}\\s*号令`, 'gu'),
  near('号令', 32, 2),
);
/** 国发1980年223号: letters that end like those of an office, and a year without brackets. */
const UNBRACKETED = formNear(
  new RegExp(
    `([国中京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新][\\u4e00-\\u9fa5]{0,3}(?<![开研批出爆触激颁印签])[发函]字?)\\s*((?:19|20)\\d{2})\\s*年\\s*第?\\s*${SERIAL}\\s*号${NO_LINE}`,
    'gu',
  ),
  NEAR_SERIAL,
  '发 函',
  '年',
);
/** 一九八〇 before 年 or a bracket. */
const HAN_YEAR = /[一二][九〇○零][〇○零一二三四五六七八九]{2}(?=\s*[年〕］\]﹞)）】])/gu;
/** (96)汇国发字第13号: how numbers were written before the present form. */
const FORMER = formNear(
  /[（(〔[]\s*(\d{2}|(?:19|20)\d{2})\s*[）)〕\]]\s*([\u4e00-\u9fa5]{2,10}字)\s*第?\s*0*(\d{1,4})\s*号/gu,
  NEAR_SERIAL,
  '字',
);
/** Words before 令 that are no part of who gave it. */
const BEFORE_ORDER = /^.*(?:[年月日号据照依按的与以由及]|(?<!共)和|通过|公布|发布)(?=[\u4e00-\u9fa5]{3,})/u;
const LABEL = /^[\s\u200B]*(?:发文字号|文\s*号|索引号)\s*[:：]/u;
const PLACEHOLDERS = new Set(['其他', '其它', '无', '暂无']);
/** Text that swallows letters when no mark stands between: the letters begin behind it. */
const SWALLOWED =
  /^.*(?:通知|意见|办法|决定|根据|依据|按照|关于|的|和|与|及|以|了|为|见|由|将|把|依照|参照|执行|落实|贯彻|印发|转发|废止|修改)(?=[\u4e00-\u9fa5]{2,})/u;
/** 科技部联合发布2022年第41号公告: who, then what was done. */
const ISSUED = /(?:联合|共同)?(?:发布|公布|印发|下发|颁布)$/u;
const ZERO_WIDTH = /[\u200B-\u200D\uFEFF\u00AD]/gu;

/** The number in a metadata field or a short text; undefined for placeholders and for anything else. */
export function parseDocumentNumber(text: string): DocumentNumber | undefined {
  return findDocumentNumbers(text.replace(ZERO_WIDTH, '').replace(LABEL, ''))[0];
}

/** All document numbers in a text, in order, cited or own. */
export function findDocumentNumbers(text: string): readonly DocumentNumber[] {
  const found: DocumentNumber[] = [];
  if (!text.includes('号')) return found;
  const seeker = new Seeker(withDigitYears(toAsciiDigits(text)));
  for (const match of seeker.matches(NUMBERED)) {
    const letters = (match[1] ?? '').replace(SWALLOWED, '');
    if (PLACEHOLDERS.has(letters) || letters.length < 2) continue;
    const year = match[2] ?? '';
    const start = match.index + (match[1] ?? '').length - letters.length;
    found.push(
      ...severalOf(match, start, match[4] ?? match[5], (serial) => bracketed(letters, year, serial)),
    );
  }
  for (const form of [ORDER, ANNOUNCEMENT]) {
    for (const match of seeker.matches(form)) {
      const letters = (match[1] ?? '').replace(BEFORE_ORDER, '');
      if (letters === '令') continue;
      const start = match.index + (match[1] ?? '').length - letters.length;
      const year = match[2] ?? '';
      found.push(...severalOf(match, start, match[4], (serial) => named(letters, year, serial)));
    }
  }
  const taken = new Uint8Array(text.length);
  for (const { start, end } of found) taken.fill(1, start, end);
  for (const match of seeker.matches(KIND_BEHIND)) {
    const lead = (match[1] ?? '').replace(BEFORE_ORDER, '').replace(SWALLOWED, '').replace(/^原/u, '');
    const start = match.index + (match[1] ?? '').length - lead.length;
    const body = lead.replace(ISSUED, '');
    if (body.length >= 2 && !isKnown(taken, start, endOf(match)))
      found.push({
        ...named(`${body}${match[4]}`, match[2] ?? '', match[3] ?? ''),
        start,
        end: endOf(match),
      });
  }
  for (const match of seeker.matches(ORDER_BEHIND)) {
    const body = (match[1] ?? '').replace(BEFORE_ORDER, '').replace(SWALLOWED, '');
    const start = match.index + (match[1] ?? '').length - body.length;
    if (body.length >= 2 && !isKnown(taken, start, endOf(match)))
      found.push({ ...named(`${body}令`, '', inDigits(match[2])), start, end: endOf(match) });
  }
  for (const match of seeker.matches(UNBRACKETED)) {
    const [, letters = '', year = '', serial = ''] = match;
    if (!isKnown(taken, match.index, endOf(match)))
      found.push({
        ...bracketed(letters, year, inDigits(serial)),
        start: match.index,
        end: endOf(match),
      });
  }
  for (const match of seeker.matches(FORMER)) {
    const [, digits = '', letters = '', serial = ''] = match;
    const year = digits.length === 2 ? `19${digits}` : digits;
    if (!isKnown(taken, match.index, endOf(match)))
      found.push({
        ...bracketed(letters, year, serial),
        start: match.index,
        end: endOf(match),
      });
  }
  return found.sort((left, right) => left.start - right.start);
}

/** 中华人民共和国国务院令 / 第706号: the heading of an order, in one line or two, nothing else beside it. */
function orderHeading(text: string): DocumentNumber | undefined {
  const head = text.slice(0, HEADING_LENGTH);
  const [number] = findDocumentNumbers(head);
  if (number === undefined || !/令$|公告$/u.test(number.letters)) return undefined;
  const before = head.slice(0, number.start).split('\n').at(-1) ?? '';
  const behind = head.slice(number.end).split('\n')[0] ?? '';
  const isFirst = !/[。：:]/u.test(head.slice(0, number.start));
  return isFirst && before.trim() === '' && behind.trim() === '' ? number : undefined;
}

/** Offsets stay: a year has four signs, however it is written. */
function withDigitYears(text: string): string {
  return text.replace(HAN_YEAR, (year) =>
    [...year]
      .map((sign) => '〇一二三四五六七八九'.indexOf(sign))
      .map((digit) => Math.max(0, digit))
      .join(''),
  );
}

/** The number of a match, and those before it that share its letters and year: 32号、33号. */
function severalOf(
  match: RegExpExecArray,
  start: number,
  serial: string | undefined,
  tell: (serial: string) => ReturnType<typeof bracketed>,
): readonly DocumentNumber[] {
  const numbers: DocumentNumber[] = [];
  const end = endOf(match);
  let from = start;
  let at = match.index + match[0].lastIndexOf(match[3] ?? '', match[0].length - (serial ?? '').length);
  for (const [digits] of (match[3] ?? '').matchAll(/\d+/gu)) {
    at = match.input.indexOf(digits, at) + digits.length;
    numbers.push({ ...tell(digits.replace(/^0+(?=\d)/u, '')), start: from, end: at });
    from = at;
  }
  // No two may claim one stretch.
  const own = numbers.length > 0 ? match.input.indexOf(serial ?? '', at) : start;
  return [...numbers, { ...tell(inDigits(serial)), start: own, end }];
}

function inDigits(serial: string | undefined): string {
  if (serial === undefined || /^\d*$/u.test(serial)) return serial ?? '';
  return String(readChineseNumber(serial) ?? serial);
}

function bracketed(letters: string, year: string, serial: string) {
  return { display: `${letters}〔${year}〕${serial}号`, key: `${letters}|${year}|${serial}`, letters };
}

function named(letters: string, year: string, serial: string) {
  const display = `${letters}${year === '' ? '' : `${year}年`}第${serial}号`;
  return { display, key: `${letters}|${year}|${serial}`, letters };
}

/** Whether a number that was read before lies in the stretch. */
function isKnown(taken: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (taken[at] === 1) return true;
  return false;
}

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

/** How many lines above the text proper may hold the document's own number. */
const HEAD_LINES = 12;
const HEADING_LENGTH = 300;

/**
 * The document's own number, as against those it cites: alone on a line above the salutation or the first paragraph, or
 * in brackets behind the title. A number right behind 》 or inside a sentence is a citation.
 */
export function ownDocumentNumber(text: string, title: string): DocumentNumber | undefined {
  const inTitle =
    /[（(]([^（）()]*(?:[〔［[【(（]?\s*\d{4}\s*[〕］\]】)）]?|令\s*第?)[^（）()]{0,12}号)[^（）()]{0,10}[）)]\s*$/u.exec(
      title,
    );
  if (inTitle !== null) {
    const own = parseDocumentNumber(inTitle[1] ?? '');
    if (own !== undefined) return own;
  }
  const heading = orderHeading(text);
  if (heading !== undefined) return heading;
  for (const line of splitLines(text).slice(0, HEAD_LINES)) {
    const bare = line.text
      .replace(/^[（(【]|[）)】]$/gu, '')
      .replace(LABEL, '')
      .trim();
    const [number] = findDocumentNumbers(bare);
    if (number !== undefined && number.start === 0 && number.end >= bare.length) return number;
    // Behind a salutation (各省…：) or a finished sentence only citations follow.
    if (/[：:]$/u.test(line.text) && line.text.length > 4) return undefined;
    if (/。/u.test(line.text)) return undefined;
  }
  return undefined;
}
