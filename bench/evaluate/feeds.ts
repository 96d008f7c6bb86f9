import type { SourceId } from '../../model/ids.ts';
import { readFeed } from '../../scrapers/feed.ts';
import { type FeedDocument, type FeedText, parseFeed } from '../../scrapers/feed-document.ts';
import { parseHtml } from '../../text/html.ts';
import { type CorpusPage, type Evaluation, readManifest, readPageText, share } from './corpus.ts';

/** Where the public test harness serves its files: relative links without a base are relative to this. */
const SERVED_AT = 'http://127.0.0.1:8097/';

interface Check {
  readonly path: readonly (string | number)[];
  readonly equals?: unknown;
  readonly length?: number;
  readonly truthy?: boolean;
  readonly falsy?: boolean;
}

/** Why checks are not counted, by what they ask for; they are counted apart. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/^bozo$/, 'bozo: we read ill-formed feeds too and keep no mark of it'],
  [
    /^feed\.(?!title(?:_detail)?(?:\.|$)|link$|language$)/,
    'feed: of the feed itself only title, link and language are read',
  ],
  [/^entries\.\d+\.(?:links|enclosures)\b/, 'links: of all links only the one to the page is read'],
  [
    /^entries\.\d+\.(?:source|contributors|rights|rights_detail|tags|category|comments|publisher\w*|expired\w*|created\w*|wfw_\w+|thr_\S+|madeup_element|authors)\b/,
    'entry: source, contributors, rights, tags, comments, expiry and extensions are not read',
  ],
  [/^entries\.\d+\.author_detail\.(?!name$)/, 'author: only the name is read'],
  [/^entries\.\d+\.(?:license|content\.\d+\.src)\b/, 'entry: licences and contents elsewhere are not read'],
  [/^(?:modified|etag|headers|encoding|href|status|namespaces)/, 'http: of the response, not of the feed'],
];

/** Reads every feed; holds what we read against the checks of the public parsers that made the files. */
export async function evaluateFeeds(dir: string): Promise<Evaluation> {
  const pages = await readManifest(dir);
  const leftOut = new Map<string, number>();
  const notes: string[] = [];
  let crashes = 0;
  const tally = { checks: 0, checksPassed: 0, itemChecks: 0, itemChecksPassed: 0 };
  for (const page of pages) {
    const text = await readPageText(dir, page);
    let feed: FeedDocument | undefined;
    try {
      feed = parseFeed(text, page.url ?? SERVED_AT, 'UTC');
      readFeed(text, { sourceId: 'evaluation' as SourceId, zone: 'UTC', url: page.url ?? SERVED_AT });
    } catch (error) {
      crashes += 1;
      notes.push(`${page.id}: crash: ${String(error)}`);
    }
    const view = feed && viewOf(feed);
    for (const check of checksOf(page)) {
      const reason = leftOutReason(page, text, check);
      if (reason !== undefined) {
        leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
        continue;
      }
      tally.checks += 1;
      if (holds(page, view, check, notes)) tally.checksPassed += 1;
    }
    for (const check of itemChecksOf(page)) {
      tally.itemChecks += 1;
      if (holds(page, view, check, notes)) tally.itemChecksPassed += 1;
    }
  }
  for (const [reason, count] of leftOut) notes.push(`left out, ${count}: ${reason}`);
  const checksLeftOut = [...leftOut.values()].reduce((sum, count) => sum + count, 0);
  const checksShare = share(tally.checksPassed, tally.checks);
  return { set: 'feeds', n: pages.length, figures: { crashes, ...tally, checksShare, checksLeftOut }, notes };
}

function holds(page: CorpusPage, view: unknown, check: Check, notes: string[]): boolean {
  const value = valueAt(view, check.path);
  if (passes(value, check)) return true;
  notes.push(
    `${page.id}: ${check.path.join('.')} is ${brief(value)}, expected ${brief(check.equals ?? check)}`,
  );
  return false;
}

function checksOf(page: CorpusPage): readonly Check[] {
  const stated = (page.expected?.checks ?? []) as readonly Check[];
  const count = page.expected?.itemCount;
  return [...stated, ...(typeof count === 'number' ? [{ path: ['entries'], length: count }] : [])];
}

/**
 * Title, link and time of the first items of whole feeds, from the expected output of another parser; titles that it
 * read in the wrong charset (U+FFFD) are left out.
 */
function itemChecksOf(page: CorpusPage): readonly Check[] {
  const items = (page.expected?.items ?? []) as readonly {
    title?: string;
    link?: string;
    isoDate?: string;
  }[];
  return [
    ...items.flatMap((item, index) => [
      ...(item.title === undefined || item.title.includes('\uFFFD')
        ? []
        : [{ path: ['entries', index, 'title_plain'], equals: plainText(item.title) }]),
      ...(item.link === undefined ? [] : [{ path: ['entries', index, 'link'], equals: item.link }]),
      ...(item.isoDate === undefined
        ? []
        : [{ path: ['entries', index, 'time'], equals: item.isoDate.slice(0, 19) }]),
    ]),
  ];
}

