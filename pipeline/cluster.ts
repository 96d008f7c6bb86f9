import type { Document } from '../model/document.ts';
import type { SourceId, StoryId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import type { Story, StoryMember } from '../model/story.ts';
import { idFrom } from '../text/hash.ts';
import { type Candidate, prepare, relate } from './relate.ts';
import { candidatePairs } from './resemblance.ts';

/** What clustering needs to know of a source. */
export type StorySource = Pick<Source, 'publisher' | 'trust'>;

/** Title windows of this length; the rarest few of each title are its keys. */
const WINDOW = 3;
const RAREST = 8;

/**
 * Folds documents into stories: same text, near-same text, near-same title within a week, and the official reading of a
 * document with the document. Near-linear: only documents that share a rare key are compared. The order of the
 * documents does not matter.
 */
export function cluster(
  documents: readonly Document[],
  sources: ReadonlyMap<SourceId, StorySource>,
): readonly Story[] {
  const candidates = [...documents]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map((document) => prepare(document, publisherOf(document, sources)));
  const groups = new Groups(candidates.length);
  for (const [left, right] of candidatePairs(candidates.map((_, index) => keysOf(index, candidates)))) {
    const [one, other] = [candidates[left], candidates[right]];
    if (one !== undefined && other !== undefined && relate(one, other) !== undefined)
      groups.join(left, right);
  }
  return groups
    .all()
    .map((members) => storyOf(members.flatMap((index) => candidates[index] ?? [])))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function storyOf(members: readonly Candidate[]): Story {
  const [lead, ...others] = [...members].sort(byLead);
  if (lead === undefined) throw new RangeError('storyOf: a story has at least one document');
  const told: StoryMember[] = [
    { documentId: lead.document.id, role: 'lead', because: whyLead(lead, others.length) },
  ];
  for (const member of others) told.push(memberOf(member, lead, others));
  return { id: idFrom('story', lead.document.id) as StoryId, members: told };
}

/** The role to the lead; a member that only another member ties to the story says so. */
function memberOf(member: Candidate, lead: Candidate, others: readonly Candidate[]): StoryMember {
  const documentId = member.document.id;
  const direct = relate(lead, member);
  if (direct !== undefined) return { documentId, ...direct };
  for (const other of others) {
    const through = other === member ? undefined : relate(other, member);
    if (through === undefined) continue;
    const role = through.role === 'copy' || through.role === 'reprint' ? 'report' : through.role;
    return { documentId, role, because: `${through.because}, through 《${other.document.title}》` };
  }
  return { documentId, role: 'report', because: 'same story' };
}

/** A body's own document first, then other official ones, then the earliest; readings of a document never lead it. */
function byLead(left: Candidate, right: Candidate): number {
  return (
    Number(left.interprets.length > 0) - Number(right.interprets.length > 0) ||
    authority(right) - authority(left) ||
    (left.document.published?.at ?? '9').localeCompare(right.document.published?.at ?? '9') ||
    (left.document.id < right.document.id ? -1 : 1)
  );
}

function authority({ document, publisher }: Candidate): number {
  if (!publisher.official) return 0;
  const isOwn = document.issuers.some(
    (issuer) => publisher.name.includes(issuer) || issuer.includes(publisher.name),
  );
  return isOwn ? 2 : 1;
}

function whyLead(lead: Candidate, others: number): string {
  if (others === 0) return 'only document';
  return ['earliest', 'official', "issuer's own document"][authority(lead)] ?? 'earliest';
}

function publisherOf(document: Document, sources: ReadonlyMap<SourceId, StorySource>) {
  const source = sources.get(document.sourceId);
  return { name: source?.publisher ?? document.sourceId, official: source?.trust === 'government' };
}

const rarity = new WeakMap<readonly Candidate[], ReadonlyMap<string, number>>();

/** Buckets of the text, and the rarest windows of the titles the document bears or names. */
function keysOf(index: number, candidates: readonly Candidate[]): readonly string[] {
  const candidate = candidates[index];
  if (candidate === undefined) return [];
  let counts = rarity.get(candidates);
  if (counts === undefined) {
    counts = windowCounts(candidates);
    rarity.set(candidates, counts);
  }
  const seen = counts;
  const keys = titlesOf(candidate).flatMap((core) =>
    windows(core)
      .filter((window) => (seen.get(window) ?? 0) > 1)
      .sort((left, right) => (seen.get(left) ?? 0) - (seen.get(right) ?? 0) || (left < right ? -1 : 1))
      .slice(0, RAREST)
      .map((window) => `t${window}`),
  );
  // Whole titles too: `《办法》解读` and the measures themselves share a short name.
  return [...candidate.print.buckets, ...keys, ...titlesOf(candidate).map((core) => `n${core}`)];
}

function windowCounts(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of candidates)
    for (const window of new Set(titlesOf(candidate).flatMap(windows)))
      counts.set(window, (counts.get(window) ?? 0) + 1);
  return counts;
}

function titlesOf(candidate: Candidate): readonly string[] {
  return [...new Set([...candidate.names, ...candidate.interprets])];
}

function windows(core: string): readonly string[] {
  const found = new Set<string>();
  for (let at = 0; at + WINDOW <= core.length; at += 1) found.add(core.slice(at, at + WINDOW));
  return [...found];
}

/** Disjoint sets of indexes. */
class Groups {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, index) => index);
  }

  join(left: number, right: number): void {
    this.#parents[this.#root(left)] = this.#root(right);
  }

  all(): readonly (readonly number[])[] {
    const groups = new Map<number, number[]>();
    for (const index of this.#parents.keys()) {
      const root = this.#root(index);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [index]);
      else group.push(index);
    }
    return [...groups.values()];
  }

  #root(index: number): number {
    let at = index;
    for (;;) {
      const parent = this.#parents[at] ?? at;
      if (parent === at) return at;
      // Halve the way for the next one who asks.
      this.#parents[at] = this.#parents[parent] ?? parent;
      at = parent;
    }
  }
}
