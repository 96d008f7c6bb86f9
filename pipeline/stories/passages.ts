import { titleKey } from '../../text/titles.ts';
import { canonicalNumbers } from './figures.ts';
import { hashOf } from './hash.ts';

/** A sentence prepared for finding it again in another text, also when a word or the form of a number was changed. */
export interface Passage {
  /** Letters and digits only, numbers in one spelling. */
  readonly key: string;
  readonly numbers: ReadonlySet<string>;
  /** Hashes of its windows of a few letters, each once. */
  readonly windows: readonly number[];
}

/** How much of the shorter of two texts stands in the longer one. */
export interface Overlap {
  /** Share of the shorter text's letters that stand in sentences which the longer text also has. */
  readonly covered: number;
  /** Letters in those sentences. */
  readonly length: number;
  /** Sentences of both texts that name numbers, and those of them that put one number in another's place. */
  readonly numbered: number;
  readonly conflicts: number;
  /** Which sentences of the first and of the second text were found in the other. */
  readonly found: readonly [ReadonlySet<number>, ReadonlySet<number>];
}

const SHORTEST = 6;
/** A sentence is found again when this share of its windows stands in one sentence of the other text. */
const FOUND = 0.6;
/** 三、 becomes 四、 when a point is left out before it. */
const LIST_MARK =
  /^\s*(?:第[一二三四五六七八九十\d]+[条章节]|[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）])/u;
const HAN_WINDOW = 3;
const LATIN_WINDOW = 7;

/** The sentences of a text. */
export function passagesOf(text: string): readonly Passage[] {
  return text
    .split(/[。！？；\n]|[.!?]\s/u)
    .map((sentence) => canonicalNumbers(sentence.replace(LIST_MARK, '')))
    .map((sentence) => ({ key: titleKey(sentence), numbers: new Set(sentence.match(/\d+(?:\.\d+)?/gu)) }))
    .filter(({ key }) => key.length >= SHORTEST)
    .map((passage) => ({ ...passage, windows: windowsOf(passage.key) }));
}

/** Finds the sentences of the shorter text again in the longer one. */
export function overlapOf(left: readonly Passage[], right: readonly Passage[]): Overlap {
  const [short, long] = lengthOf(left) <= lengthOf(right) ? [left, right] : [right, left];
  const places = placesOf(long);
  let [length, numbered, conflicts] = [0, 0, 0];
  const [inShort, inLong] = [new Set<number>(), new Set<number>()];
  for (const [index, passage] of short.entries()) {
    const place = findAgain(passage, places);
    const found = place === undefined ? undefined : long[place];
    if (place === undefined || found === undefined) continue;
    inShort.add(index);
    inLong.add(place);
    length += passage.key.length;
    if (passage.numbers.size === 0 || found.numbers.size === 0) continue;
    numbered += 1;
    if (!isSubset(passage.numbers, found.numbers) && !isSubset(found.numbers, passage.numbers))
      conflicts += 1;
  }
  const whole = lengthOf(short);
  const found = short === left ? ([inShort, inLong] as const) : ([inLong, inShort] as const);
  return { covered: whole === 0 ? 0 : length / whole, length, numbered, conflicts, found };
}

/** The sentence in which most windows of a passage stand. */
function findAgain({ windows }: Passage, places: Places): number | undefined {
  const least = FOUND * windows.length;
  const votes = new Map<number, number>();
  const vote = (place: number) => votes.set(place, (votes.get(place) ?? 0) + 1);
  // Once too many windows stand nowhere, no sentence can hold enough of them; most passages end here soon.
  let left = windows.length - Math.ceil(least);
  for (const window of windows) {
    const standing = places.get(window);
    if (typeof standing === 'number') vote(standing);
    else if (standing !== undefined) standing.forEach(vote);
    else {
      left -= 1;
      if (left < 0) return undefined;
    }
  }
  let best: number | undefined;
  for (const [place, count] of votes)
    if (count >= least && count > (votes.get(best ?? -1) ?? 0)) best = place;
  return best;
}

/** Where each window stands: window → its sentence, or the sentences where there are more of them. */
type Places = ReadonlyMap<number, number | readonly number[]>;
const placesByPassages = new WeakMap<readonly Passage[], Places>();

function placesOf(passages: readonly Passage[]): Places {
  const known = placesByPassages.get(passages);
  if (known !== undefined) return known;
  const places = new Map<number, number | number[]>();
  for (const [index, { windows }] of passages.entries())
    for (const window of windows) {
      const standing = places.get(window);
      if (standing === undefined) places.set(window, index);
      else if (typeof standing === 'number') places.set(window, [standing, index]);
      else standing.push(index);
    }
  placesByPassages.set(passages, places);
  return places;
}

function windowsOf(key: string): readonly number[] {
  const size = /\p{Script=Han}/u.test(key) ? HAN_WINDOW : LATIN_WINDOW;
  const windows = new Set<number>();
  for (let at = 0; at + size <= key.length; at += 1) windows.add(hashOf(key, at, at + size));
  return [...windows];
}

const lengthByPassages = new WeakMap<readonly Passage[], number>();

function lengthOf(passages: readonly Passage[]): number {
  let length = lengthByPassages.get(passages);
  if (length === undefined) {
    length = passages.reduce((sum, { key }) => sum + key.length, 0);
    lengthByPassages.set(passages, length);
  }
  return length;
}

function isSubset(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const value of few) if (!many.has(value)) return false;
  return true;
}

/** What a copy did to a text, counted in sentences. */
export interface Changes {
  /** Share of the shorter one that stands in the other. */
  readonly covered: number;
  readonly leftOut: number;
  readonly added: number;
  readonly renumbered: number;
}

/** What `copy` left out of `original` and added to it. */
export function changesBetween(original: readonly Passage[], copy: readonly Passage[]): Changes {
  const { covered, conflicts } = overlapOf(original, copy);
  const missing = (from: readonly Passage[], within: readonly Passage[]) => {
    const places = placesOf(within);
    return from.filter((passage) => findAgain(passage, places) === undefined).length;
  };
  return {
    covered,
    leftOut: missing(original, copy),
    added: missing(copy, original),
    renumbered: conflicts,
  };
}
