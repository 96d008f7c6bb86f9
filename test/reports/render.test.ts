import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { ComposeInput } from '../../model/edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import {
  loadTemplate,
  type RenderOptions,
  type Renditions,
  render,
  renderEdition,
} from '../../reports/render.ts';
import { parseHtml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpDocument, madeUpInput, madeUpSentence, madeUpSource, madeUpStory } from './made-up.ts';

const GAZETTE = resolve(import.meta.dirname, '../../templates/gazette');
const template = await loadTemplate(GAZETTE);
const MINISTRY = madeUpSource({ id: 'ministry', name: '科技部' });

function rendered(input: ComposeInput, options: RenderOptions = {}): Renditions {
  const edition = composeEdition(input);
  return renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, options);
}

function file(renditions: Renditions, name: string): string {
  const content = renditions.files.get(name);
  assert.ok(content !== undefined, name);
  return content;
}

/** Everything of a page that could run, load or leave. */
function dangers(html: string): string[] {
  const $ = parseHtml(html);
  const elements = $(
    'script, iframe, object, embed, form, base, img, video, audio, meta[http-equiv=refresh], svg:has(use, image, foreignObject, animate, set, style, a)',
  );
  const found = elements.toArray().map((element) => element.tagName);
  for (const element of $('*').toArray())
    for (const [name, value] of Object.entries($(element).attr() ?? {})) {
      if (name.startsWith('on')) found.push(name);
      if ((name === 'href' || name === 'src') && /^(?!https?:|#|data:,$|[\w./%-]+(?:#s-\d+)?$)/i.test(value))
        found.push(`${name}=${value}`);
    }
  return found;
}

describe('loadTemplate', () => {
  async function inFolders(files: Readonly<Record<string, string>>, work: (root: string) => Promise<void>) {
    const root = await mkdtemp(join(tmpdir(), 'policy-digest-templates-'));
    try {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(join(root, dirname(path)), { recursive: true });
        await writeFile(join(root, path), content);
      }
      await work(root);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  }

  test('takes from the extended folder what the folder lacks, partials and style sheets too', async () => {
    const files = {
      'base/web.hbs': 'base {{> line}} {{> a.css}}',
      'base/kept.hbs': 'kept {{> line}}',
      'base/partials/line.hbs': 'base line',
      'base/a.css': 'base css',
      'own/template.yml': '# a note\nextends: base\n',
      'own/web.hbs': 'own {{> line}} {{> a.css}}',
      'own/partials/line.hbs': 'own line',
    };
    await inFolders(files, async (root) => {
      const own = await loadTemplate(join(root, 'own'));
      assert.deepEqual(
        [render(own, 'web', {}), render(own, 'kept', {})],
        ['own own line base css', 'kept own line'],
      );
    });
  });

  test('refuses a circle, a folder that is not there and anything else in template.yml', async () => {
    const files = {
      'one/template.yml': 'extends: two',
      'two/template.yml': 'extends: one',
      'lost/template.yml': 'extends: nowhere',
      'odd/template.yml': 'extends: ../one',
    };
    await inFolders(files, async (root) => {
      for (const [name, code] of [
        ['one', 'TEMPLATE_EXTENDS'],
        ['odd', 'TEMPLATE_EXTENDS'],
        ['lost', 'TEMPLATE_MISSING'],
      ] as const)
        await assert.rejects(loadTemplate(join(root, name)), { code }, name);
    });
  });

  test('sets the canonical edition as a brief with the mail of the gazette', async () => {
    const input = canonicalInput();
    const edition = composeEdition(input);
    const data = { edition, evidence: evidenceOf(edition, input) };
    const brief = renderEdition(await loadTemplate(resolve(GAZETTE, '../brief')), data, {});
    const gazette = renderEdition(template, data, {});
    assert.equal(file(brief, 'email.html'), file(gazette, 'email.html'));
    assert.notEqual(file(brief, 'index.html'), file(gazette, 'index.html'));
  });
});

describe('renderEdition', () => {
  test('says in web page and mails which revision it is and where the difference stands, but only from the second on', () => {
    const publicUrl = 'https://digest.example/weekly/2021/2021-W25-r2/';
    const first = rendered(canonicalInput(), { publicUrl, revision: { number: 1, hasDifference: false } });
    const second = rendered(canonicalInput(), { publicUrl, revision: { number: 2, hasDifference: true } });
    for (const name of ['index.html', 'email.html', 'email.txt']) {
      assert.ok(!file(first, name).includes('修订版'), name);
      assert.ok(file(second, name).includes('修订版 2'), name);
    }
    const difference = (name: string) => parseHtml(file(second, name))('a[href$="difference.html"]');
    assert.equal(difference('index.html').attr('href'), 'difference.html');
    assert.equal(difference('email.html').attr('href'), `${publicUrl}difference.html`);
    assert.ok(file(second, 'email.txt').includes(`${publicUrl}difference.html`));
    const lost = rendered(canonicalInput(), { revision: { number: 2, hasDifference: false } });
    assert.ok(!file(lost, 'index.html').includes('difference.html'));
  });

  test('is the same for the same edition', () => {
    const [one, other] = [rendered(canonicalInput()), rendered(canonicalInput())];
    assert.deepEqual([...one.files], [...other.files]);
    assert.equal(one.print(new Map()), other.print(new Map()));
  });

  test('links every sentence of the web page to its mark in a kept copy that is there', () => {
    const renditions = rendered(canonicalInput());
    const $ = parseHtml(file(renditions, 'index.html'));
    const links = $('a.quote')
      .toArray()
      .map((element) => element.attribs.href ?? '');
    assert.ok(links.length > 15);
    for (const link of links) {
      const [name = '', anchor = ''] = link.split('#');
      assert.equal(parseHtml(file(renditions, name))(`mark[id="${anchor}"]`).length, 1, link);
    }
  });

  test('points every entry of the contents to a part that is there', () => {
    for (const html of [
      file(rendered(canonicalInput()), 'index.html'),
      rendered(canonicalInput()).print(new Map()),
    ]) {
      const $ = parseHtml(html);
      const anchors = $('.contents a')
        .toArray()
        .map((element) => element.attribs.href ?? '');
      assert.ok(anchors.length > 8);
      for (const anchor of anchors) assert.equal($(anchor).length, 1, anchor);
    }
  });

  test('shows that words were left out between two sentences, and only then', () => {
    const document = madeUpDocument({
      source: 'ministry',
      title: '批复',
      text: '一、甲。二、乙。三、丙。',
      on: '2021-06-23',
      topics: ['science'],
    });
    const wordsOf = (...said: string[]) => {
      const story = {
        ...madeUpStory(1, [document]),
        sentences: said.map((one) => madeUpSentence(document, one)),
      };
      const html = file(rendered(madeUpInput({ stories: [story], sources: [MINISTRY] })), 'index.html');
      return parseHtml(html)('.lead .words').text();
    };
    assert.equal(wordsOf('一、甲。', '三、丙。'), '一、甲。……三、丙。');
    assert.equal(wordsOf('一、甲。', '二、乙。'), '一、甲。二、乙。');
  });

  test('asks for nothing from outside', () => {
    for (const [name, content] of rendered(canonicalInput()).files)
      if (name.endsWith('.html')) {
        assert.deepEqual(dangers(content), [], name);
        assert.doesNotMatch(content, /@import|url\(/, name);
      }
  });

  test('shows hostile titles, words and addresses as text', () => {
    const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{lead}} {{{@root}}} &lt;b&gt;';
    const story = madeUpStory(1, [
      madeUpDocument({
        source: 'ministry',
        title: hostile,
        text: `${hostile}。`,
        on: '2021-06-23',
        topics: ['science'],
        url: 'javascript:alert(3)',
        number: hostile,
        issuers: [hostile],
      }),
    ]);
    const source = { ...MINISTRY, name: hostile };
    const renditions = rendered(
      madeUpInput({ stories: [story], sources: [source], digest: { title: hostile, subtitle: hostile } }),
    );
    for (const [name, content] of renditions.files)
      if (name.endsWith('.html')) {
        assert.deepEqual(dangers(content), [], name);
        assert.ok(parseHtml(content)('body').text().includes(hostile), name);
      }
    const print = renditions.print(new Map());
    assert.deepEqual(dangers(print.replace('href="fonts.css"', '')), []);
    assert.ok(parseHtml(print)('body').text().includes(hostile));
    assert.ok(file(renditions, 'email.txt').includes(hostile));
  });

  test('sets an empty week on purpose in every rendition', () => {
    const renditions = rendered(madeUpInput({ stories: [], sources: [MINISTRY] }));
    for (const content of [
      file(renditions, 'index.html'),
      file(renditions, 'email.html'),
      file(renditions, 'email.txt'),
      renditions.print(new Map()),
    ]) {
      assert.match(content, /本周没有新内容/);
      assert.match(content, /查了 1 个来源，1 个有应答/);
    }
  });

  test('titles of off-topic documents are listed so that a reader can check', () => {
    const { print, files } = rendered(canonicalInput());
    for (const content of [print(new Map()), files.get('index.html') ?? ''])
      assert.match(content, /省政府召开防汛工作会议/);
  });

  test('keeps the mail of a full week under 90,000 bytes and says what it left out', () => {
    const stories = Array.from({ length: 60 }, (_, index) =>
      madeUpStory(60 - index, [
        madeUpDocument({
          source: 'ministry',
          title: `${index}${'关于进一步加强科技创新工作的若干意见'.repeat(8)}`,
          text: `${'长句'.repeat(900)}。`,
          on: '2021-06-23',
          topics: [['science', 'industry', 'digital', 'energy', 'talent'][index % 5] ?? 'science'],
          number: `国发〔2021〕${index}号`,
        }),
      ]),
    );
    const renditions = rendered(madeUpInput({ stories, sources: [MINISTRY] }));
    assert.ok(Buffer.byteLength(file(renditions, 'email.html')) <= 90_000);
    assert.match(file(renditions, 'email.html'), /另有 \d+ 条，见所附 PDF/);
  });

  test('leads mail to the web edition when it has an address, else to the originals', () => {
    const publicUrl = 'https://digest.example/weekly/2021/2021-W25/';
    const published = parseHtml(file(rendered(canonicalInput(), { publicUrl }), 'email.html'));
    const hrefs = published('a')
      .toArray()
      .map((element) => element.attribs.href ?? '');
    assert.ok(hrefs.length > 10 && hrefs.every((href) => href.startsWith(publicUrl)));
    assert.match(file(rendered(canonicalInput()), 'email.html'), /href="https:\/\/state-council\.example/);
  });

  test('writes mail with tables and inline styles; its style sheet only sets it in dark', () => {
    const $ = parseHtml(file(rendered(canonicalInput()), 'email.html'));
    assert.equal($('link, img').length, 0);
    assert.match($('style').text().trim(), /^@media \(prefers-color-scheme: dark\) \{[^@]*\}$/);
    // What a class colours in dark has its colour without a style sheet, too.
    assert.ok($('[class]').length > 0);
    assert.equal($('[class]:not([style*="#"])').length, 0);
  });
});

describe('templates', () => {
  test('fail on a field that the view does not have', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'template-'));
    try {
      await writeFile(join(folder, 'web.hbs'), '{{title}} {{nothingSuch}}');
      const strict = await loadTemplate(folder);
      assert.throws(() => render(strict, 'web', { title: 'x' }), { code: 'TEMPLATE_FAILED' });
      assert.throws(() => render(strict, 'print', {}), { code: 'TEMPLATE_INCOMPLETE' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('are refused when the folder is not there', async () => {
    await assert.rejects(loadTemplate(join(GAZETTE, 'no-such')), { code: 'TEMPLATE_MISSING' });
  });
});
