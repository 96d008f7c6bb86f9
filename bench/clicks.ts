import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openStore } from '../db/store.ts';
import type { Run } from '../model/run.ts';

// People who press the rebuild button again and again: every click is answered at once, and one rebuild runs at a time.

const BASE_DIR = path.resolve(import.meta.dirname, '..');
const MOST_P95_MS = 200;
const WISHES = ['2021-W25', '2021-W24', '2021-W23'].flatMap((week) =>
  ['kept', 'snapshots'].map((from) => ({ digest: 'demo', week, from })),
);

/** `npm run bench -- clicks [--clicks 1200] [--seconds 60]` */
export async function benchClicks(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { clicks: { type: 'string', default: '1200' }, seconds: { type: 'string', default: '60' } },
  });
  const [clicks, seconds] = [Number(values.clicks), Number(values.seconds)];
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-clicks-'));
  try {
    const env = environment(dir);
    await ended(spawn(process.execPath, ['cli/main.ts', 'demo'], { cwd: BASE_DIR, env, stdio: 'ignore' }));
    return await clickAway(dir, { ...env, DATA_DIR: path.join(dir, 'data', 'demo') }, clicks, seconds);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function clickAway(
  dir: string,
  env: NodeJS.ProcessEnv,
  clicks: number,
  seconds: number,
): Promise<readonly string[]> {
  const service = spawn(process.execPath, ['cli/main.ts', 'start'], {
    cwd: BASE_DIR,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const url = await addressOf(service.stdout);
    const answers = await Promise.all(
      Array.from({ length: clicks }, async (_, index) => {
        await sleep((index * seconds * 1000) / clicks);
        return click(url, index);
      }),
    );
    await allOver(url);
    const times = answers.map(({ ms }) => ms).sort((left, right) => left - right);
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0;
    const unanswered = answers.filter(
      ({ status }) => status !== 303 && status !== 202 && status !== 200,
    ).length;
    const runs = await rebuildRuns(dir);
    const overlapping = runs.filter(
      (run, index) => run.startedAt < (runs[index - 1]?.finishedAt ?? ''),
    ).length;
    console.log(
      `${clicks} clicks in ${seconds} s: ${runs.length} rebuilds, ${overlapping} overlapping, ${unanswered} unanswered; p50 ${Math.round(times[times.length >> 1] ?? 0)} ms, p95 ${Math.round(p95)} ms, longest ${Math.round(times.at(-1) ?? 0)} ms`,
    );
    return [
      ...(unanswered > 0 ? [`${unanswered} clicks were not answered`] : []),
      ...(overlapping > 0 ? [`${overlapping} rebuilds ran beside another`] : []),
      ...(runs.length === 0 ? ['no rebuild ran'] : []),
      ...(p95 >= MOST_P95_MS ? [`p95 of the answers is ${Math.round(p95)} ms, most ${MOST_P95_MS}`] : []),
    ];
  } finally {
    service.kill('SIGTERM');
    await ended(service);
  }
}

/** Every other click is a button, the rest come from programs. */
async function click(url: string, index: number): Promise<{ status: number; ms: number }> {
  const wish = WISHES[index % WISHES.length];
  const startedAt = performance.now();
  const isButton = index % 2 === 0;
  const response = await fetch(`${url}${isButton ? 'rebuilds' : 'api/rebuilds'}`, {
    method: 'POST',
    redirect: 'manual',
    ...(isButton
      ? { body: new URLSearchParams(wish) }
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) }),
  });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - startedAt };
}

async function allOver(url: string): Promise<void> {
  for (;;) {
    const answer = (await (await fetch(`${url}api/rebuilds`)).json()) as { rebuilds: { state: string }[] };
    if (answer.rebuilds.every(({ state }) => state === 'done' || state === 'failed')) return;
    await sleep(500);
  }
}

async function rebuildRuns(dir: string): Promise<Run[]> {
  const store = await openStore('', path.join(dir, 'data', 'demo'));
  try {
    const runs = await store.runs.latest(5000);
    return runs
      .filter(({ job, startedAt }) => (job === 'draft' || job === 'reread') && startedAt > '2022')
      .sort((left, right) => (left.startedAt < right.startedAt ? -1 : 1));
  } finally {
    await store.close();
  }
}

function environment(dir: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATA_DIR: path.join(dir, 'data'),
    ARCHIVE_DIR: path.join(dir, 'archive'),
    SOURCES_DIR: path.join(BASE_DIR, 'demo', 'sources'),
    DIGESTS_DIR: path.join(BASE_DIR, 'demo', 'digests'),
    HTTP_PORT: '0',
    OPERATOR_TOKEN: '',
    LOG_LEVEL: 'error',
  };
}

async function addressOf(out: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  for await (const chunk of out) {
    said += String(chunk);
    const url = /https?:\/\/\S+/.exec(said)?.[0];
    if (url !== undefined) {
      out.resume();
      return url;
    }
  }
  throw new Error(`the service did not start: ${said}`);
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => done());
  });
}
