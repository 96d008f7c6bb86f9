import type { Candidate } from './candidate.ts';
import { changesBetween } from './passages.ts';

/** That one document carries another one's text, and what it changed. */
export interface Reprint {
  /** The first document with this text. */
  readonly original: Candidate;
  /** Readable: `text 0.83 · 2 sentences left out · 3 sentences added · other title`. */
  readonly because: string;
}

/** Who was first among documents with one text: the earliest, then the issuer's side, then the fullest. */
export function firstOf(copies: readonly Candidate[]): Candidate | undefined {
  return [...copies].sort(
    (left, right) =>
      dayOf(left).localeCompare(dayOf(right)) ||
      Number(right.publisher.official) - Number(left.publisher.official) ||
      atOf(left).localeCompare(atOf(right)) ||
      right.key.length - left.key.length ||
      (left.document.id < right.document.id ? -1 : 1),
  )[0];
}

/** Each later document of a set with one text, told from the first one. */
export function reprintsOf(copies: readonly Candidate[]): ReadonlyMap<Candidate, Reprint> {
  const original = firstOf(copies);
  if (original === undefined) return new Map();
  return new Map(
    copies
      .filter((copy) => copy !== original)
      .map((copy) => [copy, { original, because: whatChanged(original, copy) }]),
  );
}

function whatChanged(original: Candidate, copy: Candidate): string {
  if (original.key !== '' && original.key === copy.key)
    return original.core === copy.core ? 'same text' : 'same text · other title';
  const { covered, leftOut, added, renumbered } = changesBetween(original.passages, copy.passages);
  return [
    `text ${covered.toFixed(2)}`,
    leftOut > 0 ? `${sentences(leftOut)} left out` : '',
    added > 0 ? `${sentences(added)} added` : '',
    renumbered > 0 ? `${sentences(renumbered)} with other numbers` : '',
    original.core === copy.core ? '' : 'other title',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function sentences(count: number): string {
  return `${count} ${count === 1 ? 'sentence' : 'sentences'}`;
}

function dayOf({ document }: Candidate): string {
  return document.published?.on ?? '9';
}

function atOf({ document }: Candidate): string {
  return document.published?.at ?? '9';
}
