import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';
import { clientsWithout, featuresOf, type MailFeatures } from './mail-support.ts';

const TEMPLATES = resolve(import.meta.dirname, '../../templates');
const NAMES = ['gazette', 'brief'];
const MAX_BYTES = 90_000;

/** What some client does not show, and why the mail reads as well without it. */
const FALLBACKS: Readonly<Record<string, string>> = {
  'html-doctype': 'tables with inline styles look the same in quirks mode',
  'html-body': 'the outer table carries the same background',
  'html-meta-color-scheme': 'every text and background names its colour',
  'css-at-media-prefers-color-scheme': 'every text and background names its colour',
  'css-table-layout': 'the width attribute of the table',
  'css-word-break': 'word-wrap says the same to those that do not know it',
  'css-word-wrap': 'word-break says the same to those that do not know it',
};

async function mails(): Promise<[string, string][]> {
  const input = canonicalInput();
  const edition = composeEdition(input);
  return Promise.all(
    NAMES.map(async (name): Promise<[string, string]> => {
      const { files } = renderEdition(
        await loadTemplate(join(TEMPLATES, name)),
        { edition, evidence: evidenceOf(edition, input) },
        { publicUrl: 'https://digest.example/w/' },
      );
      return [name, files.get('email.html') ?? ''];
    }),
  );
}

function dataFile(): string | undefined {
  const { CANIEMAIL_FILE, CORPUS_DIR } = process.env;
  const files = [
    CANIEMAIL_FILE,
    CORPUS_DIR === undefined ? undefined : join(CORPUS_DIR, '../email/caniemail.json'),
  ];
  return files.find((file) => file !== undefined && file !== '' && existsSync(file));
}

test('every rendition says which revision it is, what was told before and that a date’s page is gone', async () => {
  const input = canonicalInput();
  const edition = composeEdition({ ...input, gone: new Set(input.stillAhead.map(({ id }) => id)) });
  assert.equal(edition.ahead.filter(({ isGone }) => isGone).length, 1);
  for (const name of NAMES) {
    const template = await loadTemplate(join(TEMPLATES, name));
    const { files, print } = renderEdition(
      template,
      { edition, evidence: evidenceOf(edition, input) },
      { revision: { number: 2, hasDifference: true } },
    );
    const texts = new Map([...files, ['print.html', print(new Map())]]);
    for (const file of ['index.html', 'print.html', 'email.html', 'email.txt'] as const)
      for (const words of ['修订版 2', '原页面已撤下', '2021 年第 23 周曾报道'])
        assert.ok(texts.get(file)?.includes(words), `${name} ${file}: ${words}`);
  }
});

describe('the mail', () => {
  test('uses nothing that a client does not show, without a fallback', async (t) => {
    const file = dataFile();
    if (file === undefined) {
      t.skip('CANIEMAIL_FILE is not set: the mail is not held against what mail clients show');
      return;
    }
    const data = JSON.parse(await readFile(file, 'utf8')) as MailFeatures;
    const needed = new Set<string>();
    for (const [name, html] of await mails()) {
      const used = featuresOf(html, data);
      assert.ok(used.size > 20, `${name}: ${used.size} features found`);
      const unlisted = [...used].filter((feature) => clientsWithout(feature, data) === undefined);
      assert.deepEqual(unlisted, [], `${name}: not in the data`);
      const unsupported = [...used].filter((feature) => clientsWithout(feature, data)?.length !== 0);
      for (const feature of unsupported) needed.add(feature);
      assert.deepEqual(
        unsupported.filter((feature) => FALLBACKS[feature] === undefined),
        [],
        name,
      );
      t.diagnostic(`${name}: ${used.size} features, ${unsupported.length} with a fallback, 0 without`);
    }
    assert.deepEqual([...needed].sort(), Object.keys(FALLBACKS).sort(), 'fallbacks nobody needs');
  });

  test('finds what a client does not show', () => {
    const data: MailFeatures = {
      features: {
        'html-doctype': { support: {} },
        'html-video': { support: { 'outlook.windows': 'n #1' } },
        'css-padding': { support: { 'gmail.ios': 'a #1' } },
        'css-display': { support: {} },
        'css-unit-rem': { support: { 'outlook.outlook-com': 'n' } },
      },
    };
    const used = featuresOf(
      '<style>@media (hover) { .a { display: flex !important } }</style><video style="padding-top: 1rem; color: #1c1b19"></video>',
      data,
    );
    assert.deepEqual(clientsWithout('html-video', data), ['outlook.windows']);
    assert.deepEqual(clientsWithout('css-padding', data), []);
    for (const one of ['html-video', 'css-padding', 'css-unit-rem', 'css-display', 'css-at-media-hover'])
      assert.ok(used.has(one), one);
    for (const one of ['html-style', 'css-selector-class', 'css-important']) assert.ok(used.has(one), one);
    assert.equal(clientsWithout('css-unknown', data), undefined);
  });

  test('stays below what Gmail cuts in the fullest week', async () => {
    const sources = Array.from({ length: 40 }, (_, index) =>
      madeUpSource({ id: `s${index}`, name: `第${index}号科技管理机构` }),
    );
    const stories = Array.from({ length: 400 }, (_, index) =>
      madeUpStory(1000 - index, [
        madeUpDocument({
          source: `s${index % 40}`,
          title: `第${index}号${'关于组织申报年度重点研发计划项目的通知'.repeat(1 + (index % 5))}`,
          text: `${'申报单位应当具备研发条件，'.repeat(30)}请于2021年7月${1 + (index % 28)}日前报送。`,
          on: '2021-06-23',
          number: `国科发〔2021〕${index}号`,
          topics: [['science', 'industry', 'digital', 'energy', 'talent'][index % 5] ?? 'science'],
          dates: [
            [
              'deadline',
              `2021-07-${String(1 + (index % 28)).padStart(2, '0')}`,
              `请于2021年7月${1 + (index % 28)}日前报送。`,
            ],
          ],
        }),
      ]),
    );
    const input = madeUpInput({ stories, sources, digest: { limits: { itemsPerSection: 50, sections: 6 } } });
    const edition = composeEdition(input);
    for (const name of NAMES) {
      const { files } = renderEdition(
        await loadTemplate(join(TEMPLATES, name)),
        { edition, evidence: evidenceOf(edition, input) },
        { publicUrl: `https://digest.example/${'long/'.repeat(20)}` },
      );
      const bytes = Buffer.byteLength(files.get('email.html') ?? '');
      assert.ok(bytes > 10_000 && bytes <= MAX_BYTES, `${name}: ${bytes} bytes`);
    }
  });
});
