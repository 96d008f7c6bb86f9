import { foldSpace, type Html, parseHtml } from '../text/html.ts';
import { detectLanguage } from '../text/language.ts';
import { absoluteUrl, hostOf } from '../text/urls.ts';
import { parseFeed } from './feed-document.ts';

/** What a page tells about the place it belongs to, for the head of a source file; a person corrects it. */
export interface PlaceFacts {
  readonly id: string;
  readonly name: string;
  readonly publisher: string;
  readonly country: string | undefined;
  readonly region?: string;
  readonly lang: string;
  readonly trust: 'government' | 'media';
}

/** Ends of host names → country, the longest first where one ends in another. */
const COUNTRIES: readonly (readonly [string, string])[] = [
  ['europa.eu', 'EU'],
  ['oecd.org', 'OECD'],
  ['canada.ca', 'CA'],
  ['.cn', 'CN'],
  ['.jp', 'JP'],
  ['.kr', 'KR'],
  ['.uk', 'GB'],
  ['.sg', 'SG'],
  ['.in', 'IN'],
  ['.au', 'AU'],
  ['.ca', 'CA'],
  ['.ch', 'CH'],
  ['.de', 'DE'],
  ['.fr', 'FR'],
  ['.gov', 'US'],
  ['.mil', 'US'],
];
/** The label before .gov.cn → province, ISO 3166-2. */
const PROVINCES: Readonly<Record<string, string>> = {
  ah: 'AH', beijing: 'BJ', cq: 'CQ', fj: 'FJ', fujian: 'FJ', gansu: 'GS', gd: 'GD', guizhou: 'GZ', gxzf: 'GX',
  hainan: 'HI', hebei: 'HE', henan: 'HA', hlj: 'HL', hubei: 'HB', hunan: 'HN', jiangsu: 'JS', jiangxi: 'JX',
  jl: 'JL', ln: 'LN', nmg: 'NM', nx: 'NX', qinghai: 'QH', sc: 'SC', sh: 'SH', shaanxi: 'SN', shandong: 'SD',
  shanxi: 'SX', tj: 'TJ', xinjiang: 'XJ', xizang: 'XZ', yn: 'YN', zj: 'ZJ',
}; // biome-ignore format: a table
const OFFICIAL = /(?:\.gov|\.mil|\.gov\.\w\w|\.go\.\w\w|\.gouv\.fr|\.gc\.ca|europa\.eu|canada\.ca)$/;
const EMPTY_PARTS = /^(?:www\d?|gov|com|org|net|edu|go|co|ac|cn|jp|kr|uk|sg|in|au|eu|int|mil|info)$/;

/** Reads name, publisher, country and language out of a page and its address. */
export function placeFacts(text: string, url: string): PlaceFacts {
  const host = hostOf(url);
  const country = COUNTRIES.find(([end]) => host.endsWith(end))?.[1];
  const feed = parseFeed(text, url, 'UTC');
  const titled = feed?.title === undefined ? titlesOf(parseHtml(text)) : feedTitles(feed.title.value);
  const region = country === 'CN' ? PROVINCES[host.split('.').at(-3) ?? ''] : undefined;
  const lang = feed?.lang ?? titled.lang ?? detectLanguage(titled.text) ?? 'en';
  return {
    id: idOf(url, country),
    name: titled.name || host,
    publisher: titled.publisher || titled.name || host,
    country,
    ...(region !== undefined && { region: `CN-${region}` }),
    lang: lang.startsWith('zh') && lang.length === 2 ? 'zh-CN' : lang,
    trust: OFFICIAL.test(host) ? 'government' : 'media',
  };
}

/** Feeds that a page names in its head, in order. */
export function advertisedFeeds(text: string, url: string): readonly string[] {
  const $ = parseHtml(text);
  const links = $('link[rel~=alternate][href]')
    .toArray()
    .filter((node) => /(?:rss|atom|feed\+json)/i.test(node.attribs.type ?? ''));
  const found = links.flatMap((node) => absoluteUrl(node.attribs.href ?? '', url) ?? []);
  return [...new Set(found)];
}

/** JSON files that the scripts of a page name: one of them may fill its list. */
export function namedJson(text: string, url: string): readonly string[] {
  const found = [...text.matchAll(/["']([^"'\s<>]{1,200}\.json)(?:\?[^"'\s]*)?["']/g)];
  return [...new Set(found.flatMap((match) => absoluteUrl(match[1] ?? '', url) ?? []))].slice(0, 10);
}

interface Titles {
  readonly name: string;
  readonly publisher: string;
  readonly lang: string | undefined;
  readonly text: string;
}

function titlesOf($: Html): Titles {
  const meta = (name: string) =>
    foldSpace($(`meta[name="${name}"], meta[property="${name}"]`).first().attr('content') ?? '');
  const title = foldSpace($('title').first().text());
  const parts = title.split(/\s*[-_|–—·>]\s*/).filter(Boolean);
  const publisher = meta('SiteName') || meta('og:site_name') || (parts.at(-1) ?? '');
  const column = meta('ColumnName') || (parts.find((part) => part !== publisher) ?? '');
  const lang = foldSpace($('html').attr('lang') ?? '') || undefined;
  const name = column === '' || publisher.includes(column) ? publisher : `${publisher}·${column}`;
  // Many Chinese sites say lang="en"; the words decide.
  const spoken = detectLanguage(`${title} ${$('body').text().slice(0, 2000)}`);
  return { name, publisher, lang: spoken ?? lang, text: title };
}

function feedTitles(title: string): Titles {
  const name = foldSpace(title);
  return { name, publisher: name, lang: undefined, text: name };
}

/** `https://kjt.ah.gov.cn/kjzx/tzgg/` → `cn-ah-kjt-tzgg`. */
function idOf(url: string, country: string | undefined): string {
  const host = hostOf(url)
    .split('.')
    .filter((part) => !EMPTY_PARTS.test(part))
    .reverse();
  const path = new URL(url).pathname
    .split('/')
    .map((part) => part.replace(/\.\w+$/, ''))
    .filter((part) => /[a-z]/i.test(part) && !/^(?:index|list|default|feed|rss|atom)/i.test(part));
  const words = [country?.toLowerCase() ?? 'xx', ...host, ...path.slice(-1)];
  return words
    .map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, '-'))
    .join('-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
}
