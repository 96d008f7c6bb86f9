import type { Entry, ScrapeResult } from '../model/entry.ts';
import { foldSpace, parseXml } from '../text/html.ts';
import { dateInUrl, readListDate } from '../text/list-dates.ts';
import { absoluteUrl } from '../text/urls.ts';
import type { ListContext } from './listing.ts';

/** A sitemap may name 50,000 pages; only the newest can be news. */
const MAX_ENTRIES = 500;

/**
 * Reads the addresses of a sitemap, newest first. Where the news extension gives no title, the last part of the address
 * stands in for it until the page is read. An index of sitemaps is one dropped item that says so.
 */
export function readSitemap(
  text: string,
  linkPattern: string | undefined,
  context: ListContext,
): ScrapeResult {
  const $ = parseXml(text);
  if ($('sitemapindex').length > 0)
    return {
      entries: [],
      dropped: [{ reason: 'an index of sitemaps: name one of them', text: $('loc').first().text() }],
      seen: 1,
    };
  const pattern = linkPattern === undefined ? undefined : new RegExp(linkPattern, 'u');
  const entries: Entry[] = [];
  const dropped: { reason: string; text: string }[] = [];
  for (const node of $('urlset > url').toArray()) {
    const item = $(node);
    const loc = item.children('loc').first().text();
    const url = absoluteUrl(loc, context.url);
    if (url === undefined) {
      dropped.push({ reason: `no address in ${loc}`, text: foldSpace(item.text()).slice(0, 200) });
      continue;
    }
    if (pattern?.test(url) === false) continue;
    const news = (name: string) => foldSpace(item.find(`news\\:${name}`).first().text());
    const dateText = news('publication_date') || foldSpace(item.children('lastmod').first().text());
    const published =
      readListDate(dateText, context.zone, 'list', context.now) ?? dateInUrl(url, context.zone);
    entries.push({
      sourceId: context.sourceId,
      url,
      title: news('title') || titleOf(url),
      ...(published && { published }),
      ...(dateText !== '' && { dateText }),
    });
  }
  const newest = entries.sort((left, right) => at(right).localeCompare(at(left))).slice(0, MAX_ENTRIES);
  return { entries: newest, dropped, seen: newest.length + dropped.length };
}

function at(entry: Entry): string {
  return entry.published?.at ?? '';
}

/** `…/news/a-new-plan.html` → `a new plan`. */
function titleOf(url: string): string {
  const part = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
  return foldSpace(decoded(part.replace(/\.\w{2,5}$/, '')).replace(/[-_+]+/g, ' ')) || url;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
