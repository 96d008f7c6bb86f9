import type { InterfaceLanguage } from '../model/digest.ts';
import { addDays, startOfDay } from '../text/calendar.ts';
import { sha256 } from '../text/hash.ts';
import type { ArchivedEdition } from './archive.ts';
import type { ManifestEdition } from './manifest.ts';
import { stableJson } from './stable-json.ts';
import { WORDING } from './wording.ts';

/** Feeds of a digest's editions, by name beside its years. */
export const ATOM_FILE = 'feed.xml';
export const JSON_FEED_FILE = 'feed.json';

/** Editions in a feed; older ones are in the archive. */
const MOST_ENTRIES = 60;

interface FeedEntry {
  readonly id: string;
  /** Relative to the feed. */
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  readonly lang: InterfaceLanguage;
  readonly publishedAt: string;
  readonly updatedAt: string;
}

interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lang: InterfaceLanguage;
  readonly updatedAt: string;
  readonly entries: readonly FeedEntry[];
}

/**
 * The feeds of one digest: its weeks, newest first, each as its newest revision.
 * @param editions of one digest, oldest first
 * @param feedUrl where the folder of the feeds is read on the web, ending in `/`; empty: nowhere, then links are relative
 */
export function feedFiles(editions: readonly ArchivedEdition[], feedUrl: string): Map<string, string> {
  const feed = feedOf(editions);
  if (feed === undefined) return new Map();
  const addressOf = (href: string): string => (feedUrl === '' ? href : new URL(href, feedUrl).href);
  return new Map([
    [ATOM_FILE, atom(feed, addressOf)],
    [JSON_FEED_FILE, stableJson(jsonFeed(feed, addressOf))],
  ]);
}

function feedOf(editions: readonly ArchivedEdition[]): Feed | undefined {
  const weeks = Map.groupBy(editions, ({ manifest }) => manifest.edition.week);
  const entries = [...weeks.values()].toReversed().slice(0, MOST_ENTRIES).map(entryOf);
  const newest = editions.at(-1)?.manifest.edition;
  if (newest === undefined) return undefined;
  return {
    id: idOf(newest.digestId),
    title: newest.title,
    subtitle: newest.subtitle,
    lang: newest.lang,
    updatedAt:
      entries
        .map(({ updatedAt }) => updatedAt)
        .sort()
        .at(-1) ?? '',
    entries,
  };
}

function entryOf(revisions: readonly ArchivedEdition[]): FeedEntry {
  const newest = revisions.at(-1);
  if (newest === undefined) throw new RangeError('a week without an edition');
  const { edition } = newest.manifest;
  const words = WORDING[edition.lang];
  const { lang, counts, newDocuments, datesAhead } = edition;
  const revision = edition.revision === 1 ? [] : [`${words.labels.revision} ${edition.revision}`];
  const facts = [
    words.days(edition.firstDay, edition.lastDay),
    words.cover({ shown: counts.shown, documents: newDocuments, deadlines: datesAhead }),
    words.covered(edition.sources),
    ...revision,
  ];
  const colon = lang === 'en' ? ': ' : '：';
  return {
    id: idOf(edition.digestId, edition.week),
    href: `${newest.folder.split('/').slice(1).join('/')}/index.html`,
    title: `${words.week(edition.week)}${colon}${edition.cover ?? words.labels.emptyTitle}`,
    summary: facts.join(lang === 'en' ? ' ' : '　'),
    lang,
    publishedAt: closedAt(edition),
    updatedAt: updatedAt(edition),
  };
}

/** The end of its period: an edition's own moment, never that of the machine that made it. */
function closedAt({ lastDay, zone }: ManifestEdition): string {
  return startOfDay(addDays(lastDay, 1), zone);
}

/** A revision is newer than what it revises, whatever data it is made of. */
function updatedAt(edition: ManifestEdition): string {
  const [, newest = ''] = [closedAt(edition), edition.asOf ?? ''].sort();
  return new Date(Date.parse(newest) + (edition.revision - 1) * 1000).toISOString();
}

function atom(feed: Feed, addressOf: (href: string) => string): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.lang}">`,
    `<id>${feed.id}</id>`,
    `<title>${xml(feed.title)}</title>`,
    ...(feed.subtitle === '' ? [] : [`<subtitle>${xml(feed.subtitle)}</subtitle>`]),
    `<updated>${feed.updatedAt}</updated>`,
    `<author><name>${xml(feed.title)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(addressOf(ATOM_FILE))}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(addressOf('../index.html'))}"/>`,
    ...feed.entries.flatMap((entry) => [
      `<entry xml:lang="${entry.lang}">`,
      `<id>${entry.id}</id>`,
      `<title>${xml(entry.title)}</title>`,
      `<link rel="alternate" type="text/html" href="${xml(addressOf(entry.href))}"/>`,
      `<published>${entry.publishedAt}</published>`,
      `<updated>${entry.updatedAt}</updated>`,
      `<summary>${xml(entry.summary)}</summary>`,
      '</entry>',
    ]),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

function jsonFeed(feed: Feed, addressOf: (href: string) => string): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    ...(feed.subtitle === '' ? {} : { description: feed.subtitle }),
    language: feed.lang,
    home_page_url: addressOf('../index.html'),
    feed_url: addressOf(JSON_FEED_FILE),
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: addressOf(entry.href),
      title: entry.title,
      summary: entry.summary,
      content_text: entry.summary,
      date_published: entry.publishedAt,
      date_modified: entry.updatedAt,
      language: entry.lang,
    })),
  };
}

/** A name that stays when the archive moves: a UUID of version 8 made of the parts' hash. */
function idOf(...parts: readonly string[]): string {
  const hex = sha256(JSON.stringify(['policy-digest', ...parts]));
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function xml(text: string): string {
  // XML 1.0 has no other control characters, not even escaped.
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
