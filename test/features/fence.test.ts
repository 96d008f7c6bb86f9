import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openApp } from '../../app.ts';
import { silentLog } from '../../cli/log.ts';
import { loadConfig } from '../../config.ts';
import { startDemoWeb } from '../../demo/server.ts';
import { buildEdition } from '../../jobs/build-edition.ts';
import { collect } from '../../jobs/collect.ts';
import { runJob } from '../../jobs/run.ts';
import { noteDueSlots, workOpenSlots } from '../../jobs/tick.ts';
import { BASE_DIR, makePlace } from './support.ts';

test('a worker that slept through its lease publishes nothing when it wakes up', async (t) => {
  const place = await makePlace();
  let at = '2021-06-27T10:00:00.000Z';
  const clock = { now: () => new Date(at) };
  const web = await startDemoWeb({ clock });
  t.after(async () => {
    await web.close();
    await place.remove();
  });
  const env = {
    ...place.env,
    SOURCES_DIR: 'demo/sources',
    DIGESTS_DIR: 'demo/digests',
    NET_HOST_MAP: `*.example=127.0.0.1:${web.port}`,
    HOST_GAP_MS: '0',
  };
  const signal = new AbortController().signal;
  await using app = await openApp({
    config: loadConfig(env, BASE_DIR),
    baseDir: BASE_DIR,
    log: silentLog,
    clock,
    signal,
  });
  // Two workers in one process: the lock of the data folder would keep them apart, as the fence must where there is none.
  const { lock: _, ...base } = app;
  const [digest] = app.digests;
  assert.ok(digest);
  await noteDueSlots(base, [digest]);
  at = '2021-06-28T00:00:00.000Z';
  await noteDueSlots(base, [digest]);
  await runJob(base, collect, { which: 'all' });

  const asleep = Promise.withResolvers<void>();
  const woken = Promise.withResolvers<void>();
  const errors: unknown[] = [];
  // The first worker has composed its edition and falls asleep before it is printed.
  const press = {
    ...app.press,
    chromium: async () => {
      asleep.resolve();
      await woken.promise;
      return app.press.chromium();
    },
  };
  const week = '2021-W25';
  const first = workOpenSlots(base, [digest], async (claim) => {
    await runJob(base, buildEdition, { digest, week, press, claim }).catch((error: unknown) => {
      errors.push(error);
      throw error;
    });
    return 'made by the first';
  });
  await asleep.promise;
  at = '2021-06-28T00:05:00.000Z';
  await workOpenSlots(base, [digest], async (claim) => {
    await runJob(base, buildEdition, { digest, week, press: app.press, claim });
    return 'made by the second';
  });
  // What is read meanwhile makes the edition of the first another one than that of the second.
  at = '2021-06-28T06:00:00.000Z';
  await runJob(base, collect, { which: 'all' });
  woken.resolve();
  await first;

  assert.equal((errors[0] as { code?: string }).code, 'CLAIM_LOST');
  assert.deepEqual(await readdir(path.join(place.archiveDir, 'demo', '2021')), [week]);
  const published = await app.store.editions.ofWeek(digest.id, week);
  assert.deepEqual([published?.revision, published?.fence], [1, 2]);
  const slot = (await app.store.slots.newest()).get(digest.id);
  assert.deepEqual([slot?.state, slot?.detail], ['done', 'made by the second']);
});
