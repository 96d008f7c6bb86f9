import { readListDate } from '../text/list-dates.ts';
import { absoluteUrl } from '../text/urls.ts';
import type { FeedDocument, FeedItem, FeedText } from './feed-document.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads JSON Feed 1.0 and 1.1; undefined for JSON of another kind. */
export function readJsonFeed(value: unknown, url: string, zone: string): FeedDocument | undefined {
  if (!isObject(value) || !textOf(value, 'version').includes('jsonfeed.org') || !Array.isArray(value.items))
    return undefined;
  const lang = textOf(value, 'language');
  const link = absoluteUrl(textOf(value, 'home_page_url'), url);
  const title = textOf(value, 'title');
  return {
    format: 'json',
    ...(title !== '' && { title: { value: title, type: 'text' as const, base: url } }),
    ...(link !== undefined && { link }),
    ...(lang !== '' && { lang }),
    items: value.items.filter(isObject).map((item) => readItem(item, value, url, zone)),
  };
}

function readItem(item: Fields, feed: Fields, url: string, zone: string): FeedItem {
  const lang = textOf(item, 'language') || textOf(feed, 'language');
  const text = (value: string, type: FeedText['type']): FeedText => ({
    value,
    type,
    base: url,
    ...(lang && { lang }),
  });
  const link = absoluteUrl(textOf(item, 'url') || textOf(item, 'external_url'), url);
  const publishedText = textOf(item, 'date_published');
  const updatedText = textOf(item, 'date_modified');
  const published = readListDate(publishedText, zone, 'list');
  const updated = readListDate(updatedText, zone, 'list');
  const author = authorOf(item) || authorOf(feed);
  const html = textOf(item, 'content_html');
  const plain = textOf(item, 'content_text');
  return {
    ...(textOf(item, 'title') && { title: text(textOf(item, 'title'), 'text') }),
    ...(link !== undefined && { link }),
    ...(textOf(item, 'id') && { guid: textOf(item, 'id') }),
    ...(textOf(item, 'summary') && { summary: text(textOf(item, 'summary'), 'text') }),
    ...((html || plain) && { content: html ? text(html, 'html') : text(plain, 'text') }),
    ...(publishedText && { publishedText }),
    ...(published && { published }),
    ...(updatedText && { updatedText }),
    ...(updated && { updated }),
    ...(author && { author }),
    ...(lang && { lang }),
  };
}

function authorOf(item: Fields): string {
  const list = item.authors;
  const first = Array.isArray(list) ? list[0] : item.author;
  return isObject(first) ? textOf(first, 'name') : '';
}

function textOf(item: Fields, key: string): string {
  const value = item[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
