import type { Store } from '../db/store.ts';
import { nextMoment } from '../jobs/schedule.ts';
import type { Clock } from '../model/clock.ts';
import type { Digest } from '../model/digest.ts';
import { minuteOf } from '../text/calendar.ts';
import type { Pages } from './server.ts';
import type { View } from './views.ts';

/** The alarm rings every minute; without a ring for this long the service is not well. */
const LATE_AFTER_MS = 10 * 60_000;

export interface HealthInput {
  readonly store: Store;
  readonly digests: readonly Digest[];
  readonly clock: Clock;
  readonly view: View;
  readonly transport: string;
  /** UTC ISO instant of the last finished tick. */
  lastTickAt(): string | undefined;
}

/** `/health` for probes: 200 well, 503 not. It tells nothing that an outsider may not know. */
export function healthProbe(input: Pick<HealthInput, 'clock' | 'lastTickAt'>): Pages {
  return (server) => {
    server.get('/health', async (_request, reply) => {
      const lastTickAt = input.lastTickAt();
      const isWell = isTicking(input);
      return reply.status(isWell ? 200 : 503).send({ isWell, lastTickAt: lastTickAt ?? null });
    });
  };
}

/** `/`, the plain page of the service: what comes next, what ran, what waits. */
export function healthPage(input: HealthInput): Pages {
  return (server) => {
    server.get('/', async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(input.view(await readHealth(input))),
    );
  };
}

function isTicking({ clock, lastTickAt }: Pick<HealthInput, 'clock' | 'lastTickAt'>): boolean {
  const at = lastTickAt();
  return at !== undefined && clock.now().getTime() - Date.parse(at) < LATE_AFTER_MS;
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
  return {
    isWell: isTicking(input),
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
