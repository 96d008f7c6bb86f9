import type { Vocabulary } from '../../model/vocabulary.ts';
import { findFacts } from './find-facts.ts';
import { gazetteerOf } from './gazetteer.ts';
import type { FactContext } from './reading.ts';
import { wordsOf } from './words.ts';

/**
 * The provinces of the cities, counties and zones that a title names (`关于支持昆山试验区的批复` is about Jiangsu). Only of the
 * title: a text names places in passing, too.
 */
export function provincesOfTitle(
  title: string,
  context: Pick<FactContext, 'region' | 'vocabulary'>,
): readonly string[] {
  if (!mayNamePlace(title, context.vocabulary)) return [];
  const known = new Set(context.vocabulary.regions.map(({ id }) => id));
  const places = findFacts(title, context).flatMap((fact) =>
    fact.kind === 'region' ? [fact.province ?? fact.id ?? ''] : [],
  );
  return [...new Set(places)].filter((id) => known.has(id));
}

/** By these words something is a place that no list names: a zone, or where something is held. */
const PLACE_WORDS = /自由贸易|自贸|召开|举行|举办|揭牌|启用|开幕|启动/u;

/** Most titles name no place: a look spares them all the other rules. */
function mayNamePlace(title: string, vocabulary: Vocabulary): boolean {
  const places = wordsOf(gazetteerOf(vocabulary).list);
  for (let at = places.nextFrom(title, 0); at < title.length; at = places.nextFrom(title, at + 1))
    if (places.startingAt(title, at) !== undefined) return true;
  return PLACE_WORDS.test(title);
}
