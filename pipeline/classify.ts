import type { TopicMatch } from '../model/document.ts';
import type { Topic } from '../model/vocabulary.ts';
import { countWords, foldText, type WordCounts } from './topic-words.ts';

/** What is classified: a title says more than an opening, an opening more than the rest. */
export interface ClassifyInput {
  readonly title: string;
  readonly text: string;
}

/** Who speaks is not what is spoken of: 经济和信息化委员会关于…. */
const ISSUER =
  /^(?:[\u4e00-\u9fff、，\s]{0,60}?(?:委员会|厅|局|政府|办公厅|办公室|部|院|委|办|中心))(?:等[\u4e00-\u9fff\d]{0,6})?(?=关于|印发|转发|批转|发布|公布|集中|《)/u;
const TITLE_FACTOR = 3;
const OPENING_FACTOR = 2;
const OPENING_LENGTH = 200;
/** A word that is repeated all over a text counts at most this often. */
const MOST_HITS = 3;
/** One strong word in a title (3 × 3), or two medium ones. */
const ENOUGH_IN_TITLE = 9;
/** Without the title's word, a text must speak of a topic with several words, and often for its length. */
const ENOUGH_IN_TEXT = 16;
const ENOUGH_WORDS = 3;
const ENOUGH_PER_THOUSAND = 6;
/** What shorter texts are measured as, so that one word in a teaser is no density. */
const SHORTEST_MEASURE = 600;

/** The topics a document belongs to, strongest first, each with its points and the words that matched. */
export function classify(input: ClassifyInput, topics: readonly Topic[]): readonly TopicMatch[] {
  const { title, text } = input;
  const named = {
    title: countWords(foldText(title.replace(ISSUER, '')), topics),
    opening: countWords(foldText(text.slice(0, OPENING_LENGTH)), topics),
    rest: countWords(foldText(text.slice(OPENING_LENGTH)), topics),
    length: text.length,
  };
  const readings = topics.flatMap((topic) => matchTopic(named, topic) ?? []);
  // What only general words speak for stands back behind a subject that the title names.
  const isNamed = readings.some(({ specific }) => specific >= ENOUGH_IN_TITLE);
  return readings
    .filter(({ inTitle, specific, beside, isInText, isEnough }) => {
      if (!isEnough) return isNamed && beside >= ENOUGH_IN_TITLE;
      return !isNamed || isInText || specific >= Math.min(inTitle, ENOUGH_IN_TITLE);
    })
    .map(({ match }) => match)
    .sort((left, right) => right.weight - left.weight || (left.topic < right.topic ? -1 : 1));
}

/** True when a document speaks of innovation policy at all: at least one topic matched. */
export function isOnTopic(topics: readonly TopicMatch[]): boolean {
  return topics.length > 0;
}

/** A match and where its points come from. */
interface Reading {
  readonly match: TopicMatch;
  readonly inTitle: number;
  /** Points of the title's words that belong to this topic alone. */
  readonly specific: number;
  /** Points of words that only count beside another subject, added to the rest. */
  readonly beside: number;
  readonly isInText: boolean;
  /** Enough by itself to call the document one of this topic. */
  readonly isEnough: boolean;
}

/** The words that a document names in the parts that weigh differently. */
interface Named {
  readonly title: WordCounts;
  readonly opening: WordCounts;
  readonly rest: WordCounts;
  /** UTF-16 units of the whole text. */
  readonly length: number;
}

function matchTopic({ title, opening, rest, length }: Named, topic: Topic): Reading | undefined {
  const inTitle = title.get(topic);
  const inOpening = opening.get(topic);
  const inText = rest.get(topic);
  if (inTitle === undefined && inOpening === undefined && inText === undefined) return undefined;
  let titlePoints = 0;
  let specific = 0;
  let beside = 0;
  let textPoints = 0;
  const found: { readonly word: string; readonly points: number }[] = [];
  let strongest = 0;
  for (const { word, weight, only } of topic.words) {
    // Weak words support; two of them with a medium one are not yet a subject.
    const fromTitle = (weight === 1 ? 1 : TITLE_FACTOR * weight) * Math.min(1, inTitle?.get(word) ?? 0);
    const fromOpening = Math.min(1, inOpening?.get(word) ?? 0) * OPENING_FACTOR;
    const fromText = weight * (fromOpening + Math.min(MOST_HITS, inText?.get(word) ?? 0));
    if (fromTitle + fromText === 0) continue;
    beside += fromTitle;
    if (only === 'beside') {
      if (fromTitle > 0) found.push({ word, points: fromTitle });
      continue;
    }
    titlePoints += fromTitle;
    if (only !== 'alone') specific += fromTitle;
    textPoints += fromText;
    if (weight >= 2) strongest = Math.max(strongest, weight);
    found.push({ word, points: fromTitle + fromText });
  }
  const density = (textPoints * 1000) / Math.max(SHORTEST_MEASURE, length);
  const isInText =
    textPoints >= ENOUGH_IN_TEXT &&
    found.length >= ENOUGH_WORDS &&
    strongest >= 3 &&
    density >= ENOUGH_PER_THOUSAND;
  // A medium word in the title is borne out by the text.
  const isBoth = titlePoints >= TITLE_FACTOR * 2 && textPoints >= ENOUGH_IN_TEXT / 2 && strongest >= 2;
  const isEnough = titlePoints >= ENOUGH_IN_TITLE || isInText || isBoth;
  if (!isEnough && beside < ENOUGH_IN_TITLE) return undefined;
  found.sort((left, right) => right.points - left.points);
  const match: TopicMatch = {
    topic: topic.id,
    weight:
      Math.max(titlePoints, isEnough ? 0 : beside) + Math.round(Math.min(textPoints, 2 * ENOUGH_IN_TEXT)),
    words: found.slice(0, 8).map(({ word }) => word),
  };
  return { match, inTitle: titlePoints, specific, beside, isInText, isEnough };
}
