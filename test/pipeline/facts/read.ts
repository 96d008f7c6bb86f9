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

/**
 * The lines of a table `text → what is found; what is found next` (– for nothing) that are read otherwise, with what was
 * read instead.
 */
export function misread(table: string, read: (text: string) => readonly string[]): readonly string[] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      const [text = '', expected = ''] = line.split(' → ');
      return shown(read(text)) !== expected;
    })
    .map((line) => `${line} but read ${shown(read(line.split(' → ')[0] ?? ''))}`);
}

function shown(found: readonly string[]): string {
  return found.length === 0 ? '–' : found.join('; ');
}
