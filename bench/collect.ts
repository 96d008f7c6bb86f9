import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openStore } from '../db/store.ts';
import { systemClock } from '../model/clock.ts';
import { dayOf } from '../text/calendar.ts';
import { MISCHIEF } from './mischief.ts';
import { type HostLog, serveWorld, type World } from './world.ts';

interface Settings {
  readonly hosts: number;
  readonly pages: number;
  readonly seed: number;
  readonly gapMs: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
}

interface Measured {
  readonly ms: number;
  readonly peakMb: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly logs: readonly HostLog[];
  /** Addresses of the documents of hosts that behave. */
  readonly good: ReadonlySet<string>;
}

const MOST_RATIO = 1.15;
const MOST_MB = 400;
/** As the npm scripts start the program: young objects in small space, or a busy machine keeps 100 MB of garbage. */
const NODE_FLAGS = ['--max-semi-space-size=8'];
const LATENCY_MS = [5, 300] as const;

/** A run over many hosts against the least time it could take; then again while every third host misbehaves. */
export async function benchCollect(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      hosts: { type: 'string', default: '80' },
      pages: { type: 'string', default: '25' },
      seed: { type: 'string', default: '1' },
      gap: { type: 'string', default: '1500' },
      concurrency: { type: 'string', default: '8' },
      timeout: { type: 'string', default: '10000' },
    },
  });
  const settings: Settings = {
    hosts: Number(values.hosts),
    pages: Number(values.pages),
    seed: Number(values.seed),
    gapMs: Number(values.gap),
    concurrency: Number(values.concurrency),
    timeoutMs: Number(values.timeout),
  };
  const broken: string[] = [];
  const well = await measure(settings, () => false);
  const bound = boundOf(settings, well.logs);
  const ratio = well.ms / bound.ms;
  const smallestGap = Math.min(...well.logs.map(smallestGapOf));
  console.log(`collect: ${settings.hosts} hosts × ${settings.pages} pages, seed ${settings.seed}`);
  console.log(
    `  machine             ${loadavg()[0]?.toFixed(1)} waiting on ${availableParallelism()} processors`,
  );
  console.log(`  time                ${seconds(well.ms)} (documents: ${well.counts.added})`);
  console.log(`  bound, slowest gap  ${seconds(bound.gapMs)} (${settings.gapMs} ms between requests)`);
  console.log(`  bound, latency      ${seconds(bound.latencyMs)} (${settings.concurrency} at once)`);
  console.log(`  time / bound        ${ratio.toFixed(3)} (most ${MOST_RATIO})`);
  console.log(`  smallest gap seen   ${smallestGap.toFixed(0)} ms`);
  console.log(`  peak memory         ${well.peakMb.toFixed(0)} MB (most ${MOST_MB})`);
  if (ratio > MOST_RATIO) broken.push(`time / bound is ${ratio.toFixed(3)}`);
  if (well.peakMb > MOST_MB) broken.push(`peak memory is ${well.peakMb.toFixed(0)} MB`);
  // Over all its requests: how long each is on its way, to a server in another busy process, differs by some 100 ms.
  for (const { host, startsAt } of well.logs)
    if ((startsAt.at(-1) ?? 0) - (startsAt[0] ?? 0) < (startsAt.length - 1) * settings.gapMs - 200)
      broken.push(`${host} was asked faster than its gap`);
  if (well.counts.added !== settings.hosts * settings.pages) broken.push('not every page became a document');

  const isBad = (host: number) => host % 3 === 2;
  const ill = await measure(settings, isBad);
  const lost = [...well.good].filter((url) => !isBad(hostOf(url)) && !ill.good.has(url));
  const [before, after] = [well, ill].map(({ logs }) => lastGoodEnd(logs, isBad));
  console.log(`a third misbehave (${Object.keys(MISCHIEF).join(', ')})`);
  console.log(
    `  time                ${seconds(ill.ms)}; good hosts done after ${seconds(after ?? 0)}, before ${seconds(before ?? 0)}`,
  );
  console.log(`  lost of good hosts  ${lost.length} documents`);
  console.log(`  peak memory         ${ill.peakMb.toFixed(0)} MB`);
  if (lost.length > 0) broken.push(`${lost.length} documents of good hosts were lost`);
  if (ill.peakMb > MOST_MB) broken.push(`peak memory is ${ill.peakMb.toFixed(0)} MB while hosts misbehave`);
  if ((after ?? 0) > (before ?? 0) * MOST_RATIO) broken.push('good hosts had to wait for bad ones');
  return broken;
}

async function measure(settings: Settings, isBad: (host: number) => boolean): Promise<Measured> {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-bench-'));
  const kinds = Object.values(MISCHIEF);
  const world = await serveWorld({
    hosts: settings.hosts,
    pagesPerHost: settings.pages,
    seed: settings.seed,
    latencyMs: LATENCY_MS,
    today: dayOf(systemClock.now(), 'Asia/Shanghai'),
    mischiefOf: (host) => (isBad(host) ? kinds[Math.floor(host / 3) % kinds.length] : undefined),
  });
  try {
    const run = await runChild(settings, world, dir);
    const good = new Set<string>();
    const store = await openStore('', path.join(dir, 'data'));
    const [from, to] = ['2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'];
    for (const { url } of await store.documents.publishedWithin(from, to)) good.add(url);
    await store.close();
    return { ...run, logs: world.logs, good };
  } finally {
    await world.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function runChild(
  settings: Settings,
  world: World,
  dir: string,
): Promise<Pick<Measured, 'ms' | 'peakMb' | 'counts'>> {
  const [sources, digests] = [path.join(dir, 'sources'), path.join(dir, 'digests')];
  await world.writeSettings(sources, digests);
  const env = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: path.join(dir, 'data'),
    ARCHIVE_DIR: path.join(dir, 'archive'),
    SOURCES_DIR: sources,
    DIGESTS_DIR: digests,
    NET_HOST_MAP: world.hostMap,
    HOST_GAP_MS: String(settings.gapMs),
    FETCH_CONCURRENCY: String(settings.concurrency),
    REQUEST_TIMEOUT_MS: String(settings.timeoutMs),
  };
  const script = path.join(import.meta.dirname, 'collect-child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...NODE_FLAGS, script], {
    env,
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** The least time any program could take that keeps the gap and the number of requests at once. */
function boundOf(settings: Settings, logs: readonly HostLog[]) {
  const gapMs = Math.max(...logs.map((log) => (log.startsAt.length - 1) * settings.gapMs));
  const latencyMs = logs.reduce((sum, log) => sum + log.latencyMs, 0) / settings.concurrency;
  return { gapMs, latencyMs, ms: Math.max(gapMs, latencyMs) };
}

function smallestGapOf({ startsAt }: HostLog): number {
  return Math.min(...startsAt.slice(1).map((at, index) => at - (startsAt[index] ?? 0)));
}

/** From the first request of the run to the last answer of a host that behaves. */
function lastGoodEnd(logs: readonly HostLog[], isBad: (host: number) => boolean): number {
  const first = Math.min(...logs.flatMap(({ startsAt }) => startsAt));
  return Math.max(...logs.filter(({ index }) => !isBad(index)).map(({ lastEndAt }) => lastEndAt)) - first;
}

function hostOf(url: string): number {
  return Number(/^http:\/\/kjt(\d+)\./.exec(url)?.[1]);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
