import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rhythmOf, workingDaysBetween, workingDaysOf } from '../../jobs/source-rhythm.ts';
import { addDays } from '../../text/calendar.ts';

const calendar = {
  years: new Set([2021]),
  off: new Set(['2021-10-01', '2021-10-04', '2021-10-05', '2021-10-06', '2021-10-07']),
  work: new Set(['2021-09-26', '2021-10-09']),
};
const inChina = workingDaysOf('CN', calendar);

/** Days from a Monday on, each so many days after the one before. */
function days(from: string, gaps: readonly number[]): string[] {
  const found = [from];
  for (const gap of gaps) found.push(addDays(found.at(-1) ?? from, gap));
  return found;
}

test('weekends and holidays are no silence, worked weekends are days', () => {
  // Thursday before the National Day week to the Saturday after it, which is worked.
  assert.equal(workingDaysBetween('2021-09-30', '2021-10-09', inChina), 2);
  assert.equal(workingDaysBetween('2021-09-30', '2021-10-09', workingDaysOf('GB', calendar)), 6);
  assert.equal(workingDaysBetween('2021-06-25', '2021-06-27', inChina), 1);
  assert.equal(workingDaysBetween('2021-06-25', '2021-06-25', inChina), 0);
});

test('learns a weekly and a daily rhythm', () => {
  const weekly = rhythmOf(days('2021-05-03', [7, 7, 7, 7, 7, 7]), inChina);
  assert.deepEqual(weekly, { medianDays: 5, longDays: 5, limitDays: 15, observations: 6 });
  const daily = rhythmOf(days('2021-05-10', [1, 1, 1, 1, 3, 1, 1, 1, 1]), inChina);
  assert.deepEqual(daily, { medianDays: 1, longDays: 1, limitDays: 3, observations: 9 });
});

test('one long break changes neither the habit nor the limit', () => {
  const usual = [1, 2, 1, 2, 3, 1, 2, 1, 2, 1, 2, 2, 1, 2, 1, 2, 1, 2, 1];
  const before = rhythmOf(days('2021-05-10', usual), inChina);
  const after = rhythmOf(days('2021-05-10', [...usual, 40]), inChina);
  assert.equal(after?.medianDays, before?.medianDays);
  assert.equal(after?.limitDays, before?.limitDays);
});

test('fewer than five gaps say nothing of a habit, and several notices of one day are one', () => {
  assert.equal(rhythmOf(days('2021-05-03', [7, 7, 7, 7]), inChina), undefined);
  assert.equal(rhythmOf(days('2021-05-03', [7, 0, 7, 0, 7, 7]), inChina), undefined);
});
