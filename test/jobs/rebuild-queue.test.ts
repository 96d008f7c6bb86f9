import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { silentLog } from '../../cli/log.ts';
import { openStore } from '../../db/store.ts';
import { createRebuildQueue, type RebuildRunner } from '../../jobs/rebuild-queue.ts';
import { AppError } from '../../model/errors.ts';
import type { DigestId } from '../../model/ids.ts';
import type { RebuildOutcome, RebuildWish } from '../../model/rebuild.ts';

const clock = { now: () => new Date('2026-11-25T08:00:00Z') };
const OUTCOME: RebuildOutcome = {
  state: 'unchanged',
  revision: 1,
  contentHash: 'c0ffee',
  counts: { seen: 3 },
  isPublished: true,
  folder: 'weekly/2026/2026-W47',
};

function wishFor(week: string, change: Partial<RebuildWish> = {}): RebuildWish {
  return { digestId: 'weekly' as DigestId, week, from: 'kept', aim: 'look', ...change };
}

/** A runner whose work ends when the test says so. */
function slowRunner() {
  const started: RebuildWish[] = [];
  const ends: (() => void)[] = [];
  const waiting: (() => void)[] = [];
  let under = 0;
  let mostAtOnce = 0;
  const run: RebuildRunner = async (wish, progress, signal) => {
    started.push(wish);
    under += 1;
    mostAtOnce = Math.max(mostAtOnce, under);
    progress.phase('stories', 2);
    progress.step('one story');
    for (const told of waiting.splice(0)) told();
    await new Promise<void>((done, failed) => {
      ends.push(done);
      signal.addEventListener('abort', () => failed(new Error('stopped')));
    });
    under -= 1;
    return OUTCOME;
  };
  return {
    run,
    started,
    mostAtOnce: () => mostAtOnce,
    endOne: () => ends.shift()?.(),
    hasStarted: async (count: number) => {
      while (started.length < count) await new Promise<void>((told) => waiting.push(told));
    },
  };
}

async function openTestStore(t: TestContext) {
  const store = await openStore('sqlite::memory:', '');
  t.after(() => store.close());
  return store;
}

test('the same wish joins the open one, another waits its turn, and one is worked at a time', async (t) => {
  const store = await openTestStore(t);
  const runner = slowRunner();
  const queue = createRebuildQueue({ store, clock, log: silentLog }, runner.run);
  const first = await queue.ask(wishFor('2026-W47'), { by: 'page' });
  const joined = await Promise.all(
    Array.from({ length: 50 }, () => queue.ask(wishFor('2026-W47'), { by: 'page' })),
  );
  const other = await queue.ask(wishFor('2026-W46'), { by: 'api' });
  assert.equal(first.isNew, true);
  assert.ok(joined.every(({ request, isNew }) => !isNew && request.id === first.request.id));
  assert.notEqual(other.request.id, first.request.id);
  await runner.hasStarted(1);
  assert.deepEqual((await queue.view(first.request.id))?.progress, {
    phase: 'stories',
    total: 2,
    done: 1,
    line: 'one story',
  });
  runner.endOne();
  await runner.hasStarted(2);
  assert.equal((await queue.view(first.request.id))?.request.state, 'done');
  runner.endOne();
  const finished = new Promise<void>((done) => {
    const stop = queue.watch(other.request.id, () => {
      void queue.view(other.request.id).then((view) => {
        if (view?.request.state !== 'done') return;
        stop();
        done();
      });
    });
  });
  await finished;
  assert.equal(runner.mostAtOnce(), 1);
  assert.equal(runner.started.length, 2);
  assert.equal(
    (await queue.ask(wishFor('2026-W47'), { by: 'page' })).isNew,
    true,
    'a finished one is not joined',
  );
  await queue.stop();
});

