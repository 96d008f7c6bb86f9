import type { Publication } from '../../model/publication.ts';
import { findDays, publicationOn, readPublication } from '../../text/dates.ts';
import { dateInUrl } from '../../text/list-dates.ts';
import { elementsTagged, metaContent, metaContents, type OpenPage } from './page.ts';

// What a page states for machines about its day: meta elements, JSON-LD, attributes, scripts, its address.

const PUBLISHED_META =
  names(`PubDate|firstpublishedtime|article:published_time|publishdate|publish_time|publish-date|
  og:article:published_time|og:published_time|og:release_date|og:time|apub:time|datePublished|date.published|
  published-date|published_time|published|publication_date|article.published|article-publication-date|dc.date.issued|
  dcterms.issued|dc.date.created|dcterms.created|dc.date|citation_publication_date|citation_date|citation_online_date|
  sailthru.date|parsely-pub-date|weibo: article:create_at|article:create_at|pubtime|created|
  cXenseParse:recs:publishtime|bt:pubDate|article_date_original|originalpublicationdate|rnews:datePublished|ptime|timestamp`);
/** These may say when the page was made or changed; what readers see comes first. */
const VAGUE_META = names(
  'date|dcterms.date|dateUpdate|dc.date.modified|displaydate|article_date|creation_date',
);
const MODIFIED_META = ['article:modified_time', 'og:updated_time', 'og:article:modified_time'];
/** A stored copy's address carries the copy's date before the page's own address. */
const ARCHIVED = /^https?:\/\/web\.archive\.org\/web\/\d+[a-z_]*\//iu;
/** `/news/29-10-2021`, `/29.10.2021/`: the day first, so only where it cannot be a month. */
const DAY_FIRST_IN_PATH = /(?<!\d)(1[3-9]|2\d|3[01])([-._])(0?[1-9]|1[0-2])\2((?:19|20)\d{2})(?!\d)/u;
const SCRIPTED =
  /\b(?:date_?published|first_?published(?:_?at)?|pub(?:lish)?_?(?:ed)?_?(?:time|date|at)|newsTime)\\?["']?\s*[:=]\s*\\?["'](\d{4}-\d{1,2}-\d{1,2}[^"'\\]{0,20})\\?["']/iu;
/** A place or a weekday may stand before the day that opens a description. */
const OPENING = 14;
/** Data of a whole site may stand in a script. */
const LONGEST_SCRIPT = 200_000;

/** The first meta element that states when the page was published. */
export function publishedMeta(page: OpenPage): Publication | undefined {
  return datedMeta(page, PUBLISHED_META);
}

/** The first meta element that states a date of the page without saying of what. */
export function vagueMeta(page: OpenPage): Publication | undefined {
  return datedMeta(page, VAGUE_META);
}

/** True when the page states that it changed and not that it was published: what content systems do for standing pages. */
export function isStanding({ $ }: OpenPage): boolean {
  return metaContent($, MODIFIED_META) !== undefined && metaContent($, PUBLISHED_META) === undefined;
}

/** The day of publication that a news article's JSON-LD states. */
export function newsDate(page: OpenPage): Publication | undefined {
  const news = page.structured.find(({ isNews, published }) => isNews && published !== undefined);
  return dated(page, news?.published, 'json-ld');
}

/** The day of publication in JSON-LD of any kind. */
export function jsonLdDate(page: OpenPage): Publication | undefined {
  const article = page.structured.find(({ isArticle, published }) => isArticle && published !== undefined);
  return dated(page, article?.published ?? looseJsonLd(page.$), 'json-ld');
}

/** The day of publication in the data that the page hands to its scripts. */
export function scriptDate(page: OpenPage): Publication | undefined {
  for (const element of elementsTagged(page.$, 'script')) {
    const match = SCRIPTED.exec(page.$(element).text().slice(0, LONGEST_SCRIPT));
    if (match !== null) return dated(page, match[1], 'script');
  }
  return undefined;
}

/** The day that a description made for search engines opens or closes with: `14.01.2020 – …`, `… (News of 14 January 2020)`. */
export function describedDate(page: OpenPage): Publication | undefined {
  for (const name of ['description', 'og:description', 'og:title']) {
    const text = metaContent(page.$, [name])?.value ?? '';
    const days = findDays(text);
    const [first, last] = [days[0], days.at(-1)];
    if (first !== undefined && first.start <= OPENING)
      return publicationOn(first, text, page.source.zone, name);
    if (last !== undefined && text.length - last.end <= 2)
      return publicationOn(last, '', page.source.zone, name);
  }
  return undefined;
}

/** The day in the page's own address. */
export function addressDate({ url, source }: OpenPage): Publication | undefined {
  const own = url.replace(ARCHIVED, '');
  const dayFirst = DAY_FIRST_IN_PATH.exec(URL.parse(own)?.pathname ?? '');
  return dayFirst === null
    ? dateInUrl(own, source.zone)
    : readPublication(`${dayFirst[4]}-${dayFirst[3]}-${dayFirst[1]}`, source.zone, 'url');
}

function datedMeta(page: OpenPage, names: readonly string[]): Publication | undefined {
  for (const { value, rule } of metaContents(page.$, names)) {
    const found = dated(page, value, rule);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Blocks that are not valid JSON, read as text. */
function looseJsonLd($: OpenPage['$']): string | undefined {
  for (const element of elementsTagged($, 'script')) {
    if (element.attribs.type?.includes('ld+json') !== true) continue;
    const match = /"(?:datePublished|pubDate)"\s*:\s*"([^"]{6,40})"/u.exec($(element).text());
    if (match !== null) return match[1];
  }
  return undefined;
}

function dated(page: OpenPage, text: string | undefined, rule: string): Publication | undefined {
  return text === undefined || text === '' ? undefined : readPublication(text, page.source.zone, rule);
}

function names(list: string): readonly string[] {
  return list.toLowerCase().split(/\|\s*/u);
}
