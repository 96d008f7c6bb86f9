import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Answer, Ask } from './families/family.ts';
import { FAMILIES } from './families/index.ts';
import { encodeGb2312 } from './gb2312.ts';
import { type Article, listedAt, type Site, shownAt } from './site.ts';

/** What goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Promise the whole body and hang up after half of it. */
  readonly cut?: boolean;
}

/** The validators a caller shows again. */
export interface Known {
  readonly etag: string | undefined;
  readonly modifiedSince: string | undefined;
}

const HTML = 'text/html; charset=utf-8';

const FILE_TYPES: ReadonlyMap<string, string> = new Map([
  ['.txt', 'text/plain; charset=utf-8'],
  ['.pdf', 'application/pdf'],
  ['.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['.doc', 'application/msword'],
]);

/** What a site answers at a moment: a file, its list, one of its pages, or that there is no such page. */
export function replyTo(site: Site, ask: Ask, known: Known): Reply {
  const file = site.files.get(ask.path);
  if (file !== undefined) return { status: 200, type: fileType(ask.path), body: file };
  if (site.family === 'down') return DOWN;
  const family = FAMILIES.get(site.family);
  if (family === undefined) throw new Error(`demo/web/${site.host}: no family ${site.family}`);
  const listed = listedAt(site, ask.now);
  const list = family.list(site, listed, ask);
  if (list !== undefined) return listReply(encode(site, list), listed, ask, known);
  const article = shownAt(site, ask.path, ask.now);
  if (article === undefined) return { ...encode(site, notFound(site)), status: 404 };
  return articleReply(article, encode(site, family.article(site, article, ask)));
}

const DOWN: Reply = {
  status: 503,
  type: HTML,
  body: Buffer.from('<html><body><h1>503 Service Unavailable</h1>网站维护中，请稍后访问。</body></html>'),
  headers: { 'Retry-After': '3600' },
};

/** Lists carry validators; a caller that shows them again gets 304. */
function listReply(reply: Reply, listed: readonly Article[], ask: Ask, known: Known): Reply {
  const etag = `"${createHash('sha256').update(reply.body).digest('hex').slice(0, 16)}"`;
  const changedAt = Math.max(0, ...listed.map((article) => article.from));
  const headers = { ETag: etag, 'Last-Modified': new Date(changedAt).toUTCString() };
  const isKnown = ask.method !== 'POST' && knows(known, etag, changedAt);
  return isKnown ? { status: 304, type: '', body: new Uint8Array(), headers } : { ...reply, headers };
}

/** RFC 9110 §13.1.3: If-Modified-Since counts only where If-None-Match is absent. */
function knows(known: Known, etag: string, changedAt: number): boolean {
  if (known.etag !== undefined) return known.etag.split(/\s*,\s*/).includes(etag);
  return changedAt <= Date.parse(known.modifiedSince ?? '');
}

function articleReply(article: Article, reply: Reply): Reply {
  if (article.broken === 'error')
    return { status: 500, type: HTML, body: Buffer.from('<h1>HTTP Status 500 - Internal Server Error</h1>') };
  if (article.broken === 'empty') return { ...reply, body: new Uint8Array() };
  return { ...reply, cut: article.broken === 'cut' };
}

function notFound(site: Site): Answer {
  const text = `<html lang="${site.lang}"><head><meta charset="${site.charset}"><title>404</title></head><body><h1>404 Not Found</h1></body></html>`;
  return { type: 'text/html', text };
}

/** Old sites say their charset in the page alone, not in the header. */
function encode(site: Site, { type, text }: Answer): Reply {
  if (site.charset === 'gb2312') return { status: 200, type, body: encodeGb2312(text) };
  return { status: 200, type: `${type}; charset=utf-8`, body: Buffer.from(text, 'utf8') };
}

function fileType(path: string): string {
  return FILE_TYPES.get(extname(path)) ?? 'application/octet-stream';
}
