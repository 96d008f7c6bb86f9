// The pages of the console in a browser: on a telephone, by night, for people who see little or nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { findChromium } from '../../net/chromium.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Opens each address at 320 px in light and at 1180 px in dark; fails on sideways scroll or what axe finds. */
export async function checkLook(
  base: string,
  paths: readonly string[],
  check: (page: Page, name: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    // The checker is put into the page from outside.
    await page.setBypassCSP(true);
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.setViewport({ width: scheme === 'dark' ? 1180 : 320, height: 800 });
      for (const path of paths) {
        await page.goto(new URL(path, base).href);
        await page.$$eval('details', (all) => {
          for (const one of all) one.setAttribute('open', '');
        });
        const name = `${path.replaceAll(/[^\w-]+/g, ' ').trim()} ${scheme}`;
        await check(page, name);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        assert.ok(Number(overflow) <= 0, `${name} is ${overflow} px too wide`);
        await page.evaluate(axe);
        // A frame shows a page of the archive, which has tests of its own.
        const { violations, passes } = (await page.evaluate('axe.run({ iframes: false })')) as AxeResults;
        assert.ok(passes.length > 8, `${name}: axe looked at ${passes.length} rules`);
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`),
          [],
        );
      }
    }
  } finally {
    await browser.close();
  }
}

/** Presses a button as a person does, with all that a browser says of itself; fails on a refusal. */
export async function checkButton(base: string, path: string, selector: string): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(new URL(path, base).href);
    const [answer] = await Promise.all([page.waitForNavigation(), page.click(selector)]);
    assert.equal(answer?.status(), 200, `pressing ${selector}: ${await answer?.text()}`);
  } finally {
    await browser.close();
  }
}

async function openBrowser(): Promise<Browser> {
  const chromium = await findChromium({
    cacheFolder: resolve(ROOT, '.cache/chromium'),
    setting: process.env.CHROMIUM_PATH ?? '',
  });
  return puppeteer.launch({
    executablePath: chromium.executablePath,
    args: [...chromium.args],
    env: { ...process.env, ...chromium.env },
  });
}
