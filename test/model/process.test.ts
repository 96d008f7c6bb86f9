import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { isAlive } from '../../model/process.ts';

test('a process is alive until it has ended, also one of somebody else', async () => {
  assert.equal(isAlive(process.pid), true);
  // Root's, where this is not root.
  if (process.platform !== 'win32') assert.equal(isAlive(1), true);
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  assert.equal(isAlive(child.pid ?? Number.NaN), false);
});
