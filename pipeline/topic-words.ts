import type { Topic } from '../model/vocabulary.ts';
import { pairAt } from '../text/pairs.ts';

/** How often a text, folded before, names each word of a topic. */
export function countWords(folded: string, topic: Topic): ReadonlyMap<string, number> {
  return matcherOf(topic).count(folded);
}

/** Words by their first two characters, with the topics they speak for. */
interface Heads {
  /** 1 for each UTF-16 unit that begins a word. */
  readonly begins: Uint8Array;
  readonly byPair: ReadonlyMap<number, readonly { readonly word: string; readonly topic: Topic }[]>;
}

const CODES = 65_536;
const headsByTopics = new WeakMap<readonly Topic[], Heads>();

/**
 * The topics of which a text, folded before, names any word. One walk over the text for all of them: most topics have
 * none, and each that is looked at closely costs a walk of its own.
 */
export function topicsIn(folded: string, topics: readonly Topic[]): ReadonlySet<Topic> {
  const { begins, byPair } = headsOf(topics);
  const text = folded.toLowerCase();
  const found = new Set<Topic>();
  for (let at = 0; at < text.length; at += 1) {
    if (begins[text.charCodeAt(at)] !== 1 || isInsideWord(text, at)) continue;
    for (const { word, topic } of byPair.get(pairAt(text, at)) ?? [])
      if (!found.has(topic) && text.startsWith(word, at)) found.add(topic);
  }
  return found;
}

/** A word in Latin letters begins where no letter or digit stands before it. */
function isInsideWord(text: string, at: number): boolean {
  return isLatin(text.charCodeAt(at)) && at > 0 && isLatin(text.charCodeAt(at - 1));
}

function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function headsOf(topics: readonly Topic[]): Heads {
  const known = headsByTopics.get(topics);
  if (known !== undefined) return known;
  const begins = new Uint8Array(CODES);
  const all = topics.flatMap((topic) =>
    topic.words.map(({ word }) => ({ word: foldText(word).toLowerCase(), topic })),
  );
  for (const { word } of all) begins[word.charCodeAt(0)] = 1;
  const heads = { begins, byPair: Map.groupBy(all, ({ word }) => pairAt(word, 0)) };
  headsByTopics.set(topics, heads);
  return heads;
}

/** Counts a topic's words, the longest first, so that 科技创新中心 is not also 科技创新; `not` phrases are skipped. */
interface Matcher {
  count(text: string): ReadonlyMap<string, number>;
}

const matchers = new WeakMap<Topic, Matcher>();

/** Patterns are built once for each topic: there are thousands of documents. */
function matcherOf(topic: Topic): Matcher {
  const known = matchers.get(topic);
  if (known !== undefined) return known;
  const words = new Map(topic.words.map(({ word }) => [foldText(word), word]));
  const skipped = new Set(topic.not.map(foldText));
  const all = [...words.keys(), ...skipped].sort((left, right) => right.length - left.length);
  const pattern = new RegExp(all.map(source).join('|'), 'giu');
  const matcher: Matcher = {
    count(text) {
      const counts = new Map<string, number>();
      for (const [found] of text.matchAll(pattern)) {
        const word = skipped.has(found) ? undefined : (words.get(found) ?? words.get(lower(found, words)));
        // AI and SME are words in capitals; `ai` inside a sentence is not.
        if (word === undefined || (isCapitals(word) && found !== word)) continue;
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      return counts;
    },
  };
  matchers.set(topic, matcher);
  return matcher;
}

function lower(found: string, words: ReadonlyMap<string, string>): string {
  for (const word of words.keys()) if (word.toLowerCase() === found.toLowerCase()) return word;
  return found;
}

/** White space between Han characters is layout. */
export function foldText(text: string): string {
  return text.replace(/([\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])/gu, '$1');
}

function source(word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const start = /^[A-Za-z0-9]/.test(word) ? '(?<![A-Za-z0-9])' : '';
  const end = /[A-Za-z0-9]$/.test(word) ? '(?![A-Za-z0-9])' : '';
  return start + escaped + end;
}

function isCapitals(word: string): boolean {
  return /^[A-Z0-9&]{2,6}$/.test(word);
}
