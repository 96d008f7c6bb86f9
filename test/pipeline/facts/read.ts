import { projectVocabulary } from '../../../bench/evaluate/vocabulary.ts';
import type { Fact } from '../../../model/facts.ts';
import { type FactContext, findFacts } from '../../../pipeline/facts/find-facts.ts';

const vocabulary = await projectVocabulary();

/** The day on which the sentences of the tests are published: a Tuesday. */
export const PUBLISHED_ON = '2021-06-22';

/** The facts of one kind that a text states. */
export function factsOf<Kind extends Fact['kind']>(
  kind: Kind,
  text: string,
  context: Partial<FactContext> = {},
): Extract<Fact, { kind: Kind }>[] {
  return findFacts(text, { publishedOn: PUBLISHED_ON, vocabulary, ...context }).filter(
    (fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind,
  );
}

/** Each figure as `qualifier value unit`. */
export function figuresOf(text: string): readonly string[] {
  return factsOf('figure', text).map(({ qualifier, value, unit }) => `${qualifier} ${value} ${unit}`);
}

/** The day, month, year or period of each date. */
export function datesOf(text: string, context: Partial<FactContext> = {}): readonly (string | undefined)[] {
  return factsOf('date', text, context).map(({ iso }) => iso);
}
