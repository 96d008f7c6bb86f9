import type { Entry, ScrapeResult } from '../model/entry.ts';
import type { JsonRules, ListRules, Selector } from '../model/source.ts';
import { foldSpace, parseHtml } from '../text/html.ts';
import { dateInUrl, readListDate } from '../text/list-dates.ts';
import { absoluteUrl } from '../text/urls.ts';
import { jsonAt, parseJsonAnswer } from './json-path.ts';
import { type ListContext, readListing } from './listing.ts';

/** Reads the items of a JSON answer. An answer without the array of items shows nothing: `seen` is 0. */
export function readJson(text: string, rules: JsonRules, context: ListContext): ScrapeResult {
  const answer = parseJsonAnswer(text);
  if (answer === undefined) return unreadable('the answer is not JSON', text);
  const items = jsonAt(answer, rules.items);
  if (!Array.isArray(items)) return { entries: [], dropped: [], seen: 0 };
  const pattern = rules.linkPattern === undefined ? undefined : new RegExp(rules.linkPattern, 'u');
  const entries: Entry[] = [];
  const dropped: { reason: string; text: string }[] = [];
  for (const item of items) {
    const entry = readItem(item, rules, context);
    if (typeof entry === 'object' && pattern?.test(entry.url) === false) continue;
    if (typeof entry === 'string') dropped.push({ reason: entry, text: JSON.stringify(item).slice(0, 200) });
    else entries.push(entry);
  }
  return { entries, dropped, seen: entries.length + dropped.length };
}

/**
 * Reads a list out of an answer that wraps HTML: `where` is a JSON path (`data.html`) or `xml:<element>`, whose
 * contents, usually CDATA, are put together in order.
 */
export function readFragment(
  text: string,
  where: string,
  list: ListRules,
  context: ListContext,
): ScrapeResult {
  if (where.startsWith('xml:')) {
    const name = where.slice(4);
    // A page that carries the answer may write it with entities.
    const plain = text.includes(`<${name}>`) ? text : unescaped(text);
    return readListing(xmlContents(plain, name), list, context);
  }
  const answer = parseJsonAnswer(text);
  if (answer === undefined) return unreadable('the answer is not JSON', text);
  const fragment = jsonAt(answer, where);
  if (typeof fragment !== 'string') return { entries: [], dropped: [], seen: 0 };
  return readListing(fragment, list, context);
}

function readItem(item: unknown, rules: JsonRules, context: ListContext): Entry | string {
  const title = plainAt(item, rules.title);
  if (title === '') return 'no title';
  const link = textAt(item, rules.link);
  if (link === '') return 'no link';
  const url = absoluteUrl(link, context.url);
  if (url === undefined) return `no address in ${link}`;
  const dateText = rules.date === undefined ? '' : textAt(item, rules.date);
  const published =
    readListDate(dateText, context.zone, 'list', context.now) ?? dateInLink(rules, url, context);
  const summary = rules.summary === undefined ? '' : plainAt(item, rules.summary);
  const issuer = rules.issuer === undefined ? '' : plainAt(item, rules.issuer);
  const guid = rules.guid === undefined ? '' : textAt(item, rules.guid);
  const bodyHtml = rules.body === undefined ? '' : textAt(item, rules.body);
  return {
    sourceId: context.sourceId,
    url,
    title,
    ...(published && { published }),
    ...(dateText !== '' && { dateText }),
    ...(summary !== '' && { summary }),
    ...(bodyHtml !== '' && { bodyHtml }),
    ...(issuer !== '' && { issuer }),
    ...(guid !== '' && { guid }),
  };
}

function dateInLink(rules: JsonRules, url: string, context: ListContext) {
  return rules.date === undefined ? dateInUrl(url, context.zone) : undefined;
}

/** The first value that says something: a text, a number, or a list of them. */
function textAt(item: unknown, paths: Selector): string {
  for (const path of paths) {
    const value = jsonAt(item, path);
    const text = (Array.isArray(value) ? value : [value]).filter(isScalar).join('、').trim();
    if (text !== '') return text;
  }
  return '';
}

/** Without the mark-up that search answers put into titles (`<em>`). */
function plainAt(item: unknown, paths: Selector): string {
  const text = textAt(item, paths);
  return foldSpace(/[<&]/.test(text) ? parseHtml(text).root().text() : text);
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** What stands in each `<name>` element, in one HTML text. Read by position: the answer may itself lie in a page. */
function xmlContents(text: string, name: string): string {
  const parts: string[] = [];
  let from = text.indexOf(`<${name}>`);
  while (from >= 0) {
    const start = from + name.length + 2;
    const end = text.indexOf(`</${name}>`, start);
    if (end < 0) break;
    parts.push(withoutCdata(text.slice(start, end).trim()));
    from = text.indexOf(`<${name}>`, end);
  }
  const html = parts.join('\n');
  // Rows outside of a table are thrown away by the HTML parser.
  return html.startsWith('<tr') ? `<table>${html}</table>` : html;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function withoutCdata(text: string): string {
  return text.startsWith('<![CDATA[') && text.endsWith(']]>') ? text.slice(9, -3) : text;
}

function unreadable(reason: string, text: string): ScrapeResult {
  return { entries: [], dropped: [{ reason, text: text.slice(0, 200) }], seen: 1 };
}
