/** Finds the longest of many words at a place of a text. */
export interface Words {
  /** The longest word that starts at `at`. */
  startingAt(text: string, at: number): string | undefined;
  /** The longest word that ends at `end`. */
  endingAt(text: string, end: number): string | undefined;
}

const known = new WeakMap<readonly string[], Words>();

/** The finder for a list of words; made once for each list. */
export function wordsOf(list: readonly string[]): Words {
  const made = known.get(list);
  if (made !== undefined) return made;
  const longestFirst = [...new Set(list)].sort((left, right) => right.length - left.length);
  // Two characters tell far more words apart than one.
  const heads = Map.groupBy(longestFirst, (word) => word.slice(0, 2));
  const tails = Map.groupBy(longestFirst, (word) => word.charAt(word.length - 1));
  const words: Words = {
    startingAt: (text, at) =>
      heads.get(text.slice(at, at + 2))?.find((word) => text.startsWith(word, at)) ??
      heads.get(text.charAt(at))?.[0],
    endingAt: (text, end) =>
      tails.get(text.charAt(end - 1))?.find((word) => end >= word.length && text.endsWith(word, end)),
  };
  known.set(list, words);
  return words;
}
