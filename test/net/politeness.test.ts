import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPoliteness, type Timer } from '../../net/politeness.ts';

/** Time that jumps to the next sleeper whenever all are asleep. */
function jumpingTimer(): Timer & { run<T>(work: Promise<T>): Promise<T> } {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleepers.splice(sleepers.indexOf(sleeper) >>> 0, 1);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    async run(work) {
      let done = false;
      const finished = work.finally(() => {
        done = true;
      });
      while (!done) {
        await new Promise(setImmediate);
        const [next] = sleepers.sort((left, right) => left.at - right.at);
        if (done || next === undefined) continue;
        sleepers.shift();
        now = Math.max(now, next.at);
        next.wake();
      }
      return finished;
    },
  };
}

test('keeps the gap between starts at one host while other hosts go on', async () => {
  const timer = jumpingTimer();
  const politeness = createPoliteness({ gapMs: 1000, total: 10, timer });
  const starts: string[] = [];
  const ask = (host: string) =>
    politeness.run(host, async () => {
      starts.push(`${host} ${timer.now()}`);
    });
  await timer.run(Promise.all([ask('a'), ask('a'), ask('a'), ask('b'), ask('b')]));
  assert.deepEqual(starts.toSorted(), ['a 0', 'a 1000', 'a 2000', 'b 0', 'b 1000']);
});

test('hosts that hang keep nobody waiting, up to a bound', async () => {
  const timer = jumpingTimer();
  const politeness = createPoliteness({ gapMs: 0, total: 1, slowAfterMs: 3000, slow: 2, timer });
  const starts: string[] = [];
  const ask = (host: string, ms: number) =>
    politeness.run(host, async () => {
      starts.push(`${host} ${timer.now()}`);
      await timer.sleep(ms);
    });
  const hanging = ['h1', 'h2', 'h3'].map((host) => ask(host, 60_000));
  await timer.run(Promise.all([...hanging, ask('quick', 10)]));
  // Two hang beside the others; the third keeps its turn, so that no more than three are ever under way.
  assert.deepEqual(starts, ['h1 0', 'h2 3000', 'h3 6000', 'quick 60000']);
});

test('keeps to the number of requests under way in all and per host', async () => {
  const timer = jumpingTimer();
  const politeness = createPoliteness({ gapMs: 0, perHost: 1, total: 2, timer });
  const under = new Map<string, number>();
  let most = 0;
  let mostAtHost = 0;
  const ask = (host: string) =>
    politeness.run(host, async () => {
      under.set(host, (under.get(host) ?? 0) + 1);
      most = Math.max(
        most,
        [...under.values()].reduce((sum, count) => sum + count, 0),
      );
      mostAtHost = Math.max(mostAtHost, under.get(host) ?? 0);
      await timer.sleep(10);
      under.set(host, (under.get(host) ?? 0) - 1);
    });
  await timer.run(Promise.all(['a', 'a', 'b', 'b', 'c', 'c'].map(ask)));
  assert.deepEqual({ most, mostAtHost, took: timer.now() }, { most: 2, mostAtHost: 1, took: 30 });
});

test('waits longer when the host asks for it or is held back', async () => {
  const timer = jumpingTimer();
  const politeness = createPoliteness({ gapMs: 100, timer });
  const starts: number[] = [];
  const ask = (gapMs: number) => politeness.run('a', async () => void starts.push(timer.now()), { gapMs });
  await timer.run(ask(5000));
  await timer.run(ask(0));
  politeness.holdBack('a', 700);
  await timer.run(ask(0));
  assert.deepEqual(starts, [0, 5000, 5700]);
});

test('gives up waiting when the signal fires, and leaves the place to the next', async () => {
  const timer = jumpingTimer();
  const politeness = createPoliteness({ gapMs: 1000, timer });
  const stop = new AbortController();
  await timer.run(politeness.run('a', async () => undefined));
  const given = politeness.run('a', async () => assert.fail('it must not run'), { signal: stop.signal });
  const next = politeness.run('a', async () => 'ran');
  stop.abort(new Error('stopped'));
  await assert.rejects(given, /stopped/);
  assert.equal(await timer.run(next), 'ran');
});

test('frees the place of a task that fails', async () => {
  const politeness = createPoliteness({ gapMs: 0, perHost: 1, total: 1 });
  await assert.rejects(
    politeness.run('a', () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(await politeness.run('a', async () => 'next'), 'next');
});
