import type { SourceId } from '../model/ids.ts';
import type { Topic } from '../model/vocabulary.ts';
import { classify } from '../pipeline/classify.ts';
import type { JobContext } from './context.ts';

/** A kept document that a tried topic would have matched. */
export interface TriedMatch {
  readonly on: string;
  readonly sourceId: SourceId;
  readonly title: string;
  readonly url: string;
  readonly weight: number;
  readonly words: readonly string[];
  /** It belongs to no topic now. */
  readonly isNew: boolean;
}

/** What a topic would have matched among the documents of the last days, the strongest first; writes nothing. */
export async function tryTopic(
  { store, clock, vocabulary }: Pick<JobContext, 'store' | 'clock' | 'vocabulary'>,
  topic: Topic,
  days: number,
): Promise<{ readonly seen: number; readonly matches: readonly TriedMatch[] }> {
  const until = clock.now();
  const since = new Date(until.getTime() - days * 86_400_000);
  const documents = await store.documents.publishedWithin(since.toISOString(), until.toISOString());
  const topics = [...vocabulary.topics, topic];
  const matches = documents.flatMap(({ title, text, published, sourceId, topics: known, url }) => {
    const match = classify({ title, text }, topics).find((candidate) => candidate.topic === topic.id);
    if (match === undefined) return [];
    const { weight, words } = match;
    return { on: published?.on ?? '', sourceId, title, url, weight, words, isNew: known.length === 0 };
  });
  return {
    seen: documents.length,
    matches: matches.sort((left, right) => right.weight - left.weight || (left.on < right.on ? 1 : -1)),
  };
}
