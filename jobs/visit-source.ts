import type { SourceState } from '../db/source-states.ts';
import type { Entry } from '../model/entry.ts';
import type { FindingCode } from '../model/finding.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { FetchResult, Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { scrape } from '../scrapers/index.ts';
import { dayOf } from '../text/calendar.ts';
import { decodePage } from '../text/charset.ts';
import { type JobContext, noteFinding } from './context.ts';
import { fetchList } from './fetch-list.ts';
import { type Shortfall, shortfallsOf, takenEntries } from './list-expectations.ts';
import { readFurtherLists } from './read-further-lists.ts';

/** A source that fails is asked less often, but at least once a day. */
const LONGEST_PAUSE_MINUTES = 24 * 60;
const DAY_MS = 86_400_000;
/** A host may ask for more than a day, but no slip of its own makes us forget it. */
const LONGEST_RETRY_AFTER_MS = 7 * DAY_MS;
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
  if (result.outcome === 'fetched') return readList(context, source, result.page);
  if (result.outcome === 'notModified')
    return { outcome: 'answered', detail: 'not modified since the last visit', ...nothing };
  const { code, detail } = noListOf(result);
  await noteList(context, source, { code, expected: 'a list', seen: detail }, result.snapshotId);
  return { outcome: result.outcome === 'refused' ? 'refused' : 'failed', detail, ...nothing };
}

/** Gone, refused and failed are different states, and each is told. */
function noListOf(result: Exclude<FetchResult, { outcome: 'fetched' | 'notModified' }>): {
  code: FindingCode;
  detail: string;
} {
  switch (result.outcome) {
    case 'gone':
      return { code: 'SOURCE_GONE', detail: `gone (status ${result.status})` };
    case 'refused':
      return { code: 'SOURCE_REFUSED', detail: `${result.reason}: ${result.detail}` };
    case 'failed':
      return { code: 'SOURCE_FAILED', detail: `${result.code}: ${result.detail}` };
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
  const today = dayOf(now, source.zone);
  const shown = { url: page.finalUrl, text, families: context.families, today };
  for (const shortfall of shortfallsOf(source, scraped, shown))
    await noteList(context, source, shortfall, page.snapshot.id);
  const readSince = new Date(now.getTime() - READ_BACK_DAYS * DAY_MS).toISOString();
  const keep = (entries: readonly Entry[]) =>
    context.store.transaction((tables) =>
      tables.entries.list(takenEntries(entries), now.toISOString(), readSince),
    );
  const newEntries = await keep(scraped.entries);
  if (scraped.seen === 0) {
    return { outcome: 'failed', detail: 'LIST_EMPTY: the page shows no items', entries: 0, newEntries };
  }
  const first = { entries: scraped.entries, newEntries };
  const further = await readFurtherLists(context, source, first, { since: readSince, keep });
  const entries = scraped.entries.length + further.entries;
  const added = newEntries + further.newEntries;
  const detail = `${entries} entries, ${added} new${further.detail}`;
  return { outcome: 'answered', detail, entries, newEntries: added };
}

async function noteList(
  context: JobContext,
  source: Source,
  shortfall: Shortfall,
  snapshotId: SnapshotId | undefined,
): Promise<void> {
  const kept = snapshotId === undefined ? {} : { snapshotId };
  await noteFinding(context, { ...shortfall, sourceId: source.id, url: source.url, ...kept });
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
  const asked = result.outcome === 'failed' ? (result.retryAfterMs ?? 0) : 0;
  const retryAfterMs = Math.min(asked, LONGEST_RETRY_AFTER_MS);
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
