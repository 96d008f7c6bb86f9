import { foldSpace, parseHtml, parseXml } from '../text/html.ts';
import { readListDate } from '../text/list-dates.ts';
import { absoluteUrl } from '../text/urls.ts';
import type { FeedDocument, FeedItem, FeedText } from './feed-document.ts';
import {
  baseOf,
  childrenOf,
  formatOf,
  isTag,
  languageOf,
  nameOf,
  plainOf,
  prefixesOf,
  type Reader,
  type Tag,
} from './feed-tree.ts';

// Own reading over the tolerant XML parser: of the 595 public feed tests, feedsmith refused 73 valid files (elements
// without a title, naked channels), and it knows neither base64 nor inherited xml:base and xml:lang.

const HTML_TYPE = /html|xml/i;

/** Reads RSS, RDF and Atom out of XML, well-formed or not; undefined when the root is none of them. */
export function readXmlFeed(xml: string, url: string, zone: string): FeedDocument | undefined {
  const $ = parseXml(xml);
  const root = $.root().children().toArray().find(isTag);
  const format = root && formatOf(root);
  if (root === undefined || format === undefined) return undefined;
  const reader: Reader = { $, format, prefixes: prefixesOf($), url, zone };
  const channel = format === 'atom' ? root : (childrenOf(reader, root, 'channel')[0] ?? root);
  const names = format === 'atom' ? ['entry'] : ['item'];
  const items = [
    ...childrenOf(reader, channel, ...names),
    ...(channel === root ? [] : childrenOf(reader, root, ...names)),
  ];
  const title = textOf(reader, childrenOf(reader, channel, 'title', 'dc:title')[0]);
  const link = linkOf(reader, channel);
  const lang = languageOf(channel) ?? plainOf(reader, channel, 'language', 'dc:language');
  return {
    format,
    ...(title && { title }),
    ...(link !== undefined && { link }),
    ...(lang && { lang }),
    items: items.map((item) => readItem(reader, item, lang)),
  };
}

function readItem(reader: Reader, item: Tag, feedLang: string | undefined): FeedItem {
  const title = textOf(reader, childrenOf(reader, item, 'title', 'dc:title')[0]);
  const guid = guidOf(reader, item);
  const link = linkOf(reader, item) ?? guid?.link;
  const [summaryTag] = childrenOf(reader, item, 'description', 'summary', 'dc:description', 'abstract');
  const [contentTag] = childrenOf(
    reader,
    item,
    'content:encoded',
    'content',
    'xhtml:body',
    'body',
    'fullitem',
  );
  const summary = textOf(reader, summaryTag);
  const content = textOf(reader, contentTag);
  const publishedText = plainOf(
    reader,
    item,
    'published',
    'pubDate',
    'issued',
    'dcterms:issued',
    'dc:date',
    'dcterms:created',
    'created',
  );
  const updatedText = plainOf(
    reader,
    item,
    'updated',
    'modified',
    'dcterms:modified',
    'dc:date',
    'lastModified',
  );
  const published = readListDate(publishedText, reader.zone, 'list');
  const updated = readListDate(updatedText, reader.zone, 'list');
  const author = authorOf(reader, item);
  const lang = plainOf(reader, item, 'dc:language', 'language') || (languageOf(item) ?? feedLang);
  return {
    ...(title && { title }),
    ...(link !== undefined && { link }),
    ...(guid && { guid: guid.value }),
    ...(summary && { summary }),
    ...(content && { content }),
    ...(publishedText && { publishedText }),
    ...(published && { published }),
    ...(updatedText && { updatedText }),
    ...(updated && { updated }),
    ...(author && { author }),
    ...(lang && { lang }),
  };
}

/** Atom: the alternate link, whatever stands before it. RSS: the element's text. An enclosure is never the link. */
function linkOf(reader: Reader, parent: Tag): string | undefined {
  const links = childrenOf(reader, parent, 'link');
  const alternate = [...links, ...childrenOf(reader, parent, 'atom:link')]
    .filter((tag) => (tag.attribs.rel ?? 'alternate') === 'alternate')
    .map((tag) => addressOf(reader, tag))
    .find((address) => address !== undefined);
  if (alternate !== undefined) return alternate;
  const source = childrenOf(reader, parent, 'content').find((tag) => tag.attribs.src !== undefined);
  return source && absoluteUrl(source.attribs.src ?? '', baseOf(reader, source));
}

function addressOf(reader: Reader, tag: Tag): string | undefined {
  return absoluteUrl(tag.attribs.href ?? reader.$(tag).text(), baseOf(reader, tag));
}

