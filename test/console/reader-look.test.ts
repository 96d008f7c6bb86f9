// The pages for readers in a browser: on a telephone, by night, for people who see little or nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { test } from 'node:test';
import type { AxeResults } from 'axe-core';
import puppeteer from 'puppeteer';
import { listen } from '../../console/server.ts';
import { findChromium } from '../../net/chromium.ts';
import { openReaderPages } from './readers.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('pages for readers fit a telephone, need no script, and have no violation that axe finds', async (t) => {
  const pages = await openReaderPages(t, { publicUrl: 'https://news.example/' });
  const { unsubscribe, preferences } = await pages.addReader();
  await pages.post('/subscribe', { email: 'new@reader.example', digests: 'weekly', agree: 'yes' });
  const confirm = /https:\/\/news\.example(\/confirm\/[\w-]+)/.exec(
    (await pages.letters())[0]?.text ?? '',
  )?.[1];
  assert.ok(confirm);
  const base = await listen(pages.server, '127.0.0.1', 0);
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const chromium = await findChromium({
    cacheFolder: resolve(ROOT, '.cache/chromium'),
    setting: process.env.CHROMIUM_PATH ?? '',
  });
  const browser = await puppeteer.launch({
    executablePath: chromium.executablePath,
    args: [...chromium.args],
    env: { ...process.env, ...chromium.env },
  });
  // Before the server: it waits for the connections of the browser.
  await using _closing = { [Symbol.asyncDispose]: () => browser.close() };
  const page = await browser.newPage();
  // The checker is put into the page from outside; the page itself has no script.
  await page.setBypassCSP(true);
  const paths: readonly string[] = ['/subscribe', unsubscribe, preferences, confirm, '/confirm/none'];
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const path of paths) {
      for (const lang of ['zh-CN', 'en']) {
        await page.setViewport({ width: scheme === 'dark' ? 1180 : 320, height: 800 });
        await page.goto(`${base.slice(0, -1)}${path}?lang=${lang}`);
        await page.$$eval('details', (all) => {
          for (const one of all) one.setAttribute('open', '');
        });
        const name = `${path.split('/')[1]} ${lang} ${scheme}`;
        assert.equal(await page.$$eval('script', (all) => all.length), 0, name);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        assert.ok(Number(overflow) <= 0, `${name} is ${overflow} px too wide`);
        await page.evaluate(axe);
        const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
        assert.ok(passes.length > 8, `${name}: axe looked at ${passes.length} rules`);
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`),
          [],
        );
        const folder = process.env.SCREENSHOTS;
        if (folder !== undefined)
          await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png`, fullPage: true });
      }
    }
  }
});
