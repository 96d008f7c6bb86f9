import { AppError } from '../model/errors.ts';
import type { HttpRequest } from '../model/page.ts';
import { AddressRefused } from './address-guard.ts';
import type { Answer } from './ask.ts';
import { headerOf } from './exchange.ts';

/** What is being asked for, hop by hop. */
export interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** RFC 9309 2.3.1.2 names five for robots.txt; no honest page needs more. */
export const MAX_REDIRECTS = 5;
const MAX_URL = 8192;
/** The only caller's fields that another origin gets to see. */
const HARMLESS = /^(?:accept|accept-language|x-requested-with)$/;

/**
 * The first question of a request.
 * @throws AddressRefused for no absolute address, AppError FETCH_PROTOCOL for one that is too long
 */
export function firstHop(request: HttpRequest, userAgent: string): Hop {
  const url = URL.parse(request.url);
  if (url === null) throw new AddressRefused(request.url.slice(0, 200), 'not an absolute address');
  if (url.href.length > MAX_URL) throw new AppError('FETCH_PROTOCOL', 'the address is too long');
  const method = request.method ?? 'GET';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const own: Record<string, string> = { ...standingHeaders(userAgent), ...(method === 'POST' ? form : {}) };
  for (const [name, value] of Object.entries(request.headers ?? {})) own[name.toLowerCase()] = value;
  if (request.etag !== undefined) own['if-none-match'] = request.etag;
  if (request.lastModified !== undefined) own['if-modified-since'] = request.lastModified;
  return { url, method, headers: own, ...(request.body === undefined ? {} : { body: request.body }) };
}

/** What every question says of itself. */
export function standingHeaders(userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
    'accept-encoding': 'gzip, deflate, br',
  };
}

/**
 * Where a redirect leads, with no more of the caller's fields than the new origin may see.
 * @throws AppError FETCH_REDIRECTS when it leads nowhere
 */
export function nextHop(hop: Hop, answer: Answer, userAgent: string): Hop {
  const location = headerOf(answer.headers, 'location');
  if (location === undefined)
    throw new AppError('FETCH_REDIRECTS', `status ${answer.status} without Location`);
  const url = location.length > MAX_URL ? null : URL.parse(location, hop.url.href);
  if (url === null) throw new AppError('FETCH_REDIRECTS', `status ${answer.status} to no usable address`);
  // RFC 9110 15.4: 303 always turns into GET, 301 and 302 do so in practice.
  const turns = hop.method === 'POST' && [301, 302, 303].includes(answer.status);
  const same = url.origin === hop.url.origin;
  const headers: Record<string, string> = same ? { ...hop.headers } : { ...standingHeaders(userAgent) };
  if (!same)
    for (const [name, value] of Object.entries(hop.headers)) if (HARMLESS.test(name)) headers[name] = value;
  if (turns) delete headers['content-type'];
  else if (hop.headers['content-type'] !== undefined) headers['content-type'] = hop.headers['content-type'];
  return {
    url,
    method: turns ? 'GET' : hop.method,
    headers,
    ...(turns || hop.body === undefined ? {} : { body: hop.body }),
  };
}
