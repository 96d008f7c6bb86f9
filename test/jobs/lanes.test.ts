import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from '../../jobs/lanes.ts';

const laneOf = (item: string) => item.slice(0, 1);

test('items of one lane go in order, lanes side by side, added ones last', async () => {
  const log: string[] = [];
  let under = 0;
  let most = 0;
  await inLanes(['a1', 'a2', 'b1'], laneOf, async (item, add) => {
    most = Math.max(most, ++under);
    log.push(item);
    await new Promise(setImmediate);
    under--;
    if (item === 'a1') add(['a3', 'b2', 'c1']);
  });
  const inLane = (lane: string) => log.filter((item) => laneOf(item) === lane);
  assert.deepEqual([inLane('a'), inLane('b'), inLane('c')], [['a1', 'a2', 'a3'], ['b1', 'b2'], ['c1']]);
  assert.equal(most, 3);
});

test('an error ends every lane after the item it is at, and is thrown then', async () => {
  const log: string[] = [];
  const work = inLanes(['a1', 'b1', 'b2'], laneOf, async (item) => {
    if (item === 'a1') throw new Error('a broken disk');
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    log.push(item);
  });
  await assert.rejects(work, /a broken disk/);
  assert.deepEqual(log, ['b1']);
});
