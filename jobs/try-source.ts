import type { ScrapeResult } from '../model/entry.ts';
import type { FetchResult, Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { scrape } from '../scrapers/index.ts';
import { decodePage } from '../text/charset.ts';
import type { JobContext } from './context.ts';
import { fetchList } from './fetch-list.ts';

/** What a look at a site needs; nothing is stored but the fetched pages. */
export type LookTools = Pick<JobContext, 'http' | 'browser' | 'clock' | 'signal'>;

/** What reading a source gave, or why it gave nothing. */
export type TryOutcome =
  | { readonly outcome: 'read'; readonly page: Page; readonly result: ScrapeResult }
  | { readonly outcome: 'failed'; readonly detail: string };

/** Fetches a declared source's list and reads it, keeping nothing but the evidence. */
export async function trySource(tools: LookTools, source: Source): Promise<TryOutcome> {
  const fetched = await fetchList(tools, source, {});
  if (fetched.outcome !== 'fetched') return { outcome: 'failed', detail: whyNot(fetched) };
  const { page } = fetched;
  return { outcome: 'read', page, result: readPage(source, page, tools.clock.now()) };
}

/** Reads a fetched list as the source says. */
export function readPage(source: Source, page: Page, now: Date): ScrapeResult {
  const { text } = decodePage(
    page.body,
    page.headers,
    source.encoding === undefined ? {} : { override: source.encoding },
  );
  return scrape(source, { text, url: page.finalUrl, now });
}

/** Why an answer holds no page, for a person. */
export function whyNot(result: Exclude<FetchResult, { outcome: 'fetched' }>): string {
  switch (result.outcome) {
    case 'notModified':
      return `${result.url}: not modified`;
    case 'gone':
      return `${result.url}: gone (status ${result.status})`;
    case 'refused':
      return `${result.url}: refused (${result.reason}): ${result.detail}`;
    case 'failed':
      return `${result.url}: ${result.code}: ${result.detail}`;
  }
}
