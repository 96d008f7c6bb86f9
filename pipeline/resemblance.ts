import { hashOf } from './stories/hash.ts';
import type { Passage } from './stories/passages.ts';

// Which documents are worth comparing: those that share a band of minhashes or a whole sentence.

const SHINGLE = 4;
const BANDS = 8;
const ROWS = 3;
/** Sentences shorter than this are formulas that many documents share. */
const SHORTEST_SENTENCE = 16;
/** In one bucket a document meets at most this many before it, and fewer where the bucket holds a formula of many. */
const NEAREST = 10;
const NEAREST_IN_CROWD = 2;
const CROWD = 40;
/** Of all these a document is compared with the ones it shares most with; so the work grows with the documents. */
const MOST_PARTNERS = 12;

/** The buckets a text falls into: texts that are nearly the same, or hold one and the same sentence, share one. */
export function bucketsOf(passages: readonly Passage[]): readonly string[] {
  const shingles = new Set<number>();
  for (const { key } of passages)
    for (let at = 0; at + SHINGLE <= key.length; at += 1) shingles.add(hashOf(key, at, at + SHINGLE));
  const sentences = passages
    .filter(({ key }) => key.length >= SHORTEST_SENTENCE)
    .map(({ key }) => `s${hashOf(key, 0, key.length)}:${key.length}`);
  return [...minhashBands(shingles), ...sentences];
}

/** Pairs of indexes that share a key, each once, the smaller one first. In a crowded bucket only neighbours are paired. */
export function candidatePairs(
  keysOf: readonly (readonly string[])[],
): readonly (readonly [number, number])[] {
  const members = new Map<string, number[]>();
  const pairs: (readonly [number, number])[] = [];
  for (const [index, keys] of keysOf.entries()) {
    const shared = new Map<number, number>();
    for (const key of new Set(keys)) {
      const list = members.get(key);
      if (list === undefined) members.set(key, [index]);
      else {
        for (const partner of list.slice(list.length > CROWD ? -NEAREST_IN_CROWD : -NEAREST))
          shared.set(partner, (shared.get(partner) ?? 0) + 1);
        list.push(index);
      }
    }
    const partners = [...shared].sort((left, right) => right[1] - left[1] || right[0] - left[0]);
    for (const [partner] of partners.slice(0, MOST_PARTNERS)) pairs.push([partner, index]);
  }
  return pairs;
}

function minhashBands(shingles: ReadonlySet<number>): readonly string[] {
  if (shingles.size === 0) return [];
  const least = new Uint32Array(BANDS * ROWS).fill(0xffffffff);
  for (const shingle of shingles)
    for (let index = 0; index < least.length; index += 1) {
      // Multiply-shift with odd constants; the constants only have to differ.
      let value = Math.imul(shingle ^ (index * 0x9e3779b1), 0x85ebca6b + 2 * index);
      value = (value ^ (value >>> 15)) >>> 0;
      if (value < (least[index] ?? 0)) least[index] = value;
    }
  return Array.from(
    { length: BANDS },
    (_, band) => `${band}:${least.slice(band * ROWS, (band + 1) * ROWS).join()}`,
  );
}
