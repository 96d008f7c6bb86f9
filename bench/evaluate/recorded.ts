import { fileURLToPath } from 'node:url';
import { readSources } from '../../catalogue/sources.ts';
import type { Entry, ScrapeResult } from '../../model/entry.ts';
import type { SourceId } from '../../model/ids.ts';
import type { Source } from '../../model/source.ts';
import { readFragment, readJson } from '../../scrapers/api.ts';
import { readFeed } from '../../scrapers/feed.ts';
import { findList } from '../../scrapers/find-list.ts';
import { scrape } from '../../scrapers/index.ts';
import { type ListContext, readListing } from '../../scrapers/listing.ts';
import { readListDate } from '../../text/list-dates.ts';
import { type CorpusPage, type Evaluation, readManifest, readPageText, share } from './corpus.ts';

interface ExpectedItem {
  readonly title: string;
  readonly url?: string;
  readonly href?: string;
  readonly link?: string;
  readonly date?: string;
}

interface Reading {
  readonly how: string;
  readonly result: ScrapeResult;
}

/** Kinds whose rows are lists, feeds and answers; the others are single pages and belong to extraction. */
const LISTS = new Set(['html-list', 'js-rendered-list', 'feed', 'json-api', 'hanweb-dataproxy-xml']);
const ZONES: Readonly<Record<string, string>> = { zh: 'Asia/Shanghai', ja: 'Asia/Tokyo', en: 'UTC' };
const HANWEB = { item: 'li', title: ['a'], link: ['a'], date: ['b', 'span'] };
const FEDERAL_REGISTER = {
  items: 'results',
  title: ['title'],
  link: ['html_url'],
  date: ['publication_date'],
};

/**
 * Reads recorded lists, feeds and answers with our own source where its address fits, else as a stranger would:
 * by kind, and pages by finding their list. Items are matched by address, then title.
 */
export async function evaluateRecorded(dir: string): Promise<Evaluation> {
  const sources = await readSources(fileURLToPath(new URL('../../sources', import.meta.url)));
  const pages = (await readManifest(dir)).filter(
    (page) => LISTS.has(page.kind ?? '') && Array.isArray(page.expected?.items),
  );
  const tally = { expected: 0, found: 0, dated: 0, datesExpected: 0, read: 0, invented: 0, failures: 0 };
  const notes: string[] = [];
  for (const page of pages) {
    const expected = page.expected?.items as readonly ExpectedItem[];
    const text = await readPageText(dir, page);
    const context = contextOf(page);
    let reading: Reading;
    try {
      reading = read(page, text, context, sources);
    } catch (error) {
      tally.failures += 1;
      notes.push(`${page.id}: crash: ${String(error)}`);
      continue;
    }
    const { entries } = reading.result;
    const matches = expected.map((item) => ({
      item,
      entry: entries.find((entry) => isSame(entry, item, context.url)),
    }));
    const found = matches.filter(({ entry }) => entry !== undefined);
    const stated = page.expected?.itemCount;
    // Some rows state only their first items and how many there are in all.
    const unstated = typeof stated === 'number' ? Math.max(stated - expected.length, 0) : 0;
    const invented = Math.max(entries.length - found.length - unstated, 0);
    const dates = matches.filter(({ item }) => item.date !== undefined);
    const right = dates.filter(({ item, entry }) => isSameDay(item.date ?? '', entry, context.zone));
    tally.expected += expected.length;
    tally.found += found.length;
    tally.datesExpected += dates.length;
    tally.dated += right.length;
    tally.read += entries.length;
    tally.invented += invented;
    if (found.length < expected.length) tally.failures += 1;
    notes.push(
      `${page.id}: ${found.length} of ${expected.length} items, ${right.length} of ${dates.length} dates, ` +
        `${invented} invented (${reading.how})`,
    );
    for (const { item, entry } of matches) if (entry === undefined) notes.push(`  missed: ${item.title}`);
  }
  const figures = {
    itemsRecall: share(tally.found, tally.expected),
    itemsPrecision: share(tally.read - tally.invented, tally.read),
    datesRecall: share(tally.dated, tally.datesExpected),
    invented: tally.invented,
    failures: tally.failures,
  };
  return { set: 'recorded', n: pages.length, figures, notes };
}

function read(page: CorpusPage, text: string, context: ListContext, sources: readonly Source[]): Reading {
  const source = sources.find((one) => fits(one, context.url));
  if (source !== undefined) {
    const result = scrape(source, { text, url: context.url });
    return { how: `source ${source.id}`, result };
  }
  if (page.kind === 'feed') return { how: 'any feed', result: readFeed(text, context) };
  if (page.kind === 'hanweb-dataproxy-xml')
    return { how: 'family hanweb', result: readFragment(text, 'xml:record', HANWEB, context) };
  if (page.kind === 'json-api') return { how: 'family', result: readJson(text, FEDERAL_REGISTER, context) };
  const list = findList(text, context);
  if (list === undefined) return { how: 'no list found', result: { entries: [], dropped: [], seen: 0 } };
  return { how: `found list ${list.rules.item}`, result: readListing(text, list.rules, context) };
}

/** True for the address of the source's list, whatever its query. */
function fits(source: Source, url: string): boolean {
  const bare = (address: string) => address.replace(/[?#].*$/, '').replace(/^https?:/, '');
  return bare(source.url) === bare(url);
}

function contextOf(page: CorpusPage): ListContext {
  // Some rows add words after the address: `… (POST)`.
  const url = page.url?.split(' ')[0] ?? 'http://recorded.example/';
  return { sourceId: 'evaluation' as SourceId, zone: ZONES[(page.lang ?? 'en').slice(0, 2)] ?? 'UTC', url };
}

function isSame(entry: Entry, item: ExpectedItem, base: string): boolean {
  const stated = item.url ?? item.href ?? item.link;
  if (stated !== undefined && URL.parse(stated, base)?.href !== entry.url) return false;
  return plain(entry.title) === plain(item.title);
}

function isSameDay(stated: string, entry: Entry | undefined, zone: string): boolean {
  const day = readListDate(stated, zone, 'expected')?.on;
  return day !== undefined && entry?.published?.on === day;
}

function plain(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/<br\s*\/?>|[\s\p{P}\p{S}\p{Cf}]/gu, '');
}
