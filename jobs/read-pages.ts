import type { ListedEntry } from '../db/entries.ts';
import type { FetchResult, Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { type JobContext, noteFinding } from './context.ts';
import { nextReading } from './reading-rhythm.ts';
import { type Understood, understandPage } from './understand-page.ts';

/** Hours before a page that failed is asked again; after the last it waits for a person. */
const TRY_AGAIN_HOURS = [1, 6, 24, 72] as const;

export type PageOutcome = Understood | 'notRead';
export type PageCounts = Readonly<Record<PageOutcome, number>>;

/** Fetches a page that is due, first time or again, and makes a document of it. `source` absent: its file is gone. */
export async function readPage(
  context: JobContext,
  source: Source | undefined,
  listed: ListedEntry,
): Promise<PageOutcome> {
  return source === undefined ? letGo(context, listed) : readOne(context, source, listed);
}

async function readOne(context: JobContext, source: Source, listed: ListedEntry): Promise<PageOutcome> {
  if (source.article.fromEntry === true) {
    const snapshot = await context.store.snapshots.newest(source.url);
    if (snapshot !== undefined)
      return understandPage(context, { source, listed, page: undefined, snapshot, readAgain: true });
  }
  const request = { url: listed.entry.url, runId: context.runId, sourceId: source.id };
  const result = await context.http.fetch(request, context.signal);
  if (result.outcome === 'fetched') return understandFetched(context, source, listed, result.page);
  await settleUnread(context, listed, result);
  return 'notRead';
}

async function understandFetched(
  context: JobContext,
  source: Source,
  listed: ListedEntry,
  page: Page,
): Promise<PageOutcome> {
  return understandPage(context, { source, listed, page, snapshot: page.snapshot, readAgain: true });
}

/** Gone, refused and failed are different states, and each is told. */
async function settleUnread(
  context: JobContext,
  listed: ListedEntry,
  result: Exclude<FetchResult, { outcome: 'fetched' }>,
): Promise<void> {
  const { entry } = listed;
  const about = {
    sourceId: entry.sourceId,
    url: entry.url,
    expected: 'a page',
    ...(listed.documentId === undefined ? {} : { documentId: listed.documentId }),
  };
  const { entries } = context.store;
  const now = context.clock.now();
  switch (result.outcome) {
    case 'notModified': {
      const nextPageAt = nextReading(listed.pageAttempts, now);
      await entries.settlePage(listed.id, {
        state: 'read',
        ...(nextPageAt === undefined ? {} : { nextPageAt }),
      });
      return;
    }
    case 'gone':
      await noteFinding(context, {
        ...about,
        code: 'PAGE_GONE',
        seen: `status ${result.status}: ${entry.title}`,
      });
      await entries.settlePage(listed.id, { state: 'gone', detail: `status ${result.status}` });
      return;
    case 'refused':
      await noteFinding(context, {
        ...about,
        code: 'PAGE_REFUSED',
        seen: `${result.reason}: ${entry.title}`,
      });
      await entries.settlePage(listed.id, { state: 'refused', detail: `${result.reason}: ${result.detail}` });
      return;
    case 'failed': {
      const hours = TRY_AGAIN_HOURS[listed.pageAttempts];
      await noteFinding(context, { ...about, code: 'PAGE_FAILED', seen: `${result.code}: ${entry.title}` });
      await entries.settlePage(listed.id, {
        state: 'failed',
        detail: `${result.code}: ${result.detail}`,
        ...(hours === undefined
          ? {}
          : { nextPageAt: new Date(now.getTime() + hours * 3_600_000).toISOString() }),
      });
    }
  }
}

/** The source's file was taken away: its pages are not asked for until it comes back. */
async function letGo(context: JobContext, listed: ListedEntry): Promise<'notRead'> {
  await context.store.entries.settlePage(listed.id, {
    state: 'refused',
    detail: `source ${listed.entry.sourceId} is not in the catalogue`,
  });
  return 'notRead';
}
