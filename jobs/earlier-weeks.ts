import type { Digest } from '../model/digest.ts';
import type { ComposeInput, ToldBefore, ToldThread, WeekCounts } from '../model/edition.ts';
import type { DocumentId, StoryId } from '../model/ids.ts';
import { isWithin, type Period } from '../model/period.ts';
import type { EarlierStory } from '../pipeline/stories/follows.ts';
import { itemsOf } from '../reports/check-edition.ts';
import { TREND_WEEKS, weekCounts } from '../reports/week-counts.ts';
import { addWeeks, periodOfWeek } from '../text/calendar.ts';
import type { JobContext } from './context.ts';

/** Weeks back in which a story was told that a new one may go on with. */
const TOLD_WEEKS = 8;

/** The counts of the weeks before an edition's own, oldest first, by the rule of this edition's digest. */
export async function earlierWeeks(
  { store, vocabulary }: Pick<JobContext, 'store' | 'vocabulary'>,
  { digest, period, sources }: Pick<ComposeInput, 'digest' | 'period' | 'sources'>,
): Promise<readonly WeekCounts[]> {
  const periods = weeksBefore(digest, period, TREND_WEEKS - 1).toReversed();
  const [first] = periods;
  if (first === undefined) return [];
  const documents = await store.documents.outlinesWithin(first.from, period.from);
  return periods.map((one) =>
    weekCounts(
      one.week,
      documents.filter(({ published }) => published !== undefined && isWithin(one, published.at)),
      { digest, sources, vocabulary },
    ),
  );
}

/** The stories of the digest's last weeks, with their documents: what this week's may go on with. */
export async function earlierStories(
  { store }: Pick<JobContext, 'store'>,
  digest: Digest,
  period: Period,
): Promise<readonly EarlierStory[]> {
  const stories = [];
  for (const { week } of weeksBefore(digest, period, TOLD_WEEKS))
    stories.push(...(await store.stories.ofWeek(digest.id, week)));
  const ids = stories.flatMap(({ members }) => members.map(({ documentId }) => documentId));
  const documents = new Map((await store.documents.byIds([...new Set(ids)])).map((one) => [one.id, one]));
  return stories.map(({ id, members }) => ({
    id,
    documents: members.flatMap(({ documentId }) => documents.get(documentId) ?? []),
  }));
}

/**
 * What the digest's last editions told, by story; the newest one that told it counts. A story that no edition told
 * hands on what was told of the one it follows.
 * `earlier`: the stories of those weeks.
 */
export async function toldBefore(
  { store }: Pick<JobContext, 'store'>,
  {
    digest,
    period,
    earlier,
  }: Pick<ComposeInput, 'digest' | 'period'> & { readonly earlier: readonly EarlierStory[] },
): Promise<ReadonlyMap<StoryId, ToldThread>> {
  const told = new Map<StoryId, ToldBefore>();
  const idsTold = new Map<StoryId, DocumentId[]>();
  for (const { week } of weeksBefore(digest, period, TOLD_WEEKS).toReversed()) {
    const published = await store.editions.ofWeek(digest.id, week);
    if (published === undefined) continue;
    // Editions of the first releases have no running stories.
    const items = itemsOf({ ...published.edition, running: published.edition.running ?? [] });
    for (const { storyId, headline, since, documents } of items) {
      const before = since ?? told.get(storyId);
      const { first = storyId, firstWeek = week } = before ?? {};
      told.set(storyId, { week, headline, first, firstWeek });
      idsTold.set(first, [...(idsTold.get(first) ?? []), ...documents.map((one) => one.documentId)]);
    }
    for (const { id, follows } of await store.stories.ofWeek(digest.id, week)) {
      const before = follows === undefined ? undefined : told.get(follows);
      if (before !== undefined && !told.has(id)) told.set(id, before);
    }
  }
  const known = new Map(earlier.flatMap(({ documents }) => documents).map((one) => [one.id, one]));
  const documentsOf = (first: StoryId) =>
    [...new Set(idsTold.get(first))].flatMap((id) => known.get(id) ?? []);
  return new Map(
    [...told].map(([id, before]) => [id, { ...before, documents: documentsOf(before.first) }] as const),
  );
}

/** The newest first. */
function weeksBefore({ zone }: Digest, { week }: Period, count: number): Period[] {
  return Array.from({ length: count }, (_, index) => periodOfWeek(addWeeks(week, -1 - index, zone), zone));
}
