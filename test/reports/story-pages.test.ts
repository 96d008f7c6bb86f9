import assert from 'node:assert/strict';
import { access, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { listEditions, readEdition } from '../../reports/archive.ts';
import { checkArchiveIndex, writeArchiveIndex } from '../../reports/archive-index.ts';
import { editionStories } from '../../reports/archive-stories.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { storyYearViews } from '../../reports/story-lists.ts';
import { storyThreads } from '../../reports/story-threads.ts';
import { storyView } from '../../reports/story-view.ts';
import { parseHtml } from '../../text/html.ts';
import { madeUpDocument, madeUpStory, VOCABULARY } from './made-up.ts';
import {
  ADOPTED,
  ALONE,
  DRAFT,
  FIRST,
  LOOK,
  NUMBER,
  publishWeek,
  publishWeeks,
  ROOT,
  SECOND,
  STORY_ID,
  weekInput,
} from './story-archive.ts';

const OPTIONS = { lang: 'zh-CN', archiveUrl: 'https://digest.example/archive/' } as const;
const PAGE = `weekly/stories/${STORY_ID}.html`;

let archive = '';

before(async () => {
  archive = await mkdtemp(join(tmpdir(), 'stories-'));
  await publishWeeks(archive);
  await writeArchiveIndex(archive, LOOK, OPTIONS);
});

after(async () => {
  await rm(archive, { recursive: true });
});

const read = (path: string, from = archive) => readFile(join(from, path), 'utf8');

async function withCopy(work: (copy: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stories-copy-'));
  try {
    await cp(archive, folder, { recursive: true });
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function pagesIn(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    /\.(?:html|js|json|xml)$/.test(name),
  );
  return new Map(
    await Promise.all(names.sort().map(async (name) => [name, await read(name, folder)] as const)),
  );
}

describe('the page of a story', () => {
  test('tells each week, who published first, who copied and what they changed', async () => {
    const $ = parseHtml(await read(PAGE));
    assert.equal($('h1').text(), ADOPTED.title);
    assert.deepEqual(
      $('.weeks h3')
        .toArray()
        .map((one) => $(one).text()),
      [DRAFT.title, ADOPTED.title],
    );
    const [draft, adopted] = $('.weeks article').toArray();
    const tree = (one: typeof draft) => $(one!).find('.tree > li').toArray();
    assert.match(
      $(tree(draft)[0]!).find('ul').text(),
      /科技新报 · 2021年6月9日 · 转载：文字相同 78%，删去 1 句，增加 1 句，标题不同/,
    );
    assert.match($(tree(draft)[1]!).text(), /创新经济观察 · 2021年6月10日 · 报道：用词相符，相隔 2 天/);
    assert.equal($(tree(adopted)[0]!).find('details li').length, 3);
    assert.equal($(tree(adopted)[0]!).find('li').length, 9);
    assert.match($('.dates').text(), /2021年6月30日.*截止.*2021年7月10日.*施行/s);
    assert.match($('.weeks .events').text(), /原页面撤下 2021年6月29日/);
    assert.deepEqual(
      $('.dates .note')
        .toArray()
        .map((one) => $(one).text()),
      ['原页面撤下 2021年6月29日'],
    );
    assert.match($('.lives').text(), new RegExp(`${NUMBER}.*征求意见.*发文.*解读.*施行`, 's'));
  });

  test('is led to from edition, search and lives, and every link of all these pages leads somewhere', async () => {
    const edition = parseHtml(await read('weekly/2021/2021-W25/index.html'));
    const { href } = edition('#lead a[href*="stories/"]').get(0)?.attribs ?? {};
    assert.equal(href, `../../stories/${STORY_ID}.html`);
    assert.match(edition('#lead .margin').text(), /2021 年第 23 周曾报道/);
    assert.ok((await read('search-index.js')).includes(`"${PAGE}"`));
    assert.ok((await read('documents/2021.html')).includes(`../${PAGE}`));
    const pages = [
      ...(await readdir(join(archive, 'weekly/stories'))).map((name) => `weekly/stories/${name}`),
      'documents/2021.html',
      'index.html',
      'weekly/2021/2021-W25/index.html',
    ].filter((name) => name.endsWith('.html'));
    assert.ok(pages.length >= 6);
    for (const page of pages) {
      const $ = parseHtml(await read(page));
      for (const { attribs } of $('a[href], link[href]').toArray()) {
        const [path = '', anchor] = (attribs.href ?? '').split('#');
        if (/^(?:https?|data):/.test(path) || /\.(?:pdf|ics|csv)$/.test(path)) continue;
        const target = path === '' ? page : join(dirname(page), path);
        await access(join(archive, target)).catch(() => assert.fail(`${page} leads to ${target}`));
        if (anchor === undefined) continue;
        const there = parseHtml(await read(target));
        assert.equal(there(`[id="${anchor}"]`).length, 1, `${page}: ${attribs.href}`);
      }
    }
  });

  test('is listed by year and in the map of the site', async () => {
    const year = parseHtml(await read('weekly/stories/2021.html'));
    assert.deepEqual(
      year('.week li a')
        .toArray()
        .map(({ attribs }) => attribs.href),
      [`${STORY_ID}.html`, `${ALONE.story.id}.html`],
    );
    const sitemap = await read('sitemap.xml');
    assert.ok(sitemap.includes(`<loc>https://digest.example/archive/${PAGE}</loc>`));
    assert.ok(sitemap.includes('<loc>https://digest.example/archive/weekly/2021/2021-W23/index.html</loc>'));
  });

  test('tells a date that a report repeats once, in the words of the document that sets it', () => {
    const words = '意见收到6月底为止。';
    const repeated = madeUpDocument({
      source: 'daily',
      title: '新办法征求意见',
      on: '2021-06-09',
      topics: ['science'],
      text: `另据了解，${words}`,
      dates: [['deadline', '2021-06-30', words]],
    });
    const edition = composeEdition(weekInput('2021-W23', [madeUpStory(9, [DRAFT, repeated], ['report'])]));
    const manifest = { edition: { revision: 1 } } as Parameters<typeof editionStories>[1]['manifest'];
    const threads = storyThreads([editionStories(edition, { folder: 'weekly/2021/2021-W23', manifest })]);
    assert.equal(threads[0]?.dates.length, 2);
    const view = storyView(threads[0]!, { lang: 'zh-CN', title: '', threads, lives: new Map() });
    assert.deepEqual(
      view.dates.map(({ day, title }) => [day, title]),
      [['2021年6月30日 周三', DRAFT.title]],
    );
  });

  test('says the same in English', async () => {
    const [first] = await listEditions(archive);
    const edition = first && (await readEdition(archive, first));
    assert.ok(first && edition);
    const threads = storyThreads([editionStories(edition, first)]);
    const view = storyView(threads[0]!, { lang: 'en', title: 'Weekly', threads, lives: new Map() });
    assert.equal(view.counted, '1 edition · 3 documents · 3 sources');
    assert.equal(
      view.weeks[0]?.tellings[0]?.texts[0]?.copies[0]?.role,
      'reprint: 78% of the words in common, one sentence left out, one sentence added, another title',
    );
  });
});

describe('the pages of an archive', () => {
  test('are the same when made anew as when they grew week by week', async () => {
    const grown = await mkdtemp(join(tmpdir(), 'stories-grown-'));
    try {
      await publishWeek(grown, weekInput('2021-W23', [FIRST]));
      await writeArchiveIndex(grown, LOOK, OPTIONS);
      await publishWeeks(grown);
      assert.equal((await writeArchiveIndex(grown, LOOK, OPTIONS)).state, 'written');
      assert.equal((await writeArchiveIndex(grown, LOOK, OPTIONS)).state, 'unchanged');
      const [here, there] = [await pagesIn(archive), await pagesIn(grown)];
      assert.deepEqual([...there.keys()], [...here.keys()]);
      for (const [name, text] of here) assert.equal(there.get(name), text, name);
    } finally {
      await rm(grown, { recursive: true });
    }
  });

  test('are checked: what was touched, is missing or belongs to no edition is named', async () => {
    await withCopy(async (copy) => {
      assert.deepEqual((await checkArchiveIndex(copy, LOOK, OPTIONS)).faults, []);
      await writeFile(join(copy, PAGE), '<p>');
      await rm(join(copy, 'documents/2021.html'));
      await writeFile(join(copy, 'weekly/stories/stray.html'), '<p>');
      const { checked, faults } = await checkArchiveIndex(copy, LOOK, OPTIONS);
      assert.ok(checked > 8);
      assert.deepEqual(faults, [
        `${PAGE}: not what its editions and the template make`,
        'documents/2021.html: missing',
        'weekly/stories/stray.html: of no edition',
      ]);
      await writeArchiveIndex(copy, LOOK, OPTIONS);
      assert.deepEqual((await checkArchiveIndex(copy, LOOK, OPTIONS)).faults, []);
    });
  });

  test('keep leading from a story’s earlier name when a week is made again with another first document', async () => {
    await withCopy(async (copy) => {
      const [lead, ...others] = SECOND.documents;
      const [first, ...members] = SECOND.story.members;
      assert.ok(lead && first && others[0] && members[0]);
      const id = 'story-turned' as typeof SECOND.story.id;
      const { follows: _, ...story } = SECOND.story;
      const turned = { ...SECOND, story: { ...story, id, members: [...members, first] }, sentences: [] };
      await publishWeek(copy, weekInput('2021-W25', [turned]));
      await writeArchiveIndex(copy, LOOK, OPTIONS);
      const moved = parseHtml(await read('weekly/stories/story-turned.html', copy));
      assert.equal(moved('meta[http-equiv=refresh]').attr('content'), `0; url=${STORY_ID}.html`);
      assert.equal(moved('main a').attr('href'), `${STORY_ID}.html`);
      assert.match(await read(PAGE, copy), /2021-W25-r2\/index\.html#/);
    });
  });

  test('name topics in the page’s language when editions of two languages are mixed', async () => {
    const talent = madeUpDocument({
      source: 'daily',
      title: '人才',
      text: '。',
      on: '2021-06-09',
      topics: ['talent'],
    });
    await withCopy(async (copy) => {
      // The English digest comes first in the archive, and only it has an item on talent.
      const input = weekInput('2021-W23', [FIRST, madeUpStory(1, [talent])]);
      const digest = { ...input.digest, id: 'a-english' as typeof input.digest.id, lang: 'en' as const };
      await publishWeek(copy, { ...input, digest });
      const topics = async () => {
        const $ = parseHtml(await read('index.html', copy));
        return $('#topic option')
          .toArray()
          .map((one) => $(one).text());
      };
      await writeArchiveIndex(copy, LOOK, OPTIONS);
      assert.deepEqual(await topics(), ['全部', '科技体制', 'Talent']);
      await writeArchiveIndex(copy, LOOK, { ...OPTIONS, vocabulary: VOCABULARY });
      assert.deepEqual(await topics(), ['全部', '科技体制', '人才']);
    });
  });
});

test('every field that the pages of stories see is documented', async () => {
  const docs = await readFile(join(ROOT, 'docs/add-a-template.md'), 'utf8');
  const editions = await listEditions(archive);
  const told = [];
  for (const one of editions) {
    const edition = await readEdition(archive, one);
    if (edition !== undefined) told.push(editionStories(edition, one));
  }
  const threads = storyThreads(told);
  const stories = { lang: 'zh-CN', title: '', threads, lives: new Map() } as const;
  const fields = fieldsOf([threads.map((thread) => storyView(thread, stories)), storyYearViews(stories)]);
  assert.ok(new Set(fields).size > 30);
  for (const field of new Set(fields)) assert.match(docs, new RegExp(`\`${field}\``), field);
});

function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...(key === 'labels' ? [] : fieldsOf(inner))]);
}
