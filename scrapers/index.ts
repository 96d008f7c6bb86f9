import type { ScrapeResult } from '../model/entry.ts';
import type { HttpRequest } from '../model/page.ts';
import type { Scrape, Source, SourceKind } from '../model/source.ts';
import { addDays, dayOf } from '../text/calendar.ts';
import { readFragment, readJson } from './api.ts';
import { readFeed } from './feed.ts';
import { type ListContext, readListing } from './listing.ts';
import { readSitemap } from './sitemap.ts';

/** A fetched list, decoded. */
export interface ListPage {
  readonly text: string;
  /** Where it was in the end: links are relative to it. */
  readonly url: string;
  /** For dates without a year. */
  readonly now?: Date;
}

type Scraper<Kind extends SourceKind> = (
  text: string,
  scrape: Extract<Scrape, { kind: Kind }>,
  context: ListContext,
) => ScrapeResult;

/** Kind of place → how it is read. To add a kind: its file, its line here, its rules in model/source.ts. */
const SCRAPERS: { readonly [Kind in SourceKind]: Scraper<Kind> } = {
  feed: (text, _, context) => readFeed(text, context),
  listing: (text, { list }, context) => readListing(text, list, context),
  sitemap: (text, { linkPattern }, context) => readSitemap(text, linkPattern, context),
  api: (text, scrape, context) =>
    'json' in scrape
      ? readJson(text, scrape.json, context)
      : readFragment(text, scrape.fragment, scrape.list, context),
  browser: (text, { list }, context) => readListing(text, list, context),
};

/** Reads what a source lists. Pure; a list that shows no item at all has `seen` 0, which the job reports. */
export function scrape(source: Source, page: ListPage): ScrapeResult {
  const scraper = SCRAPERS[source.scrape.kind] as Scraper<SourceKind>;
  // An API answers at another address than the page a reader opens, and its links are meant for that page.
  const isFound = (source.request?.prime?.unit ?? source.request?.prime?.find) !== undefined;
  const shown = source.homepage ?? (isFound ? source.url : page.url);
  const url = source.scrape.kind === 'api' ? shown : page.url;
  return scraper(page.text, source.scrape, { sourceId: source.id, zone: source.zone, url, now: page.now });
}

/**
 * How to ask for a source's list. `{today}`, `{weekAgo}` and `{monthAgo}` in a form value or in the address are days
 * (YYYY-MM-DD) in the source's zone, for answers that would else reach back for years; `{year}`, `{month}` and `{day}`
 * are today's, for addresses that carry the date.
 */
export function listRequest(source: Source, now: Date): HttpRequest {
  const rules = source.request ?? {};
  const form = new URLSearchParams(
    Object.entries(rules.form ?? {}).flatMap(([key, value]) =>
      [value].flat().map((one) => [key, withDays(one, source.zone, now)] as [string, string]),
    ),
  );
  const request = { sourceId: source.id, ...(rules.headers && { headers: rules.headers }) };
  if (rules.method !== 'POST') {
    const address = withDays(source.url, source.zone, now);
    const url = new URL(address);
    for (const [key, value] of form) url.searchParams.append(key, value);
    return { ...request, url: form.size === 0 ? address : url.href };
  }
  const isJson = rules.json !== undefined;
  return {
    ...request,
    url: withDays(source.url, source.zone, now),
    method: 'POST',
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      ...rules.headers,
    },
    body: isJson ? JSON.stringify(rules.json) : form.toString(),
  };
}

const DAYS_AGO: Readonly<Record<string, number>> = { today: 0, weekAgo: 7, monthAgo: 30 };
const DATE_PARTS: Readonly<Record<string, number>> = { year: 0, month: 1, day: 2 };

function withDays(value: string, zone: string, now: Date): string {
  const today = dayOf(now, zone);
  return value
    .replace(/\{(today|weekAgo|monthAgo)\}/g, (_, name: string) => addDays(today, -(DAYS_AGO[name] ?? 0)))
    .replace(/\{(year|month|day)\}/g, (_, name: string) => today.split('-')[DATE_PARTS[name] ?? 0] ?? '');
}
