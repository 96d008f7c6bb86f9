import { constants, gzipSync } from 'node:zlib';
import { sha256 } from '../text/hash.ts';
import type { Exchange, HeaderFields } from './exchange.ts';

/** Names of our extension fields; a reader that does not know them loses nothing but the address as asked. */
export const REQUESTED_URI = 'X-Requested-URI';
export const MOVED_FOR_GOOD = 'X-Moved-For-Good';
export const REQUEST_BODY_HASH = 'X-Request-Body-Hash';
export const RENDERED = 'X-Rendered-By';
export const SOURCE_ID = 'X-Source-ID';
export const RUN_ID = 'X-Run-ID';
export const REFERS_TO_PLACE = 'X-Refers-To-Place';
/** Prefix under which fields that no longer fit the decoded body are kept in the record. */
export const ORIGINAL = 'x-archive-orig-';

type Fields = readonly (readonly [string, string | undefined])[];

/** An earlier record with the same body. */
export interface EarlierRecord {
  readonly targetUri: string;
  readonly date: string;
  readonly file: string;
  /** `file offset length`, relative to the snapshot folder. */
  readonly place: string;
}

/** `warcinfo` (WARC 1.1, 6.2), the first record of every file. */
export function warcinfoRecord(
  fileName: string,
  date: string,
  info: Readonly<Record<string, string>>,
): Buffer {
  const block = Object.entries(info).map(([name, value]) => `${name}: ${oneLine(value)}\r\n`);
  return record(Buffer.from(block.join('')), [
    ['WARC-Type', 'warcinfo'],
    ['WARC-Record-ID', urn('warcinfo', fileName, date)],
    ['WARC-Date', date],
    ['WARC-Filename', fileName],
    ['Content-Type', 'application/warc-fields'],
  ]);
}

/** `request` and `response` (WARC 1.1, 6.3 and 6.4), or `revisit` (6.7) when the same body is already kept. */
export function exchangeRecords(
  exchange: Exchange,
  earlier?: EarlierRecord,
): { readonly request: Buffer; readonly response: Buffer } {
  const { finalUrl, fetchedAt, body } = exchange;
  const key = [
    exchange.method,
    exchange.url,
    finalUrl,
    fetchedAt,
    sha256(exchange.requestBody ?? ''),
    sha256(body),
  ];
  if (exchange.rendered !== undefined) key.push(exchange.rendered);
  const type = earlier === undefined ? 'response' : 'revisit';
  const responseId = urn(type, ...key);
  const common: Fields = [
    ['WARC-Date', fetchedAt],
    ['WARC-Target-URI', oneLine(finalUrl)],
  ];
  const head = responseHead(exchange);
  const block = earlier === undefined ? Buffer.concat([head, body]) : head;
  const response = record(block, [
    ['WARC-Type', type],
    ['WARC-Record-ID', responseId],
    ...common,
    ['WARC-Payload-Digest', `sha256:${sha256(body)}`],
    ['WARC-Profile', earlier && 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest'],
    ['WARC-Refers-To-Target-URI', earlier && oneLine(earlier.targetUri)],
    ['WARC-Refers-To-Date', earlier?.date],
    [REFERS_TO_PLACE, earlier?.place],
    [REQUESTED_URI, exchange.url === finalUrl ? undefined : oneLine(exchange.url)],
    [MOVED_FOR_GOOD, exchange.movedForGood === true ? 'yes' : undefined],
    [REQUEST_BODY_HASH, exchange.method === 'POST' ? sha256(exchange.requestBody ?? '') : undefined],
    [RENDERED, exchange.rendered && oneLine(exchange.rendered)],
    [SOURCE_ID, exchange.sourceId],
    [RUN_ID, exchange.runId],
    ['Content-Type', 'application/http;msgtype=response'],
  ]);
  const request = record(requestBlock(exchange), [
    ['WARC-Type', 'request'],
    ['WARC-Record-ID', urn('request', ...key)],
    ...common,
    ['WARC-Concurrent-To', responseId],
    ['Content-Type', 'application/http;msgtype=request'],
  ]);
  return { request, response };
}

function responseHead(exchange: Exchange): Buffer {
  const fields: string[] = [];
  for (const [name, value] of flat(exchange.headers)) {
    const travels = name === 'content-encoding' || name === 'transfer-encoding' || name === 'content-length';
    fields.push(`${travels ? ORIGINAL : ''}${name}: ${oneLine(value)}\r\n`);
  }
  fields.push(`content-length: ${exchange.body.length}\r\n`);
  // No reason phrase: HTTP/2 has none, and HTTP/1.1 allows it to be empty.
  return Buffer.from(`HTTP/1.1 ${exchange.status} \r\n${fields.join('')}\r\n`, 'latin1');
}

function requestBlock(exchange: Exchange): Buffer {
  const url = new URL(exchange.finalUrl);
  const fields = flat(exchange.requestHeaders).map(([name, value]) => `${name}: ${oneLine(value)}\r\n`);
  const head = `${exchange.method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n${fields.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(exchange.requestBody ?? '')]);
}

/** One gzip member holding one record: header, block, two line ends (WARC 1.1, 4 and annex D). */
function record(block: Buffer, fields: Fields): Buffer {
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\r\n`]));
  const digest = `WARC-Block-Digest: sha256:${sha256(block)}\r\n`;
  const head = `WARC/1.1\r\n${lines.join('')}${digest}Content-Length: ${block.length}\r\n\r\n`;
  const member = gzipSync(Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')]), {
    level: constants.Z_DEFAULT_COMPRESSION,
  });
  // RFC 1952: byte 9 names the operating system; "unknown" gives the same bytes on every machine.
  member[9] = 0xff;
  return member;
}

function flat(headers: HeaderFields): (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : value.map((one) => [name, one] as const),
  );
}

/** A urn:uuid of version 8 (RFC 9562, 5.8) made from a hash, so that the same exchange gives the same record. */
function urn(...parts: readonly string[]): string {
  const hex = sha256(JSON.stringify(parts));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
  ];
  return `<urn:uuid:${groups.join('-')}-${hex.slice(20, 32)}>`;
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\0]+/g, ' ');
}
