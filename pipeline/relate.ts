import type { StoryRole } from '../model/story.ts';
import { bigramSimilarity, titleSimilarity } from '../text/titles.ts';
import { daysApart, isElsewhere, isOtherNumber, MOST_CONFLICTS } from './stories/apart.ts';
import type { Candidate } from './stories/candidate.ts';
import { overlapOf } from './stories/passages.ts';

/** Why two documents belong together: the role of one to the other and the rule in words. */
export interface Relation {
  readonly role: Exclude<StoryRole, 'lead'>;
  readonly because: string;
}

/** A text of which this much stands in another one is its reprint, cut, edited or with passages added. */
const REPRINTED = 0.5;
const SHORTEST_REPRINT = 60;
/** Under like titles a few words are enough. */
const SHORTEST_TITLED = 30;
const LIKE_TITLE = 0.5;
/** The same form comes back in later months; a reprint does not. */
const REPRINT_DAYS = 45;
const SAME_TITLE = 0.85;
const SAME_NAME = 0.9;
const REPORT_DAYS = 7;
/** A text too short to say that it tells of something else. */
const SHORT_TEXT = 100;
/** Reports of one event with texts share at least this much of their numbers' weight or a sentence. */
const SHARED_TERMS = 0.12;

/** How `right` stands to `left`; undefined when nothing certain ties them. */
export function relate(left: Candidate, right: Candidate): Relation | undefined {
  return sameText(left, right).relation ?? relateOtherwise(left, right);
}

/** A relation that does not rest on one text: a reading and its document, or nearly one title within a week. */
export function relateOtherwise(left: Candidate, right: Candidate): Relation | undefined {
  return interpretation(left, right) ?? sameTitle(left, right);
}

/** What two texts have in common. */
export interface SameText {
  /** The same text at another address or from another publisher, whole or changed. */
  readonly relation?: Relation;
  /** The sentences of each that stand in the other, whether or not they make it a reprint. */
  readonly found: readonly [ReadonlySet<number>, ReadonlySet<number>];
}

const NOTHING: SameText = { found: [new Set(), new Set()] };

/** Compares two texts sentence by sentence. */
export function sameText(left: Candidate, right: Candidate): SameText {
  const role = left.publisher.name === right.publisher.name ? 'copy' : 'reprint';
  if (left.key !== '' && left.key === right.key) {
    const found = [new Set(left.passages.keys()), new Set(right.passages.keys())] as const;
    return { relation: { role, because: 'same text' }, found };
  }
  const days = daysApart(left, right);
  if (isOtherNumber(left, right) || (days !== undefined && days > REPRINT_DAYS)) return NOTHING;
  const { covered, length, numbered, conflicts, found } = overlapOf(left.passages, right.passages);
  const least = bigramSimilarity(left.core, right.core) < LIKE_TITLE ? SHORTEST_REPRINT : SHORTEST_TITLED;
  if (covered < REPRINTED || length < least || conflicts > MOST_CONFLICTS * numbered) return { found };
  return { relation: { role, because: `text ${covered.toFixed(2)}` }, found };
}

/** One is the official reading of the other. */
export function interpretation(left: Candidate, right: Candidate): Relation | undefined {
  const named = namedBy(right, left) ?? namedBy(left, right);
  return named === undefined ? undefined : { role: 'interpretation', because: `names 《${named}》` };
}

function namedBy(reading: Candidate, named: Candidate): string | undefined {
  if (named.interprets.length > 0) return undefined;
  const isNamed = reading.interprets.some((core) =>
    named.names.some((name) => name === core || titleSimilarity(name, core) >= SAME_NAME),
  );
  return isNamed ? named.document.title : undefined;
}

function sameTitle(left: Candidate, right: Candidate): Relation | undefined {
  const days = daysApart(left, right);
  if (days === undefined || days > REPORT_DAYS || left.core.length < 6) return undefined;
  // Cheapest first: hardly a pair has cores that are this much alike.
  const likeness = bigramSimilarity(left.core, right.core);
  if (likeness < SAME_TITLE || titleSimilarity(left.document.title, right.document.title) < SAME_TITLE)
    return undefined;
  if (isOtherNumber(left, right) || isElsewhere(left, right)) return undefined;
  const isShort = Math.min(left.key.length, right.key.length) < SHORT_TEXT;
  if (likeness < 1 && !isShort && sharedTerms(left, right) < SHARED_TERMS) return undefined;
  const apart = `${days} ${days === 1 ? 'day' : 'days'} apart`;
  return { role: 'report', because: `title ${likeness.toFixed(2)}, ${apart}` };
}

/** Share of the smaller text's terms that the other one has too. */
function sharedTerms(left: Candidate, right: Candidate): number {
  const [few, many] =
    left.terms.size <= right.terms.size ? [left.terms, right.terms] : [right.terms, left.terms];
  let shared = 0;
  for (const term of few.keys()) if (many.has(term)) shared += 1;
  return few.size === 0 ? 0 : shared / few.size;
}
