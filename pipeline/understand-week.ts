import type { Document } from '../model/document.ts';
import type { RankedStory } from '../model/edition.ts';
import type { DocumentId, SourceId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { cluster } from './cluster.ts';
import { rank, scoreOf } from './rank.ts';
import { type EarlierStory, withFollows } from './stories/follows.ts';
import { summarise } from './summarise.ts';

/** The documents of a period and what is needed to judge them. */
export interface WeekInput {
  readonly documents: readonly Document[];
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly vocabulary: Vocabulary;
  /** YYYY-MM-DD: the first day after the period, from which deadlines are counted. */
  readonly asOf: string;
  /** Stories of the weeks before, which these may go on with. @default none */
  readonly earlier?: readonly EarlierStory[];
}

/** Folds documents into stories and ranks them, best first. The same documents give the same list in any order. */
export function understandWeek(input: WeekInput): readonly RankedStory[] {
  const { documents, sources, vocabulary, asOf, earlier = [] } = input;
  const byId = new Map<DocumentId, Document>(documents.map((document) => [document.id, document]));
  const unique = [...byId.values()];
  const told = withFollows(cluster(unique, sources), unique, { earlier, sources });
  const stories = told.map((story) => {
    const members = story.members.flatMap(({ documentId }) => byId.get(documentId) ?? []);
    const why = rank(members, {
      vocabulary,
      asOf,
      sources: members.map(({ sourceId }) => sources.get(sourceId)),
    });
    const lead = members[0];
    let sentences: RankedStory['sentences'] | undefined;
    return {
      story,
      documents: members,
      score: scoreOf(why),
      why,
      // Of thousands of stories an edition quotes a few dozen: summed up when asked for.
      get sentences() {
        sentences ??= lead === undefined ? [] : summarise(lead);
        return sentences;
      },
    };
  });
  return stories.sort(
    (left, right) =>
      right.score - left.score ||
      (left.story.id < right.story.id ? -1 : left.story.id > right.story.id ? 1 : 0),
  );
}
