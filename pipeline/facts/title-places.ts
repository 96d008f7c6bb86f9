import { findFacts } from './find-facts.ts';
import type { FactContext } from './reading.ts';

/**
 * The provinces of the cities, counties and zones that a title names (`关于支持昆山试验区的批复` is about Jiangsu). Only of the
 * title: a text names places in passing, too.
 */
export function provincesOfTitle(
  title: string,
  context: Pick<FactContext, 'region' | 'vocabulary'>,
): readonly string[] {
  const known = new Set(context.vocabulary.regions.map(({ id }) => id));
  const places = findFacts(title, context).flatMap((fact) =>
    fact.kind === 'region' ? [fact.province ?? fact.id ?? ''] : [],
  );
  return [...new Set(places)].filter((id) => known.has(id));
}
