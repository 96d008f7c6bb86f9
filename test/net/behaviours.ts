/**
 * What bad servers do, one entry for each behaviour of the hostile corpus, with what asking them must end in and what
 * reading them as a source must end in.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Resolve } from '../../net/address-guard.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';
export const LIST = '<ul><li><a href="/1">关于组织申报科技计划项目的通知</a></li></ul>';
const FEED = (item: string) => `<rss><channel>${item}</channel></rss>`;
const ITEM = (at: number, more: string) => `<item><title>通知${at}</title><link>/${at}</link>${more}</item>`;
/** Its page is not worth fetching. */
const OLD = '<pubDate>1 Jan 2001</pubDate>';

export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;
export interface Behaviour {
  /** `fetched`, `gone`, `refused <reason>` or a code. */
  readonly ends: string;
  readonly answer?: Answering;
  readonly speak?: (socket: Socket) => void;
  readonly resolve?: Resolve;
  readonly url?: string;
  /** Held against the decoded text of what was fetched. */
  readonly shows?: RegExp;
  /** The listener answers robots.txt as well. */
  readonly robots?: true;
  /** How a visit ends when what was fetched is read as a list: `answered` or a code. @default LIST_EMPTY */
  readonly visit?: string;
  /** The source is a feed. */
  readonly isFeed?: true;
}

export const ok =
  (body: string | Uint8Array, headers: Record<string, string> = HTML): Answering =>
  (_, response) =>
    response.writeHead(200, headers).end(body);
const to =
  (location: string | undefined): Answering =>
  (_, response) =>
    response.writeHead(302, location === undefined ? {} : { location }).end();
const say = (text: string, then: 'end' | 'reset' | 'stay') => (socket: Socket) =>
  void socket.write(text, () => {
    if (then === 'end') socket.end();
    else if (then === 'reset') socket.resetAndDestroy();
  });
const global4 = { address: '8.8.8.8', family: 4 } as const;
const local4 = { address: '127.0.0.1', family: 4 } as const;
const NAMED = 'http://names.gov.cn/';

