import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Schedule } from '../../model/schedule.ts';
import { addDays, instantOf, periodOfWeek, weekOfDay } from '../../text/calendar.ts';
import { type Mishap, openYear, type Publication } from './year.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** ISO 2026 has 53 weeks; the year is simulated from its first day into the next. */
const START = '2025-12-31T00:00:00Z';
const END = '2027-01-20T00:00:00Z';

function schedule(id: string, cron: string, zone: string, more: Partial<Schedule> = {}): Schedule {
  return { id, cron, zone, misfire: 'all', enabled: true, ...more };
}

/** Hours as usual, hours that spring leaves out and hours that autumn repeats. */
const SCHEDULES = [
  schedule('shanghai', '0 8 * * 1', 'Asia/Shanghai'),
  schedule('berlin', '0 8 * * 1', 'Europe/Berlin'),
  schedule('berlin-changes', '30 2 * * 0', 'Europe/Berlin'),
  schedule('new-york-gap', '30 2 * * 0', 'America/New_York'),
  schedule('new-york-overlap', '30 1 * * 0', 'America/New_York'),
  schedule('lord-howe-gap', '15 2 * * 0', 'Australia/Lord_Howe'),
  schedule('lord-howe-overlap', '45 1 * * 0', 'Australia/Lord_Howe'),
];

/** The same numbers each time: a fault found once is found again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The wall-clock hour of a five-field cron on one weekday, found without the scheduler's own arithmetic. */
function momentOf({ cron, zone }: Schedule, week: string): string {
  const [minute = '', hour = '', , , weekday = ''] = cron.split(' ');
  // An edition covers the week before the one in which it comes out.
  const monday = addDays(periodOfWeek(week, zone).firstDay, 7);
  const day = addDays(monday, weekday === '0' ? 6 : Number(weekday) - 1);
  return instantOf(day, `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`, zone);
}

/** Every ISO week whose moment lies in `(from, until]`. */
function weeksDue(one: Schedule, from: string, until: string): string[] {
  const weeks: string[] = [];
  for (let day = '2025-12-15'; day < '2027-02-01'; day = addDays(day, 7)) {
    const week = weekOfDay(day);
    const at = momentOf(one, week);
    if (at > new Date(from).toISOString() && at <= new Date(until).toISOString()) weeks.push(week);
  }
  return weeks;
}

const weeksOf = (publications: readonly Publication[], id: string) =>
  publications.filter(({ scheduleId }) => scheduleId === id).map(({ week }) => week);

test('over a year of restarts, deaths, failures, outages and clock changes every week comes out exactly once', async (t) => {
  const year = await openYear(t, START);
  const random = seeded(6);
  const outages = new Map([
    ['2026-02-16T00:30:00.000Z', HOUR_MS],
    // Over both gaps of the north, from the evening before Berlin's.
    ['2026-03-28T20:00:00.000Z', DAY_MS],
    ['2026-06-10T00:00:00.000Z', 30 * DAY_MS],
    // Over Berlin's repeated hour.
    ['2026-10-24T20:00:00.000Z', DAY_MS],
  ]);
  const mishapOf = (): Mishap | undefined => {
    const drawn = random();
    if (drawn < 0.1) return 'fails';
    if (drawn < 0.2) return 'dies before publishing';
    return drawn < 0.3 ? 'dies after publishing' : undefined;
  };
  let longestWaitMs = 0;
  for (let at = Date.parse(START); at < Date.parse(END); at += Math.round(HOUR_MS * (1 + 6 * random()))) {
    for (const [from, lengthMs] of outages)
      if (at >= Date.parse(from)) {
        await year.restart();
        at += lengthMs;
        outages.delete(from);
      }
    year.set(at);
    if (random() < 0.02) await year.restart();
    await year.tick(SCHEDULES, mishapOf);
  }
  // Whatever failed last is tried again within the hour, for as long as it takes.
  for (let turn = 0; turn < 5; turn++) {
    year.set(year.now().getTime() + 2 * HOUR_MS);
    await year.tick(SCHEDULES);
  }
  const end = year.now().toISOString();
  for (const one of SCHEDULES) {
    const wanted = weeksDue(one, START, end);
    assert.ok(wanted.length >= 55 && wanted.includes('2026-W53'), `${one.id}: ${wanted.length} weeks`);
    assert.deepEqual(weeksOf(year.publications, one.id).sort(), wanted, one.id);
    for (const { week, at } of year.publications.filter(({ scheduleId }) => scheduleId === one.id)) {
      const waitMs = Date.parse(at) - Date.parse(momentOf(one, week));
      assert.ok(waitMs >= 0, `${one.id} ${week} came out before its moment`);
      if (week < '2026-W22' || week > '2026-W29') longestWaitMs = Math.max(longestWaitMs, waitMs);
    }
  }
  assert.ok(
    longestWaitMs < 1.6 * DAY_MS,
    `a week waited ${longestWaitMs / HOUR_MS} h outside the long outage`,
  );
  const store = await year.open();
  assert.deepEqual(await store.slots.unfinished(), []);
});

