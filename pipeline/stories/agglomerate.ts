import { dot, heaviest, type Vector } from './vectors.ts';

/** How groups of documents grow into stories. */
export interface AgglomerateOptions {
  /** Two groups at least this alike (cosine of their sums) become one. */
  readonly threshold: number;
  /** True when two groups must never meet, whatever they share. */
  areApart(left: readonly number[], right: readonly number[]): boolean;
  /** The day of a document, counted from any day; undefined where it is unknown. */
  dayOf(index: number): number | undefined;
}

/** Reports follow an event within days; what comes later must share more. */
const AT_ONCE_DAYS = 5;
const FADING_DAYS = 45;

/** For each term a group is compared with this many groups before it; so the work grows with the documents. */
const NEAREST = 40;
/** The most alike ones are kept. */
const NEIGHBOURS = 15;
/** The terms by which groups are found, the heaviest. */
const MOST_KEYS = 80;
/** A large story has many neighbours; held against each after every merge they would cost the square. */
const MOST_NEIGHBOURS = 60;
/** Terms that describe a grown group. */
const MOST_TERMS = 300;

interface Group {
  vector: Vector;
  /** Squared length of what no other document of the batch shares: it makes groups less alike. */
  own: number;
  length: number;
  readonly members: number[];
  readonly neighbours: Set<number>;
  from: number;
  to: number;
  /** Counts up with each merge, so that older proposals are known to be stale. */
  version: number;
}

/**
 * Merges the two most alike groups again and again until none are alike enough.
 * @param groups indexes of `vectors`, in order of time: neighbours in time are compared first
 */
export function agglomerate(
  vectors: readonly Vector[],
  groups: readonly (readonly number[])[],
  { threshold, areApart, dayOf }: AgglomerateOptions,
): readonly (readonly number[])[] {
  const all: (Group | undefined)[] = groups.map((members) => groupOf(members, vectors, dayOf));
  const proposals = new Proposals();
  const propose = (left: number, right: number) => {
    const [one, other] = [all[left], all[right]];
    if (one === undefined || other === undefined) return;
    const likeness =
      (dot(one.vector, other.vector) / (one.length * other.length || 1)) * nearness(one, other);
    if (likeness >= threshold)
      proposals.add({ likeness, left, right, versions: one.version + other.version });
  };
  for (const [left, right] of neighbourPairs(all)) {
    all[left]?.neighbours.add(right);
    all[right]?.neighbours.add(left);
    propose(left, right);
  }
  for (let next = proposals.take(); next !== undefined; next = proposals.take()) {
    const { left, right, versions } = next;
    const [one, other] = [all[left], all[right]];
    if (one === undefined || other === undefined || one.version + other.version !== versions) continue;
    one.neighbours.delete(right);
    other.neighbours.delete(left);
    if (areApart(one.members, other.members)) continue;
    const [kept, gone] = one.members.length >= other.members.length ? [left, right] : [right, left];
    absorb(all, kept, gone);
    for (const neighbour of all[kept]?.neighbours ?? []) propose(kept, neighbour);
  }
  return all.flatMap((group) => (group === undefined ? [] : [group.members]));
}

/** 1 for groups of the same days, less the more days lie between them. */
function nearness(left: Group, right: Group): number {
  const gap = Math.max(left.from - right.to, right.from - left.to);
  return Number.isFinite(gap) && gap > AT_ONCE_DAYS ? Math.max(0, 1 - (gap - AT_ONCE_DAYS) / FADING_DAYS) : 1;
}

function groupOf(
  members: readonly number[],
  vectors: readonly Vector[],
  dayOf: AgglomerateOptions['dayOf'],
): Group {
  const days = members.flatMap((member) => dayOf(member) ?? []);
  const vector: Vector = new Map();
  // A text shown ten times still is one text.
  for (const member of members)
    for (const [term, weight] of vectors[member] ?? [])
      vector.set(term, (vector.get(term) ?? 0) + weight / members.length);
  const rests = members.map((member) => {
    const shared = vectors[member];
    return shared === undefined ? 1 : Math.max(0, 1 - dot(shared, shared));
  });
  const own = rests.reduce((sum, rest) => sum + rest, 0) / members.length ** 2;
  return {
    vector,
    own,
    length: Math.sqrt(dot(vector, vector) + own),
    members: [...members],
    neighbours: new Set(),
    from: Math.min(...days),
    to: Math.max(...days),
    version: 0,
  };
}

function absorb(all: (Group | undefined)[], kept: number, gone: number): void {
  const [group, lost] = [all[kept], all[gone]];
  if (group === undefined || lost === undefined) return;
  for (const [term, weight] of lost.vector) group.vector.set(term, (group.vector.get(term) ?? 0) + weight);
  if (group.vector.size > 2 * MOST_TERMS) group.vector = new Map(heaviest([...group.vector], MOST_TERMS));
  group.own += lost.own;
  group.length = Math.sqrt(dot(group.vector, group.vector) + group.own);
  group.members.push(...lost.members);
  group.from = Math.min(group.from, lost.from);
  group.to = Math.max(group.to, lost.to);
  group.version += 1 + lost.version;
  for (const neighbour of lost.neighbours) {
    all[neighbour]?.neighbours.delete(gone);
    if (neighbour === kept || group.neighbours.size >= MOST_NEIGHBOURS) continue;
    all[neighbour]?.neighbours.add(kept);
    group.neighbours.add(neighbour);
  }
  group.neighbours.delete(gone);
  all[gone] = undefined;
}

/** Pairs of groups that share terms; each group proposes the most alike of those before it. */
function* neighbourPairs(all: readonly (Group | undefined)[]): Generator<readonly [number, number]> {
  const holders = new Map<number, { readonly indexes: number[]; readonly weights: number[] }>();
  const sums = new Float64Array(all.length);
  for (const [index, group] of all.entries()) {
    if (group === undefined) continue;
    const touched: number[] = [];
    for (const [term, weight] of heaviest([...group.vector], MOST_KEYS)) {
      const before = holders.get(term);
      if (before === undefined) {
        holders.set(term, { indexes: [index], weights: [weight] });
        continue;
      }
      const { indexes, weights } = before;
      for (let at = indexes.length - 1; at >= Math.max(0, indexes.length - NEAREST); at -= 1) {
        const other = indexes[at] ?? 0;
        if (sums[other] === 0) touched.push(other);
        sums[other] = (sums[other] ?? 0) + weight * (weights[at] ?? 0);
      }
      indexes.push(index);
      weights.push(weight);
    }
    touched.sort((left, right) => (sums[right] ?? 0) - (sums[left] ?? 0) || left - right);
    for (const other of touched.slice(0, NEIGHBOURS)) yield [other, index];
    for (const other of touched) sums[other] = 0;
  }
}

interface Proposal {
  readonly likeness: number;
  readonly left: number;
  readonly right: number;
  readonly versions: number;
}

/** A heap of proposals, the most alike on top; ties go to the earlier groups so that the outcome is always the same. */
class Proposals {
  readonly #heap: Proposal[] = [];

  add(proposal: Proposal): void {
    const heap = this.#heap;
    let at = heap.push(proposal) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBetter(proposal, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = proposal;
  }

  take(): Proposal | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBetter(right, left);
      const child = isRight ? right : left;
      if (!isBetter(child, last)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
    return top;
  }
}

function isBetter(one: Proposal, other: Proposal): boolean {
  if (one.likeness !== other.likeness) return one.likeness > other.likeness;
  return one.left !== other.left ? one.left < other.left : one.right < other.right;
}
