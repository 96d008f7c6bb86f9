import type { FetchResult, Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import {
  type FurtherPage,
  furtherPages,
  MAX_PAGES,
  repeatsPage,
  wholePageOf,
} from '../pipeline/extract/paging.ts';
import { decodePage } from '../text/charset.ts';
import type { JobContext } from './context.ts';

export type Further =
  | {
      readonly outcome: 'whole';
      readonly pages: readonly FurtherPage[];
      /** The view of the whole article on one page, where the source names one. */
      readonly whole?: FurtherPage;
      /** Pages that the article names and its server does not give, each with what it said. */
      readonly missing: readonly string[];
    }
  /** Not now: half an article is never read as a whole one. */
  | { readonly outcome: 'failed'; readonly result: Extract<FetchResult, { outcome: 'failed' }> };

/** Fetches the pages of an article after its first, one after the other, as long as each names further ones. */
export async function fetchFurtherPages(context: JobContext, source: Source, page: Page): Promise<Further> {
  const first = page.finalUrl;
  const text = textOf(page, source);
  const wholeUrl = wholePageOf(text, first, source.article.wholePage);
  if (wholeUrl !== undefined) {
    const request = { url: wholeUrl, runId: context.runId, sourceId: source.id };
    const result = await context.http.fetch(request, context.signal);
    if (result.outcome === 'failed') return { outcome: 'failed', result };
    if (result.outcome === 'fetched') {
      const whole = { html: textOf(result.page, source), url: result.page.finalUrl };
      return { outcome: 'whole', pages: [], whole, missing: [] };
    }
  }
  const waiting = new Map(furtherPages(text, first));
  const done = new Set<number>();
  const pages: FurtherPage[] = [];
  const missing: string[] = [];
  while (done.size + 1 < MAX_PAGES) {
    const number = [...waiting.keys()].filter((one) => !done.has(one)).sort((one, other) => one - other)[0];
    const url = number === undefined ? undefined : waiting.get(number);
    if (number === undefined || url === undefined) break;
    done.add(number);
    if (url === first) continue;
    const request = { url, runId: context.runId, sourceId: source.id };
    const result = await context.http.fetch(request, context.signal);
    if (result.outcome === 'failed') return { outcome: 'failed', result };
    if (result.outcome !== 'fetched') {
      const said = result.outcome === 'refused' ? `refused (${result.reason})` : result.outcome;
      missing.push(`page ${number} (${url}): ${said}`);
      continue;
    }
    const html = textOf(result.page, source);
    if (repeatsPage(text, html)) break;
    pages.push({ html, url: result.page.finalUrl });
    for (const [more, at] of furtherPages(html, first, result.page.finalUrl))
      if (!waiting.has(more)) waiting.set(more, at);
  }
  return { outcome: 'whole', pages, missing };
}

/** The characters of a page, read as its source says or as it says itself. */
export function textOf(page: Page, source: Source): string {
  const options = source.encoding === undefined ? {} : { override: source.encoding };
  return decodePage(page.body, page.headers, options).text;
}
