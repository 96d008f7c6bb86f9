import type { Document } from '../model/document.ts';
import type { StoryRole } from '../model/story.ts';
import { daysBetween } from '../text/calendar.ts';
import { distinguishingNumbers } from '../text/numerals.ts';
import {
  bigramSimilarity,
  quotedTitles,
  stripTitleMarks,
  titleCore,
  titleSimilarity,
} from '../text/titles.ts';
import { textKey } from './identity.ts';
import { type Fingerprint, fingerprint, resemblance } from './resemblance.ts';

/** Who shows a document. */
export interface Publisher {
  readonly name: string;
  readonly official: boolean;
}

/** A document prepared for comparing. */
export interface Candidate {
  readonly document: Document;
  readonly publisher: Publisher;
  readonly key: string;
  readonly print: Fingerprint;
  readonly core: string;
  /** Numbers of the text: years, amounts, serials, batches. */
  readonly figures: ReadonlySet<string>;
  /** Cores of the titles that an interpretation names; empty for everything else. */
  readonly interprets: readonly string[];
  /** Cores of the titles under which others may name this document: its own and the one it encloses. */
  readonly names: readonly string[];
}

/** Why two documents belong together: the role of one to the other and the rule in words. */
export interface Relation {
  readonly role: Exclude<StoryRole, 'lead'>;
  readonly because: string;
}

const SAME_TEXT = 0.8;
/** A text that is mostly found inside another one is its reprint, cut or with passages added. */
const CONTAINED = 0.7;
/** Forms filled in anew each year or for each batch share sentences; a reprint also shares the figures. */
const SAME_FIGURES = 0.8;
/** The same form comes back in later months; a reprint does not. */
const REPRINT_DAYS = 45;
const SHORTEST_CONTAINED = 100;
const SAME_TITLE = 0.85;
const ALIKE_TITLE = 0.5;
const SAME_NAME = 0.9;
const REPORT_DAYS = 7;
/** Reports of one event name the same people, figures and places. */
const SHARED_WORDS = 0.05;
const INTERPRETATION =
  /解读|一图读懂|一图看懂|图解|答记者问|记者问|政策问答|问答|fact sheet|questions and answers/iu;
const OPENING_LENGTH = 300;

/** Prepares a document once; comparing is then cheap. */
export function prepare(document: Document, publisher: Publisher): Candidate {
  const { title, text } = document;
  const key = textKey(text);
  const isReading = document.documentType === 'interpretation' || INTERPRETATION.test(title);
  const interprets = isReading
    ? quotedTitles(`${title}\n${text.slice(0, OPENING_LENGTH)}`)
        .map(titleCore)
        .filter((core) => core.length >= 4)
    : [];
  const names = [titleCore(title), ...quotedTitles(title).map(titleCore)].filter((core) => core.length >= 4);
  const figures = new Set(distinguishingNumbers(text));
  const core = titleCore(title);
  return { document, publisher, key, print: fingerprint(key, text), core, figures, interprets, names };
}

/** How `right` stands to `left`; undefined when they are two stories. */
export function relate(left: Candidate, right: Candidate): Relation | undefined {
  return sameText(left, right) ?? interpretation(left, right) ?? sameTitle(left, right);
}

function sameText(left: Candidate, right: Candidate): Relation | undefined {
  const role = left.publisher.name === right.publisher.name ? 'copy' : 'reprint';
  if (left.key !== '' && left.key === right.key) return { role, because: 'same text' };
  const days = daysApart(left.document, right.document);
  if (isOtherNumber(left, right) || (days !== undefined && days > REPRINT_DAYS)) return undefined;
  // Two texts without a band or a sentence in common are not nearly the same; the exact count is dear.
  if (!left.print.buckets.some((bucket) => right.print.bucketSet.has(bucket))) return undefined;
  const { jaccard, containment } = resemblance(left.print, right.print);
  const shorter = Math.min(left.key.length, right.key.length);
  const isContained = containment >= CONTAINED && shorter >= SHORTEST_CONTAINED;
  if ((jaccard < SAME_TEXT && !isContained) || !sharesFigures(left, right)) return undefined;
  const share = jaccard >= SAME_TEXT ? `text ${jaccard.toFixed(2)}` : `contained ${containment.toFixed(2)}`;
  return { role, because: share };
}

function sharesFigures(left: Candidate, right: Candidate): boolean {
  const [few, many] = left.figures.size <= right.figures.size ? [left, right] : [right, left];
  const shared = [...few.figures].filter((figure) => many.figures.has(figure)).length;
  return few.figures.size === 0 || shared / few.figures.size >= SAME_FIGURES;
}

/** Both say where they play, and it is not the same place: 广东省委… is not 福建省委…. */
function isElsewhere(left: Candidate, right: Candidate): boolean {
  const [here, there] = [left.document.regions, right.document.regions];
  return here.length > 0 && there.length > 0 && !here.some((region) => there.includes(region));
}

/** Yearly and batch notices share a form, not a story: like titles with other numbers, or two document numbers. */
function isOtherNumber(left: Candidate, right: Candidate): boolean {
  const numbers = [left.document.documentNumber, right.document.documentNumber];
  if (numbers[0] !== undefined && numbers[1] !== undefined && numbers[0] !== numbers[1]) return true;
  if (bigramSimilarity(left.core, right.core) < ALIKE_TITLE) return false;
  if (left.publisher.name === right.publisher.name && left.core !== right.core) return true;
  // A headline may leave a number out; it does not put another one in its place.
  const [here, there] = [left, right].map(({ document }) =>
    distinguishingNumbers(stripTitleMarks(document.title)),
  );
  const [few = [], many = []] = (here?.length ?? 0) <= (there?.length ?? 0) ? [here, there] : [there, here];
  return few.some((number) => !many.includes(number));
}

function interpretation(left: Candidate, right: Candidate): Relation | undefined {
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
  const days = daysApart(left.document, right.document);
  if (days === undefined || days > REPORT_DAYS || isOtherNumber(left, right) || isElsewhere(left, right))
    return undefined;
  const likeness = titleSimilarity(left.document.title, right.document.title);
  if (likeness < SAME_TITLE || left.core.length < 6) return undefined;
  const isShort = Math.min(left.key.length, right.key.length) < SHORTEST_CONTAINED;
  if (likeness < 1 && !isShort && resemblance(left.print, right.print).jaccard < SHARED_WORDS)
    return undefined;
  return {
    role: 'report',
    because: `title ${likeness.toFixed(2)}, ${days} ${days === 1 ? 'day' : 'days'} apart`,
  };
}

function daysApart(left: Document, right: Document): number | undefined {
  if (left.published === undefined || right.published === undefined) return undefined;
  return Math.abs(daysBetween(left.published.on, right.published.on));
}
