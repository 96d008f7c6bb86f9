// Hostile words as titles and quoted words, carried through every data rendition and the archive's own pages.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import ICAL from 'ical.js';
import puppeteer, { type Browser } from 'puppeteer';
import type { Edition, Item } from '../../model/edition.ts';
import { findChromium } from '../../net/chromium.ts';
import { loadArchiveLook, writeArchiveIndex } from '../../reports/archive-index.ts';
import { storyPath } from '../../reports/archive-stories.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { documentsFile } from '../../reports/csv-documents.ts';
import { differenceFiles } from '../../reports/difference-view.ts';
import { deadlinesFile } from '../../reports/ics-deadlines.ts';
import { publish } from '../../reports/publish.ts';
import { loadTemplate } from '../../reports/render.ts';
import { stableJson } from '../../reports/stable-json.ts';
import { parseHtml, parseXml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CORPUS = path.join(process.env.CORPUS_DIR ?? '', 'hostile');
const OWN = [
  '</script><script>document.title="hit"</script>',
  '<img src="https://evil.example/x" onerror="document.title=\'hit\'">',
  '"><svg onload=document.title="hit">',
  '{{constructor.constructor "return 1"}}{{7*7}}',
  '\u2028\u2029*/ globalThis.hit = 1; /*',
];

const PLAIN = composeEdition(canonicalInput());

/** The canonical week with the words as titles, headlines and quotes of items and dates. */
function hostileEdition(words: readonly string[]): Edition {
  const [item] = PLAIN.sections[0]?.items ?? [];
  const [row] = PLAIN.ahead;
  const [sentence] = item?.sentences ?? [];
  const [document] = item?.documents ?? [];
  assert.ok(item && row && sentence && document);
  const items = words.map((text, index): Item => {
    const named = {
      ...document,
      documentId: `${document.documentId}${index}` as typeof document.documentId,
      title: text,
    };
    return {
      ...item,
      headline: text,
      sentences: [{ ...sentence, documentId: named.documentId, text }],
      documents: [{ ...named, documentNumber: text, sourceName: text, issuers: [text], url: text }],
    };
  });
  const [lead] = items;
  assert.ok(lead);
  const rows = items.map(({ documents: [one], sentences: [quote] }) => {
    assert.ok(one && quote);
    return { ...row, document: one, quote };
  });
  const section = { id: 'other', title: words[0] ?? '', items, more: 0 };
  return { ...PLAIN, title: words[0] ?? '', lead, ahead: rows, sections: [section], names: {} };
}

async function corpusWords(): Promise<string[]> {
  const lines = (await readFile(path.join(CORPUS, 'html/payloads.jsonl'), 'utf8')).trim().split('\n');
  const payloads = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const naughty = JSON.parse(await readFile(path.join(CORPUS, 'strings/naughty.json'), 'utf8')) as string[];
  const templates = JSON.parse(
    await readFile(path.join(CORPUS, 'strings/template-injection.json'), 'utf8'),
  ) as string[];
  const html = payloads.map((payload) =>
    Object.values(payload)
      .filter((value) => typeof value === 'string')
      .join(' '),
  );
  return [...html, ...naughty, ...templates];
}

describe('hostile words', () => {
  let folder = '';
  let browser: Browser;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
    const chromium = await findChromium({
      cacheFolder: path.resolve(ROOT, '.cache/chromium'),
      setting: process.env.CHROMIUM_PATH ?? '',
    });
    browser = await puppeteer.launch({
      executablePath: chromium.executablePath,
      args: [...chromium.args],
      env: { ...process.env, ...chromium.env },
    });
  });

  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Publishes twice, so that there is a difference, and writes the front door. */
  async function publishHostile(edition: Edition): Promise<void> {
    const template = await loadTemplate(path.join(ROOT, 'templates/archive'));
    for (const [index, one] of [PLAIN, edition].entries())
      await publish(folder, one, {
        files: new Map([
          ['index.html', String(index)],
          ['edition.json', stableJson(one)],
        ]),
        versions: { program: '', chromium: null },
        revisionFiles: async () =>
          differenceFiles(
            template,
            { edition: PLAIN, revision: 1, files: [], href: '../2021-W25/index.html' },
            { edition: one, revision: 2, files: [], href: 'index.html' },
          ),
      });
    const look = await loadArchiveLook(path.join(ROOT, 'templates/archive'));
    await writeArchiveIndex(folder, look, { lang: 'zh-CN', archiveUrl: '' });
  }

  async function holdsNothingActive(words: readonly string[], searched: string): Promise<void> {
    const edition = hostileEdition(words);
    await publishHostile(edition);
    const week = path.join(folder, 'weekly/2021/2021-W25-r2');
    for (const [file, scripts] of [
      [path.join(folder, 'index.html'), 1],
      [path.join(week, 'difference.html'), 0],
      [path.join(folder, 'weekly/stories/2021.html'), 0],
      [path.join(folder, storyPath('weekly', edition.lead?.storyId ?? '')), 0],
      [path.join(folder, 'documents/2021.html'), 0],
    ] as const) {
      const $ = parseHtml(await readFile(file, 'utf8'));
      assert.equal($('script').length, scripts, file);
      assert.equal($('img, iframe, svg, object, embed, base, audio, video').length, 0, file);
      const handlers = $('*')
        .toArray()
        .flatMap((element) => ('attribs' in element ? Object.keys(element.attribs) : []))
        .filter((name) => /^on/i.test(name));
      assert.deepEqual(handlers, [], file);
      const page = await browser.newPage();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('dialog', (dialog) => {
        requests.push(`dialog ${dialog.message()}`);
        dialog.dismiss().catch(() => requests.push('a dialog that cannot be closed'));
      });
      await page.goto(pathToFileURL(file).href);
      if (scripts === 1) {
        await page.type('#query', searched);
        await page.waitForFunction(`document.querySelector('.results li') !== null`);
        const titles = await page.$$eval('.results .title', (all) => all.map((one) => one.textContent));
        assert.ok(
          titles.some((title) => title.toLowerCase().includes(searched)),
          titles[0] ?? 'no result',
        );
      }
      assert.deepEqual(
        requests.filter((url) => !/^(?:file|data):/.test(url)),
        [],
      );
      assert.notEqual(await page.title(), 'hit');
      assert.equal(await page.evaluate('globalThis.hit'), undefined);
      await page.close();
    }
    const calendar = deadlinesFile({ edition, before: [], documents: new Map(), zoneOf: () => 'UTC' });
    const events = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent');
    assert.equal(events.length, words.length + edition.later.length);
    const rows = documentsFile(edition);
    assert.equal(rows.split('\r\n')[0]?.split(',').length, 26);
    const feed = parseXml(await readFile(path.join(folder, 'weekly/feed.xml'), 'utf8'));
    assert.equal(feed('entry').length, 1);
    assert.equal(feed('entry').children().length, 6);
    await rm(path.join(folder, 'weekly'), { recursive: true });
  }

  test('are words in calendar, tables, feeds, difference and front door', () =>
    holdsNothingActive(OWN, 'onload'));

  test('of the corpus are so as well', async (t) => {
    if (!existsSync(CORPUS))
      return t.skip(
        'CORPUS_DIR is not set: the 6,739 payloads of hostile/html and the strings were not tried',
      );
    const words = await corpusWords();
    assert.ok(words.length > 6739, String(words.length));
    await holdsNothingActive(words, 'javascript');
  });
});
