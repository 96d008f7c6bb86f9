import type { Entry, ScrapeResult } from '../model/entry.ts';
import { foldSpace, parseHtml } from '../text/html.ts';
import { type FeedItem, type FeedText, parseFeed } from './feed-document.ts';
import type { ListContext } from './listing.ts';

/** Reads the items of a feed of any format. What is no feed at all is one dropped item that says so. */
export function readFeed(text: string, context: ListContext): ScrapeResult {
  const feed = parseFeed(text, context.url, context.zone);
  if (feed === undefined)
    return {
      entries: [],
      dropped: [{ reason: 'the answer is not a feed', text: text.slice(0, 200) }],
      seen: 1,
    };
  const entries: Entry[] = [];
  const dropped: { reason: string; text: string }[] = [];
  for (const item of feed.items) {
    const entry = toEntry(item, context);
    if (typeof entry === 'string')
      dropped.push({
        reason: entry,
        text: plain(item.title) || item.link || plain(item.summary).slice(0, 200),
      });
    else entries.push(entry);
  }
  return { entries, dropped, seen: feed.items.length };
}

function toEntry(item: FeedItem, context: ListContext): Entry | string {
  const title = plain(item.title);
  if (title === '') return 'no title';
  if (item.link === undefined) return 'no link';
  // A feed that only says when an item changed (GOV.UK) dates it by that.
  const published = item.published ?? item.updated;
  const dateText = item.publishedText ?? item.updatedText;
  const summary = plain(item.summary);
  return {
    sourceId: context.sourceId,
    url: item.link,
    title,
    ...(published && { published }),
    ...(dateText !== undefined && { dateText }),
    ...(summary !== '' && { summary }),
    ...(item.content && { bodyHtml: asHtml(item.content) }),
    ...(item.author !== undefined && { author: item.author }),
    ...(item.guid !== undefined && { guid: item.guid }),
    ...(item.lang !== undefined && { lang: item.lang }),
  };
}

function plain(text: FeedText | undefined): string {
  if (text === undefined) return '';
  return foldSpace(text.type === 'html' ? parseHtml(text.value).root().text() : text.value);
}

function asHtml(text: FeedText): string {
  if (text.type === 'html') return text.value;
  const $ = parseHtml('<p></p>');
  return $('p').text(text.value).parent().html() ?? '';
}
