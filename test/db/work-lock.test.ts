import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createWorkLock } from '../../db/work-lock.ts';

async function withFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'lock-'));
  try {
    await work(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

const lockOf = (dir: string) => createWorkLock(dir, async () => undefined);
const never = new AbortController().signal;

test('the second waits until the first is done, and hears who is working', async () => {
  await withFolder(async (dir) => {
    const order: string[] = [];
    const waitedFor: number[] = [];
    const first = await lockOf(dir).take('work', never, () => undefined);
    const second = lockOf(dir)
      .take('work', never, (pid) => {
        waitedFor.push(pid);
        order.push('waiting');
        void first[Symbol.asyncDispose]().then(() => order.push('given back'));
      })
      .then((lock) => {
        order.push('second');
        return lock;
      });
    await (await second)[Symbol.asyncDispose]();
    assert.deepEqual(order, ['waiting', 'given back', 'second']);
    assert.deepEqual(waitedFor, [process.pid]);
    assert.deepEqual(await readdir(dir), []);
  });
});

test('what a crash left is taken over at once', async () => {
  await withFolder(async (dir) => {
    // Beyond the largest process id of any system.
    await writeFile(path.join(dir, 'work.lock'), '99999999\n');
    const lock = await lockOf(dir).take('work', never, () => assert.fail('it waited'));
    await lock[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(dir), []);
  });
});

test('a file that names nobody, an earlier life of this process or a process id used anew is a leftover', async () => {
  await withFolder(async (dir) => {
    const left = ['', `${process.pid} 1\n`];
    // Where the system tells when a process began, our parent with another beginning is not the one that was meant.
    if (existsSync('/proc/self/stat')) left.push(`${process.ppid} 1\n`);
    for (const text of left) {
      await writeFile(path.join(dir, 'work.lock'), text);
      const lock = await lockOf(dir).take('work', never, () => assert.fail(`it waited for "${text}"`));
      await lock[Symbol.asyncDispose]();
    }
    assert.deepEqual(await readdir(dir), []);
  });
});

test('the file of a living process is respected', async () => {
  await withFolder(async (dir) => {
    await writeFile(path.join(dir, 'work.lock'), `${process.ppid}\n`);
    const stop = new AbortController();
    const waiting = lockOf(dir).take('work', stop.signal, (pid) => {
      assert.equal(pid, process.ppid);
      stop.abort();
    });
    await assert.rejects(waiting, { name: 'AbortError' });
  });
});

test('of many that ask in one process, one works at a time', async () => {
  await withFolder(async (dir) => {
    let [working, most] = [0, 0];
    const turn = async () => {
      await using _lock = await lockOf(dir).take('work', never, () => undefined);
      most = Math.max(most, ++working);
      await new Promise((done) => setImmediate(done));
      working -= 1;
    };
    await Promise.all([turn(), turn(), turn()]);
    assert.equal(most, 1);
  });
});

test('whoever waits can be stopped', async () => {
  await withFolder(async (dir) => {
    await using _held = await lockOf(dir).take('work', never, () => undefined);
    const stop = new AbortController();
    await assert.rejects(
      lockOf(dir).take('work', stop.signal, () => stop.abort()),
      { name: 'AbortError' },
    );
  });
});

test('sending mail goes on beside work of the same process, and both keep others out', async () => {
  await withFolder(async (dir) => {
    const lock = lockOf(dir);
    const work = await lock.take('work', never, () => assert.fail('it waited'));
    const mail = await lock.take('mail', never, () => assert.fail('it waited'));
    await work[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(dir), ['work.lock'], 'given back while mail is being sent');
    const again = await lock.take('work', never, () => assert.fail('it waited'));
    const stop = new AbortController();
    await assert.rejects(
      lock.take('mail', stop.signal, () => stop.abort()),
      { name: 'AbortError' },
    );
    await mail[Symbol.asyncDispose]();
    await again[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(dir), []);
  });
});

test('what comes before all work is done once a turn, and no other lane joins until it is', async () => {
  await withFolder(async (dir) => {
    const order: string[] = [];
    let begun = 0;
    const gate = Promise.withResolvers<void>();
    const lock = createWorkLock(dir, async () => {
      begun += 1;
      await gate.promise;
      order.push('before');
    });
    const both = Promise.all(
      (['work', 'mail'] as const).map(async (lane) => {
        const turn = await lock.take(lane, never, () => gate.resolve());
        order.push(lane);
        return turn;
      }),
    );
    for (const turn of await both) await turn[Symbol.asyncDispose]();
    assert.deepEqual([begun, order[0], order.length], [1, 'before', 3]);
    assert.deepEqual(await readdir(dir), []);
  });
});

test('when that fails the turn is given back', async () => {
  await withFolder(async (dir) => {
    const lock = createWorkLock(dir, () => Promise.reject(new Error('no room')));
    await assert.rejects(
      lock.take('work', never, () => undefined),
      /no room/,
    );
    assert.deepEqual(await readdir(dir), []);
    const next = await lockOf(dir).takeIfFree('work');
    assert.ok(next);
    await next[Symbol.asyncDispose]();
  });
});

test('who does not want to wait gets a turn where nobody has it, also after a crash', async () => {
  await withFolder(async (dir) => {
    const file = path.join(dir, 'work.lock');
    await writeFile(file, `${process.ppid}\n`);
    assert.equal(await lockOf(dir).takeIfFree('work'), undefined);
    await writeFile(file, '99999999\n');
    const turn = await lockOf(dir).takeIfFree('work');
    assert.ok(turn);
    assert.equal(await lockOf(dir).takeIfFree('work'), undefined);
    await turn[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(dir), []);
  });
});
