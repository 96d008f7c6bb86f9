import type { Topic } from '../model/vocabulary.ts';
import { pairAt } from '../text/pairs.ts';
import { hashOf } from './stories/hash.ts';

/** How often a text names each word of each topic; topics that it does not name are absent. */
export type WordCounts = ReadonlyMap<Topic, ReadonlyMap<string, number>>;

/** A word that speaks for a topic, or a phrase in which none does. */
interface Word {
  /** In small letters, as it is sought. */
  readonly sought: string;
  /** As the vocabulary has it; absent for a phrase that is skipped. */
  readonly word?: string;
  /** Index of its topic. */
  readonly topic: number;
  readonly isLatinEnd: boolean;
  /** AI and SME are words in capitals; `ai` inside a sentence is not. */
  readonly isCapitals: boolean;
}

type WordsByHead = ReadonlyMap<number, readonly Word[]>;

/** The words of a list of topics by their beginnings, the longest first. */
interface Heads {
  /** By the hash of the letters and digits with which a word in Latin letters begins: they are a whole word of a text. */
  readonly byRun: WordsByHead;
  /** Of the other words: what begins with each UTF-16 unit. */
  readonly begins: Uint8Array;
  /** 1 for the low bits of each pair that begins one. */
  readonly pairs: Uint8Array;
  readonly byPair: WordsByHead;
  /** Words of one sign, by its code. */
  readonly alone: WordsByHead;
}

const CODES = 65_536;
const LOW_BITS = CODES - 1;
/** What begins with a sign: longer words only, or also one of that sign alone. */
const LONGER = 1;
const ALONE = 2;
const NONE: readonly Word[] = [];
const headsByTopics = new WeakMap<readonly Topic[], Heads>();

/**
 * Counts the words of many topics in a text, folded before, on one walk. In each topic the longest word counts, so that
 * 科技创新中心 is not also 科技创新, and what a `not` phrase holds does not.
 */
export function countWords(folded: string, topics: readonly Topic[]): WordCounts {
  const { byRun, begins, pairs, byPair, alone } = headsOf(topics);
  const text = lowerOf(folded);
  const counts = new Map<Topic, Map<string, number>>();
  // Where the last word of each topic ended.
  const free = new Int32Array(topics.length);
  const take = (candidates: readonly Word[], at: number) => {
    for (const { sought, word, topic, isLatinEnd, isCapitals } of candidates) {
      const end = at + sought.length;
      if (at < (free[topic] ?? 0) || !text.startsWith(sought, at)) continue;
      if (isLatinEnd && isLatin(text.charCodeAt(end))) continue;
      free[topic] = end;
      const owner = topics[topic];
      if (word === undefined || owner === undefined || (isCapitals && folded.slice(at, end) !== word))
        continue;
      const known = counts.get(owner) ?? new Map<string, number>();
      counts.set(owner, known.set(word, (known.get(word) ?? 0) + 1));
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isLatin(code)) {
      const end = endOfRun(text, at);
      take(byRun.get(hashOf(text, at, end)) ?? NONE, at);
      at = end - 1;
    } else if (begins[code] !== 0) {
      if (pairs[pairAt(text, at) & LOW_BITS] === 1) take(byPair.get(pairAt(text, at)) ?? NONE, at);
      if (begins[code] === ALONE) take(alone.get(code) ?? NONE, at);
    }
  }
  return counts;
}

function headsOf(topics: readonly Topic[]): Heads {
  const known = headsByTopics.get(topics);
  if (known !== undefined) return known;
  const all = topics
    .flatMap((topic, index) => [
      ...topic.not.map((phrase) => wordOf(phrase, index)),
      ...topic.words.map(({ word }) => ({ ...wordOf(word, index), word })),
    ])
    .sort((left, right) => right.sought.length - left.sought.length);
  const latin = all.filter(({ sought }) => isLatin(sought.charCodeAt(0)));
  const others = all.filter(({ sought }) => !isLatin(sought.charCodeAt(0)));
  const begins = new Uint8Array(CODES);
  const pairs = new Uint8Array(CODES);
  for (const { sought } of others) {
    const code = sought.charCodeAt(0);
    begins[code] = sought.length === 1 || begins[code] === ALONE ? ALONE : LONGER;
    pairs[pairAt(sought, 0) & LOW_BITS] = 1;
  }
  const heads = {
    byRun: Map.groupBy(latin, ({ sought }) => hashOf(sought, 0, endOfRun(sought, 0))),
    begins,
    pairs,
    byPair: Map.groupBy(
      others.filter(({ sought }) => sought.length > 1),
      ({ sought }) => pairAt(sought, 0),
    ),
    alone: Map.groupBy(
      others.filter(({ sought }) => sought.length === 1),
      ({ sought }) => sought.charCodeAt(0),
    ),
  };
  headsByTopics.set(topics, heads);
  return heads;
}

function wordOf(word: string, topic: number): Word {
  const sought = lowerOf(foldText(word));
  return {
    sought,
    topic,
    isLatinEnd: isLatin(sought.charCodeAt(sought.length - 1)),
    isCapitals: /^[A-Z0-9&]{2,6}$/.test(word),
  };
}

/** Where the letters and digits end that begin at `at`. */
function endOfRun(text: string, at: number): number {
  let end = at;
  while (isLatin(text.charCodeAt(end))) end += 1;
  return end;
}

/** Whether it is a small Latin letter or a digit. */
function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** In small letters, of the same length: İ would become two. */
function lowerOf(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (sign) =>
    sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign,
  ).join('');
}

/** White space between Han characters is layout. */
export function foldText(text: string): string {
  return text.replace(/([\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])/gu, '$1');
}
