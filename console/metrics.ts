import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Store } from '../db/store.ts';
import type { Clock } from '../model/clock.ts';
import type { Digest } from '../model/digest.ts';
import type { Pages } from './server.ts';

export interface MetricsInput {
  readonly store: Store;
  readonly digests: readonly Digest[];
  readonly clock: Clock;
  /** An edition that is not out so long after its hour is late. */
  readonly lateMinutes: number;
  /** Folders whose disk must not run full. */
  readonly folders: readonly string[];
  /** UTC ISO instant of the last finished tick. */
  lastTickAt(): string | undefined;
}

/** Looks at sources are counted over so long. */
const DAY_MS = 86_400_000;

/**
 * `/metrics` for Prometheus. Every figure is read from the tables when it is asked for, so a restart does not start
 * them anew; nothing is said of single readers.
 */
export function metricsPage(input: MetricsInput): Pages {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = gaugesOf(registry);
  return (server) => {
    server.get('/metrics', async (_request, reply) => {
      await read(input, gauges);
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  };
}

function gaugesOf(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name: `digest_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  return {
    lastTick: gauge('last_tick_timestamp_seconds', 'When the last tick of the schedule ended'),
    lastEdition: gauge('last_edition_timestamp_seconds', 'When a digest last published an edition', [
      'digest',
    ]),
    slotsOpen: gauge('slots_open', 'Editions and upkeep that are due and not done', ['schedule']),
    slotsLate: gauge('slots_late', 'Of these, those later than LATE_MINUTES', ['schedule']),
    runs: gauge('runs', 'Runs on record by how they ended', ['job', 'state']),
    lastRunEnd: gauge('last_run_end_timestamp_seconds', 'When a job last came to its end', ['job']),
    lastRunSeconds: gauge('last_run_duration_seconds', 'How long that run took', ['job']),
    sources: gauge('sources', 'Sources by the outcome of their last visit', ['outcome']),
    visits: gauge('visits_last_day', 'Looks at sources within the last day by outcome', ['outcome']),
    findings: gauge('findings', 'Findings on record', ['code']),
    outbox: gauge('outbox_mails', 'Mails by state', ['kind', 'state']),
    wishes: gauge('wishes_open', 'Readers who ask to be left out and wait for a person'),
    oldestWish: gauge('oldest_wish_timestamp_seconds', 'When the oldest of these wishes was read'),
    documents: gauge('documents', 'Documents kept'),
    diskFree: gauge('disk_free_bytes', 'Bytes that can still be written where a folder lies', ['folder']),
    diskSize: gauge('disk_size_bytes', 'Size of the disk on which a folder lies', ['folder']),
  };
}

async function read(input: MetricsInput, gauges: ReturnType<typeof gaugesOf>): Promise<void> {
  // A label that is gone from the tables is gone from the answer.
  for (const gauge of Object.values(gauges)) gauge.reset();
  const { store } = input;
  const lastTickAt = input.lastTickAt();
  if (lastTickAt !== undefined) gauges.lastTick.set(seconds(lastTickAt));
  for (const [digest, at] of await store.figures.lastEditions())
    gauges.lastEdition.set({ digest }, seconds(at));
  await readSlots(input, gauges);
  for (const { job, state, count } of await store.runs.countByState()) gauges.runs.set({ job, state }, count);
  for (const { job, startedAt, finishedAt } of await store.runs.newestFinished()) {
    if (finishedAt === undefined) continue;
    gauges.lastRunEnd.set({ job }, seconds(finishedAt));
    gauges.lastRunSeconds.set({ job }, seconds(finishedAt) - seconds(startedAt));
  }
  for (const [outcome, count] of await sourcesByOutcome(store)) gauges.sources.set({ outcome }, count);
  const dayAgo = new Date(input.clock.now().getTime() - DAY_MS).toISOString();
  for (const [outcome, count] of await store.figures.visitsSince(dayAgo))
    gauges.visits.set({ outcome }, count);
  for (const [code, count] of await store.figures.findingsByCode()) gauges.findings.set({ code }, count);
  for (const { table, state, count } of await store.figures.outbox())
    gauges.outbox.set({ kind: table === 'deliveries' ? 'edition' : 'letter', state }, count);
  const [oldest, ...newer] = await store.returnedMessages.wishes();
  gauges.wishes.set(oldest === undefined ? 0 : 1 + newer.length);
  if (oldest !== undefined) gauges.oldestWish.set(seconds(oldest.readAt));
  gauges.documents.set(await store.documents.count());
  for (const folder of input.folders) await readDisk(folder, gauges);
}

async function readSlots(
  { store, digests, clock, lateMinutes }: MetricsInput,
  { slotsOpen, slotsLate }: ReturnType<typeof gaugesOf>,
): Promise<void> {
  const lateBefore = new Date(clock.now().getTime() - lateMinutes * 60_000).toISOString();
  const open = Map.groupBy(await store.slots.unfinished(), ({ scheduleId }) => scheduleId);
  // Zero is said for every digest: an alarm needs a value to compare with.
  for (const schedule of new Set([...digests.map(({ id }) => id as string), ...open.keys()])) {
    const slots = open.get(schedule) ?? [];
    slotsOpen.set({ schedule }, slots.length);
    slotsLate.set({ schedule }, slots.filter(({ dueAt }) => dueAt <= lateBefore).length);
  }
}

async function sourcesByOutcome(store: Store): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { lastOutcome = 'not visited' } of (await store.sourceStates.all()).values())
    counts.set(lastOutcome, (counts.get(lastOutcome) ?? 0) + 1);
  return counts;
}

async function readDisk(folder: string, { diskFree, diskSize }: ReturnType<typeof gaugesOf>): Promise<void> {
  // Not made yet, or out of reach, which is an alarm: the other figures must come all the same.
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined) return;
  diskFree.set({ folder }, disk.bavail * disk.bsize);
  diskSize.set({ folder }, disk.blocks * disk.bsize);
}

function seconds(at: string): number {
  return Date.parse(at) / 1000;
}
