import assert from 'node:assert/strict';
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

const never = new AbortController().signal;

test('the second waits until the first is done, and hears who is working', async () => {
  await withFolder(async (dir) => {
    const order: string[] = [];
    const waitedFor: number[] = [];
    const first = await createWorkLock(dir).take(never, () => undefined);
    const second = createWorkLock(dir)
      .take(never, (pid) => {
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
    const lock = await createWorkLock(dir).take(never, () => assert.fail('it waited'));
    await lock[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(dir), []);
  });
});

test('whoever waits can be stopped', async () => {
  await withFolder(async (dir) => {
    await using _held = await createWorkLock(dir).take(never, () => undefined);
    const stop = new AbortController();
    await assert.rejects(
      createWorkLock(dir).take(stop.signal, () => stop.abort()),
      { name: 'AbortError' },
    );
  });
});
