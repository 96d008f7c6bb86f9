import { pairAt } from '../../text/pairs.ts';

/** Finds the longest of many words at a place of a text. */
export interface Words {
  /** The longest word that starts at `at`; of those only that `isRight` has nothing against. */
  startingAt(text: string, at: number, isRight?: (word: string, at: number) => boolean): string | undefined;
  /** The longest word that ends at `end`. */
  endingAt(text: string, end: number): string | undefined;
  /** The next place, from `from` on, where a word may start; the end of the text when there is none. */
  nextFrom(text: string, from: number): number;
}

/** UTF-16 units there are. */
const CODES = 65_536;
const LOW_BITS = CODES - 1;
/** What begins with a sign: longer words only, or also one of that sign alone. */
const LONGER = 1;
const ALONE = 2;

const known = new WeakMap<readonly string[], Words>();

/** The finder for a list of words; made once for each list. */
export function wordsOf(list: readonly string[]): Words {
  const made = known.get(list);
  if (made !== undefined) return made;
  const words = finderOf(list);
  known.set(list, words);
  return words;
}

function finderOf(list: readonly string[]): Words {
  const longestFirst = [...new Set(list)].filter(Boolean).sort((left, right) => right.length - left.length);
  // Asked at every place of every text: a place where no word begins is told by a look into a table or two.
  const begins = new Uint8Array(CODES);
  const pairs = new Uint8Array(CODES);
  for (const word of longestFirst) {
    begins[word.charCodeAt(0)] = word.length === 1 || begins[word.charCodeAt(0)] === ALONE ? ALONE : LONGER;
    pairs[pairAt(word, 0) & LOW_BITS] = 1;
  }
  // Two characters tell far more words apart than one.
  const heads = Map.groupBy(longestFirst, (word) => pairAt(word, 0));
  const alone = new Map(longestFirst.filter(({ length }) => length === 1).map((word) => [word, word]));
  const tails = Map.groupBy(longestFirst, (word) => word.charAt(word.length - 1));
  const mayStartAt = (text: string, at: number) => {
    const kind = begins[text.charCodeAt(at)];
    return kind === ALONE || (kind === LONGER && pairs[pairAt(text, at) & LOW_BITS] === 1);
  };
  return {
    startingAt(text, at, isRight) {
      if (!mayStartAt(text, at)) return undefined;
      for (const word of heads.get(pairAt(text, at)) ?? [])
        if (text.startsWith(word, at) && isRight?.(word, at) !== false) return word;
      const word = alone.get(text.charAt(at));
      return word !== undefined && isRight?.(word, at) !== false ? word : undefined;
    },
    nextFrom(text, from) {
      for (let at = from; at < text.length; at += 1)
        if (begins[text.charCodeAt(at)] !== 0 && mayStartAt(text, at)) return at;
      return text.length;
    },
    endingAt: (text, end) =>
      tails.get(text.charAt(end - 1))?.find((word) => end >= word.length && text.endsWith(word, end)),
  };
}