test('after 30 days off `all` makes up each missed week once, `once` the last one, `skip` none', async (t) => {
  const year = await openYear(t, '2026-06-02T00:00:00Z');
  const three = (['all', 'once', 'skip'] as const).map((misfire) =>
    schedule(misfire, '0 8 * * 1', 'Asia/Shanghai', { misfire }),
  );
  await year.tick(three);
  year.set('2026-07-02T00:00:00Z');
  for (let turn = 0; turn < 3; turn++) await year.tick(three);
  assert.deepEqual(weeksOf(year.publications, 'all'), ['2026-W23', '2026-W24', '2026-W25', '2026-W26']);
  assert.deepEqual(weeksOf(year.publications, 'once'), ['2026-W26']);
  assert.deepEqual(weeksOf(year.publications, 'skip'), []);
});

test('a digest that is switched off gets nothing, and nothing is made up when it is switched on again', async (t) => {
  const year = await openYear(t, '2026-03-03T00:00:00Z');
  const on = schedule('weekly', '0 8 * * 1', 'Asia/Shanghai');
  const off = { ...on, enabled: false };
  await year.tick([on]);
  year.set('2026-03-09T01:00:00Z');
  await year.tick([on], () => 'fails');
  year.set('2026-03-09T02:00:00Z');
  await year.tick([off]);
  // Off over two Mondays; the program itself is off on the third.
  for (const at of ['2026-03-16T01:00:00Z', '2026-03-23T01:00:00Z']) {
    year.set(at);
    await year.tick([off]);
  }
  await year.restart();
  year.set('2026-03-31T00:00:00Z');
  for (let turn = 0; turn < 2; turn++) await year.tick([on]);
  assert.deepEqual(year.publications, []);
  year.set('2026-04-06T00:00:00Z');
  await year.tick([on]);
  assert.deepEqual(weeksOf(year.publications, 'weekly'), ['2026-W14']);
});

test('an edited cron neither reruns the past nor leaves a week out', async (t) => {
  const year = await openYear(t, '2026-03-03T00:00:00Z');
  const cron = (text: string) => [schedule('weekly', text, 'Asia/Shanghai')];
  await year.tick(cron('0 8 * * 5'));
  year.set('2026-03-06T01:00:00Z');
  await year.tick(cron('0 8 * * 5'));
  // Wednesday: the hour moves from Friday to a Monday that has just passed, then on to Thursday.
  year.set('2026-03-11T01:00:00Z');
  await year.tick(cron('0 8 * * 1'));
  year.set('2026-03-12T01:00:00Z');
  for (let turn = 0; turn < 3; turn++) await year.tick(cron('0 8 * * 4'));
  year.set('2026-03-19T01:00:00Z');
  await year.tick(cron('0 8 * * 4'));
  assert.deepEqual(weeksOf(year.publications, 'weekly'), ['2026-W09', '2026-W10', '2026-W11']);
});

test('a digest that moves to another zone does not go back to a week before its first', async (t) => {
  const year = await openYear(t, '2026-03-03T00:00:00Z');
  const east = [schedule('weekly', '0 8 * * 1', 'Pacific/Auckland')];
  await year.tick(east);
  // Monday in Auckland is Sunday in New York, where the week that has just ended there is still running.
  year.set('2026-03-08T19:01:00Z');
  await year.tick(east);
  const west = [schedule('weekly', '0 18 * * 0', 'America/New_York')];
  for (const at of ['2026-03-08T22:30:00Z', '2026-03-15T22:30:00Z', '2026-03-22T22:30:00Z']) {
    year.set(at);
    await year.tick(west);
  }
  assert.deepEqual(weeksOf(year.publications, 'weekly'), ['2026-W10', '2026-W11']);
});

test('a digest seen for the first time has no past', async (t) => {
  const year = await openYear(t, '2026-03-09T00:00:00Z');
  const weekly = [schedule('weekly', '0 8 * * 1', 'Asia/Shanghai')];
  await year.tick(weekly);
  assert.deepEqual(year.publications, []);
  year.set('2026-03-16T00:00:00Z');
  await year.tick(weekly);
  assert.deepEqual(weeksOf(year.publications, 'weekly'), ['2026-W11']);
});

test('a clock that ran a year ahead and was put back keeps no week from coming', async (t) => {
  const year = await openYear(t, '2026-03-03T00:00:00Z');
  const weekly = [schedule('weekly', '0 8 * * 1', 'Asia/Shanghai', { misfire: 'once' })];
  await year.tick(weekly);
  year.set('2027-03-03T00:00:00Z');
  await year.tick(weekly, () => 'fails');
  year.set('2026-03-04T00:00:00Z');
  await year.tick(weekly);
  assert.deepEqual(year.publications, []);
  for (const at of ['2026-03-09T00:01:00Z', '2026-03-16T00:01:00Z']) {
    year.set(at);
    await year.tick(weekly);
  }
  assert.deepEqual(weeksOf(year.publications, 'weekly'), ['2026-W10', '2026-W11']);
});
