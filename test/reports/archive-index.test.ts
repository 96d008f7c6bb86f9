import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Edition } from '../../model/edition.ts';
import { loadArchiveLook, writeArchiveIndex } from '../../reports/archive-index.ts';
import { archiveView } from '../../reports/archive-index-view.ts';
import type { ArchiveLook } from '../../reports/archive-pages.ts';
import { editionStories } from '../../reports/archive-stories.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { manifestEdition } from '../../reports/manifest.ts';
import { type PublishFiles, publish } from '../../reports/publish.ts';
import { indexEdition, readSearchIndex, searchIndexFile } from '../../reports/search-index.ts';
import { stableJson } from '../../reports/stable-json.ts';
import { storyThreads } from '../../reports/story-threads.ts';
import { parseHtml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpInput } from './made-up.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const HERE = { lang: 'zh-CN', archiveUrl: '' } as const;
const WEEK_25 = composeEdition(canonicalInput());
const WEEK_24 = composeEdition(madeUpInput({ stories: [], sources: [], week: '2021-W24' }));

let archive = '';
let look: ArchiveLook;

function files(edition: Edition, page = '<p>一'): PublishFiles {
  return {
    files: new Map([
      ['index.html', page],
      ['edition.json', stableJson(edition)],
    ]),
    versions: { program: '0.0.0', chromium: null },
  };
}

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'archive-'));
  look = await loadArchiveLook(join(ROOT, 'templates/archive'));
});

afterEach(async () => {
  await rm(archive, { recursive: true });
});

describe('writeArchiveIndex', () => {
  test('lists every edition newest first, its newest revision in front, and links to what is there', async () => {
    await publish(archive, WEEK_24, files(WEEK_24));
    await publish(archive, WEEK_25, files(WEEK_25));
    await publish(archive, WEEK_25, files(WEEK_25, '<p>二'));
    const { file, editions } = await writeArchiveIndex(archive, look, HERE);
    assert.equal(editions, 3);
    const $ = parseHtml(await readFile(file, 'utf8'));
    const links = $('.edition a')
      .toArray()
      .map((element) => element.attribs.href ?? '');
    assert.deepEqual(links, [
      'weekly/2021/2021-W25-r2/index.html',
      'weekly/2021/2021-W25/index.html',
      'weekly/2021/2021-W24/index.html',
    ]);
    const others = $('link[rel="alternate"], script[src], .feeds a')
      .toArray()
      .map(({ attribs }) => attribs.href ?? attribs.src ?? '');
    assert.deepEqual(others.at(-2), 'weekly/stories/2021.html');
    assert.equal(others.length, 6);
    for (const link of [...links, ...others])
      assert.ok((await readFile(join(archive, link), 'utf8')).length > 0, link);
    assert.match($('main').text(), /国务院关于完善科技成果转化激励机制若干问题的意见/);
    assert.equal((await writeArchiveIndex(archive, look, HERE)).state, 'unchanged');
  });

  test('offers the years, topics and regions that occur, and gives each edition its own', async () => {
    await publish(archive, WEEK_24, files(WEEK_24));
    await publish(archive, WEEK_25, files(WEEK_25));
    const { file } = await writeArchiveIndex(archive, look, HERE);
    const $ = parseHtml(await readFile(file, 'utf8'));
    assert.deepEqual(
      $('#year option')
        .toArray()
        .map((element) => $(element).text()),
      ['全部', '2021'],
    );
    assert.equal($('#topic option[value="science"]').text(), '科技体制');
    assert.equal($('#region option[value="CN-GD"]').text(), '广东');
    const [newest, oldest] = $('.edition').toArray();
    assert.match(newest?.attribs['data-topics'] ?? '', /\bscience\b/);
    assert.equal(oldest?.attribs['data-topics'], '');
    // The list is there for those without scripts; what needs one is not.
    assert.ok($('.finder').is('[hidden]'));
    assert.ok(!$('.edition').is('[hidden]'));
  });

  test('speaks the language of the digest with most editions, whoever asks last', async () => {
    await publish(archive, WEEK_24, files(WEEK_24));
    await writeArchiveIndex(archive, look, HERE);
    assert.equal((await writeArchiveIndex(archive, look, { ...HERE, lang: 'en' })).state, 'unchanged');
  });

  test('opens on an archive without editions', async () => {
    const { file } = await writeArchiveIndex(join(archive, 'none'), look, { ...HERE, lang: 'en' });
    assert.match(await readFile(file, 'utf8'), /No edition has been published yet/);
  });

  test('lists an edition whose data are broken, and reads each edition only once', async () => {
    const { folder } = await publish(archive, WEEK_25, files(WEEK_25));
    await writeArchiveIndex(archive, look, HERE);
    await writeFile(join(folder, 'edition.json'), '{');
    // Known by its manifest: it is not read again.
    assert.equal((await writeArchiveIndex(archive, look, HERE)).state, 'unchanged');
    await rm(join(archive, 'search-index.js'));
    const { file } = await writeArchiveIndex(archive, look, HERE);
    assert.match(await readFile(file, 'utf8'), /国务院关于完善/);
    assert.equal(readSearchIndex(await readFile(join(archive, 'search-index.js'), 'utf8')).size, 0);
  });

  test('leaves no temporary file', async () => {
    await publish(archive, WEEK_25, files(WEEK_25));
    await writeArchiveIndex(archive, look, HERE);
    assert.deepEqual((await readdir(archive)).sort(), [
      'archive.js',
      'documents',
      'index.html',
      'search-index.js',
      'weekly',
    ]);
    assert.ok((await stat(join(archive, 'weekly/feed.xml'))).isFile());
  });
});

