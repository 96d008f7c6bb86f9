import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { widthOf } from '../../cli/io.ts';
import { waterfall } from '../../cli/waterfall.ts';
import { openStore } from '../../db/store.ts';
import type { RunId } from '../../model/ids.ts';
import type { Run, RunStep } from '../../model/run.ts';
import { command, lastJson, makePlace, type Place } from '../features/support.ts';

const runId = '20261123T000000000Z-edition-abc123' as RunId;
const RUN: Run = {
  id: runId,
  job: 'edition',
  subject: 'weekly 2026-W47',
  state: 'failed',
  startedAt: '2026-11-23T00:00:00.000Z',
  finishedAt: '2026-11-23T00:02:00.000Z',
  counts: {},
  error: 'PDF_FAILED: printing: it closed',
};

function step(name: RunStep['name'], from: number, to: number, more: Partial<RunStep> = {}): RunStep {
  const at = (seconds: number) => new Date(Date.parse(RUN.startedAt) + seconds * 1000).toISOString();
  const none = { runId, name, subject: '', state: 'finished', in: 0, out: 0, dropped: {} } as const;
  return { ...none, startedAt: at(from), finishedAt: at(to), ...more };
}

const STEPS = [
  step('fetch', 0, 60, { in: 2, out: 1, dropped: { refused: 0, failed: 1 } }),
  step('list', 0, 15, { subject: 'cn-most', in: 20, out: 3, dropped: { known: 17 } }),
  step('list', 15, 60, { subject: 'us-ostp', state: 'failed', detail: 'FETCH_STATUS: status 503' }),
  step('read', 30, 45, { subject: 'cn-most', in: 3, out: 2, dropped: { notRead: 1 } }),
  step('compose', 60, 90, { subject: 'weekly 2026-W47', in: 42, out: 27, dropped: { folded: 6 } }),
  step('render', 90, 120, { state: 'failed', detail: 'PDF_FAILED: it closed' }),
];
const NAMES = new Map([
  ['cn-most', '国家科技部·通知公告与政策解读及新闻发布'],
  ['us-ostp', 'Office of Science and Technology Policy'],
]);
const OPTIONS = {
  nameOf: (id: string) => NAMES.get(id) ?? id,
  isAll: false,
  now: '2026-11-23T00:05:00.000Z',
};

/** The bar column of the line that begins so. */
function barOf(drawing: string, label: string): string {
  const line = drawing.split('\n').find((one) => one.slice(2).trimStart().startsWith(label)) ?? '';
  return /[ █▓░]*[█▓░][ █▓░]*/.exec(line)?.[0].trim() ?? '';
}

test('a waterfall shows each step against the time of its run', () => {
  const drawing = waterfall(RUN, STEPS, OPTIONS);
  assert.equal(barOf(drawing, 'fetch'), '█'.repeat(16));
  assert.equal(barOf(drawing, 'compose'), '█'.repeat(8));
  assert.equal(barOf(drawing, '国家科技部'), '▓▓▓▓    ░░░░');
  assert.match(drawing, /fetch +1 min .* 2 → 1 +1 failed\n/);
  assert.match(drawing, /20 → 3 entries, 3 → 2 pages +17 known, 1 not read\n/);
});

test('what failed is marked and says why, what was lost is called out', () => {
  const drawing = waterfall(RUN, STEPS, OPTIONS);
  assert.match(drawing, /^✗ +Office of Science.*us-ostp: FETCH_STATUS: status 503$/m);
  assert.match(drawing, /^✗ +render .*PDF_FAILED: it closed$/m);
  assert.match(drawing, /compose .*6 folded, 9 UNACCOUNTED FOR$/m);
});

test('columns stand below one another whatever the script of a name', () => {
  const lines = waterfall(RUN, STEPS, OPTIONS).split('\n');
  const places = lines
    .slice(1)
    .map((line) => widthOf(line.slice(0, line.search(/\d+(?:\.\d)? (?:ms|s|min)/))));
  assert.deepEqual(new Set(places).size, 1);
});

