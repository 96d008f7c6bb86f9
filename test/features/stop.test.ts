import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { prepareWeek, weekSetting } from '../../bench/faults-week.ts';
import { serveWorld } from '../../bench/world.ts';
import { openStore } from '../../db/store.ts';
import { withSmtpServer } from '../mail/smtp.ts';
import { BASE_DIR, makePlace } from './support.ts';

/** Resolves at the first line of the program's log that says so. */
function untilSaid(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const words: string[] = [];
    if (child.stderr === null) return reject(new Error('its log is not read'));
    createInterface({ input: child.stderr }).on('line', (line) => {
      words.push(line);
      if (line.includes(`"msg":"${what}"`)) resolve();
    });
    child.once('exit', () => reject(new Error(`ended without "${what}":\n${words.join('\n')}`)));
  });
}

/** The address of its pages, once it says so. */
function untilAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('its output is not read'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error('ended without an address')));
  });
}

/** Lists that never come: an edition stands in its fetch step for as long as a test likes. */
async function silentWorld(t: TestContext) {
  const place = await makePlace();
  const silent = createServer(() => undefined);
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const { port } = silent.address() as AddressInfo;
  const world = await serveWorld({ hosts: 1, pagesPerHost: 1, seed: 1, today: '2026-11-22' });
  t.after(async () => {
    silent.closeAllConnections();
    silent.close();
    await world.close();
    await place.remove();
  });
  return { place, world, hostMap: `*.example=127.0.0.1:${port}` };
}

test('SIGTERM in the middle of an edition ends the service with 0, and the slot is free at once', async (t) => {
  const { place, world, hostMap } = await silentWorld(t);
  const setting = weekSetting(new Date());
  const env = await prepareWeek({ dir: place.dir, setting, world, mailPort: 1, recipients: [], env: {} });
  const child = spawn(process.execPath, [path.join(BASE_DIR, 'cli', 'main.ts'), 'start'], {
    env: { ...env, PATH: process.env.PATH ?? '', NET_HOST_MAP: hostMap },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  await untilSaid(child, 'Step started');
  const asked = performance.now();
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  assert.ok(performance.now() - asked < 20_000, `took ${performance.now() - asked} ms`);
  const store = await openStore('', place.dataDir);
  try {
    const [slot] = await store.slots.unfinished();
    assert.deepEqual([slot?.state, slot?.nextTryAt], ['due', undefined]);
    assert.deepEqual(
      (await store.runs.latest(5)).map(({ job, state }) => [job, state]),
      [['edition', 'abandoned']],
    );
  } finally {
    await store.close();
  }
});

test('a reader who signs up while sources are read gets the letter meanwhile', async (t) => {
  const { place, world, hostMap } = await silentWorld(t);
  await withSmtpServer({}, async (mailServer) => {
    const options = { dir: place.dir, setting: weekSetting(new Date()), world, recipients: [], env: {} };
    const env = await prepareWeek({ ...options, mailPort: mailServer.port });
    const child = spawn(process.execPath, [path.join(BASE_DIR, 'cli', 'main.ts'), 'start'], {
      env: {
        ...env,
        PATH: process.env.PATH ?? '',
        NET_HOST_MAP: hostMap,
        PUBLIC_URL: 'https://digest.example/',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const address = untilAddress(child);
      await untilSaid(child, 'Step started');
      const form = new URLSearchParams({ email: 'ann@reader.example', digests: 'faults', agree: 'yes' });
      const answer = await fetch(new URL('/subscribe?lang=en', await address), {
        method: 'POST',
        body: form,
      });
      assert.equal(answer.status, 200, await answer.text());
      const letter = await mailServer.first;
      assert.deepEqual(letter.to, ['ann@reader.example']);
      assert.equal(child.exitCode, null);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    const store = await openStore('', place.dataDir);
    try {
      const runs = await store.runs.latest(9);
      assert.ok(runs.some(({ job, state }) => job === 'deliver' && state === 'finished'));
      assert.ok(runs.some(({ job, state }) => job === 'edition' && state === 'abandoned'));
    } finally {
      await store.close();
    }
  });
});

test('told to stop while it waits for another process, npm start ends at once with 1 and leaves nothing running', async (t) => {
  const place = await makePlace();
  await mkdir(place.dataDir, { recursive: true });
  const lock = path.join(place.dataDir, 'work.lock');
  await writeFile(lock, `${process.pid}\n`);
  // Without its set-up, which has been; in a group of its own, so that nothing of it outlives a failing test.
  const npm = spawn('npm', ['start', '--ignore-scripts'], {
    cwd: BASE_DIR,
    env: { ...place.env, PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  t.after(async () => {
    // Without an id it was never started; without a group there is nothing left of it.
    if (npm.pid !== undefined) endGroup(npm.pid);
    await place.remove();
  });
  await untilSaid(npm, 'Waiting for another process');
  npm.kill('SIGTERM');
  const [code] = await once(npm, 'exit');
  assert.equal(code, 1);
  assert.equal(endGroup(npm.pid ?? 0), false);
  assert.equal(await readFile(lock, 'utf8'), `${process.pid}\n`);
});

test('a second service tells what is hardly meant, says who is there before it, waits, and takes its place', async (t) => {
  const place = await makePlace();
  await mkdir(place.dataDir, { recursive: true });
  const file = path.join(place.dataDir, 'service.lock');
  await writeFile(file, `${process.pid}\n`);
  const DIGESTS_DIR = path.join(place.dir, 'digests');
  const SOURCES_DIR = path.join(place.dir, 'sources');
  for (const folder of [DIGESTS_DIR, SOURCES_DIR]) await mkdir(folder);
  const second = spawn(process.execPath, [path.join(BASE_DIR, 'cli', 'main.ts'), 'start'], {
    env: {
      ...place.env,
      PATH: process.env.PATH ?? '',
      DIGESTS_DIR,
      SOURCES_DIR,
      HTTP_PORT: '0',
      SMPT_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(async () => {
    second.kill('SIGKILL');
    await place.remove();
  });
  const lines: string[] = [];
  const said = new Promise<string>((resolve) => {
    createInterface({ input: second.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.includes('Another service')) resolve(line);
    });
  });
  const running = untilAddress(second);
  const printed: string[] = [];
  second.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const { pid, since } = JSON.parse(await said) as { pid: number; since: string };
  assert.equal(pid, process.pid);
  assert.match(lines.join('\n'), /"variable":"SMPT_URL".*"Setting in doubt"/);
  assert.ok(Math.abs(Date.parse(since) - Date.now()) < 60_000, since);
  await rm(file);
  await running;
  assert.match(await readFile(file, 'utf8'), new RegExp(`^${second.pid} `));
  second.kill('SIGTERM');
  const [code] = await once(second, 'exit');
  assert.equal(code, 0);
  assert.match(printed.join(''), /No digest is set up: \S*digests holds none/);
  await assert.rejects(readFile(file), { code: 'ENOENT' });
});

/** False when nobody of the group is left. */
function endGroup(id: number): boolean {
  try {
    return process.kill(-id, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
