import type { Topic } from '../model/vocabulary.ts';
import { pairAt } from '../text/pairs.ts';

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

/** The words of a list of topics by their beginnings, the longest first. */
interface Heads {
  /** 1 for each UTF-16 unit that begins a word. */
  readonly begins: Uint8Array;
  readonly byPair: ReadonlyMap<number, readonly Word[]>;
  readonly alone: ReadonlyMap<string, readonly Word[]>;
}

const CODES = 65_536;
const NONE: readonly Word[] = [];
const headsByTopics = new WeakMap<readonly Topic[], Heads>();

/**
 * Counts the words of many topics in a text, folded before, on one walk. In each topic the longest word counts, so that
 * 科技创新中心 is not also 科技创新, and what a `not` phrase holds does not.
 */
export function countWords(folded: string, topics: readonly Topic[]): WordCounts {
  const { begins, byPair, alone } = headsOf(topics);
  const text = lowerOf(folded);
  const counts = new Map<Topic, Map<string, number>>();
  // Where the last word of each topic ended.
  const free = new Int32Array(topics.length);
  const take = (candidates: readonly Word[], at: number) => {
    for (const { sought, word, topic, isLatinEnd, isCapitals } of candidates) {
      const end = at + sought.length;
      if (at < (free[topic] ?? 0) || !text.startsWith(sought, at)) continue;
      if (isLatinEnd && isLatin(text, end)) continue;
      free[topic] = end;
      const owner = topics[topic];
      if (word === undefined || owner === undefined || (isCapitals && folded.slice(at, end) !== word))
        continue;
      const known = counts.get(owner) ?? new Map<string, number>();
      counts.set(owner, known.set(word, (known.get(word) ?? 0) + 1));
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    // A word in Latin letters begins where no letter or digit stands before it.
    if (begins[text.charCodeAt(at)] !== 1 || (isLatin(text, at) && isLatin(text, at - 1))) continue;
    take(byPair.get(pairAt(text, at)) ?? NONE, at);
    take(alone.get(text.charAt(at)) ?? NONE, at);
  }
  return counts;
}

function headsOf(topics: readonly Topic[]): Heads {
  const known = headsByTopics.get(topics);
  if (known !== undefined) return known;
  const begins = new Uint8Array(CODES);
  const all = topics
    .flatMap((topic, index) => [
      ...topic.not.map((phrase) => wordOf(phrase, index)),
      ...topic.words.map(({ word }) => ({ ...wordOf(word, index), word })),
    ])
    .sort((left, right) => right.sought.length - left.sought.length);
  for (const { sought } of all) begins[sought.charCodeAt(0)] = 1;
  const heads = {
    begins,
    byPair: Map.groupBy(
      all.filter(({ sought }) => sought.length > 1),
      ({ sought }) => pairAt(sought, 0),
    ),
    alone: Map.groupBy(
      all.filter(({ sought }) => sought.length === 1),
      ({ sought }) => sought,
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
    isLatinEnd: isLatin(sought, sought.length - 1),
    isCapitals: /^[A-Z0-9&]{2,6}$/.test(word),
  };
}

/** Whether a small Latin letter or a digit stands there. */
function isLatin(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
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