function leftOutReason(page: CorpusPage, text: string, check: Check): string | undefined {
  const path = check.path.join('.');
  if (page.file.includes('-cdf/') || /<channel[^>]*\s(?:href|base)=/i.test(text))
    return 'cdf: the Channel Definition Format of 1997 is not read';
  if (/^Header:\s*Content-(?:Location|Language)/im.test(text))
    return 'header: the answer hangs on an HTTP header that the file only describes';
  if (/<!ENTITY/.test(text)) return 'dtd: entities of a document type are not expanded, on purpose';
  if (/^<(?:svg|math)/.test(String(check.equals))) return 'drawing: SVG and MathML are not kept in a text';
  if (check.path.at(-1) === 'author' && /@/.test(String(check.equals)))
    return 'author: a mail address is not kept with the name';
  return LEFT_OUT.find(([form]) => form.test(path))?.[1];
}

/** Our feed under the names of the checks. */
function viewOf(feed: FeedDocument): unknown {
  const version = { rss: 'rss', rdf: 'rss', atom: 'atom', json: 'json' }[feed.format];
  return {
    version,
    feed: {
      title: feed.title?.value,
      title_detail: detail(feed.title),
      link: feed.link,
      language: feed.lang,
    },
    entries: feed.items.map((item) => ({
      title: item.title?.value,
      title_plain: plainText(item.title?.value ?? ''),
      title_detail: detail(item.title),
      link: item.link,
      id: item.guid,
      guid: item.guid,
      summary: item.summary?.value ?? item.content?.value,
      summary_detail: detail(item.summary ?? item.content),
      description: item.summary?.value ?? item.content?.value,
      content: item.content === undefined ? [] : [{ value: item.content.value, ...detail(item.content) }],
      author: item.author,
      author_detail: { name: item.author },
      language: item.lang,
      published: item.publishedText,
      published_parsed: parsedTime(item.published?.at),
      time: (item.published ?? item.updated)?.at.slice(0, 19),
      updated: item.updatedText,
      updated_parsed: parsedTime(item.updated?.at),
    })),
  };
}

function detail(text: FeedText | undefined) {
  if (text === undefined) return undefined;
  return {
    value: text.value,
    type: text.type === 'html' ? 'text/html' : 'text/plain',
    base: text.base,
    language: text.lang ?? null,
  };
}

function valueAt(view: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], view);
}

function passes(value: unknown, check: Check): boolean {
  if (check.length !== undefined) return Array.isArray(value) && value.length === check.length;
  if (check.truthy === true) return Boolean(value);
  if (check.falsy === true) return !value;
  if (check.path[0] === 'version') return String(check.equals).startsWith(String(value));
  if (Array.isArray(check.equals)) return JSON.stringify(value) === JSON.stringify(check.equals.slice(0, 6));
  if (check.path.at(-1) === 'type') return isSameType(value, check.equals);
  if (check.path.at(-1) === 'link')
    return URL.parse(String(value))?.href === URL.parse(String(check.equals))?.href;
  if (typeof value === 'string' && typeof check.equals === 'string') return isSameMarkup(value, check.equals);
  return (value ?? null) === check.equals;
}

/** Equal as text, or as HTML whatever the order of attributes and the way characters are written. */
function isSameMarkup(value: string, expected: string): boolean {
  return value === expected || canonicalMarkup(value) === canonicalMarkup(expected);
}

function canonicalMarkup(html: string): string {
  const $ = parseHtml(html);
  for (const node of $('body *').toArray()) {
    const kept = Object.entries($(node).attr() ?? {}).filter(([name]) => !name.startsWith('xmlns'));
    for (const name of Object.keys($(node).attr() ?? {})) $(node).removeAttr(name);
    for (const [name, text] of kept.sort()) $(node).attr(name, URL.parse(text)?.href ?? text);
  }
  return $('body').html() ?? '';
}

/** For us text is either plain or HTML; XHTML is HTML. */
function isSameType(value: unknown, expected: unknown): boolean {
  const isHtml = (type: unknown) => /html|xml/.test(String(type));
  return value !== undefined && isHtml(value) === isHtml(expected);
}

/** Six numbers of a UTC time: year, month, day, hour, minute, second. */
function parsedTime(at: string | undefined): readonly number[] | undefined {
  return at?.match(/\d+/g)?.slice(0, 6).map(Number);
}

function plainText(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