/** `guid` is an address unless it says otherwise; `id` of Atom names, but is one when nothing else is. */
function guidOf(reader: Reader, item: Tag): { value: string; link?: string } | undefined {
  const [tag] = childrenOf(reader, item, 'guid', 'id', 'dc:identifier');
  const value = tag === undefined ? (item.attribs['rdf:about'] ?? '').trim() : reader.$(tag).text().trim();
  if (value === '') return undefined;
  const isAddress = /^https?:\/\//i.test(value);
  const isPermalink = tag?.attribs.isPermaLink?.toLowerCase() !== 'false';
  const isRelative = tag !== undefined && isPermalink && value.startsWith('/');
  const link =
    isPermalink && (isAddress || isRelative) ? absoluteUrl(value, baseOf(reader, tag ?? item)) : undefined;
  return { value: isRelative ? (link ?? value) : value, ...(link !== undefined && { link }) };
}

/** `Name`, of `me@example.com (Name)`, `Name <me@example.com>` or an Atom person. */
function authorOf(reader: Reader, item: Tag): string {
  const [tag] = childrenOf(reader, item, 'author', 'dc:creator', 'dc:author', 'creator', 'managingEditor');
  if (tag === undefined) return '';
  const name = plainOf(reader, tag, 'name');
  if (name !== '') return name;
  const text = foldSpace(reader.$(tag).text());
  const inBrackets = /^\S+@\S+ \((.+)\)$/.exec(text);
  return inBrackets?.[1] ?? (text.replace(/\s*[<(]?[^\s<(]+@[^\s>)]+[>)]?\s*/g, ' ').trim() || text);
}

function textOf(reader: Reader, tag: Tag | undefined): FeedText | undefined {
  if (tag === undefined) return undefined;
  const { value, type } = contentOf(reader, tag);
  if (value === '') return undefined;
  const base = baseOf(reader, tag);
  const lang = languageOf(tag);
  return {
    value: type === 'html' ? withAbsoluteLinks(value, base) : value,
    type,
    base,
    ...(lang && { lang }),
  };
}

function contentOf(reader: Reader, tag: Tag): { value: string; type: FeedText['type'] } {
  const element = reader.$(tag);
  const declared = tag.attribs.type ?? '';
  if (tag.attribs.mode === 'base64' || isBase64(reader, tag, declared)) {
    const value = Buffer.from(element.text(), 'base64').toString('utf8').trim();
    return { value, type: HTML_TYPE.test(declared) || /<\w+[\s>]/.test(value) ? 'html' : 'text' };
  }
  const inner = element.children();
  // TypePad wrapped escaped HTML in a div.
  if (declared === 'html' && inner.length === 1 && inner.is('div') && inner.children().length === 0)
    return { value: inner.text().trim(), type: 'html' };
  if (declared === 'xhtml' && inner.length > 0)
    return { value: (inner.first().html() ?? '').trim(), type: 'html' };
  // Mark-up as elements instead of escaped text.
  if (inner.length > 0) return { value: (element.html() ?? '').trim(), type: 'html' };
  const value = element.text().trim();
  if (reader.format === 'atom' && isAtom(reader, tag))
    return { value, type: HTML_TYPE.test(declared) ? 'html' : 'text' };
  return { value, type: /[<&]/.test(value) ? 'html' : 'text' };
}

/** Atom 1.0: content of a binary media type is base64. */
function isBase64(reader: Reader, tag: Tag, type: string): boolean {
  return reader.format === 'atom' &&
    type.includes('/') &&
    !/^text\/|[+/]xml$/i.test(type) &&
    isAtom(reader, tag)
    ? tag.attribs.mode === undefined
    : false;
}

function isAtom(reader: Reader, tag: Tag): boolean {
  return !nameOf(reader, tag).includes(':');
}

function withAbsoluteLinks(html: string, base: string): string {
  if (!/\s(?:href|src)\s*=/i.test(html)) return html;
  const $ = parseHtml(html);
  let changed = false;
  for (const name of ['href', 'src']) {
    for (const node of $(`[${name}]`).toArray()) {
      const value = $(node).attr(name) ?? '';
      const absolute = /^[a-z][a-z\d+.-]*:|^#/i.test(value) ? undefined : absoluteUrl(value, base);
      if (absolute === undefined) continue;
      $(node).attr(name, absolute);
      changed = true;
    }
  }
  return changed ? ($('body').html() ?? html) : html;
}
