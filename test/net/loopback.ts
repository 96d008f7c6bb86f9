import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fixedClock } from '../../model/clock.ts';
import { createAddressGuard } from '../../net/address-guard.ts';
import { parseHostMap } from '../../net/host-map.ts';
import { createHttp, type HttpOptions } from '../../net/http.ts';
import { createPoliteness } from '../../net/politeness.ts';
import { createWarcWriter } from '../../net/warc.ts';

export const CLOCK = fixedClock('2021-06-21T01:00:00Z');

export interface Site {
  readonly port: number;
  readonly requests: IncomingMessage[];
}

/** A web server on the loopback that ends with the test; robots.txt is 404 unless the listener answers it. */
export async function serve(t: TestContext, listener: RequestListener, ownRobots = false): Promise<Site> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    if (request.url === '/robots.txt' && !ownRobots) response.writeHead(404).end();
    else listener(request, response);
  });
  return { port: await listen(t, server), requests };
}

/** A server that speaks bytes; every connection is handed over after the request's head has come. */
export async function serveRaw(
  t: TestContext,
  speak: (socket: Socket, path: string) => void,
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    // The client breaking off is what many of these tests are about.
    socket.on('error', () => socket.destroy());
    socket.on('data', (head) => {
      const path = head.toString('latin1').split(' ')[1] ?? '';
      if (path === '/robots.txt')
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      else speak(socket, path);
    });
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(t, server);
}

async function listen(t: TestContext, server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** For tests that wait for a time-out; all others get limits that a busy machine does not reach. */
export const SHORT = { connectMs: 100, headersMs: 100, idleMs: 100, wholeMs: 1000 };

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'policy-digest-net-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The real client against `*.example` on the given port, with snapshots in a folder of the test. */
export async function client(
  t: TestContext,
  port: number,
  options: Partial<HttpOptions> & { folder?: string } = {},
) {
  const folder = options.folder ?? (await temporaryFolder(t));
  const warc = createWarcWriter({ folder, clock: CLOCK });
  const http = createHttp({
    clock: CLOCK,
    keep: warc.keep,
    userAgent: 'PolicyDigest/0.1 (+mailto:editor@digest.example)',
    guard: createAddressGuard(),
    hostMap: parseHostMap(`*.example=127.0.0.1:${port}`),
    politeness: createPoliteness({ gapMs: 0, perHost: 4 }),
    backOffMs: 1,
    ...options,
    limits: { connectMs: 5000, headersMs: 5000, idleMs: 5000, wholeMs: 20_000, ...options.limits },
  });
  t.after(async () => {
    await http.close();
    await warc.close();
  });
  return { http, warc, folder };
}
