import type { Document } from '../model/document.ts';
import type { SourceId, StoryId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import type { Story } from '../model/story.ts';
import { idFrom } from '../text/hash.ts';
import { simplifiedWords } from '../text/simplify.ts';
import { relateOtherwise, sameText } from './relate.ts';
import { candidatePairs } from './resemblance.ts';
import { agglomerate } from './stories/agglomerate.ts';
import { areApart, SAME_FIGURES, sharedFigures } from './stories/apart.ts';
import { type Candidate, prepare } from './stories/candidate.ts';
import { Groups } from './stories/groups.ts';
import { membersOf } from './stories/members.ts';
import { type SharedText, withoutBorrowed } from './stories/same-texts.ts';
import { dot, type Vector, vectorsOf } from './stories/vectors.ts';

/** What clustering needs to know of a source. */
export type StorySource = Pick<Source, 'publisher' | 'trust'>;

/** Title windows of this length; the rarest few of each title are its keys. */
const WINDOW = 3;
const RAREST = 8;
/** Groups whose words and numbers are this much alike tell of one event. */
const ONE_EVENT = 0.16;
/** Word likeness that needs no numbers, and the least beside numbers: 80 % stands in every week's texts. */
const SAME_WORDS = 0.16;
const SOME_WORDS = 0.03;
/** Of two large groups only so many documents are held against each other. */
const MOST_COMPARED = 6;
/** Two groups stay apart when this share of their pairs must. */
const APART_SHARE = 0.2;

/**
 * Folds documents into stories. First what is certain: one text, an official reading with its document, nearly one
 * title within a week. Then different reports of one event, by rare words, names and numbers they share. Documents that
 * must stay apart (other year, batch, number, place) never meet. Near-linear: only documents that share a rare key are
 * compared, and each with a bounded number of others. The order of the documents does not matter.
 */
export function cluster(
  documents: readonly Document[],
  sources: ReadonlyMap<SourceId, StorySource>,
): readonly Story[] {
  const candidates = [...documents]
    .sort(byTime)
    .map((document) => prepare(inOneScript(document), publisherOf(document, sources)));
  const { vectors, words } = vectorsOf(
    candidates.map(({ terms, figures }) => ({ terms, figures: [...figures.values()] })),
  );
  const mustStayApart = (left: readonly number[], right: readonly number[]) =>
    areGroupsApart(left, right, candidates, vectors);
  const mayNotMeet = (left: readonly number[], right: readonly number[]) =>
    !haveEvidence(left, right, candidates, words) || mustStayApart(left, right);
  const dayOf = (index: number) => candidates[index]?.day;
  const { certain, texts } = certainGroups(candidates, mustStayApart);
  const places = new Map(candidates.map((candidate, index) => [candidate, index]));
  const textOf = (candidate: Candidate) => texts.root(places.get(candidate) ?? -1);
  return agglomerate(vectors, certain, { threshold: ONE_EVENT, areApart: mayNotMeet, dayOf })
    .map((members) =>
      storyOf(
        members.flatMap((index) => candidates[index] ?? []),
        textOf,
      ),
    )
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function storyOf(members: readonly Candidate[], textOf: (candidate: Candidate) => number): Story {
  const told = membersOf(members, textOf);
  const [lead] = told;
  if (lead === undefined) throw new RangeError('storyOf: a story has at least one document');
  return { id: idFrom('story', lead.documentId) as StoryId, members: told };
}

/** Documents that certainly belong together, and those among them that carry one text. */
function certainGroups(
  candidates: readonly Candidate[],
  mustStayApart: (left: readonly number[], right: readonly number[]) => boolean,
): { readonly certain: readonly (readonly number[])[]; readonly texts: Groups } {
  const groups = new Groups(candidates.length);
  const texts = new Groups(candidates.length);
  const rarity = windowCounts(candidates);
  const shared: SharedText[] = [];
  for (const [left, right] of candidatePairs(candidates.map((candidate) => keysOf(candidate, rarity)))) {
    const [one, other] = [candidates[left], candidates[right]];
    if (one === undefined || other === undefined) continue;
    const { relation: text, found } = sameText(one, other);
    if (found[0].size > 0) shared.push({ left, right, found, isReprint: text !== undefined });
    if (text !== undefined) continue;
    const relation = relateOtherwise(one, other);
    if (relation?.role === 'interpretation' || (relation !== undefined && !mustStayApart([left], [right])))
      groups.join(left, right);
  }
  for (const { left, right } of withoutBorrowed(shared, candidates)) {
    groups.join(left, right);
    texts.join(left, right);
  }
  return { certain: groups.all(), texts };
}

function areGroupsApart(
  left: readonly number[],
  right: readonly number[],
  candidates: readonly Candidate[],
  vectors: readonly Vector[],
): boolean {
  if (holdOtherSerials(left, right, candidates)) return true;
  let [pairs, apart] = [0, 0];
  for (const one of left.slice(0, MOST_COMPARED))
    for (const other of right.slice(0, MOST_COMPARED)) {
      const [here, there, from, to] = [candidates[one], candidates[other], vectors[one], vectors[other]];
      if (here === undefined || there === undefined || from === undefined || to === undefined) continue;
      pairs += 1;
      if (areApart(here, there, [from, to])) apart += 1;
    }
  return apart > APART_SHARE * pairs;
}

/** Some pair of the two groups shares more than chance would give: telling numbers, or plainly the same words. */
function haveEvidence(
  left: readonly number[],
  right: readonly number[],
  candidates: readonly Candidate[],
  words: readonly Vector[],
): boolean {
  return left.slice(0, MOST_COMPARED).some((one) =>
    right.slice(0, MOST_COMPARED).some((other) => {
      const [here, there, from, to] = [candidates[one], candidates[other], words[one], words[other]];
      if (here === undefined || there === undefined || from === undefined || to === undefined) return false;
      const likeness = dot(from, to);
      if (likeness >= SAME_WORDS) return true;
      return likeness >= SOME_WORDS && sharedFigures(here, there) >= SAME_FIGURES;
    }),
  );
}

/** One form with other numbers on both sides; one such pair among many is enough. */
function holdOtherSerials(
  left: readonly number[],
  right: readonly number[],
  candidates: readonly Candidate[],
): boolean {
  const serials = new Map<string, string>();
  for (const index of left) {
    const { form = '', serial = '' } = candidates[index] ?? {};
    if (/\p{Script=Han}/u.test(form)) serials.set(form, serial);
  }
  return right.some((index) => {
    const { form = '', serial = '' } = candidates[index] ?? {};
    return serials.has(form) && serials.get(form) !== serial;
  });
}

function publisherOf(document: Document, sources: ReadonlyMap<SourceId, StorySource>) {
  const source = sources.get(document.sourceId);
  return { name: source?.publisher ?? document.sourceId, official: source?.trust === 'government' };
}

/** A release of Hong Kong folds with the same in simplified characters. */
function inOneScript(document: Document): Document {
  const { title, text } = document;
  const read = simplifiedWords({ title, text });
  return read.title === title && read.text === text ? document : { ...document, ...read };
}

function byTime(left: Document, right: Document): number {
  const [from, to] = [left.published?.at ?? '9', right.published?.at ?? '9'];
  return from === to ? (left.id < right.id ? -1 : 1) : from < to ? -1 : 1;
}

/** Buckets of the text, and the rarest windows of the titles the document bears or names. */
function keysOf(candidate: Candidate, rarity: ReadonlyMap<string, number>): readonly string[] {
  const titles = titlesOf(candidate);
  const keys = titles.flatMap((core) =>
    windows(core)
      .filter((window) => (rarity.get(window) ?? 0) > 1)
      .sort((left, right) => (rarity.get(left) ?? 0) - (rarity.get(right) ?? 0) || (left < right ? -1 : 1))
      .slice(0, RAREST)
      .map((window) => `t${window}`),
  );
  // Whole titles too: `《办法》解读` and the measures themselves share a short name.
  return [...candidate.buckets, ...keys, ...titles.map((core) => `n${core}`)];
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
