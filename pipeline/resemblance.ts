/** How alike two texts are, and which texts are worth comparing: shingles, minhash and shared sentences. */

const SHINGLE = 4;
const BANDS = 8;
const ROWS = 3;
/** Sentences shorter than this are formulas that many documents share. */
const SHORTEST_SENTENCE = 16;
/** A bucket with more texts than this holds boilerplate; comparing all its pairs would not be linear. */
const LARGEST_BUCKET = 40;

/** A text prepared for comparing: hashed character shingles of its letters and digits. */
export interface Fingerprint {
  readonly shingles: ReadonlySet<number>;
  readonly buckets: readonly string[];
  readonly bucketSet: ReadonlySet<string>;
}

/**
 * Prepares a text.
 * @param key letters and digits only (`textKey`)
 * @param text as written, for its sentences
 */
export function fingerprint(key: string, text: string): Fingerprint {
  const shingles = new Set<number>();
  for (let at = 0; at + SHINGLE <= key.length; at += 1) shingles.add(hash(key, at, at + SHINGLE));
  const buckets = [...minhashBands(shingles), ...sentenceBuckets(text)];
  return { shingles, buckets, bucketSet: new Set(buckets) };
}

/** Jaccard resemblance and the share of the smaller text found in the larger one, both exact. */
export function resemblance(left: Fingerprint, right: Fingerprint): { jaccard: number; containment: number } {
  const [small, large] =
    left.shingles.size <= right.shingles.size
      ? [left.shingles, right.shingles]
      : [right.shingles, left.shingles];
  if (small.size === 0) return { jaccard: 0, containment: 0 };
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return { jaccard: shared / (small.size + large.size - shared), containment: shared / small.size };
}

/** Pairs of indexes that share a bucket, each once. Near-linear: crowded buckets are left out. */
export function candidatePairs(
  bucketsOf: readonly (readonly string[])[],
): readonly (readonly [number, number])[] {
  const members = new Map<string, number[]>();
  for (const [index, buckets] of bucketsOf.entries())
    for (const bucket of new Set(buckets)) {
      const list = members.get(bucket);
      if (list === undefined) members.set(bucket, [index]);
      else list.push(index);
    }
  const seen = new Set<number>();
  const pairs: (readonly [number, number])[] = [];
  for (const list of members.values()) {
    if (list.length < 2 || list.length > LARGEST_BUCKET) continue;
    for (const [at, left] of list.entries())
      for (const right of list.slice(at + 1)) {
        const key = left * bucketsOf.length + right;
        if (seen.has(key)) continue;
        seen.add(key);
        pairs.push([left, right]);
      }
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

function sentenceBuckets(text: string): readonly string[] {
  return text
    .split(/[。！？；\n]|[.!?]\s/u)
    .map((sentence) => sentence.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((sentence) => sentence.length >= SHORTEST_SENTENCE)
    .map((sentence) => `s${hash(sentence, 0, sentence.length)}:${sentence.length}`);
}

/** FNV-1a over UTF-16 units. */
function hash(text: string, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