test('a key gets the same answer again, also when the work is over, and no other wish', async (t) => {
  const store = await openTestStore(t);
  const queue = createRebuildQueue({ store, clock, log: silentLog }, async () => OUTCOME);
  const asking = { by: 'api', idempotencyKey: 'monday-1' } as const;
  const first = await queue.ask(wishFor('2026-W47'), asking);
  await queue.stop();
  assert.equal((await queue.ask(wishFor('2026-W47'), asking)).request.id, first.request.id);
  await assert.rejects(
    queue.ask(wishFor('2026-W46'), asking),
    (error) => error instanceof AppError && error.code === 'IDEMPOTENCY_KEY_REUSED',
  );
});

test('a stop gives the running work back, and the next start takes it up', async (t) => {
  const store = await openTestStore(t);
  const runner = slowRunner();
  const queue = createRebuildQueue({ store, clock, log: silentLog }, runner.run);
  const { request } = await queue.ask(wishFor('2026-W47'), { by: 'page' });
  await runner.hasStarted(1);
  await queue.stop();
  assert.equal((await store.rebuilds.byId(request.id))?.state, 'queued');

  const restarted = createRebuildQueue({ store, clock, log: silentLog }, async () => OUTCOME);
  const done = new Promise<void>((told) => {
    restarted.watch(request.id, () => {
      void store.rebuilds.byId(request.id).then((now) => now?.state === 'done' && told());
    });
  });
  restarted.wake();
  await done;
  await restarted.stop();
  assert.deepEqual((await store.rebuilds.byId(request.id))?.outcome, OUTCOME);
});

test('work that a killed process left running is handed back', async (t) => {
  const store = await openTestStore(t);
  const at = clock.now().toISOString();
  const { request } = await store.transaction((tables) =>
    tables.rebuilds.ask(wishFor('2026-W47'), { by: 'page', at }),
  );
  assert.equal((await store.rebuilds.claimNext(at))?.id, request.id);
  assert.equal(await store.rebuilds.claimNext(at), undefined);
  assert.equal(await store.rebuilds.handBack(), 1);
  assert.equal((await store.rebuilds.claimNext(at))?.id, request.id);
});

test('an end that could not be noted is made good when somebody asks again', async (t) => {
  const store = await openTestStore(t);
  let isFull = true;
  let gaveUp: (() => void) | undefined;
  const whenFull = new Promise<void>((told) => {
    gaveUp = told;
  });
  const rebuilds = {
    ...store.rebuilds,
    finish: async (...end: Parameters<typeof store.rebuilds.finish>) => {
      if (isFull) throw new Error('disk full');
      return store.rebuilds.finish(...end);
    },
  };
  const failing = {
    ...silentLog,
    error: (message: string) => message === 'Rebuild queue failed' && gaveUp?.(),
  };
  const queue = createRebuildQueue(
    { store: { ...store, rebuilds }, clock, log: failing as typeof silentLog },
    async () => OUTCOME,
  );
  const { request } = await queue.ask(wishFor('2026-W47'), { by: 'page' });
  await whenFull;
  isFull = false;
  const done = new Promise<void>((told) => {
    queue.watch(request.id, () => {
      void store.rebuilds.byId(request.id).then((now) => now?.state === 'done' && told());
    });
  });
  const again = await queue.ask(wishFor('2026-W47'), { by: 'page' });
  assert.equal(again.request.id, request.id);
  await done;
  await queue.stop();
});

test('a failure is kept with its words and ends nothing else', async (t) => {
  const store = await openTestStore(t);
  const queue = createRebuildQueue({ store, clock, log: silentLog }, async ({ week }) => {
    if (week === '2026-W46') throw new AppError('WEEK_WITHOUT_RECORD', 'nothing is kept');
    return OUTCOME;
  });
  const bad = await queue.ask(wishFor('2026-W46'), { by: 'page' });
  const good = await queue.ask(wishFor('2026-W47'), { by: 'page' });
  const isDone = async () => (await store.rebuilds.byId(good.request.id))?.state === 'done';
  if (!(await isDone())) {
    await new Promise<void>((told) => {
      queue.watch(good.request.id, () => void isDone().then((done) => done && told()));
    });
  }
  await queue.stop();
  const failed = await store.rebuilds.byId(bad.request.id);
  assert.equal(failed?.state, 'failed');
  assert.equal(failed?.error, 'WEEK_WITHOUT_RECORD: nothing is kept');
});
