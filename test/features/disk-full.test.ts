import assert from 'node:assert/strict';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openApp } from '../../app.ts';
import { prepareWeek, weekSetting } from '../../bench/faults-week.ts';
import { serveWorld } from '../../bench/world.ts';
import { silentLog } from '../../cli/log.ts';
import { loadConfig } from '../../config.ts';
import { collect } from '../../jobs/collect.ts';
import { ring } from '../../jobs/scheduled-work.ts';
import { surveyArchive } from '../../reports/archive.ts';
import { checkFiles } from '../../reports/verify.ts';
import { BASE_DIR, makePlace } from './support.ts';

/** Every file of the program is written through a handle; from the `n`-th write on there is no room. */
async function fillDisk(): Promise<{ room: number; restore(): void }> {
  const probe = await open(import.meta.filename, 'r');
  const handle: { write: unknown; writeFile: unknown } = Object.getPrototypeOf(probe);
  await probe.close();
  const disk = { room: Number.POSITIVE_INFINITY, restore: () => Object.assign(handle, before) };
  const before = { write: handle.write, writeFile: handle.writeFile };
  for (const name of ['write', 'writeFile'] as const) {
    const real = before[name] as (...args: unknown[]) => Promise<unknown>;
    handle[name] = function (this: unknown, ...args: unknown[]) {
      if (disk.room-- > 0) return real.apply(this, args);
      return Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
    };
  }
  return disk;
}

test('whichever write finds the disk full, nothing half is published, and it goes on once there is room', async (t) => {
  const place = await makePlace();
  let at = Date.now();
  const clock = { now: () => new Date(at) };
  const setting = weekSetting(clock.now());
  const world = await serveWorld({ hosts: 1, pagesPerHost: 3, seed: 1, today: setting.lastDay });
  const disk = await fillDisk();
  t.after(async () => {
    disk.restore();
    await world.close();
    await place.remove();
  });
  const week = {
    dir: place.dir,
    setting,
    world,
    mailPort: 1,
    recipients: ['one@reader.example'],
    env: place.env,
  };
  const env = { ...(await prepareWeek(week)), SMTP_URL: '', OPERATOR_MAIL: 'operator@reader.example' };
  const signal = new AbortController().signal;
  const config = loadConfig(env, BASE_DIR);
  await using app = await openApp({ config, baseDir: BASE_DIR, log: silentLog, clock, signal });
  const slot = async () => (await app.store.slots.newest()).get('faults');
  const outbox = path.join(place.dataDir, 'outbox');
  const mails = async () =>
    (await readdir(outbox).catch(() => [])).filter((name) => name.includes(setting.week));

  // In the fetch step; then, that being done, at the first file of the edition and in the middle of them.
  for (const room of [2, 0, 5]) {
    if (room === 0) await app.run(collect, { which: 'all' });
    disk.room = room;
    // The letter to the operator cannot be written either; what is said of the slot is what counts.
    await ring(app, app).catch((error: { code?: string }) =>
      assert.match(error.code ?? '', /^(?:DISK_FULL|MAIL_SETUP)$/),
    );
    disk.room = Number.POSITIVE_INFINITY;
    const { state, detail = '', nextTryAt } = (await slot()) ?? {};
    assert.equal(state, 'due', `room for ${room} writes: ${detail}`);
    assert.match(detail, room === 2 ? /^(?:DISK_FULL|NOBODY_ANSWERED): / : /^DISK_FULL: no room left/);
    assert.deepEqual(await surveyArchive(place.archiveDir), { editions: [], broken: [] });
    assert.deepEqual(await mails(), []);
    at = Date.parse(nextTryAt ?? '') + 15 * 60_000;
  }
  await ring(app, app);
  assert.equal((await slot())?.state, 'done');
  const { editions, broken } = await surveyArchive(place.archiveDir);
  assert.deepEqual([editions.map(({ manifest }) => manifest.edition.revision), broken], [[1], []]);
  for (const edition of editions) assert.deepEqual((await checkFiles(place.archiveDir, edition)).faults, []);
  assert.equal((await mails()).length, 1);
  const letters = (await readdir(outbox)).filter((name) => name.startsWith('operator'));
  const texts = await Promise.all(letters.map((name) => readFile(path.join(outbox, name), 'utf8')));
  assert.ok(
    texts.some((text) => text.includes('DISK_FULL')),
    'the operator was not told',
  );
});
