import { distinguishingNumbers } from '../../text/numerals.ts';
import { bigramSimilarity, stripTitleMarks } from '../../text/titles.ts';
import type { Candidate } from './candidate.ts';
import { overlapOf } from './passages.ts';
import { dot, type Vector } from './vectors.ts';

/** The same form comes back in later months; a story is told within this time. */
const STORY_DAYS = 45;
const ALIKE_TITLE = 0.5;
/** Nearly the same title after this time: the next meeting, not the last one again. */
const RETURN_DAYS = 14;
const RETURNING_TITLE = 0.85;
/** Words shared to this degree without the numbers: a form that somebody else has filled in. */
const SAME_FORM = 0.2;
const FORM_FIGURES = 3;
const FILLED_FORM = 0.4;
const FILLED_SHARE = 0.5;
/** A copy may correct a number; a form has others throughout. */
export const MOST_CONFLICTS = 0.25;
/** Weight of shared numbers that speaks for one event. */
export const SAME_FIGURES = 4;
/** Steps of a matter: two like titles that tell different ones are no two matters of the same form. */
const STEP =
  /延长|延期|补充|更正|调整|顺延|公布|公示|备案|入围|结果|首批|首笔|首例|首家|extend|correct|postpone|result/giu;
/** A step with a number of its own that changes the first one. */
const AMENDS = /延长|延期|顺延|补充|更正|调整|extend|correct|postpone/iu;

/** Yearly and batch notices share a form, not a story: like titles with other numbers, or two document numbers. */
export function isOtherNumber(left: Candidate, right: Candidate): boolean {
  const numbers = [left.document.documentNumber, right.document.documentNumber];
  const [one, other] = [left.document.title, right.document.title];
  const areTwo = numbers[0] !== undefined && numbers[1] !== undefined && numbers[0] !== numbers[1];
  if (areTwo && AMENDS.test(one) === AMENDS.test(other)) return true;
  if (isOtherBatch(left, right)) return true;
  if (bigramSimilarity(left.core, right.core) < ALIKE_TITLE) return false;
  if (isOtherMatter(left, right)) return true;
  // A headline may leave a number out; it does not put another one in its place.
  const [here, there] = [one, other].map((title) => titleNumbers(title));
  const [few = [], many = []] = (here?.length ?? 0) <= (there?.length ?? 0) ? [here, there] : [there, here];
  return few.some((number) => !many.includes(number));
}

/** One desk with two like titles: two calls of a day, unless one is a later step or the reading of the other. */
function isOtherMatter(left: Candidate, right: Candidate): boolean {
  if (!left.publisher.official || left.publisher.name !== right.publisher.name) return false;
  if (left.core === right.core || left.isReading || right.isReading) return false;
  return stepsOf(left) === stepsOf(right);
}

function stepsOf({ document }: Candidate): string {
  return [...new Set(document.title.toLowerCase().match(STEP))].sort().join();
}

/** 第二批 is not 第三批, however the rest of the titles reads. */
function isOtherBatch(left: Candidate, right: Candidate): boolean {
  for (const [kind, number] of left.batches)
    if (right.batches.has(kind) && right.batches.get(kind) !== number) return true;
  return false;
}

/** English headlines tell one event with many numbers; there only years keep two apart. */
function titleNumbers(title: string): readonly string[] {
  const numbers = distinguishingNumbers(stripTitleMarks(title));
  if (/\p{Script=Han}/u.test(title)) return numbers;
  return numbers.filter((number) => /^(?:19|20)\d\d$/u.test(number));
}

/** Both say where they play, and it is not the same place: 广东省委… is not 福建省委…. */
export function isElsewhere(left: Candidate, right: Candidate): boolean {
  const [here, there] = [left.document.regions, right.document.regions];
  return here.length > 0 && there.length > 0 && !here.some((region) => there.includes(region));
}

/** True when two documents cannot belong to one story, however alike their words are. */
export function areApart(left: Candidate, right: Candidate, vectors: readonly [Vector, Vector]): boolean {
  const days = daysApart(left, right);
  if (days !== undefined && days > STORY_DAYS) return true;
  if (isOtherNumber(left, right)) return true;
  if (days !== undefined && days > RETURN_DAYS && isReturn(left, right)) return true;
  if (isOtherReading(left, right) || isOtherReading(right, left)) return true;
  const shared = sharedFigures(left, right);
  if (shared >= SAME_FIGURES) return false;
  return isElsewhere(left, right) || isOtherForm(left, right, { vectors, shared });
}

/** A reading that names its document reads no other one. */
function isOtherReading(reading: Candidate, other: Candidate): boolean {
  if (reading.interprets.length === 0) return false;
  const names = other.isReading ? other.interprets : other.publisher.official ? other.names : [];
  if (names.length === 0) return false;
  return !reading.interprets.some((core) =>
    names.some(
      (name) => bigramSimilarity(core, name) >= ALIKE_TITLE || name.includes(core) || core.includes(name),
    ),
  );
}

function isReturn(left: Candidate, right: Candidate): boolean {
  return bigramSimilarity(left.core, right.core) >= RETURNING_TITLE && stepsOf(left) === stepsOf(right);
}

/** The same words and hardly a number in common: two cities each have a white list, two months a form. */
function isOtherForm(
  left: Candidate,
  right: Candidate,
  { vectors, shared }: { readonly vectors: readonly [Vector, Vector]; readonly shared: number },
): boolean {
  if (left.isReading || right.isReading) return false;
  const likeness = dot(vectors[0], vectors[1]);
  if (likeness >= FILLED_FORM && isFilledAnew(left, right)) return true;
  if (stepsOf(left) !== stepsOf(right)) return false;
  if (!left.publisher.official || !right.publisher.official || shared >= SAME_FIGURES / 2) return false;
  if (bigramSimilarity(left.core, right.core) >= ALIKE_TITLE && left.core !== right.core) return true;
  return Math.min(left.figures.size, right.figures.size) >= FORM_FIGURES && likeness >= SAME_FORM;
}

/** The sentences of one with the numbers of another. */
function isFilledAnew(left: Candidate, right: Candidate): boolean {
  const { covered, numbered, conflicts } = overlapOf(left.passages, right.passages);
  return covered >= FILLED_SHARE && conflicts > MOST_CONFLICTS * numbered;
}

/** The summed weight of the numbers that both name. */
export function sharedFigures(left: Candidate, right: Candidate): number {
  const [few, many] = left.figures.size <= right.figures.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [key, { weight }] of few.figures) if (many.figures.has(key)) sum += weight;
  return sum;
}

/** Whole days between two publications; undefined where one is unknown. */
export function daysApart(left: Candidate, right: Candidate): number | undefined {
  if (left.day === undefined || right.day === undefined) return undefined;
  return Math.abs(left.day - right.day);
}