test('many sources are cut to those that failed and the slowest; --all shows every one', () => {
  const many = [step('fetch', 0, 60, { in: 30, out: 29, dropped: { failed: 1 } })];
  for (let number = 0; number < 30; number++)
    many.push(
      step('list', 0, 1 + (number % 7), {
        subject: `source-${number}`,
        state: number === 3 ? 'failed' : 'finished',
      }),
    );
  const few = waterfall(RUN, many, OPTIONS);
  assert.match(few, /source-3 /);
  assert.match(few, /… 21 more sources/);
  assert.equal(waterfall(RUN, many, { ...OPTIONS, isAll: true }).split('\n').length, 32);
});

let place: Place;
before(async () => {
  place = await makePlace();
  const store = await openStore('', place.dataDir);
  await store.runs.start(RUN);
  await store.runs.finish(runId, {
    state: 'failed',
    at: '2026-11-23T00:02:00.000Z',
    counts: {},
    error: RUN.error ?? '',
  });
  for (const one of STEPS) await store.runSteps.add(one);
  const other = '20261123T010000000Z-collect-def456' as RunId;
  await store.runs.start({
    id: other,
    job: 'collect',
    subject: 'due sources',
    startedAt: '2026-11-23T01:00:00.000Z',
  });
  await store.runs.finish(other, {
    state: 'finished',
    at: '2026-11-23T01:00:30.000Z',
    counts: { sources: 3 },
  });
  await store.close();
});
after(() => place.remove());

test('runs are listed newest first and narrowed by state', async () => {
  const all = await command(['runs', 'list'], place.env);
  assert.match(
    all.out,
    /finished +collect +due sources +30\.0 s .*sources 3\n.*failed +edition +weekly 2026-W47 +2 min .*PDF_FAILED/,
  );
  const failed = lastJson<{ runs: Run[] }>(
    await command(['runs', 'list', '--state', 'failed', '--json'], place.env),
  );
  assert.deepEqual(
    failed.runs.map(({ id }) => id),
    [runId],
  );
});

test('a run is found by the start of its id, and `last` is the newest', async () => {
  const shown = await command(['runs', 'show', '20261123T00'], place.env);
  assert.match(shown.out, /^edition weekly 2026-W47: failed\n.*took 2 min\nPDF_FAILED/);
  const last = lastJson<{ run: Run; steps: RunStep[] }>(
    await command(['runs', 'show', 'last', '--json'], place.env),
  );
  assert.equal(last.run.job, 'collect');
  for (const [id, reason] of [
    ['2026', /several runs/],
    ['1999', /no run has an id/],
  ] as const) {
    const wrong = await command(['runs', 'show', id], place.env);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, reason);
  }
});

test('a job runs by its name, and a name that is none tells which there are', async () => {
  const done = lastJson<{ job: string; counts: Record<string, number> }>(
    await command(['run', 'maintenance', '--json'], place.env),
  );
  assert.equal(done.job, 'maintenance');
  assert.equal(done.counts.copies, 1);
  const wrong = await command(['run', 'maintain'], place.env);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /no job "maintain"; the jobs are: collect, build, deliver/);
  const mixed = await command(['run', 'deliver', '--week', '2026-W47'], place.env);
  assert.match(mixed.err, /JOB_OPTION: --week belongs to `run` without a job/);
});

test('a run whose process is gone is shown as interrupted, with the last sign of it, also before any start', async (t) => {
  const left = await makePlace();
  t.after(() => left.remove());
  const store = await openStore('', left.dataDir);
  await store.runs.start(RUN);
  await store.runSteps.start({
    runId,
    name: 'fetch',
    subject: '',
    startedAt: '2026-11-23T00:00:07.000Z',
  });
  await store.close();
  // While another process works, its run is left alone.
  const lock = path.join(left.dataDir, 'work.lock');
  await writeFile(lock, `${process.ppid}\n`);
  assert.match((await command(['runs', 'list'], left.env)).out, /running +edition/);
  await rm(lock);
  const { out } = await command(['runs', 'list'], left.env);
  assert.match(out, /abandoned +edition +weekly 2026-W47 +7\.0 s .*interrupted/);
  assert.match((await command(['runs', 'show', 'last'], left.env)).out, /interrupted: its process/);
});
