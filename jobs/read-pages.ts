import type { ListedEntry, PageResult } from '../db/entries.ts';
import type { FindingCode } from '../model/finding.ts';
import type { FetchResult, Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { saysGone } from '../pipeline/extract/gone.ts';
import { hostOf } from '../text/urls.ts';
import { type JobContext, noteFinding } from './context.ts';
import { type Further, fetchFurtherPages, textOf } from './fetch-further-pages.ts';
import { nextLook, nextReading, nextTry } from './reading-rhythm.ts';
import { isReadable, type Understood, understandPage } from './understand-page.ts';

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
  const request = {
    url: listed.entry.url,
    runId: context.runId,
    sourceId: source.id,
    // Nothing is asked conditionally that is not known: a 304 would leave us with nothing.
    ...(listed.documentId === undefined ? {} : listed.validators),
  };
  const result = await context.http.fetch(request, context.signal);
  if (result.outcome === 'fetched') return readFetched(context, source, listed, result.page);
  await settleUnread(context, listed, result);
  return 'notRead';
}

async function readFetched(
  context: JobContext,
  source: Source,
  listed: ListedEntry,
  page: Page,
): Promise<PageOutcome> {
  const goneBecause = goneInSpiteOfStatus(page, source);
  if (goneBecause !== undefined) {
    await settleUnread(context, listed, { outcome: 'gone', url: page.url, detail: goneBecause });
    return 'notRead';
  }
  const further: Further = isReadable(page)
    ? await fetchFurtherPages(context, source, page)
    : ({ outcome: 'whole', pages: [], missing: [] } satisfies Further);
  if (further.outcome === 'failed') {
    await settleUnread(context, listed, further.result);
    return 'notRead';
  }
  for (const seen of further.missing)
    await noteFinding(context, {
      code: 'PAGE_PART_MISSING',
      sourceId: source.id,
      url: listed.entry.url,
      snapshotId: page.snapshot.id,
      expected: 'every page that the article names',
      seen,
    });
  return understandPage(context, {
    source,
    listed,
    page,
    snapshot: page.snapshot,
    further: further.pages,
    ...(further.whole === undefined ? {} : { whole: further.whole }),
    readAgain: true,
  });
}

/** Editors who take a page down often send its readers elsewhere, with a good status. */
function goneInSpiteOfStatus(page: Page, source: Source): string | undefined {
  if (isFrontPage(page.finalUrl) && !isFrontPage(page.url))
    return `sent on to the front page of ${hostOf(page.finalUrl)}`;
  return isReadable(page) && saysGone(textOf(page, source))
    ? 'the page says that it is not there'
    : undefined;
}

function isFrontPage(url: string): boolean {
  return /^\/(?:(?:index|default)\.\w+)?$/i.test(URL.parse(url)?.pathname ?? '') && !url.includes('?');
}

type Unread =
  | Exclude<FetchResult, { outcome: 'fetched' | 'gone' }>
  | { readonly outcome: 'gone'; readonly url: string; readonly status?: number; readonly detail?: string };

/** Gone, refused and failed are different states, and each is told once. */
async function settleUnread(context: JobContext, listed: ListedEntry, result: Unread): Promise<void> {
  const { pageReads: reads, pageFailures: failures } = listed;
  const now = context.clock.now();
  switch (result.outcome) {
    case 'notModified':
      return settle(context, listed, { state: 'read' }, nextReading(reads, now));
    case 'gone': {
      const detail = result.detail ?? `status ${result.status}`;
      if (listed.pageState !== 'gone') await note(context, listed, 'PAGE_GONE', detail);
      return settle(context, listed, { state: 'gone', detail }, nextLook(failures, reads, now));
    }
    case 'refused': {
      const detail = `${result.reason}: ${result.detail}`;
      if (listed.pageState !== 'refused') await note(context, listed, 'PAGE_REFUSED', result.reason);
      return settle(context, listed, { state: 'refused', detail }, nextLook(failures, reads, now));
    }
    case 'failed': {
      const detail = `${result.code}: ${result.detail}`;
      await note(context, listed, 'PAGE_FAILED', result.code);
      return settle(context, listed, { state: 'failed', detail }, nextTry(failures, reads, now));
    }
  }
}

async function settle(
  context: JobContext,
  listed: ListedEntry,
  result: PageResult,
  nextPageAt: string | undefined,
): Promise<void> {
  await context.store.entries.settlePage(listed.id, {
    ...result,
    ...(nextPageAt === undefined ? {} : { nextPageAt }),
  });
}

async function note(
  context: JobContext,
  { entry, documentId }: ListedEntry,
  code: FindingCode,
  what: string,
): Promise<void> {
  await noteFinding(context, {
    code,
    sourceId: entry.sourceId,
    url: entry.url,
    ...(documentId === undefined ? {} : { documentId }),
    expected: 'a page',
    seen: `${what}: ${entry.title}`,
  });
}

/** The source's file was taken away: its pages are not asked for until it comes back. */
async function letGo(context: JobContext, listed: ListedEntry): Promise<'notRead'> {
  await context.store.entries.settlePage(listed.id, {
    state: 'refused',
    detail: `source ${listed.entry.sourceId} is not in the catalogue`,
  });
  return 'notRead';
}
