import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChromium } from '../../net/chromium.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LONGEST_MS = 10_000;

test('a program that is killed while it prints leaves no browser running', async (t) => {
  if (!existsSync('/proc/self/cmdline')) return t.skip('this system has no /proc to see processes in');
  const chromium = await findChromium({
    cacheFolder: resolve(ROOT, '.cache/chromium'),
    setting: process.env.CHROMIUM_PATH ?? '',
  });
  // Asked for its page, the program tells which browser it has started and dies.
  const script = `
    import { readFileSync, writeSync } from 'node:fs';
    import { printPdf } from '${resolve(ROOT, 'reports/pdf.ts')}';
    const print = () => {
      writeSync(1, readFileSync('/proc/self/task/' + process.pid + '/children'));
      process.kill(process.pid, 'SIGKILL');
      for (;;);
    };
    await printPdf({ print, facts: {} }, ${JSON.stringify(chromium)});`;
  const { signal, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  assert.equal(signal, 'SIGKILL');
  const [browser = ''] = stdout.trim().split(' ');
  assert.match(browser, /^\d+$/, 'it had started a browser');
  const deadline = Date.now() + LONGEST_MS;
  while ((await isRunning(browser)) && Date.now() < deadline) await sleep(50);
  const isLeft = await isRunning(browser);
  if (isLeft) process.kill(Number(browser), 'SIGKILL');
  assert.ok(!isLeft, `the browser ${browser} outlived its program`);
});

/** A process that has ended and waits to be noticed has no command line any more. */
async function isRunning(pid: string): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== '';
}
