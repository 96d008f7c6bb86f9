import type { StoryFigure } from './figures.ts';
import type { Term, Terms } from './terms.ts';

/** A document or a story as a direction among all terms of the batch: term number → weight. */
export type Vector = Map<number, number>;

/** What a vector is made of. */
export interface VectorInput {
  readonly terms: Terms;
  readonly figures: readonly StoryFigure[];
}

/** The part of the likeness that shared numbers make; words make the rest. */
const FIGURES_SHARE = 0.4;
/** Texts whose numbers weigh less than this together are not told alike by them: one shared 15 is chance. */
const LEAST_FIGURES = 12;
/** In a headline a rare word is often rare by chance; in a text with its hundreds of terms rarity tells. */
const RARITY_IN_TEXT = 1;
const RARITY_IN_HEADLINE = 0.25;
const HEADLINE_TERMS = 40;
/** Terms of a document that are kept, the heaviest. */
const MOST_TERMS = 220;

/** The documents of a batch as vectors: by their words alone, and by words and numbers together. */
export interface Weighed {
  readonly words: readonly Vector[];
  readonly vectors: readonly Vector[];
}

/** Weighs the terms of all documents of a batch: what few documents say counts most. Each vector has length 1 or less. */
export function vectorsOf(inputs: readonly VectorInput[]): Weighed {
  const { vectors: words, terms: from } = blockOf(
    inputs.map(({ terms }) => terms),
    (terms) => (terms.size > HEADLINE_TERMS ? RARITY_IN_TEXT : RARITY_IN_HEADLINE),
    { least: 0, from: 0 },
  );
  const { vectors: figures } = blockOf(
    inputs.map((input) => new Map(input.figures.map(({ key, weight }) => [key, weight]))),
    () => RARITY_IN_HEADLINE,
    { least: LEAST_FIGURES, from },
  );
  const vectors = inputs.map(({ figures: own }, index) => {
    const share = own.length === 0 ? 0 : FIGURES_SHARE;
    const vector: Vector = new Map();
    for (const [term, weight] of words[index] ?? []) vector.set(term, weight * Math.sqrt(1 - share));
    for (const [term, weight] of figures[index] ?? []) vector.set(term, weight * Math.sqrt(share));
    return vector;
  });
  return { words, vectors };
}

interface BlockOptions {
  /** Squared length below which a vector is not stretched to length 1. */
  readonly least: number;
  /** Numbers of terms begin here, so that blocks do not share any. */
  readonly from: number;
}

interface Block {
  readonly vectors: readonly Vector[];
  readonly terms: number;
}

/** One vector for each document, of those of its terms that others have too. */
function blockOf(
  all: readonly Terms[],
  rarity: (terms: Terms) => number,
  { least, from }: BlockOptions,
): Block {
  const { numbers, holders } = numbered(all);
  const vectors = all.map((terms, index) => {
    const own = numbers[index] ?? new Int32Array();
    const power = rarity(terms);
    const weights = new Float64Array(own.length);
    let squares = 0;
    let at = 0;
    for (const times of terms.values()) {
      const weight = times * Math.log(1 + all.length / (holders[own[at] ?? 0] ?? 1)) ** power;
      squares += weight * weight;
      // What nobody else says only makes the vector longer.
      weights[at] = (holders[own[at] ?? 0] ?? 0) > 1 ? weight : 0;
      at += 1;
    }
    const length = Math.sqrt(Math.max(squares, least)) || 1;
    const bar = Math.max(Number.MIN_VALUE, weights.toSorted()[weights.length - MOST_TERMS] ?? 0);
    const vector: Vector = new Map();
    for (const [place, weight] of weights.entries())
      if (weight >= bar && vector.size < MOST_TERMS) vector.set(from + (own[place] ?? 0), weight / length);
    return vector;
  });
  return { vectors, terms: holders.length };
}

/** Terms as numbers: those of each document in its order, and how many documents hold each. */
function numbered(all: readonly Terms[]): { numbers: readonly Int32Array[]; holders: readonly number[] } {
  const known = new Map<Term, number>();
  const holders: number[] = [];
  const numbers = all.map((terms) => {
    const own = new Int32Array(terms.size);
    let at = 0;
    for (const term of terms.keys()) {
      let number = known.get(term);
      if (number === undefined) {
        number = holders.length;
        known.set(term, number);
        holders.push(0);
      }
      holders[number] = (holders[number] ?? 0) + 1;
      own[at] = number;
      at += 1;
    }
    return own;
  });
  return { numbers, holders };
}

/** The entries with the largest weights, at most `count` of them, in their order; of equal ones the first. */
export function heaviest<Key>(
  entries: readonly (readonly [Key, number])[],
  count: number,
): readonly (readonly [Key, number])[] {
  if (entries.length <= count) return entries;
  // Sorting bare numbers is many times quicker than sorting pairs.
  const weights = Float64Array.from(entries, ([, weight]) => weight).sort();
  const least = weights[weights.length - count] ?? 0;
  let ties = count - (weights.length - 1 - weights.lastIndexOf(least));
  return entries.filter(([, weight]) => {
    if (weight === least) ties -= 1;
    return weight > least || (weight === least && ties >= 0);
  });
}

/** The sum over shared terms. */
export function dot(left: Vector, right: Vector): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}
