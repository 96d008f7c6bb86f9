import type { Publication } from '../../model/publication.ts';
import { dayOf } from '../../text/calendar.ts';
import { readPublication } from '../../text/dates.ts';
import { dateInUrl } from '../../text/list-dates.ts';
import { type Found, firstFound, metaContent, type OpenPage, type Step, selectText } from './page.ts';
import { shownDate } from './shown-date.ts';

const PUBLISHED_META = [
  ...[
    'PubDate',
    'firstpublishedtime',
    'article:published_time',
    'publishdate',
    'publish_time',
    'publish-date',
  ],
  ...[
    'og:article:published_time',
    'og:published_time',
    'og:release_date',
    'og:time',
    'apub:time',
    'datePublished',
  ],
  ...[
    'date.published',
    'published-date',
    'published_time',
    'published',
    'publication_date',
    'article.published',
  ],
  ...[
    'article-publication-date',
    'dc.date.issued',
    'dcterms.issued',
    'dc.date.created',
    'dcterms.created',
    'dc.date',
  ],
  ...['citation_publication_date', 'citation_date', 'citation_online_date', 'sailthru.date'],
  ...[
    'parsely-pub-date',
    'weibo: article:create_at',
    'article:create_at',
    'pubtime',
    'created',
    'cXenseParse:recs:publishtime',
  ],
  ...[
    'bt:pubDate',
    'article_date_original',
    'originalpublicationdate',
    'rnews:datePublished',
    'ptime',
    'timestamp',
  ],
];
/** These may say when the page was made or changed; what readers see comes first. */
const VAGUE_META = [
  'date',
  'dcterms.date',
  'dateUpdate',
  'dc.date.modified',
  'displaydate',
  'article_date',
  'creation_date',
];
const TIME_ELEMENTS = 'time[pubdate],time[itemprop*=datePublished]';
const DATE_ATTRIBUTES = [
  ...[
    '[itemprop=datePublished]@content',
    '[itemprop=datePublished]@datetime',
    '[itemprop=datePublished]@title',
  ],
  ...[
    '[itemprop=datePublished]',
    'abbr.published@title',
    '.published@title',
    '[property="schema:datePublished"]@content',
  ],
  ...['[property="dc:date"]@content', '[data-pubdate]@data-pubdate', '[data-published]@data-published'],
];
/** One look for all of them: most pages have none. */
const DATED_ELEMENTS = DATE_ATTRIBUTES.map((place) => place.split('@')[0]).join();
/** A stored copy's address carries the copy's date before the page's own address. */
const ARCHIVED = /^https?:\/\/web\.archive\.org\/web\/\d+[a-z_]*\//iu;
const DAY_MS = 86_400_000;

/** When the page says it was published. Nothing undated gets a date invented. */
export function findPublication(page: OpenPage, title: string | undefined): Publication | undefined {
  const found = firstFound([...STEPS, shown(title), ...LATE_STEPS], page)?.value;
  return found === undefined ? undefined : onOwnDay(page, found);
}

const STEPS: readonly Step<Publication>[] = [
  { name: 'source', find: (page) => dated(page, selectText(page.$, page.source.article.date), 'source') },
  {
    name: 'label',
    find(page) {
      const label = page.labels.get('publishedOn');
      return label === undefined ? undefined : dated(page, label.value, `label:${label.label}`);
    },
  },
  { name: 'meta', find: (page) => datedMeta(page, PUBLISHED_META) },
  {
    name: 'json-ld',
    find: (page) =>
      dated(page, page.structured.find(isDatedArticle)?.published ?? jsonLdDate(page.$), 'json-ld'),
  },
  {
    name: 'attribute',
    find: (page) =>
      page.$(DATED_ELEMENTS).length === 0
        ? undefined
        : dated(page, selectText(page.$, DATE_ATTRIBUTES), 'attribute'),
  },
  {
    name: 'time',
    find(page) {
      const time = page.$(TIME_ELEMENTS).first();
      return dated(page, time.attr('datetime') ?? time.text(), 'time element');
    },
  },
];

const LATE_STEPS: readonly Step<Publication>[] = [
  { name: 'vague meta', find: (page) => datedMeta(page, VAGUE_META) },
  { name: 'script', find: (page) => dated(page, scriptDate(page.$), 'script') },
  {
    name: 'entry',
    find: ({ entry }) =>
      entry?.published === undefined ? undefined : { value: entry.published, rule: entry.published.rule },
  },
  {
    name: 'address',
    find(page) {
      const value = addressDate(page);
      return value === undefined ? undefined : { value, rule: value.rule };
    },
  },
  {
    name: 'structured page',
    find: (page) =>
      dated(page, page.structured.find(({ published }) => published !== undefined)?.published, 'json-ld'),
  },
];

function shown(title: string | undefined): Step<Publication> {
  return {
    name: 'shown',
    find(page) {
      const line = shownDate(page, title);
      return line === undefined ? undefined : dated(page, line.text, line.rule);
    },
  };
}

/**
 * An instant in UTC may fall on the day before or after in the place of a site whose zone is not known; the day
 * in the address then says which it was there.
 */
function onOwnDay(page: OpenPage, found: Publication): Publication {
  if (found.precision === 'day' || page.source.zone !== 'UTC' || !found.at.startsWith(found.on)) return found;
  const address = addressDate(page)?.on;
  const apart =
    address === undefined ? 0 : Math.abs(Date.parse(address) - Date.parse(dayOf(found.at, 'UTC')));
  return address !== undefined && apart === DAY_MS ? { ...found, on: address } : found;
}

function addressDate({ url, source }: OpenPage): Publication | undefined {
  return dateInUrl(url.replace(ARCHIVED, ''), source.zone);
}

function datedMeta(page: OpenPage, names: readonly string[]): Found<Publication> | undefined {
  for (const name of names) {
    const meta = metaContent(page.$, [name]);
    const found = meta === undefined ? undefined : dated(page, meta.value, meta.rule);
    if (found !== undefined) return found;
  }
  return undefined;
}

function dated(page: OpenPage, text: string | undefined, rule: string): Found<Publication> | undefined {
  if (text === undefined || text === '') return undefined;
  const value = readPublication(text, page.source.zone, rule);
  return value === undefined ? undefined : { value, rule };
}

function isDatedArticle({ isArticle, published }: OpenPage['structured'][number]): boolean {
  return isArticle && published !== undefined;
}

function jsonLdDate($: OpenPage['$']): string | undefined {
  for (const element of $('script[type="application/ld+json"]').toArray()) {
    // Blocks that are not valid JSON, read as text.
    const match = /"(?:datePublished|pubDate)"\s*:\s*"([^"]{6,40})"/u.exec($(element).text());
    if (match !== null) return match[1];
  }
  return undefined;
}

function scriptDate($: OpenPage['$']): string | undefined {
  for (const element of $('script:not([src])').toArray()) {
    const text = $(element).text().slice(0, 200_000);
    const match =
      /\b(?:date_?published|first_?published(?:_?at)?|pub(?:lish)?_?(?:ed)?_?(?:time|date|at)|newsTime|time)\\?["']?\s*[:=]\s*\\?["'](\d{4}-\d{1,2}-\d{1,2}[^"'\\]{0,20})\\?["']/iu.exec(
        text,
      );
    if (match !== null) return match[1];
  }
  return undefined;
}
