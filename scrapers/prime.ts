import type { HttpRequest } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { parseHtml } from '../text/html.ts';
import { readFirst } from '../text/selector.ts';
import { absoluteUrl } from '../text/urls.ts';
import { type ListPage, listRequest } from './index.ts';

/** The page to fetch before the list; undefined when the list can be asked for at once. */
export function primeRequest(source: Source): HttpRequest | undefined {
  const prime = source.request?.prime;
  return prime && { sourceId: source.id, url: prime.url ?? source.homepage ?? source.url };
}

/**
 * How to ask for the list once its first page is there: as the source says, at the address that the page tells.
 * Undefined when the page does not tell it, which means that the site has changed.
 */
export function primedRequest(source: Source, page: ListPage, now: Date): HttpRequest | undefined {
  const prime = source.request?.prime;
  if (prime?.unit !== undefined) return unitRequest(source, page, prime.unit, now);
  if (prime?.find === undefined) return listRequest(source, now);
  const $ = parseHtml(page.text);
  const found = readFirst($, $.root() as never, prime.find.map(asAddress))?.value;
  if (found === undefined) return undefined;
  const groups = prime.pattern === undefined ? [found] : new RegExp(prime.pattern, 'u').exec(found);
  if (groups === null) return undefined;
  const address = (prime.address ?? '{0}').replace(/\{(\d)\}/g, (_, group) => groups[Number(group)] ?? '');
  const url = absoluteUrl(address, page.url);
  return url === undefined ? undefined : listRequest({ ...source, url }, now);
}

/** `<script url="/api-gateway/…/build/unit" querydata="{'webId':'…','tagId':'…'}">`: the unit that fills the list. */
function unitRequest(source: Source, page: ListPage, unit: string, now: Date): HttpRequest | undefined {
  const $ = parseHtml(page.text);
  for (const node of $(unit).toArray()) {
    const element = $(node);
    const url = absoluteUrl(element.attr('url') ?? '', page.url);
    const query = queryOf(element.attr('querydata') ?? '');
    if (url === undefined || query === undefined) continue;
    const request = source.request ?? {};
    return listRequest({ ...source, url, request: { ...request, form: { ...query, ...request.form } } }, now);
  }
  return undefined;
}

function queryOf(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replaceAll("'", '"'));
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A bare `a` means its address. */
function asAddress(selector: string): string {
  return selector.includes('@') ? selector : `${selector}@href`;
}
