import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../model/clock.ts';
import { type Known, type Reply, replyTo } from './reply.ts';
import { readSites } from './site.ts';

/** The demo web while it is served. */
export interface DemoWeb {
  readonly port: number;
  close(): Promise<void>;
}

export interface DemoWebOptions {
  /** What the sites take for the time: pages appear, change and vanish by it, and `Date` is read from it. */
  readonly clock: Clock;
  /** @default 0: any free port */
  readonly port?: number;
}

/** A form is a few fields; more is a mistake of the caller. */
const MAX_FORM_BYTES = 64 * 1024;

/**
 * Serves every host of demo/web on loopback from one port, told apart by the Host header.
 * @example const web = await startDemoWeb({ clock: fixedClock('2021-06-24T01:00:00Z') });
 */
export async function startDemoWeb({ clock, port = 0 }: DemoWebOptions): Promise<DemoWeb> {
  const sites = new Map(readSites().map((site) => [site.host, site]));
  const visits = new Map<string, number>();
  const server = createServer((request, response) => {
    readForm(request, (form) => {
      const now = clock.now();
      response.sendDate = false;
      response.setHeader('Date', now.toUTCString());
      const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
      const site = sites.get(host);
      const target = URL.parse(request.url ?? '/', `http://${host}`);
      if (site === undefined || target === null) return send(response, unknownHost(host));
      const key = `${host}${target.pathname}`;
      visits.set(key, (visits.get(key) ?? 0) + 1);
      const ask = {
        method: request.method ?? 'GET',
        path: decodeURI(target.pathname),
        fields: form === '' ? target.searchParams : new URLSearchParams(form),
        now,
        visits: visits.get(key) ?? 1,
      };
      send(response, replyTo(site, ask, validators(request)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A TCP server that listens has an AddressInfo, not a pipe name.
  const address = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      server.closeAllConnections();
    });
  return { port: address.port, close };
}

function unknownHost(host: string): Reply {
  return { status: 421, type: 'text/plain; charset=utf-8', body: Buffer.from(`No such host: ${host}\n`) };
}

function validators(request: IncomingMessage): Known {
  return {
    etag: request.headers['if-none-match'],
    modifiedSince: request.headers['if-modified-since'],
  };
}

function send(response: ServerResponse, { status, type, body, headers, cut = false }: Reply): void {
  const isEmpty = status === 304;
  const own = isEmpty ? {} : { 'Content-Type': type, 'Content-Length': body.byteLength };
  response.writeHead(status, { ...own, ...headers });
  if (!cut) response.end(body);
  else response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.destroy());
}

function readForm(request: IncomingMessage, then: (form: string) => void): void {
  let form = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    form += chunk;
    if (form.length > MAX_FORM_BYTES) request.destroy();
  });
  request.on('end', () => then(form));
}
