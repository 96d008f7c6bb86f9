import { distinguishingNumbers } from './numerals.ts';

const STATUS_MARK = /^[[【（(](?:有效|失效|已废止|已失效|废止|图解|转载|原创|新)[\]】）)]\s*/u;
const STATUS_TAIL = /\s*[（(](?:已废止|已失效|有效|图解|全文)[）)]$/u;
/** A document number in brackets behind a title. */
const NUMBER_TAIL =
  /\s*[（(][^（）()]{2,20}(?:[〔[［【(（]\s*\d{4}\s*[〕\]］】)）]|令第?)\s*\d{1,5}\s*号[）)]$/u;
const FRAME_WORDS = /关于|印发|发布|公布|转发|开展|指导|实施|若干|通知|的|有关/gu;

/** A title without status marks ([有效], （已废止）) and without a document number in brackets behind it. */
export function stripTitleMarks(title: string): string {
  return title.replace(STATUS_MARK, '').replace(STATUS_TAIL, '').replace(NUMBER_TAIL, '').trim();
}

/** Letters, digits and Han characters only, lower case, NFKC: two spellings of one title become equal. */
export function titleKey(title: string): string {
  return wordSigns(title.normalize('NFKC').toLowerCase());
}

const WORD_SIGN = /^[\p{L}\p{N}]/u;
/** What each UTF-16 unit is: 1 a letter or digit, 2 none, 3 half of a sign beyond them, 0 not asked yet. */
const kinds = new Uint8Array(65_536);

/** Whole texts become keys, too: this takes runs where a pattern would cut every space out by itself. */
function wordSigns(text: string): string {
  let key = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kinds[text.charCodeAt(at)] || kindOf(text.charCodeAt(at));
    const length = kind === 3 && isPair(text, at) ? 2 : 1;
    const isKept = kind === 1 || (kind === 3 && WORD_SIGN.test(text.slice(at, at + length)));
    if (!isKept) {
      key += text.slice(from, at);
      from = at + length;
    }
    at += length;
  }
  return key + text.slice(from);
}

function kindOf(code: number): number {
  const kind = (code & 0xf800) === 0xd800 ? 3 : WORD_SIGN.test(String.fromCharCode(code)) ? 1 : 2;
  kinds[code] = kind;
  return kind;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

/** What a title is about: `titleKey` without issuer, frame words (关于, 印发, 的, 通知) and marks. */
export function titleCore(title: string): string {
  const stripped = stripTitleMarks(title).normalize('NFKC').toLowerCase();
  const at = stripped.search(/关于|印发|转发|批转/u);
  // The issuer stands before 关于; a long run before it is a news sentence, not an issuer.
  const body =
    at > 0 && at <= 40 && !/[，。：:,]/u.test(stripped.slice(0, at)) ? stripped.slice(at) : stripped;
  const han = /\p{Script=Han}/u.test(body);
  return titleKey(han ? body.replace(FRAME_WORDS, '') : body);
}

/** Dice resemblance of the character bigrams of two strings, 0 to 1. */
export function bigramSimilarity(left: string, right: string): number {
  if (left === right) return left === '' ? 0 : 1;
  const counts = new Map<number, number>();
  for (let at = 0; at + 1 < left.length; at += 1) {
    const pair = bigramAt(left, at);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at + 1 < right.length; at += 1) {
    const pair = bigramAt(right, at);
    const rest = counts.get(pair) ?? 0;
    if (rest === 0) continue;
    counts.set(pair, rest - 1);
    shared += 1;
  }
  const total = Math.max(0, left.length - 1) + Math.max(0, right.length - 1);
  return total === 0 ? 0 : (2 * shared) / total;
}

/** How alike two titles are, 0 when their years, batches or other numbers differ (第一批 is not 第二批). */
export function titleSimilarity(left: string, right: string): number {
  const numbersLeft = distinguishingNumbers(stripTitleMarks(left));
  const numbersRight = distinguishingNumbers(stripTitleMarks(right));
  if (numbersLeft.join() !== numbersRight.join()) return 0;
  return bigramSimilarity(titleCore(left), titleCore(right));
}

/** The titles a text names in 《 》, outermost first, read with a stack so that nested marks do not break them. */
export function quotedTitles(text: string): readonly string[] {
  const found: { readonly title: string; readonly start: number }[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '《' || sign === '〈') open.push(at);
    else if (sign === '》' || sign === '〉') {
      const start = open.pop();
      if (start !== undefined) found.push({ title: text.slice(start + 1, at), start });
    } else if (sign === '\n') open.length = 0;
  }
  return found.sort((left, right) => left.start - right.start).map(({ title }) => title);
}

/** Two characters as one number: this is asked for every pair of titles, where cutting strings would be felt. */
function bigramAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}
