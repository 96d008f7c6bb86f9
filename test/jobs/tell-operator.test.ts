import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { tellOperator, type Watch } from '../../jobs/tell-operator.ts';
import type { Digest } from '../../model/digest.ts';
import type { RunId } from '../../model/ids.ts';
import { openProgram } from './program.ts';

function watch(change: Partial<Watch> = {}): Watch {
  return {
    operatorMail: ['operator@example.org'],
    lateMinutes: 60,
    sourcesFailingPercent: 25,
    tellAllWell: false,
    mailsCanBeLeft: true,
    folders: [],
    logged: new Set(),
    ...change,
  };
}

// Asked for its id, zone and switch alone.
const WEEKLY = { id: 'weekly', zone: 'Asia/Shanghai', enabled: true } as Digest;

async function program(t: Parameters<typeof openProgram>[0], start: string) {
  let at = start;
  const { base } = await openProgram(t, { sources: [], clock: { now: () => new Date(at) } });
  const letters = async () =>
    (await base.store.letters.due('9999', 50)).map(({ to, subject }) => `${to} ${subject}`);
  return {
    context: { ...base, digests: [WEEKLY] },
    letters,
    set: (instant: string) => {
      at = instant;
    },
  };
}

test('a cause is told once a day, also over a restart, and again the next day', async (t) => {
  const { context, letters, set } = await program(t, '2026-11-23T02:00:00.000Z');
  const slot = { scheduleId: 'weekly', periodKey: '2026-W47', dueAt: '2026-11-23T00:00:00.000Z' };
  await context.store.slots.note({ ...slot, state: 'due' });
  const running = watch();
  assert.equal(await tellOperator(context, running), 1);
  set('2026-11-23T05:00:00.000Z');
  assert.equal(await tellOperator(context, running), 0);
  assert.equal(await tellOperator(context, watch()), 0);
  set('2026-11-24T00:01:00.000Z');
  assert.equal(await tellOperator(context, watch()), 1);
  const late = 'operator@example.org Policy Digest: weekly 2026-W47 is late';
  assert.deepEqual(await letters(), [late, late]);
});

test('a failed run is told with its reason', async (t) => {
  const { context } = await program(t, '2026-11-23T02:00:00.000Z');
  const id = '20261123-collect-1' as RunId;
  await context.store.runs.start({
    id,
    job: 'collect',
    subject: 'due sources',
    startedAt: '2026-11-23T01:00:00.000Z',
  });
  const end = {
    state: 'failed',
    at: '2026-11-23T01:01:00.000Z',
    counts: {},
    error: 'DISK_FULL: no room',
  } as const;
  await context.store.runs.finish(id, end);
  await tellOperator(context, watch());
  const [letter] = await context.store.letters.due('9999', 5);
  assert.match(letter?.text ?? '', /20261123-collect-1 failed at 2026-11-23 01:01 UTC: DISK_FULL: no room/);
});

test('without an address alarms are logged, once a day', async (t) => {
  const { context, letters } = await program(t, '2026-11-23T02:00:00.000Z');
  const slot = { scheduleId: 'weekly', periodKey: '2026-W47', dueAt: '2026-11-23T00:00:00.000Z' };
  await context.store.slots.note({ ...slot, state: 'due' });
  const warned: unknown[] = [];
  const log = { ...context.log, warn: (message: string, fields?: object) => warned.push([message, fields]) };
  const silent = watch({ operatorMail: [] });
  for (let turn = 0; turn < 2; turn++) await tellOperator({ ...context, log }, silent);
  assert.equal(warned.length, 1);
  assert.deepEqual(await letters(), []);
});

