import type { RequestRules } from '../model/source.ts';

/** Where the rows of a page come from that shows none itself: keys of a source file. */
export interface Filler {
  readonly url: string;
  readonly request: RequestRules;
}

/** An address in quotes, with its query, up to the closing quote. */
const PROXY = /["']([^"'\s<>]*\/dataproxy\.jsp\?[^"'\s<>]+)["']/;

/** The requests by which scripts fill a page of a known system, read out of the page itself. */
export function findFillers(text: string, url: string): readonly Filler[] {
  return [dataProxy(text, url), queryList(text, url)].filter((one) => one !== undefined);
}

/** Hanweb jpage names its proxy with the whole query: `…/dataproxy.jsp?col=1&webid=23&columnid=…&unitid=…`. */
function dataProxy(text: string, base: string): Filler | undefined {
  const named = PROXY.exec(text)?.[1]?.replaceAll('&amp;', '&');
  const proxy = named === undefined ? null : URL.parse(named, base);
  if (proxy === null) return undefined;
  const form = Object.fromEntries([...proxy.searchParams].filter(([, value]) => value !== ''));
  return { url: proxy.origin + proxy.pathname, request: { method: 'POST', form } };
}

/** Newer Hanweb portals: `var params = { unitid: '380055', webSiteCode: ['site'], channelCode: ['col42150'], … }`. */
function queryList(text: string, base: string): Filler | undefined {
  const quoted = (name: string) => new RegExp(`\\b${name}:\\s*\\[?\\s*["']([\\w-]+)["']`).exec(text)?.[1];
  const [site, channel, unit] = ['webSiteCode', 'channelCode', 'unitid'].map(quoted);
  const url = URL.parse('/queryList', base);
  if (site === undefined || channel === undefined || url === null) return undefined;
  const json = {
    current: 1,
    ...(unit !== undefined && { unitid: unit }),
    webSiteCode: [site],
    channelCode: [channel],
    pageSize: '20',
    sort: 'pubDate',
    order: 'desc',
  };
  return { url: url.href, request: { method: 'POST', headers: { referer: base }, json } };
}
