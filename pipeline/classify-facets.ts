import type { Facet, Topic } from '../model/vocabulary.ts';
import type { ClassifyInput } from './classify.ts';
import { countWords, foldText } from './topic-words.ts';

/** A facet of a document, with its points and the words that gave them. */
export interface FacetMatch {
  readonly facet: Facet;
  readonly points: number;
  readonly words: readonly string[];
}

const OPENING_LENGTH = 200;
const IN_TITLE = 3;
const IN_OPENING = 2;
const ENOUGH = 3;
/** Names of documents that a text cites say what those are about, not what this one does. */
const CITED = /《[^《》]*》/gu;

/** The instruments, technology fields and target groups of a document, strongest first within each kind. */
export function classifyFacets(input: ClassifyInput, facets: readonly Facet[]): readonly FacetMatch[] {
  const text = input.text.replace(CITED, '');
  const topics = topicsOf(facets);
  const parts = [
    [countWords(foldText(input.title), topics), IN_TITLE],
    [countWords(foldText(text.slice(0, OPENING_LENGTH)), topics), IN_OPENING],
    [countWords(foldText(text.slice(OPENING_LENGTH)), topics), 1],
  ] as const;
  return facets
    .flatMap((facet) => {
      const topic = topicOf(facet);
      if (!parts.some(([named]) => named.has(topic))) return [];
      const points = new Map<string, number>();
      for (const [named, weight] of parts)
        for (const word of named.get(topic)?.keys() ?? []) points.set(word, (points.get(word) ?? 0) + weight);
      const sum = [...points.values()].reduce((total, value) => total + value, 0);
      if (sum < ENOUGH) return [];
      const words = [...points].sort((left, right) => right[1] - left[1]).map(([word]) => word);
      return [{ facet, points: sum, words }];
    })
    .sort(
      (left, right) =>
        left.facet.kind.localeCompare(right.facet.kind) ||
        right.points - left.points ||
        left.facet.id.localeCompare(right.facet.id),
    );
}

/** How many of a kind say what a document does; more say nothing. */
const MOST: Readonly<Record<Facet['kind'], number>> = { instrument: 2, field: 2, target: 1 };

/** Ids of the strongest facets of a document: instruments first, then fields, then targets. */
export function mainFacets(input: ClassifyInput, facets: readonly Facet[]): readonly string[] {
  const found = classifyFacets(input, facets);
  return (['instrument', 'field', 'target'] as const).flatMap((kind) =>
    found
      .filter(({ facet }) => facet.kind === kind)
      .slice(0, MOST[kind])
      .map(({ facet }) => facet.id),
  );
}

const lists = new WeakMap<readonly Facet[], readonly Topic[]>();

function topicsOf(facets: readonly Facet[]): readonly Topic[] {
  const known = lists.get(facets) ?? facets.map(topicOf);
  lists.set(facets, known);
  return known;
}

const facetTopics = new WeakMap<Facet, Topic>();

function topicOf(facet: Facet): Topic {
  const known = facetTopics.get(facet);
  if (known !== undefined) return known;
  const { id, zh, en } = facet;
  const topic = { id, zh, en, words: facet.words.map((word) => ({ word, weight: 3 })), not: [] };
  facetTopics.set(facet, topic);
  return topic;
}
