import type { Candidate } from './candidate.ts';

/** Two documents that share a text, and the sentences of each that stand in the other. */
export interface SharedText {
  readonly left: number;
  readonly right: number;
  readonly found: readonly [ReadonlySet<number>, ReadonlySet<number>];
  /** Enough of it for a reprint; less still tells where a passage comes from. */
  readonly isReprint: boolean;
}

/** A copy opens with what it reprints, however long the paragraphs are that were added behind. */
const OPENING_BONUS = 10;
/** A second source must stand in the same sentences as the main one. */
const SAME_SENTENCES = 0.5;

/**
 * Leaves out pairs that are tied only by a passage which one of them took over from elsewhere: A with two paragraphs of
 * B is a reprint of A, and none of B. Each document has one main source, the one that explains most of it.
 */
export function withoutBorrowed(
  shared: readonly SharedText[],
  candidates: readonly Candidate[],
): readonly SharedText[] {
  const main = new Map<number, { readonly sentences: ReadonlySet<number>; readonly explained: number }>();
  for (const { left, right, found } of shared)
    for (const [index, sentences] of [
      [left, found[0]],
      [right, found[1]],
    ] as const) {
      const explained = lettersOf(sentences, candidates[index]) * (sentences.has(0) ? OPENING_BONUS : 1);
      if (explained > (main.get(index)?.explained ?? 0)) main.set(index, { sentences, explained });
    }
  const isFromMain = (index: number, sentences: ReadonlySet<number>) => {
    const known = main.get(index)?.sentences ?? sentences;
    const common = new Set([...sentences].filter((sentence) => known.has(sentence)));
    const all = lettersOf(sentences, candidates[index]);
    return lettersOf(common, candidates[index]) >= SAME_SENTENCES * all;
  };
  return shared.filter(
    ({ left, right, found, isReprint }) =>
      isReprint && isFromMain(left, found[0]) && isFromMain(right, found[1]),
  );
}

function lettersOf(sentences: ReadonlySet<number>, candidate: Candidate | undefined): number {
  let letters = 0;
  for (const sentence of sentences) letters += candidate?.passages[sentence]?.key.length ?? 0;
  return letters;
}