describe('the search data', () => {
  const archived = { folder: 'weekly/2021/2021-W25', manifestHash: 'a', manifest: manifestOf(WEEK_25) };
  const indexed = indexEdition(WEEK_25, archived);

  test('hold every document shown with the words it is quoted in', () => {
    const lead = WEEK_25.lead?.documents[0];
    const row = indexed.documents.find(([title]) => title === lead?.title);
    assert.equal(row?.[1], `kept/${lead?.documentId}.html`);
    assert.match(row?.[4] ?? '', /国发〔2021〕112号/);
    assert.match(row?.[4] ?? '', /共享所有权/);
    assert.deepEqual(row?.[5], ['science']);
  });

  test('are a script that sets one value, read back as written', () => {
    const text = searchIndexFile([indexed]);
    const scope: { policyDigestIndex?: { editions: unknown[] } } = {};
    new Function('globalThis', text)(scope);
    assert.deepEqual(scope.policyDigestIndex?.editions, JSON.parse(JSON.stringify([indexed])));
    assert.deepEqual([...readSearchIndex(text).values()], JSON.parse(JSON.stringify([indexed])));
    for (const broken of ['', text.slice(0, 200), text.replace(/"format":\d+/, '"format":0')])
      assert.equal(readSearchIndex(broken).size, 0);
  });
});

test('every field that the archive page sees is documented', async () => {
  const page = await readFile(join(ROOT, 'docs/add-a-template.md'), 'utf8');
  const archived = (revision: number) => ({
    folder: `weekly/2021/2021-W25-r${revision}`,
    manifestHash: String(revision),
    manifest: { ...manifestOf(WEEK_25), edition: manifestEdition(WEEK_25, revision) },
  });
  const threads = storyThreads([editionStories(WEEK_25, archived(2))]);
  const stories = { lang: 'en', title: '', threads, lives: new Map() } as const;
  const view = archiveView([archived(1), archived(2)], {
    lang: 'en',
    indexed: [indexEdition(WEEK_25, archived(2))],
    stories: new Map([['weekly', stories]]),
  });
  assert.ok(view.digests[0]?.storyYears.length);
  const fields = new Set(fieldsOf(view));
  assert.ok(fields.size > 25);
  for (const field of fields) assert.match(page, new RegExp(`\`${field}\``), field);
});

function manifestOf(edition: Edition) {
  return {
    schema: 1 as const,
    edition: manifestEdition(edition, 1),
    files: [],
    versions: { program: '', chromium: null },
    previous: null,
    revises: null,
  };
}

function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...(key === 'labels' ? [] : fieldsOf(inner))]);
}
