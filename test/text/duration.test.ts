import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText } from '../../text/duration.ts';

test('a duration is told in one or two units, and never as longer than it was', () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
  const told: [number, string][] = [
    [-5 * minute, '0 ms'],
    [450.7, '450 ms'],
    [999, '999 ms'],
    [second, '1.0 s'],
    [2.39 * second, '2.3 s'],
    [59_999, '59.9 s'],
    [minute, '1 min'],
    [4 * minute + 10.9 * second, '4 min 10 s'],
    [hour - 1, '59 min 59 s'],
    [3 * hour + 5 * minute + 59 * second, '3 h 5 min'],
    [2 * hour, '2 h'],
    [day - 1, '23 h 59 min'],
    [2 * day + 4 * hour, '2 d 4 h'],
    [400 * day, '400 d'],
  ];
  assert.deepEqual(
    told.map(([ms]) => durationText(ms)),
    told.map(([, text]) => text),
  );
});