test('all well is told once a week, and only when every edition is out', async (t) => {
  const { context, letters, set } = await program(t, '2026-11-23T00:30:00.000Z');
  const wanting = watch({ tellAllWell: true });
  await tellOperator(context, wanting);
  assert.deepEqual(await letters(), []);
  const slot = { scheduleId: 'weekly', periodKey: '2026-W47', dueAt: '2026-11-23T00:00:00.000Z' };
  await context.store.slots.note({ ...slot, state: 'due' });
  const [open] = await context.store.slots.open('2026-11-23T00:30:00.000Z');
  assert.ok(open);
  const claimed = await context.store.slots.claim(
    open,
    '2026-11-23T00:30:00.000Z',
    '2026-11-23T00:31:00.000Z',
  );
  assert.ok(claimed);
  await context.store.slots.settle(claimed, 'done', {});
  for (const at of ['2026-11-23T00:31:00.000Z', '2026-11-26T00:31:00.000Z']) {
    set(at);
    await tellOperator(context, wanting);
  }
  assert.deepEqual(await letters(), ['operator@example.org Policy Digest: all well in 2026-W48']);
  await tellOperator(context, watch());
  assert.equal((await letters()).length, 1);
});

test('a mail server that takes nothing is told after two hours, also once its mails were given up', async (t) => {
  const { context, letters, set } = await program(t, '2026-11-23T02:00:00.000Z');
  const { store } = context;
  const at = '2026-11-23T02:00:00.000Z';
  await store.letters.queue({ purpose: 'confirm', key: 'k', to: 'a@b.example', subject: 's', text: 't' }, at);
  const [letter] = await store.letters.due(at, 1);
  assert.ok(letter !== undefined);
  await store.letters.move(letter.id, 'queued', 'sending', { at });
  const nextTryAt = '2026-11-26T00:00:00.000Z';
  await store.letters.move(letter.id, 'sending', 'retry', { at, nextTryAt, error: 'ECONNREFUSED' });
  const told = async (instant: string) => {
    set(instant);
    await tellOperator(context, watch());
    return (await letters()).filter((line) => line.includes('not get through')).length;
  };
  assert.equal(await told('2026-11-23T03:59:00.000Z'), 0);
  assert.equal(await told('2026-11-23T04:01:00.000Z'), 1);
  await store.letters.move(letter.id, 'retry', 'sending', { at });
  await store.letters.move(letter.id, 'sending', 'failed', { at, error: 'given up: 451 <a@b.example>' });
  assert.equal(await told('2026-11-25T03:00:00.000Z'), 2);
  assert.match(
    (await store.letters.due('9999', 9)).at(-1)?.text ?? '',
    /0 have .* 1 was .* given up: 451 <\(address\)>/s,
  );
  assert.equal(await told('2026-11-26T03:00:00.000Z'), 2, 'after three days it is history');
});

test('a folder that cannot be looked at is told, and so is everything else', async (t) => {
  const { context, letters } = await program(t, '2026-11-23T02:00:00.000Z');
  const slot = { scheduleId: 'weekly', periodKey: '2026-W47', dueAt: '2026-11-23T00:00:00.000Z' };
  await context.store.slots.note({ ...slot, state: 'due' });
  const belowFile = path.join(import.meta.filename, 'archive');
  assert.equal(await tellOperator(context, watch({ folders: [belowFile, '/not/made/yet'] })), 2);
  assert.deepEqual((await letters()).sort(), [
    `operator@example.org Policy Digest: ${belowFile} cannot be used`,
    'operator@example.org Policy Digest: weekly 2026-W47 is late',
  ]);
});

test('each of several operators gets a letter, once', async (t) => {
  const { context, letters } = await program(t, '2026-11-23T02:00:00.000Z');
  const slot = { scheduleId: 'weekly', periodKey: '2026-W47', dueAt: '2026-11-23T00:00:00.000Z' };
  await context.store.slots.note({ ...slot, state: 'due' });
  const operatorMail = ['ann@example.org', 'bob@example.org'];
  assert.equal(await tellOperator(context, watch({ operatorMail })), 1);
  assert.equal(await tellOperator(context, watch({ operatorMail })), 0);
  assert.deepEqual((await letters()).sort(), [
    'ann@example.org Policy Digest: weekly 2026-W47 is late',
    'bob@example.org Policy Digest: weekly 2026-W47 is late',
  ]);
});
