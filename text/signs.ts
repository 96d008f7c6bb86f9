// What occurs in a text, told at once: single signs, pairs of neighbours of which one at least is no ASCII (the beginnings of
// Chinese words), and whole words in Latin letters. One walk over the text pays for hundreds of questions.

/** The signs of a text: a "yes" may be wrong now and then, a "no" never is. */
export interface Signs {
  /** Whether one of them occurs. */
  hasAny(signs: SignSet): boolean;
  /** Whether there are signs from the scripts of East Asia; without them no Han character is there. */
  readonly isEastAsian: boolean;
}

/** Signs and words as their places among the bits of a text. */
export type SignSet = readonly number[];

const CODES = 65_536;
const PAIRS_FROM = CODES;
const WORDS_FROM = 2 * CODES;
const ASCII = 128;
/** The first block of CJK signs, the radicals. */
const EAST_ASIAN_FROM = 0x2e80;
/** Bit that makes an ASCII letter small. */
const SMALL = 32;

/** Tells of places of a text whether one of a few signs stands there, without cutting the sign out. */
export function oneOf(signs: string): (text: string, at: number) => boolean {
  const codes = Array.from({ length: signs.length }, (_, at) => signs.charCodeAt(at));
  return (text, at) => codes.includes(text.charCodeAt(at));
}

/** Walks over a text once. */
export function signsOf(text: string): Signs {
  const bits = new Uint32Array((3 * CODES) / 32);
  const set = (bit: number) => {
    bits[bit >> 5] = (bits[bit >> 5] ?? 0) | (1 << (bit & 31));
  };
  let before = 0;
  let word = 0;
  let isEastAsian = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    set(code);
    if (code >= EAST_ASIAN_FROM) isEastAsian = true;
    if (isLatin(code)) word = (Math.imul(word, 31) + (code | SMALL)) | 0;
    else if (word !== 0) {
      set(wordBit(word));
      word = 0;
    }
    if ((before | code) >= ASCII) set(pairBit(before, code));
    before = code;
  }
  if (word !== 0) set(wordBit(word));
  return {
    isEastAsian,
    hasAny(signs) {
      for (const bit of signs) if (((bits[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0) return true;
      return false;
    },
  };
}

/**
 * Signs to ask for, parted by spaces: a single sign, `0-9` for any digit, a word in Latin letters in any case, and of a
 * longer Chinese word its first two signs; of anything else its first.
 */
export function signSet(list: string): SignSet {
  return list.split(' ').flatMap((sign) => {
    if (sign === '0-9') return [...'0123456789'].map((digit) => digit.charCodeAt(0));
    const [first, second] = [sign.charCodeAt(0), sign.charCodeAt(1)];
    if (sign.length === 1 && !isLatin(first)) return [first];
    if ([...sign].every((letter) => isLatin(letter.charCodeAt(0)))) return [wordBit(hashOfWord(sign))];
    return (first | second) < ASCII ? [first] : [pairBit(first, second)];
  });
}

function hashOfWord(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1)
    hash = (Math.imul(hash, 31) + (word.charCodeAt(at) | SMALL)) | 0;
  return hash;
}

function isLatin(code: number): boolean {
  const small = code | SMALL;
  return small >= 97 && small <= 122 && code < ASCII;
}

function pairBit(first: number, second: number): number {
  return PAIRS_FROM + ((Math.imul(first, 31) ^ second) & (CODES - 1));
}

function wordBit(hash: number): number {
  return WORDS_FROM + ((hash ^ (hash >>> 16)) & (CODES - 1));
}
