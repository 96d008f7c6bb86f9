import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';

const MAIN = path.resolve(import.meta.dirname, '../../cli/main.ts');

test('output that nobody reads any more, as before `| head`, is no failure', async () => {
  const child = spawn(process.execPath, [MAIN, 'config'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  assert.deepEqual(await once(child, 'close'), [0, null], told);
  assert.equal(told, '');
});
