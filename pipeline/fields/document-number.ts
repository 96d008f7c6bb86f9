import { toAsciiDigits } from '../../text/numerals.ts';
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
const NUMBERED = new RegExp(
  `([\\u4e00-\\u9fa5]{2,16}?)${SPACE}${OPEN}${SPACE}((?:19|20)\\d{2})${SPACE}${CLOSE}${SPACE}(?:第${SPACE})?(?:0*(\\d{1,5})${SPACE}号|号${SPACE}0*(\\d{1,5}))`,
  'gu',
);
const ORDER =
  /([\u4e00-\u9fa5]{0,16}令)\s*[（(]?\s*(?:((?:19|20)\d{2})\s*年)?\s*第\s*0*(\d{1,4})\s*号[）)]?/gu;
const ANNOUNCEMENT =
  /([\u4e00-\u9fa5]{2,16}?(?:公告|通告))\s*[（(]?\s*((?:19|20)\d{2})\s*年\s*第?\s*0*(\d{1,4})\s*号[）)]?/gu;
const LABEL = /^[\s\u200B]*(?:发文字号|文\s*号|索引号)\s*[:：]/u;
const PLACEHOLDERS = new Set(['其他', '其它', '无', '暂无']);
/** Text that swallows letters when no mark stands between: the letters begin behind it. */
const SWALLOWED =
  /^.*(?:通知|意见|办法|决定|根据|依据|按照|关于|的|和|与|及|以|了|为|见|由)(?=[\u4e00-\u9fa5]{2,})/u;
const ZERO_WIDTH = /[\u200B-\u200D\uFEFF\u00AD]/gu;

/** The number in a metadata field or a short text; undefined for placeholders and for anything else. */
export function parseDocumentNumber(text: string): DocumentNumber | undefined {
  return findDocumentNumbers(text.replace(ZERO_WIDTH, '').replace(LABEL, ''))[0];
}

/** All document numbers in a text, in order, cited or own. */
export function findDocumentNumbers(text: string): readonly DocumentNumber[] {
  const plain = toAsciiDigits(text);
  const found: DocumentNumber[] = [];
  for (const match of plain.matchAll(NUMBERED)) {
    const letters = (match[1] ?? '').replace(SWALLOWED, '');
    if (PLACEHOLDERS.has(letters) || letters.length < 2) continue;
    const serial = match[3] ?? match[4] ?? '';
    const start = match.index + (match[1] ?? '').length - letters.length;
    const display = `${letters}〔${match[2]}〕${serial}号`;
    const key = `${letters}|${match[2]}|${serial}`;
    found.push({ display, key, letters, start, end: match.index + match[0].length });
  }
  for (const pattern of [ORDER, ANNOUNCEMENT]) {
    for (const match of plain.matchAll(pattern)) {
      const letters = match[1] ?? '';
      if (letters === '令') continue;
      const year = match[2] ?? '';
      const display = `${letters}${year === '' ? '' : `${year}年`}第${match[3]}号`;
      const key = `${letters}|${year}|${match[3]}`;
      found.push({ display, key, letters, start: match.index, end: match.index + match[0].length });
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

/** How many lines above the text proper may hold the document's own number. */
const HEAD_LINES = 12;

/**
 * The document's own number, as against those it cites: alone on a line above the salutation or the first paragraph, or
 * in brackets behind the title. A number right behind 》 or inside a sentence is a citation.
 */
export function ownDocumentNumber(text: string, title: string): DocumentNumber | undefined {
  const inTitle = /[（(]([^（）()]*[〔［[【(（]?\s*\d{4}\s*[〕］\]】)）]?[^（）()]*号)[）)]\s*$/u.exec(title);
  if (inTitle !== null) {
    const own = parseDocumentNumber(inTitle[1] ?? '');
    if (own !== undefined) return own;
  }
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
