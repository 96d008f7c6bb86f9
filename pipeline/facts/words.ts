import { pairAt } from '../../text/pairs.ts';

/** Finds the longest of many words at a place of a text. */
export interface Words {
  /** The longest word that starts at `at`; of those only that `isRight` has nothing against. */
  startingAt(text: string, at: number, isRight?: (word: string, at: number) => boolean): string | undefined;
  /** The longest word that ends at `end`. */
  endingAt(text: string, end: number): string | undefined;
  /** Whether any word starts with the sign at `at`: asked first where every place of a text is asked. */
  mayStartAt(text: string, at: number): boolean;
}

/** UTF-16 units there are. */
const CODES = 65_536;

const known = new WeakMap<readonly string[], Words>();

/** The finder for a list of words; made once for each list. */
export function wordsOf(list: readonly string[]): Words {
  const made = known.get(list);
  if (made !== undefined) return made;
  const longestFirst = [...new Set(list)].filter(Boolean).sort((left, right) => right.length - left.length);
  // Asked at every place of every text: a place where no word begins is told by one look into a table.
  const begins = new Uint8Array(CODES);
  for (const word of longestFirst) begins[word.charCodeAt(0)] = 1;
  // Two characters tell far more words apart than one.
  const heads = Map.groupBy(longestFirst, (word) => pairAt(word, 0));
  const alone = new Map(longestFirst.filter(({ length }) => length === 1).map((word) => [word, word]));
  const tails = Map.groupBy(longestFirst, (word) => word.charAt(word.length - 1));
  const words: Words = {
    startingAt(text, at, isRight) {
      if (begins[text.charCodeAt(at)] !== 1) return undefined;
      for (const word of heads.get(pairAt(text, at)) ?? [])
        if (text.startsWith(word, at) && isRight?.(word, at) !== false) return word;
      const word = alone.get(text.charAt(at));
      return word !== undefined && isRight?.(word, at) !== false ? word : undefined;
    },
    mayStartAt: (text, at) => begins[text.charCodeAt(at)] === 1,
    endingAt: (text, end) =>
      tails.get(text.charAt(end - 1))?.find((word) => end >= word.length && text.endsWith(word, end)),
  };
  known.set(list, words);
  return words;
}
