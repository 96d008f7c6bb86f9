import type { FetchResult, HttpRequest } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { listRequest } from '../scrapers/index.ts';
import { primedRequest, primeRequest } from '../scrapers/prime.ts';
import { decodePage } from '../text/charset.ts';
import type { JobContext } from './context.ts';

/** What the request carries besides what the source says: run, validators. */
export type ListExtras = Pick<HttpRequest, 'runId' | 'etag' | 'lastModified'>;

/** Asks for a source's list; where the source names a page to fetch before it, for that page first. */
export async function fetchList(
  context: Pick<JobContext, 'http' | 'browser' | 'clock' | 'signal'>,
  source: Source,
  extras: ListExtras,
): Promise<FetchResult> {
  const now = context.clock.now();
  let request: HttpRequest | undefined = listRequest(source, now);
  const prime = primeRequest(source);
  if (prime !== undefined) {
    const { runId } = extras;
    const first = await context.http.fetch({ ...prime, ...(runId && { runId }) }, context.signal);
    if (first.outcome !== 'fetched') return first;
    const { text } = decodePage(first.page.body, first.page.headers, {});
    request = primedRequest(source, { text, url: first.page.finalUrl }, now);
    if (request === undefined)
      return {
        outcome: 'failed',
        url: prime.url,
        code: 'LIST_ADDRESS_UNKNOWN',
        detail: `${prime.url} does not tell where the list is`,
      };
  }
  const whole = { ...request, ...extras };
  return source.scrape.kind === 'browser'
    ? context.browser.fetch({ ...whole, waitFor: source.scrape.waitFor }, context.signal)
    : context.http.fetch(whole, context.signal);
}
