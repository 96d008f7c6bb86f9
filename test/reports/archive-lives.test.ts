import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { Edition } from '../../model/edition.ts';
import { loadArchiveLook, writeArchiveIndex } from '../../reports/archive-index.ts';
import { lifeEvents, livesOf } from '../../reports/archive-lives.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { publish } from '../../reports/publish.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { stableJson } from '../../reports/stable-json.ts';
import { parseHtml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';
import { type DocumentParts, madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = madeUpSource({ id: 'ministry', name: '科技部' });
const NUMBER = '国科发监〔2021〕9号';

function document(parts: Omit<DocumentParts, 'source' | 'topics'>) {
  return madeUpDocument({ source: 'ministry', topics: ['science'], ...parts });
}

const DRAFT = document({
  title: '科技部关于《科研诚信案件调查处理办法（征求意见稿）》公开征求意见的通知',
  on: '2021-06-08',
  text: '意见请于月底前反馈。',
});
const ADOPTED = document({
  title: '科技部关于印发《科研诚信案件调查处理办法》的通知',
  number: NUMBER,
  on: '2021-06-22',
  issuedOn: '2021-06-20',
  text: '办法已经审议通过。自2021年7月10日起施行。',
  dates: [['effective', '2021-07-10', '自2021年7月10日起施行。']],
});
const READING = document({
  title: '《科研诚信案件调查处理办法》解读',
  on: '2021-06-23',
  text: '有关负责人作了解读。',
});
const OTHER = document({
  title: '关于印发《另一个办法》的通知',
  number: '国科发监〔2021〕10号',
  on: '2021-06-24',
  text: '办法已经审议通过。',
});

const EARLIER = composeEdition(
  madeUpInput({ sources: [SOURCE], stories: [madeUpStory(9, [DRAFT])], week: '2021-W23' }),
);
const LATER_INPUT = madeUpInput({
  sources: [SOURCE],
  stories: [madeUpStory(9, [ADOPTED, READING], ['interpretation']), madeUpStory(5, [OTHER])],
});
const LATER = composeEdition(LATER_INPUT);

const told = (editions: readonly Edition[]) =>
  livesOf(editions.flatMap((edition) => lifeEvents(edition, `weekly/2021/${edition.period.week}`)));

describe('the life of a document with a number', () => {
  test('runs from its draft to its entry into force, over several editions', () => {
    const life = told([EARLIER, LATER]).find(({ number }) => number === NUMBER);
    assert.equal(life?.title, ADOPTED.title);
    assert.deepEqual(
      life?.events.map(({ kind, on }) => [kind, on]),
      [
        ['draft', '2021-06-08'],
        ['adopted', '2021-06-20'],
        ['interpreted', '2021-06-23'],
        ['effective', '2021-07-10'],
      ],
    );
    assert.equal(life?.events[0]?.href, `weekly/2021/2021-W23/kept/${DRAFT.id}.html`);
  });

  test('does not take what belongs to another', () => {
    const life = told([EARLIER, LATER]).find(({ number }) => number === OTHER.documentNumber);
    assert.deepEqual(
      life?.events.map(({ kind }) => kind),
      ['adopted'],
    );
  });

  test('tells a change of its words, and the same date only once however many editions tell it', () => {
    const [row] = LATER.newDocuments;
    const change = {
      fromRevision: 1,
      toRevision: 2,
      seenAt: '2021-06-30T20:00:00.000Z',
      removed: [],
      added: ['一'],
    };
    const document = LATER.lead?.documents[0];
    assert.ok(row && document);
    const next = { ...LATER, changes: [{ ...change, document }] };
    const life = told([LATER, next]).find(({ number }) => number === NUMBER);
    assert.deepEqual(
      life?.events.map(({ kind, on }) => [kind, on]),
      [
        ['adopted', '2021-06-20'],
        ['interpreted', '2021-06-23'],
        // The day in the digest's zone.
        ['amended', '2021-07-01'],
        ['effective', '2021-07-10'],
      ],
    );
  });

  test('is the same whatever the order of the editions', () => {
    assert.deepEqual(told([LATER, EARLIER]), told([EARLIER, LATER]));
  });
});

test('the archive has a page of lives for each year, and each of its links leads to a kept copy', async () => {
  const archive = await mkdtemp(join(tmpdir(), 'archive-'));
  try {
    const template = await loadTemplate(join(ROOT, 'templates/gazette'));
    for (const input of [LATER_INPUT, canonicalInput()]) {
      const edition = composeEdition({
        ...input,
        digest: { ...input.digest, id: `d${input.stories.length}` as never },
      });
      const { files } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
      await publish(archive, edition, {
        files: new Map([...files, ['edition.json', stableJson(edition)]]),
        versions: { program: '', chromium: null },
      });
    }
    const look = await loadArchiveLook(join(ROOT, 'templates/archive'));
    await writeArchiveIndex(archive, look, { lang: 'zh-CN', archiveUrl: '' });
    const front = parseHtml(await readFile(join(archive, 'index.html'), 'utf8'));
    const href = front('.masthead a').attr('href') ?? '';
    assert.equal(href, 'documents/2021.html');
    const page = parseHtml(await readFile(join(archive, href), 'utf8'));
    assert.ok(page('.life').length >= 6);
    assert.ok(page('main').text().includes(NUMBER));
    const links = page('a')
      .toArray()
      .map(({ attribs }) => attribs.href ?? '');
    assert.ok(links.length > page('.life').length);
    for (const link of links) await access(join(archive, dirname(href), link));
    assert.equal(
      (await writeArchiveIndex(archive, look, { lang: 'zh-CN', archiveUrl: '' })).state,
      'unchanged',
    );
  } finally {
    await rm(archive, { recursive: true });
  }
});
