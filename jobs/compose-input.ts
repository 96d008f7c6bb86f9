import type { Digest } from '../model/digest.ts';
import type { Document } from '../model/document.ts';
import type { ComposeInput } from '../model/edition.ts';
import type { SourceId } from '../model/ids.ts';
import type { Period } from '../model/period.ts';
import type { Source } from '../model/source.ts';
import { understandWeek } from '../pipeline/understand-week.ts';
import { addDays, addWeeks, periodOfWeek } from '../text/calendar.ts';
import type { JobContext } from './context.ts';
import { coverageOf } from './coverage.ts';
import { type SeenWindow, seenWindow } from './cutoff.ts';
import { earlierStories, earlierWeeks, toldBefore } from './earlier-weeks.ts';
import { fatesWithin, goneDocuments } from './fates.ts';
import { sourceById } from './imported-source.ts';

/** Weeks back in which a deadline may have been announced that still lies ahead. */
const AHEAD_WEEKS = 26;
/** Weeks back in which a document that was found late is still news. */
const LATE_WEEKS = 2;

/**
 * All that an edition of a period is composed of, as it is kept: stories, changes, dates ahead, what was told before and
 * who was asked.
 * @param now what was seen after this belongs to the next edition
 */
export async function composeInput(
  context: JobContext,
  digest: Digest,
  period: Period,
  now: Date,
): Promise<{ readonly input: ComposeInput; readonly documents: number }> {
  const { store, vocabulary } = context;
  const seen = await seenWindow(store, digest, period, now);
  const documents = [
    ...(await lateArrivals(context, digest, period, seen)),
    ...(await store.documents.publishedWithin(period.from, period.to)),
  ];
  const changes = await store.documents.changesWithin(seen.after, seen.until);
  const stillAhead = await announcedBefore(context, digest, period);
  const fates = await fatesWithin(store, seen);
  const earlier = await earlierStories(context, digest, period);
  const all = [
    ...documents,
    ...stillAhead,
    ...changes.map(({ document }) => document),
    ...fates.map(({ document }) => document),
  ];
  const sources = sourcesOf(context.sources, all);
  const input: ComposeInput = {
    digest,
    period,
    number: Number(period.week.slice(-2)),
    stories: understandWeek({
      documents,
      sources,
      vocabulary,
      asOf: addDays(period.lastDay, 1),
      earlier,
    }),
    changes,
    fates,
    gone: await goneDocuments(store, seen.until),
    attachments: await store.attachments.ofDocuments([...new Set(all.map((document) => document.id))]),
    stillAhead,
    sources,
    snapshots: await store.snapshots.byIds([...new Set(all.map((document) => document.snapshotId))]),
    vocabulary,
    history: await earlierWeeks(context, { digest, period, sources }),
    told: await toldBefore(context, { digest, period, earlier }),
    coverage: await coverageOf(store, [...sources.values()], {
      seen,
      period,
      documents: countBySource(documents),
      calendar: vocabulary.lexicon.holidays,
    }),
  };
  return { input, documents: documents.length };
}

/**
 * Published before this week but first seen after the last edition had gone out: its readers would never hear of them.
 * Without a last edition there is nobody who missed anything.
 */
async function lateArrivals(
  context: JobContext,
  digest: Digest,
  period: Period,
  seen: SeenWindow,
): Promise<Document[]> {
  const before = addWeeks(period.week, -1, digest.zone);
  if ((await context.store.editions.ofWeek(digest.id, before)) === undefined) return [];
  const since = periodOfWeek(addWeeks(period.week, -LATE_WEEKS, digest.zone), digest.zone).from;
  const earlier = await context.store.documents.publishedWithin(since, period.from);
  return earlier.filter(({ firstSeenAt }) => firstSeenAt > seen.after && firstSeenAt <= seen.until);
}

/** Documents of earlier weeks with a deadline or an effective date still to come after this period. */
async function announcedBefore(context: JobContext, digest: Digest, period: Period): Promise<Document[]> {
  const since = periodOfWeek(addWeeks(period.week, -AHEAD_WEEKS, digest.zone), digest.zone).from;
  const earlier = await context.store.documents.publishedWithin(since, period.from);
  return earlier.filter((document) =>
    document.dates.some(
      (fact) => (fact.kind === 'deadline' || fact.kind === 'effective') && fact.on > period.lastDay,
    ),
  );
}

function sourcesOf(catalogue: readonly Source[], documents: readonly Document[]): Map<SourceId, Source> {
  const ids = new Set(documents.map((document) => document.sourceId));
  const used = [...ids].map((id) => sourceById(catalogue, id));
  return new Map([...catalogue, ...used].map((source) => [source.id, source]));
}

function countBySource(documents: readonly Document[]): Map<SourceId, number> {
  const counts = new Map<SourceId, number>();
  for (const { sourceId } of documents) counts.set(sourceId, (counts.get(sourceId) ?? 0) + 1);
  return counts;
}
