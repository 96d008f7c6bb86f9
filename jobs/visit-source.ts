import type { SourceState } from '../db/source-states.ts';
import type { Entry, ScrapeResult } from '../model/entry.ts';
import type { FindingCode } from '../model/finding.ts';
import type { FetchResult, Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { scrape } from '../scrapers/index.ts';
import { dayOf, daysBetween } from '../text/calendar.ts';
import { decodePage } from '../text/charset.ts';
import { type JobContext, noteFinding } from './context.ts';
import { fetchList } from './fetch-list.ts';

/** No list worth reading is longer; a flood must not hold up the other sources. */
const MOST_ENTRIES = 2000;
/** Items of one list told one by one when they cannot be read. */
const MOST_UNREADABLE = 20;
/** A source that fails is asked less often, but at least once a day. */
const LONGEST_PAUSE_MINUTES = 24 * 60;
/** Pages that a list dates further back are noted but not fetched: no edition would tell of them. */
const READ_BACK_DAYS = 90;

export interface VisitOutcome {
  readonly outcome: 'answered' | 'refused' | 'failed';
  readonly detail: string;
  readonly entries: number;
  readonly newEntries: number;
}

/** Fetches a source's list, keeps its entries, holds it against its expectations and says when to come again. */
export async function visitSource(
  context: JobContext,
  source: Source,
  state: SourceState | undefined,
): Promise<VisitOutcome> {
  const result = await fetchList(context, source, {
    runId: context.runId,
    ...(state?.etag === undefined ? {} : { etag: state.etag }),
    ...(state?.lastModified === undefined ? {} : { lastModified: state.lastModified }),
  });
  const visit = await judge(context, source, result);
  await settle(context, source, state, result, visit);
  return visit;
}

async function judge(context: JobContext, source: Source, result: FetchResult): Promise<VisitOutcome> {
  const nothing = { entries: 0, newEntries: 0 };
  switch (result.outcome) {
    case 'notModified':
      return { outcome: 'answered', detail: 'not modified since the last visit', ...nothing };
    case 'gone':
      await noteList(context, source, 'SOURCE_GONE', 'a list', `status ${result.status}`);
      return { outcome: 'failed', detail: `gone (status ${result.status})`, ...nothing };
    case 'refused':
      await noteList(context, source, 'SOURCE_REFUSED', 'a list', `${result.reason}: ${result.detail}`);
      return { outcome: 'refused', detail: `${result.reason}: ${result.detail}`, ...nothing };
    case 'failed':
      await noteList(context, source, 'SOURCE_FAILED', 'a list', `${result.code}: ${result.detail}`);
      return { outcome: 'failed', detail: `${result.code}: ${result.detail}`, ...nothing };
    case 'fetched':
      return readList(context, source, result.page);
  }
}

async function readList(context: JobContext, source: Source, page: Page): Promise<VisitOutcome> {
  const { text } = decodePage(
    page.body,
    page.headers,
    source.encoding === undefined ? {} : { override: source.encoding },
  );
  const now = context.clock.now();
  const scraped = scrape(source, { text, url: page.finalUrl, now });
  await checkExpectations(context, source, scraped, page);
  const readSince = new Date(now.getTime() - READ_BACK_DAYS * 86_400_000).toISOString();
  const newEntries = await context.store.transaction((tables) =>
    tables.entries.list(newestFirst(scraped.entries).slice(0, MOST_ENTRIES), now.toISOString(), readSince),
  );
  if (scraped.seen === 0) {
    return { outcome: 'failed', detail: 'LIST_EMPTY: the page shows no items', entries: 0, newEntries };
  }
  const detail = `${scraped.entries.length} entries, ${newEntries} new`;
  return { outcome: 'answered', detail, entries: scraped.entries.length, newEntries };
}

/** What a list owes us; every shortfall is a finding with the kept page beside it. */
async function checkExpectations(
  context: JobContext,
  source: Source,
  scraped: ScrapeResult,
  page: Page,
): Promise<void> {
  const { minEntries, maxAgeDays } = source.expect;
  const snapshotId = page.snapshot.id;
  for (const dropped of scraped.dropped.slice(0, MOST_UNREADABLE)) {
    const seen = `${dropped.reason}: ${dropped.text.slice(0, 120)}`;
    await noteFinding(context, {
      code: 'LIST_ITEM_UNREADABLE',
      sourceId: source.id,
      url: page.finalUrl,
      snapshotId,
      expected: 'an item with title and address',
      seen,
    });
  }
  const untold = scraped.dropped.length - MOST_UNREADABLE;
  if (untold > 0)
    await noteList(
      context,
      source,
      'LIST_ITEM_UNREADABLE',
      'items that can be read',
      `${untold} more`,
      snapshotId,
    );
  if (scraped.entries.length > MOST_ENTRIES) {
    const expected = `at most ${MOST_ENTRIES} entries`;
    const seen = `${scraped.entries.length}; the newest were taken`;
    await noteList(context, source, 'LIST_TOO_LONG', expected, seen, snapshotId);
  }
  if (scraped.seen === 0) {
    await noteList(context, source, 'LIST_EMPTY', `at least ${minEntries} entries`, 'none', snapshotId);
    return;
  }
  if (scraped.entries.length < minEntries) {
    const seen = `${scraped.entries.length} entries`;
    await noteList(context, source, 'LIST_FEW_ENTRIES', `at least ${minEntries} entries`, seen, snapshotId);
  }
  const newest = newestDay(scraped.entries);
  const today = dayOf(context.clock.now(), source.zone);
  if (newest !== undefined && daysBetween(newest, today) > maxAgeDays) {
    const expected = `newest entry at most ${maxAgeDays} days old`;
    await noteList(context, source, 'LIST_STALE', expected, `newest is of ${newest}`, snapshotId);
  }
}

/** A long list is cut at its old end; without dates the order of the list stands. */
function newestFirst(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  return entries.toSorted(
    (one, other) => Date.parse(other.published?.at ?? '') - Date.parse(one.published?.at ?? '') || 0,
  );
}

function newestDay(entries: readonly Entry[]): string | undefined {
  const days = entries.flatMap((entry) => (entry.published === undefined ? [] : [entry.published.on]));
  return days.sort().at(-1);
}

async function noteList(
  context: JobContext,
  source: Source,
  code: FindingCode,
  expected: string,
  seen: string,
  snapshotId?: Page['snapshot']['id'],
): Promise<void> {
  const finding = { code, sourceId: source.id, url: source.url, expected, seen };
  await noteFinding(context, snapshotId === undefined ? finding : { ...finding, snapshotId });
}

async function settle(
  context: JobContext,
  source: Source,
  state: SourceState | undefined,
  result: FetchResult,
  visit: VisitOutcome,
): Promise<void> {
  const now = context.clock.now();
  const failures = visit.outcome === 'answered' ? 0 : (state?.failures ?? 0) + 1;
  const pauseMinutes = Math.min(
    source.everyMinutes * 2 ** Math.min(failures, 8),
    Math.max(LONGEST_PAUSE_MINUTES, source.everyMinutes),
  );
  const retryAfterMs = result.outcome === 'failed' ? (result.retryAfterMs ?? 0) : 0;
  const nextFetchAt = new Date(now.getTime() + Math.max(pauseMinutes * 60_000, retryAfterMs)).toISOString();
  await context.store.transaction(async (tables) => {
    await tables.sourceStates.addVisit({
      runId: context.runId,
      sourceId: source.id,
      outcome: visit.outcome,
      detail: visit.detail,
      entries: visit.entries,
      newEntries: visit.newEntries,
      at: now.toISOString(),
    });
    await tables.sourceStates.save({
      sourceId: source.id,
      nextFetchAt,
      lastFetchedAt: now.toISOString(),
      lastOutcome: visit.outcome,
      lastDetail: visit.detail,
      failures,
      ...validators(result, visit, state),
    });
  });
}

/** Validators are kept only of a list that was read: else a 304 would hide the failure. */
function validators(
  result: FetchResult,
  visit: VisitOutcome,
  state: SourceState | undefined,
): Pick<SourceState, 'etag' | 'lastModified'> {
  if (result.outcome === 'notModified') {
    return {
      ...(state?.etag === undefined ? {} : { etag: state.etag }),
      ...(state?.lastModified === undefined ? {} : { lastModified: state.lastModified }),
    };
  }
  if (result.outcome !== 'fetched' || visit.outcome !== 'answered') return {};
  const { etag, 'last-modified': lastModified } = result.page.headers;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}
