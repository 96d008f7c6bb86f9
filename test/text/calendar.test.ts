import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, daysBetween, instantOf, isDay, startOfDay } from '../../text/calendar.ts';

test('knows the days that exist', () => {
  for (const [on, exists] of [
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2021-04-31', false],
    ['2021-12-31', true],
    ['2021-00-10', false],
    ['2021-13-01', false],
    ['2021-06-00', false],
    ['2021-6-1', false],
    ['2021-06-21T00:00', false],
  ] as const)
    assert.equal(isDay(on), exists, on);
});

test('counts whole days, over leap days and years, both ways', () => {
  assert.equal(daysBetween('2023-12-31', '2024-03-01'), 61);
  assert.equal(daysBetween('2024-03-01', '2023-12-31'), -61);
  assert.equal(daysBetween('2021-06-21', '2021-06-21'), 0);
  assert.throws(() => daysBetween('2021-02-30', '2021-06-21'), RangeError);
});

test('tells when a day starts in each zone, however often it is asked', () => {
  for (let round = 0; round < 2; round += 1) {
    assert.equal(startOfDay('2021-06-21', 'Asia/Shanghai'), '2021-06-20T16:00:00.000Z');
    assert.equal(startOfDay('2021-06-21', 'Europe/Berlin'), '2021-06-20T22:00:00.000Z');
    assert.equal(startOfDay('2021-01-21', 'Europe/Berlin'), '2021-01-20T23:00:00.000Z');
  }
});

test('tells the instant of a time on the wall, on days when the clocks change too', () => {
  for (const [on, time, zone, at] of [
    ['2021-06-21', '10:15', 'Asia/Shanghai', '2021-06-21T02:15:00.000Z'],
    ['2021-06-21', '23:59:59', 'Europe/Berlin', '2021-06-21T21:59:59.000Z'],
    ['2021-03-28', '02:30', 'Europe/Berlin', '2021-03-28T01:30:00.000Z'],
    ['2021-03-28', '12:00', 'Europe/Berlin', '2021-03-28T10:00:00.000Z'],
    ['2021-10-31', '12:00', 'Europe/Berlin', '2021-10-31T11:00:00.000Z'],
  ] as const)
    assert.equal(instantOf(on, time, zone), at, `${on} ${time} ${zone}`);
});

test('goes on from day to day over months and years', () => {
  assert.equal(addDays('2023-12-31', 1), '2024-01-01');
  assert.equal(addDays('2024-03-01', -1), '2024-02-29');
  assert.equal(addDays('2021-10-30', 3), '2021-11-02');
});
