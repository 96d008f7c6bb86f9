import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Job, runJob } from '../../jobs/run.ts';
import { recordStep } from '../../jobs/steps.ts';
import { type Base, openProgram } from './program.ts';

const clock = { now: () => new Date('2026-11-23T00:00:00.000Z') };

function job(
  run: Job<void, { counts: Record<string, number> }>['run'],
): Job<void, { counts: Record<string, number> }> {
  return { name: 'made-up', timeLimitMinutes: 5, subject: () => 'nothing', run };
}

async function newest({ store }: Base) {
  const [run] = await store.runs.latest(1);
  assert.ok(run);
  return run;
}

test('a run over its limit is told to stop and fails with a clear reason, also when its work ends quietly', async (t) => {
  const { base } = await openProgram(t, { sources: [], clock });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const work = job(async ({ signal }) => {
    t.mock.timers.tick(5 * 60_000);
    assert.equal(signal.aborted, true);
    return { counts: {} };
  });
  await assert.rejects(runJob(base, work, undefined), { code: 'RUN_OVER_TIME' });
  const { state, error } = await newest(base);
  assert.equal(state, 'failed');
  assert.match(error ?? '', /^RUN_OVER_TIME: made-up nothing: stopped after its limit of 5 minutes/);
});

test('work that does not listen to its limit is not waited for for ever, and its open step is closed', async (t) => {
  const { base } = await openProgram(t, { sources: [], clock });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const work = job((context) =>
    recordStep(
      context,
      { name: 'render' },
      () => {
        t.mock.timers.tick(5 * 60_000);
        t.mock.timers.tick(15_000);
        return new Promise<never>(() => undefined);
      },
      () => ({ in: 0, out: 0, dropped: {} }),
    ),
  );
  await assert.rejects(runJob(base, work, undefined), { code: 'RUN_OVER_TIME' });
  const steps = await base.store.runSteps.ofRun((await newest(base)).id);
  assert.deepEqual(
    steps.map(({ name, state }) => [name, state]),
    [['render', 'failed']],
  );
});

test('a run that is cut short by a stop is abandoned, not failed', async (t) => {
  const { base } = await openProgram(t, { sources: [], clock });
  const stop = new AbortController();
  const work = job(async ({ signal }) => {
    stop.abort(new Error('SIGTERM'));
    signal.throwIfAborted();
    return { counts: {} };
  });
  await assert.rejects(runJob({ ...base, signal: stop.signal }, work, undefined), { message: 'SIGTERM' });
  assert.equal((await newest(base)).state, 'abandoned');
});

test('a full disk and a damaged file are named however deep they lie', async (t) => {
  const { base } = await openProgram(t, { sources: [], clock });
  for (const [code, wanted] of [
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_CORRUPT', 'DATABASE_DAMAGED'],
  ] as const) {
    const deep = new Error('could not be kept', { cause: Object.assign(new Error('write'), { code }) });
    const work = job(() => Promise.reject(deep));
    await assert.rejects(runJob(base, work, undefined), { code: wanted });
  }
  await assert.rejects(
    runJob(
      base,
      job(() => Promise.reject(new RangeError('ours'))),
      undefined,
    ),
    RangeError,
  );
});

test('a step keeps its counts, and what it lost is shown as lost', async (t) => {
  const { base } = await openProgram(t, { sources: [], clock });
  const errors: string[] = [];
  const log = { ...base.log, error: (message: string) => errors.push(message) };
  const work = job(async (context) => {
    const step = (out: number) =>
      recordStep(
        context,
        { name: 'compose' },
        () => out,
        () => ({ in: 5, out, dropped: { folded: 2 } }),
      );
    await step(3);
    await step(2);
    return { counts: {} };
  });
  await runJob({ ...base, log }, work, undefined);
  const steps = await base.store.runSteps.ofRun((await newest(base)).id);
  assert.deepEqual(
    steps.map(({ in: came, out, dropped }) => [came, out, dropped]),
    [
      [5, 3, { folded: 2 }],
      [5, 2, { folded: 2 }],
    ],
  );
  assert.deepEqual(errors, ['Counts of a step do not add up']);
});