export const PLAYED: Readonly<Record<string, Behaviour>> = {
  'redirect-pair': {
    ends: 'FETCH_REDIRECTS',
    answer: (request, response) => to(request.url === '/a' ? '/b' : '/a')(request, response),
  },
  'redirect-to-private': { ends: 'refused address', answer: to('http://127.0.0.1:80/secret') },
  'redirect-to-file': { ends: 'refused address', answer: to('file:///etc/passwd') },
  'redirect-cross-origin-auth': {
    ends: 'fetched',
    answer: (request, response) =>
      request.headers.host === 'other.example'
        ? response.writeHead(200, HTML).end(JSON.stringify(request.headers))
        : response.writeHead(302, { location: 'http://other.example/', 'set-cookie': 'a=1' }).end(),
    shows: /^(?!.*(?:"cookie"|"authorization")).*$/s,
  },
  'redirect-no-location': { ends: 'FETCH_REDIRECTS', answer: to(undefined) },
  'redirect-huge-location': { ends: 'FETCH_PROTOCOL', answer: to(`/${'x'.repeat(65_536)}`) },
  'dns-rebind': { ends: 'refused address', url: NAMED, resolve: answersInTurn([[local4], [global4]]) },
  'dns-mixed': { ends: 'refused address', url: NAMED, resolve: async () => [global4, local4] },
  'dns-ttl0': { ends: 'refused address', url: NAMED, resolve: answersInTurn([[local4], [local4]]) },
  'dns-cname-local': { ends: 'refused address', url: NAMED, resolve: async () => [local4] },
  'slow-body': { ends: 'FETCH_TIMEOUT', speak: drip },
  'stall-after-headers': { ends: 'FETCH_TIMEOUT', speak: say(`${HEAD}Content-Length: 9\r\n\r\n`, 'stay') },
  'stall-mid-body': { ends: 'FETCH_TIMEOUT', speak: say(`${HEAD}Content-Length: 9\r\n\r\nhalf`, 'stay') },
  'cut-mid-body': { ends: 'FETCH_CUT', speak: say(`${HEAD}Content-Length: 9\r\n\r\nhalf`, 'reset') },
  'cut-mid-chunk': {
    ends: 'FETCH_CUT',
    speak: say(`${HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\nhalf`, 'end'),
  },
  'long-content-length': { ends: 'FETCH_CUT', speak: say(`${HEAD}Content-Length: 9\r\n\r\nhalf`, 'end') },
  'no-length-endless': { ends: 'FETCH_TOO_LARGE', speak: flood },
  'chunk-size-huge': {
    ends: 'FETCH_PROTOCOL',
    speak: say(`${HEAD}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n`, 'stay'),
  },
  'headers-10000': { ends: 'FETCH_PROTOCOL', speak: say(`${HEAD}${'X-A: b\r\n'.repeat(10_000)}\r\n`, 'end') },
  'header-1MiB': { ends: 'FETCH_PROTOCOL', speak: say(`${HEAD}X-A: ${'b'.repeat(1 << 20)}\r\n\r\n`, 'end') },
  'content-type-lie-html': {
    ends: 'fetched',
    visit: 'answered',
    answer: ok(LIST, { 'content-type': 'image/png' }),
    shows: /通知/,
  },
  'content-type-lie-pdf': { ends: 'fetched', answer: ok('%PDF-1.7 ...'), shows: /^%PDF/ },
  'charset-lie': { ends: 'fetched', answer: ok(gbk()), shows: /科技创新/ },
  'charset-unknown': {
    ends: 'fetched',
    visit: 'answered',
    answer: ok(LIST, { 'content-type': 'text/html; charset=x-nonsense' }),
    shows: /通知/,
  },
  'charset-utf7': {
    ends: 'fetched',
    answer: ok('+ADw-script+AD4-', { 'content-type': 'text/html; charset=utf-7' }),
    shows: /^[^<]*$/,
  },
  'charset-utf16-nobom': {
    ends: 'fetched',
    visit: 'answered',
    answer: ok(Buffer.from(LIST, 'utf16le'), { 'content-type': 'text/html' }),
    shows: /通知/,
  },
  'charset-conflict': {
    ends: 'fetched',
    visit: 'answered',
    answer: ok(`<meta charset=big5>${LIST}`, { 'content-type': 'text/html; charset=gb2312' }),
    shows: /关于组织申报科技计划项目的通知/,
  },
  'bom-conflict': {
    ends: 'fetched',
    visit: 'answered',
    answer: ok(`\uFEFF${LIST}`, { 'content-type': 'text/html; charset=gbk' }),
    shows: /^<ul>.*通知/,
  },
  'nul-bytes': {
    ends: 'fetched',
    visit: 'answered',
    answer: ok(LIST.replace(/.{10}/gu, '$&\0')),
    shows: /^[^\0]*通知[^\0]*$/,
  },
  'encoding-unknown': { ends: 'FETCH_ENCODING', answer: ok(LIST, { 'content-encoding': 'compress' }) },
  'encoding-lie': { ends: 'FETCH_ENCODING', answer: ok(LIST, { 'content-encoding': 'gzip' }) },
  'encoding-triple': {
    ends: 'FETCH_ENCODING',
    answer: ok(gzipSync(gzipSync(gzipSync(LIST))), { 'content-encoding': 'gzip, gzip, gzip' }),
  },
  '200-login-page': { ends: 'fetched', answer: ok('<form><input type=password></form>'), shows: /password/ },
  '200-captcha': { ends: 'refused verification', answer: ok('<title>安全验证</title><p>请完成安全验证</p>') },
  '429-retry-after-huge': {
    ends: 'FETCH_STATUS',
    answer: (_, response) => response.writeHead(429, { 'retry-after': '99999999999' }).end(),
  },
  '304-without-cache': { ends: 'FETCH_STATUS', answer: (_, response) => response.writeHead(304).end() },
  'etag-flap': {
    ends: 'fetched',
    visit: 'answered',
    answer: (_, response) => response.writeHead(200, { ...HTML, etag: `"${performance.now()}"` }).end(LIST),
  },
  'date-in-future': {
    ends: 'fetched',
    visit: 'answered',
    isFeed: true,
    answer: ok(FEED(ITEM(1, '<pubDate>Fri, 01 Jan 9999 00:00:00 GMT</pubDate>'))),
    shows: /9999/,
  },
  'date-nonsense': {
    ends: 'fetched',
    visit: 'answered',
    isFeed: true,
    answer: ok(FEED(ITEM(1, '<pubDate>32 Foo 20xx</pubDate>'))),
    shows: /Foo/,
  },
  'items-100000': {
    ends: 'fetched',
    visit: 'answered',
    isFeed: true,
    answer: ok(FEED(Array.from({ length: 100_000 }, (_, at) => ITEM(at, OLD)).join(''))),
    shows: /<\/rss>$/,
  },
  'guid-1MiB': {
    ends: 'fetched',
    visit: 'answered',
    isFeed: true,
    answer: ok(FEED(ITEM(1, `<guid>${'g'.repeat(1 << 20)}</guid>`))),
    shows: /<\/rss>$/,
  },
  'title-1MiB': {
    ends: 'fetched',
    visit: 'answered',
    isFeed: true,
    answer: ok(FEED(`<item><title>${'t'.repeat(1 << 20)}</title><link>/1</link></item>`)),
    shows: /<\/rss>$/,
  },
  'url-64KiB': { ends: 'FETCH_PROTOCOL', url: `http://a.example/${'u'.repeat(65_536)}`, answer: ok(LIST) },
  'tls-expired': { ends: 'FETCH_TLS', url: 'https://a.example/', speak: say('no TLS here', 'end') },
  'tls-stall': { ends: 'FETCH_TIMEOUT', url: 'https://a.example/', speak: () => undefined },
  http09: { ends: 'FETCH_PROTOCOL', speak: say('<html>bare</html>', 'end') },
  'bad-status-line': { ends: 'FETCH_PROTOCOL', speak: say('HTTP/1.1 abc OK\r\n\r\n', 'end') },
  smuggle: {
    ends: 'FETCH_PROTOCOL',
    speak: say(`${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n`, 'end'),
  },
  'robots-huge': {
    ends: 'refused robots',
    robots: true,
    answer: (request, response) =>
      request.url === '/robots.txt'
        ? response.end(`User-agent: *\nDisallow: /\n${'#'.repeat(4 << 20)}`)
        : response.end(LIST),
  },
  'robots-redirect-private': {
    ends: 'ROBOTS_UNREACHABLE',
    robots: true,
    answer: (request, response) =>
      request.url === '/robots.txt'
        ? to('http://127.0.0.1/robots.txt')(request, response)
        : response.end(LIST),
  },
};

function answersInTurn(answers: readonly (readonly (typeof global4 | typeof local4)[])[]): Resolve {
  let turn = 0;
  return async () => answers[Math.min(turn++, answers.length - 1)] ?? [];
}

function drip(socket: Socket): void {
  socket.write(`${HEAD}Content-Length: 1000000\r\n\r\n`);
  const handle = setInterval(() => socket.write('x'), 30);
  socket.on('close', () => clearInterval(handle));
}

function flood(socket: Socket): void {
  socket.write(`${HEAD}Connection: close\r\n\r\n`);
  const more = () => {
    while (!socket.destroyed && socket.write('endless text '.repeat(5000)));
  };
  socket.on('drain', more);
  more();
}

/** 关于印发科技创新计划的通知, as GBK bytes between paragraphs. */
function gbk(): Uint8Array {
  const words = Buffer.from('b9d8d3dad3a1b7a2bfc6bcbcb4b4d0c2bcc6bbaeb5c4cda8d6aa', 'hex');
  return Buffer.concat([Buffer.from('<p>'), words, Buffer.from('</p>')]);
}
