import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Store } from '../db/store.ts';
import { nextMoment } from '../jobs/schedule.ts';
import type { Clock } from '../model/clock.ts';
import type { Digest } from '../model/digest.ts';
import { AppError } from '../model/errors.ts';
import { minuteOf } from '../text/calendar.ts';
import type { View } from './views.ts';

/** The alarm rings every minute; without a ring for this long the service is not well. */
const LATE_AFTER_MS = 10 * 60_000;

export interface HealthInput {
  readonly store: Store;
  readonly digests: readonly Digest[];
  readonly clock: Clock;
  readonly view: View;
  readonly host: string;
  readonly port: number;
  readonly transport: string;
  /** UTC ISO instant of the last finished tick. */
  lastTickAt(): string | undefined;
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The plain page of the service: what comes next, what ran, what waits. `/` for people, `/health` for machines
 * (200 well, 503 not). Nothing can be changed through it.
 * @throws AppError HTTP_PORT_TAKEN
 */
export async function startHealth(input: HealthInput): Promise<HealthServer> {
  const server = createServer((request, response) => {
    answer(input, request.method ?? 'GET', request.url ?? '/', response).catch((error: unknown) => {
      send(
        response,
        500,
        'text/plain; charset=utf-8',
        error instanceof Error ? error.message : String(error),
      );
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', (error) => {
      const what = `${input.host}:${input.port}`;
      failed(
        new AppError(
          'HTTP_PORT_TAKEN',
          `listening on ${what}: ${error.message}; set HTTP_PORT to another port`,
          { cause: error },
        ),
      );
    });
    server.listen(input.port, input.host, done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${input.host}:${port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

async function answer(
  input: HealthInput,
  method: string,
  url: string,
  response: ServerResponse,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD')
    return send(response, 405, 'text/plain; charset=utf-8', 'Only GET.');
  const health = await readHealth(input);
  if (url === '/health')
    return send(response, health.isWell ? 200 : 503, 'application/json', JSON.stringify(health));
  if (url !== '/')
    return send(response, 404, 'text/plain; charset=utf-8', 'Nothing here. / is the health page.');
  send(response, 200, 'text/html; charset=utf-8', input.view(health));
}

/** Everything the page shows, ready to be set. */
async function readHealth(input: HealthInput) {
  const { store, clock, digests } = input;
  const now = clock.now();
  const lastTickAt = input.lastTickAt();
  const runs = await store.runs.latest(12);
  const slots = await store.slots.recent(8);
  const editions = await store.editions.latest(8);
  const waiting = await store.deliveries.waiting();
  const isWell = lastTickAt !== undefined && now.getTime() - Date.parse(lastTickAt) < LATE_AFTER_MS;
  return {
    isWell,
    now: minuteOf(now, 'UTC'),
    lastTick: lastTickAt === undefined ? 'not yet' : minuteOf(lastTickAt, 'UTC'),
    transport: input.transport,
    waiting,
    documents: await store.documents.count(),
    findings: await store.findings.count(),
    digests: digests.map((digest) => {
      const next = digest.enabled ? nextMoment(digest, now) : undefined;
      return {
        id: digest.id,
        title: digest.title,
        next: next === undefined ? 'switched off' : `${minuteOf(next, digest.zone)} ${digest.zone}`,
      };
    }),
    slots: slots.map((slot) => ({
      digest: slot.scheduleId,
      week: slot.periodKey,
      state: slot.state,
      due: minuteOf(slot.dueAt, 'UTC'),
    })),
    editions: editions.map((edition) => ({ ...edition, published: minuteOf(edition.publishedAt, 'UTC') })),
    runs: runs.map((run) => ({
      job: run.job,
      subject: run.subject,
      state: run.state,
      started: minuteOf(run.startedAt, 'UTC'),
      counts: Object.entries(run.counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
      error: run.error ?? '',
    })),
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}
