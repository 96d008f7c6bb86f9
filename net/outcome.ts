import type { FetchResult, Page, Snapshot } from '../model/page.ts';
import { decodePage } from '../text/charset.ts';
import { type Exchange, headerOf, pageHeaders } from './exchange.ts';
import { verificationWall } from './verification.ts';

/** What an answer means; the network and the replay judge alike. */
export function outcomeOf(exchange: Exchange, snapshot: Snapshot): FetchResult {
  const { url, status } = exchange;
  const snapshotId = snapshot.id;
  const wall = wallOf(exchange);
  if (wall !== undefined)
    return {
      outcome: 'refused',
      url,
      reason: 'verification',
      status,
      detail: `status ${status} with a page that checks for robots (${wall})`,
      snapshotId,
    };
  if (status >= 200 && status < 300 && status !== 206)
    return { outcome: 'fetched', page: pageOf(exchange, snapshot) };
  if (status === 404 || status === 410) return { outcome: 'gone', url, status, snapshotId };
  if (status === 401)
    return {
      outcome: 'refused',
      url,
      reason: 'loginRequired',
      status,
      detail: 'status 401: a login is asked for',
      snapshotId,
    };
  if (status === 403 || status === 451)
    return { outcome: 'refused', url, reason: 'status', status, detail: `status ${status}`, snapshotId };
  const wait = retryAfterMs(headerOf(exchange.headers, 'retry-after'), Date.parse(exchange.fetchedAt));
  return {
    outcome: 'failed',
    url,
    code: 'FETCH_STATUS',
    status,
    detail: `status ${status}`,
    snapshotId,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

/** A page as callers see it. */
export function pageOf(exchange: Exchange, snapshot: Snapshot): Page {
  return {
    url: exchange.url,
    finalUrl: exchange.finalUrl,
    ...(exchange.movedForGood === undefined ? {} : { movedForGood: exchange.movedForGood }),
    status: exchange.status,
    headers: pageHeaders(exchange.headers),
    body: exchange.body,
    fetchedAt: exchange.fetchedAt,
    snapshot,
  };
}

/** The bot wall an answer is, whatever its status. */
export function wallOf(exchange: Exchange): string | undefined {
  if (exchange.rendered !== undefined) return undefined;
  const headers = pageHeaders(exchange.headers);
  const type = headers['content-type'] ?? 'text/html';
  if (!/html/i.test(type)) return undefined;
  return verificationWall(decodePage(exchange.body.subarray(0, 512 * 1024), headers).text);
}

/** Retry-After (RFC 9110 10.2.3): seconds or a date. A year at most, so that nonsense stays a number of use. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const trimmed = value.trim();
  const ms = /^\d+$/.test(trimmed) ? Number(trimmed) * 1000 : Date.parse(trimmed) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 366 * 86_400_000);
}
