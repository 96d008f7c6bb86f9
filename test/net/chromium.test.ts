import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findChromium } from '../../net/chromium.ts';
import { temporaryFolder } from './loopback.ts';

/** A file that answers `--version` like Chromium does. */
async function pretend(path: string, version: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho "Chromium ${version}"\n`, { mode: 0o755 });
  return path;
}

test('takes the setting before all else, then an installed one, then that of puppeteer', async (t) => {
  if (process.platform === 'win32') return t.skip('the pretended browser is a shell script');
  const folder = await temporaryFolder(t);
  const setting = await pretend(join(folder, 'set'), '1.2.3.4');
  const installed = [join(folder, 'absent'), await pretend(join(folder, 'installed'), '2.0')];
  const shell =
    'puppeteer/chrome-headless-shell/linux-3.0/chrome-headless-shell-linux64/chrome-headless-shell';
  const cached = await pretend(join(folder, shell), '3.0');
  const common = { cacheFolder: join(folder, 'cache'), puppeteerFolder: join(folder, 'puppeteer') };
  const first = await findChromium({ ...common, setting, installed });
  assert.deepEqual([first.origin, first.executablePath, first.version], ['setting', setting, '1.2.3.4']);
  const second = await findChromium({ ...common, installed });
  assert.deepEqual([second.origin, second.executablePath], ['installed', installed[1]]);
  const third = await findChromium({ ...common, installed: [] });
  assert.deepEqual([third.origin, third.executablePath], ['puppeteer', cached]);
  assert.equal(first.args.includes('--disable-web-security'), false);
});

test('says what to do when the setting names nothing that starts', async (t) => {
  const folder = await temporaryFolder(t);
  await assert.rejects(
    findChromium({ cacheFolder: folder, setting: join(folder, 'absent') }),
    /CHROMIUM_MISSING.*CHROMIUM_PATH/,
  );
});
