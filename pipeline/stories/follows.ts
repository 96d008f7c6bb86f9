import type { Document } from '../../model/document.ts';
import type { DocumentId, SourceId, StoryId } from '../../model/ids.ts';
import type { Story } from '../../model/story.ts';
import { cluster, type StorySource } from '../cluster.ts';

/** A story of an earlier week, with its documents. */
export interface EarlierStory {
  readonly id: StoryId;
  readonly documents: readonly Document[];
}

/**
 * Ties stories to those they go on with: where earlier and new documents together would be one story, the new one
 * follows the newest of the earlier ones. A story that is told again under its own id follows nothing.
 */
export function withFollows(
  stories: readonly Story[],
  documents: readonly Document[],
  { earlier, sources }: { earlier: readonly EarlierStory[]; sources: ReadonlyMap<SourceId, StorySource> },
): readonly Story[] {
  if (earlier.length === 0) return stories;
  const known = new Map<DocumentId, EarlierStory>();
  for (const story of earlier) for (const { id } of story.documents) known.set(id, story);
  const current = new Map(
    stories.flatMap((story) => story.members.map(({ documentId }) => [documentId, story] as const)),
  );
  const all = new Map(
    [...earlier.flatMap((story) => story.documents), ...documents].map((one) => [one.id, one]),
  );
  const followed = new Map<Story, EarlierStory>();
  for (const { members } of cluster([...all.values()], sources)) {
    const before = members.flatMap(({ documentId }) => known.get(documentId) ?? []);
    const newest = before.sort((left, right) => (lastDay(left) < lastDay(right) ? 1 : -1))[0];
    if (newest === undefined) continue;
    for (const { documentId } of members) {
      const story = current.get(documentId);
      if (story !== undefined && story.id !== newest.id && !known.has(documentId))
        followed.set(story, newest);
    }
  }
  return stories.map((story) => {
    const before = followed.get(story);
    return before === undefined ? story : { ...story, follows: before.id };
  });
}

function lastDay({ documents }: EarlierStory): string {
  return documents.reduce(
    (last, { published }) => (published !== undefined && published.on > last ? published.on : last),
    '',
  );
}
