import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { findChromium } from '../../net/chromium.ts';
import { writeArchiveIndex } from '../../reports/archive-index.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { publish } from '../../reports/publish.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpDocument, madeUpSource, madeUpStory } from './made-up.ts';
import { LOOK, publishWeeks, STORY_ID } from './story-archive.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LONG_WORD = 'innovationspolitik'.repeat(12);
/** Without fonts, which the pages do not carry: people's own are used. */
const BUDGET_BYTES = 400_000;

let folder: string;
let browser: Browser;
/** Pages by name, of the canonical week with what breaks narrow pages added to it. */
const pages = new Map<string, string>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-digest-pages-'));
  const canonical = canonicalInput();
  const long = madeUpDocument({
    source: 'long',
    title: `${LONG_WORD} ${'关于'.repeat(60)}的通知`,
    url: `https://long.example/${'a'.repeat(300)}`,
    issuers: Array.from({ length: 12 }, (_, index) => `联合发文机关之${index}办公室`),
    number: `${LONG_WORD}〔2021〕1号`,
    type: 'notice',
    credit: LONG_WORD,
    text: `${LONG_WORD}。请于2021年7月9日前报送。`,
    dates: [['deadline', '2021-07-09', '请于2021年7月9日前报送。']],
    on: '2021-06-22',
    topics: ['talent'],
    regions: ['CN-SH', 'CN-YN', 'yangtze-delta'],
  });
  const stories = [...canonical.stories, madeUpStory(6, [long])];
  const source = madeUpSource({ id: 'long', name: LONG_WORD });
  const snapshot = { ...[...canonical.snapshots.values()][0]!, id: long.snapshotId };
  const input = {
    ...canonical,
    stories,
    sources: new Map([...canonical.sources, [source.id, source]]),
    snapshots: new Map([...canonical.snapshots, [snapshot.id, snapshot]]),
  };
  const edition = composeEdition(input);
  for (const name of ['gazette', 'brief']) {
    const template = await loadTemplate(join(ROOT, 'templates', name));
    const { files } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
    for (const [path, content] of files) {
      await mkdir(join(folder, name, dirname(path)), { recursive: true });
      await writeFile(join(folder, name, path), content);
    }
    pages.set(`${name} web`, join(name, 'index.html'));
    pages.set(`${name} mail`, join(name, 'email.html'));
    const kept = (await readdir(join(folder, name, 'kept'))).find((file) => file.includes(long.id));
    pages.set(`${name} kept`, join(name, 'kept', kept ?? 'missing'));
    if (name === 'gazette')
      await publish(join(folder, 'archive'), edition, {
        files: new Map(files),
        versions: { program: '0', chromium: 'none' },
      });
  }
  // Their week 25 becomes the second revision of the canonical one, whose stories are withdrawn by it.
  await publishWeeks(join(folder, 'archive'));
  await writeArchiveIndex(join(folder, 'archive'), LOOK, { lang: 'zh-CN', archiveUrl: '' });
  pages.set('archive', 'archive/index.html');
  pages.set('lives', 'archive/documents/2021.html');
  pages.set('difference', 'archive/weekly/2021/2021-W25-r2/difference.html');
  pages.set('list of stories', 'archive/weekly/stories/2021.html');
  pages.set('story', `archive/weekly/stories/${STORY_ID}.html`);
  pages.set('story with long words', `archive/weekly/stories/story-${long.id}.html`);
  const setting = process.env.CHROMIUM_PATH ?? '';
  const chromium = await findChromium({ cacheFolder: resolve(ROOT, '.cache/chromium'), setting });
  browser = await puppeteer.launch({
    executablePath: chromium.executablePath,
    args: [...chromium.args],
    headless: 'shell',
    ...('env' in chromium && chromium.env !== undefined ? { env: { ...chromium.env } } : {}),
  });
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(path: string, width: number, scheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(join(folder, path)).href);
  // What is folded is read as well.
  await page.$$eval('details', (all) => {
    for (const one of all) one.setAttribute('open', '');
  });
  return page;
}

describe('pages of an edition and of the archive', () => {
  test('have no violation that axe finds, in light and dark', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    assert.ok(pages.size >= 4);
    for (const [name, path] of pages)
      for (const scheme of ['light', 'dark'] as const) {
        const page = await open(path, 1000, scheme);
        await page.evaluate(axe);
        const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
        const told = violations.map(
          ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
        );
        assert.deepEqual(told, [], `${name}, ${scheme}`);
        assert.ok(passes.length > 8, `${name}: axe looked at ${passes.length} rules`);
        await page.close();
      }
  });

  test('need no sideways scroll at 320 pixels', async () => {
    for (const [name, path] of pages) {
      const page = await open(path, 320, 'light');
      const width = await page.evaluate('document.documentElement.scrollWidth');
      assert.equal(width, 320, name);
      await page.close();
    }
  });

  test('ask for nothing and weigh little', async () => {
    for (const [name, path] of pages) {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      await page.goto(pathToFileURL(join(folder, path)).href);
      const outside = asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
      assert.deepEqual(outside, [], name);
      const { byteLength } = await readFile(join(folder, path));
      assert.ok(byteLength < BUDGET_BYTES, `${name}: ${byteLength} bytes`);
      await page.close();
    }
  });

  test('are reached by the keyboard: every link and fold is a stop, in reading order', async () => {
    for (const name of ['gazette web', 'lives', 'difference', 'list of stories', 'story']) {
      const page = await open(pages.get(name) ?? '', 1000, 'light');
      const stops = Number(await page.evaluate("document.querySelectorAll('a[href], summary').length"));
      assert.ok(stops > 1, name);
      const seen = new Set<number>();
      for (let press = 0; press < stops; press += 1) {
        await page.keyboard.press('Tab');
        seen.add(
          Number(
            await page.evaluate(
              "[...document.querySelectorAll('a[href], summary')].indexOf(document.activeElement)",
            ),
          ),
        );
      }
      assert.deepEqual(
        [...seen],
        Array.from({ length: stops }, (_, index) => index),
        name,
      );
      await page.close();
    }
  });

  test('show the quoted words in the kept copy when a date or sentence is followed', async () => {
    const page = await open(pages.get('gazette web') ?? '', 1000, 'light');
    for (const link of ['a.says.deadline', '.numbers a.quote', '.lead a.quote']) {
      await page.goto(pathToFileURL(join(folder, 'gazette/index.html')).href);
      const words = await page.$eval(link, (one) => one.textContent);
      await Promise.all([
        page.waitForNavigation(),
        page.$eval(link, (one) => (one as unknown as { click(): void }).click()),
      ]);
      const mark = await page.$eval('mark:target', (one) => one.textContent);
      assert.ok(mark !== null && mark !== '', link);
      if (!link.includes('says')) assert.equal(mark, words);
      assert.match(
        await page.$eval('dl', (one) => one.textContent ?? ''),
        /2021-06-\d\d \d\d:\d\d.*[0-9a-f]{64}/s,
      );
    }
    await page.close();
  });
});
