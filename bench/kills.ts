import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openStore, type Store } from '../db/store.ts';
import { warcFiles } from '../jobs/snapshots-recover.ts';
import { systemClock } from '../model/clock.ts';
import { readKept, readWarc } from '../net/warc-reader.ts';
import { dayOf } from '../text/calendar.ts';
import { sha256 } from '../text/hash.ts';
import { serveWorld, type World } from './world.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly hosts: number;
  readonly pages: number;
}

export interface KillReport {
  readonly killed: number;
  readonly records: number;
  readonly documents: number;
  readonly broken: readonly string[];
}

const MAIN = path.join(import.meta.dirname, '..', 'cli', 'main.ts');
const LONGEST_DELAY_MS = 40;

/** Kills the program at seeded moments of its collecting, again and again, and looks what is left. */
export async function benchKills(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      hosts: { type: 'string', default: '12' },
      pages: { type: 'string', default: '40' },
    },
  });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  const report = await killAndCompare({
    kills,
    seed,
    hosts: Number(values.hosts),
    pages: Number(values.pages),
  });
  console.log(`kills: ${report.killed} of ${kills}, seed ${seed}`);
  console.log(`  kept records      ${report.records}, each indexed and readable`);
  console.log(`  documents         ${report.documents}, the same as without a kill`);
  return report.broken;
}

/** One data folder that is killed over and over and one that is not; both must end the same. */
export async function killAndCompare(options: KillOptions): Promise<KillReport> {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-kills-'));
  const world = await serveWorld({
    hosts: options.hosts,
    pagesPerHost: options.pages,
    seed: options.seed,
    latencyMs: [1, 20],
    today: dayOf(systemClock.now(), 'Asia/Shanghai'),
  });
  try {
    await world.writeSettings(path.join(dir, 'sources'), path.join(dir, 'digests'));
    const broken: string[] = [];
    const killed = await killOften(world, dir, options);
    if (killed < options.kills) broken.push(`only ${killed} of ${options.kills} runs could be killed`);
    for (const name of ['killed', 'whole']) {
      const code = await ended(start(world, dir, name));
      if (code !== 0) broken.push(`the last run (${name}) ended with ${code}`);
    }
    const left = await openStore('', path.join(dir, 'killed'));
    const whole = await openStore('', path.join(dir, 'whole'));
    try {
      const { records, faults } = await checkEvidence(left, path.join(dir, 'killed', 'snapshots'));
      broken.push(...faults);
      const [got, wanted] = [await documentsOf(left), await documentsOf(whole)];
      broken.push(...differences(got, wanted));
      if (wanted.length !== options.hosts * options.pages) broken.push(`${wanted.length} documents unkilled`);
      return { killed, records, documents: got.length, broken };
    } finally {
      await left.close();
      await whole.close();
    }
  } finally {
    await world.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Each run is killed a seeded while after a seeded number of its requests; returns how many were. */
async function killOften(
  world: World,
  dir: string,
  { kills, seed, hosts, pages }: KillOptions,
): Promise<number> {
  let killed = 0;
  for (let turn = 0; turn < kills; turn++) {
    const random = (what: string, most: number) =>
      Number.parseInt(sha256(`${seed} ${turn} ${what}`).slice(0, 8), 16) % most;
    // A run asks each host for robots.txt and list again; what it reads beyond that, the next run need not.
    const unread = hosts * pages - countRead(world);
    const share = Math.ceil((2 * unread) / (kills - turn));
    const mostRequests = 2 * hosts + Math.min(share, unread) - 2;
    const before = countRequests(world);
    const child = start(world, dir, 'killed');
    const end = ended(child);
    const reached = await untilRequests(world, child, before + 1 + random('requests', mostRequests));
    if (reached) await new Promise((resolve) => setTimeout(resolve, random('delay', LONGEST_DELAY_MS)));
    if (child.exitCode === null && child.kill('SIGKILL')) killed++;
    await end;
  }
  return killed;
}

function start(world: World, dir: string, name: string): ChildProcess {
  return spawn(process.execPath, [MAIN, 'run', '--all', '--json'], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: path.join(dir, name),
      ARCHIVE_DIR: path.join(dir, `${name}-archive`),
      SOURCES_DIR: path.join(dir, 'sources'),
      DIGESTS_DIR: path.join(dir, 'digests'),
      NET_HOST_MAP: world.hostMap,
      HOST_GAP_MS: '5',
    },
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

function countRequests(world: World): number {
  return world.logs.reduce((sum, log) => sum + log.paths.length, 0);
}

/** Notices that were asked for at least once. */
function countRead(world: World): number {
  const read = world.logs.map(({ paths }) => new Set(paths.filter((at) => at.startsWith('/notice/'))).size);
  return read.reduce((sum, count) => sum + count, 0);
}

/** False when the program ended before it had asked so often. */
async function untilRequests(world: World, child: ChildProcess, count: number): Promise<boolean> {
  while (countRequests(world) < count) {
    if (child.exitCode !== null) return false;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return true;
}

/** Every record in the files is in the index, and every row of the index leads to a whole record. */
async function checkEvidence(store: Store, folder: string): Promise<{ records: number; faults: string[] }> {
  const faults: string[] = [];
  let records = 0;
  for (const { file } of await warcFiles(folder))
    for await (const { snapshot } of readWarc(folder, file)) {
      records++;
      if ((await store.snapshots.byId(snapshot.id)) === undefined)
        faults.push(`${file} at ${snapshot.offset}: kept, but not in the index`);
    }
  for (let part = await store.snapshots.after('', 500); part.length > 0; ) {
    for (const snapshot of part)
      await readKept(folder, snapshot).catch((error: unknown) => faults.push(String(error)));
    part = await store.snapshots.after(part.at(-1)?.id ?? '', 500);
  }
  return { records, faults };
}

/** What a document is, without the times at which it was seen. */
async function documentsOf(store: Store): Promise<string[]> {
  const all = await store.documents.publishedWithin('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z');
  const known = await store.snapshots.byIds(all.map(({ snapshotId }) => snapshotId));
  return all
    .map(({ canonicalUrl, sourceId, title, published, revision, contentHash, snapshotId }) =>
      JSON.stringify([
        canonicalUrl,
        sourceId,
        title,
        published,
        revision,
        contentHash,
        known.has(snapshotId),
      ]),
    )
    .sort();
}

function differences(got: readonly string[], wanted: readonly string[]): string[] {
  const [gotSet, wantedSet] = [new Set(got), new Set(wanted)];
  return [
    ...wanted.filter((row) => !gotSet.has(row)).map((row) => `lost: ${row}`),
    ...got.filter((row) => !wantedSet.has(row)).map((row) => `not there without kills: ${row}`),
    ...(gotSet.size === got.length ? [] : ['a document is there twice']),
  ];
}
