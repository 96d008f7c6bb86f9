import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { Edition } from '../../model/edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { type ChangedText, changedMiddle, differenceOf } from '../../reports/difference.ts';
import {
  type Compared,
  differenceFiles,
  differenceView,
  mailedErratum,
} from '../../reports/difference-view.ts';
import { loadTemplate } from '../../reports/render.ts';
import { parseHtml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const INPUT = canonicalInput();
const BEFORE = composeEdition(INPUT);

/** The canonical week built again: one story is gone, one says something else, one date has moved. */
function revised(): Edition {
  const titled = (words: string) =>
    INPUT.stories.find(({ documents }) => documents[0]?.title.includes(words));
  const [second, gone] = [titled('数据中心绿色等级'), titled('科研诚信案件')];
  if (second === undefined || gone === undefined) throw new Error('the canonical week has other stories');
  const [document, ...others] = second.documents;
  if (document === undefined) throw new Error('a story without documents');
  const from = '2021年7月5日';
  const text = document.text.replace('1.3以下', '1.2以下').replace(from, '2021年7月8日');
  const changed = {
    ...document,
    text,
    contentHash: 'other',
    dates: document.dates.map((fact) => ({
      ...fact,
      on: '2021-07-08',
      quote: fact.quote.replace(from, '2021年7月8日'),
    })),
  };
  const sentences = second.sentences.map((sentence) => ({
    ...sentence,
    text: text.slice(sentence.start, sentence.end),
    contentHash: 'other',
  }));
  const story = { ...second, documents: [changed, ...others], sentences };
  const stories = INPUT.stories.filter((one) => one !== gone).map((one) => (one === second ? story : one));
  return composeEdition({ ...INPUT, stories });
}

function text({ head, changed, tail }: ChangedText): string {
  return head + changed + tail;
}

function compared(edition: Edition, revision: number): Compared {
  return { edition, revision, files: [], href: '../2021-W25/index.html' };
}

describe('the difference of two editions', () => {
  test('is none between equal ones', () => {
    const { isSame, ...lists } = differenceOf(BEFORE, composeEdition(canonicalInput()));
    assert.ok(isSame);
    for (const list of Object.values(lists)) assert.deepEqual(list, []);
  });

  test('names what was removed, rewritten and moved in time, once each', () => {
    const difference = differenceOf(BEFORE, revised());
    assert.deepEqual(
      difference.removed.map(({ item }) => item.headline),
      ['科技部关于《科研诚信案件调查处理办法（征求意见稿）》公开征求意见的通知'],
    );
    assert.deepEqual(difference.added, []);
    assert.deepEqual(
      difference.rewritten.map(({ lines }) =>
        lines.map(({ before, after }) => [before?.changed, after?.changed]),
      ),
      [
        [
          ['', ''],
          ['3', '2'],
          ['', ''],
        ],
      ],
    );
    assert.ok(
      difference.dates.some(({ before, after }) => before === '2021-07-05' && after === '2021-07-08'),
    );
    assert.ok(difference.counts.some(({ name, before, after }) => name === 'seen' && after === before - 1));
    assert.equal(difference.documentsRemoved.length, 1);
  });

  test('read the other way round names the same as added', () => {
    const [there, back] = [differenceOf(BEFORE, revised()), differenceOf(revised(), BEFORE)];
    assert.deepEqual(
      back.added.map(({ item }) => item.storyId),
      there.removed.map(({ item }) => item.storyId),
    );
    assert.deepEqual(back.documentsAdded, there.documentsRemoved);
  });

  test('tells an item that stands elsewhere, not those that only follow it', () => {
    const after = {
      ...BEFORE,
      sections: BEFORE.sections.map((section, index) =>
        index === 0 ? { ...section, items: section.items.slice(1) } : section,
      ),
    };
    const [first] = BEFORE.sections[0]?.items ?? [];
    const last = after.sections.at(-1);
    assert.ok(first && last);
    const moved = {
      ...after,
      sections: [...after.sections.slice(0, -1), { ...last, items: [...last.items, first] }],
    };
    const difference = differenceOf(BEFORE, moved);
    assert.deepEqual(
      difference.moved.map(({ item, from, to }) => [item.headline, from.title, to.title]),
      [[first.headline, BEFORE.sections[0]?.title, last.title]],
    );
  });

  test('a story that falls into two goes on as the one with its first document; the other is added', () => {
    const [first] = BEFORE.sections[0]?.items ?? [];
    const [one] = first?.documents ?? [];
    const other = BEFORE.lead?.documents[0];
    assert.ok(first && one && other);
    const editionOf = (...groups: (readonly [typeof one, ...(typeof one)[]])[]): Edition => ({
      ...BEFORE,
      lead: { ...first, documents: groups[0] ?? [] },
      sections: [],
      running: groups.slice(1).map((documents) => ({ ...first, headline: documents[0].title, documents })),
    });
    const difference = differenceOf(editionOf([one, other]), editionOf([other], [one]));
    assert.deepEqual(
      difference.added.map(({ item }) => item.documents[0]?.documentId),
      [other.documentId],
    );
    assert.deepEqual(
      difference.moved.map(({ item, from, to }) => [item.documents[0]?.documentId, from.id, to.id]),
      [[one.documentId, 'lead', 'running']],
    );
  });

  test('sets equal lines side by side around those that came and went', () => {
    const [first] = BEFORE.sections[0]?.items ?? [];
    assert.ok(first?.sentences[0]);
    const line = (text: string) => ({ ...first.sentences[0], text }) as (typeof first.sentences)[number];
    const editionOf = (texts: readonly string[]): Edition => ({
      ...BEFORE,
      lead: { ...first, sentences: texts.map(line) },
      sections: [],
    });
    const [rewriting] = differenceOf(
      editionOf(['甲。', '乙。', '丁。']),
      editionOf(['乙。', '丙。', '丁。']),
    ).rewritten;
    assert.deepEqual(
      rewriting?.lines.map(({ before, after }) => [before && text(before), after && text(after)]),
      [
        [first.headline, first.headline],
        ['甲。', undefined],
        ['乙。', '乙。'],
        [undefined, '丙。'],
        ['丁。', '丁。'],
      ],
    );
  });

  test('cuts changed words between characters', () => {
    const { before, after } = changedMiddle('姓名𬭎字', '姓名𬭊字');
    assert.deepEqual(before, { head: '姓名', changed: '𬭎', tail: '字' });
    assert.deepEqual(after, { head: '姓名', changed: '𬭊', tail: '字' });
    assert.deepEqual(changedMiddle('一一', '一一一').after, { head: '一一', changed: '一', tail: '' });
    assert.deepEqual(changedMiddle('在2021年', '在2022年').after, {
      head: '在',
      changed: '2022',
      tail: '年',
    });
    assert.deepEqual(changedMiddle('a cat', 'a coat').before, { head: 'a ', changed: 'cat', tail: '' });
  });
});

describe('a revision’s own files', () => {
  test('are a page and an erratum that say the same', async () => {
    const template = await loadTemplate(resolve(ROOT, 'templates/archive'));
    const files = differenceFiles(template, compared(BEFORE, 1), compared(revised(), 2));
    const $ = parseHtml(files.get('difference.html') ?? '');
    const erratum = files.get('erratum.txt') ?? '';
    assert.match($('h1').text(), /第 2 版与第 1 版的差别/);
    assert.equal($('a[href="../2021-W25/index.html"]').length, 1);
    for (const words of ['科研诚信案件调查处理办法', '2021年7月5日 → 2021年7月8日']) {
      assert.ok($('main').text().includes(words), words);
      assert.ok(erratum.includes(words), words);
    }
    assert.deepEqual([$('del').text(), $('ins').text()], ['3', '2']);
    assert.match(erratum, / {2}前版: .*1\.3以下.*\n {2}本版: .*1\.2以下/);
  });

  test('lead by mail to the page of differences on the web, or name the revision alone', async () => {
    const template = await loadTemplate(resolve(ROOT, 'templates/archive'));
    const publicUrl = 'https://news.example/archive/weekly/2021/2021-W25-r2/';
    const said = { 'zh-CN': ['全部差别见', '第 2 版'], en: ['All differences', 'Revision 2'] } as const;
    for (const lang of ['zh-CN', 'en'] as const) {
      const [label, revision] = said[lang];
      const files = differenceFiles(
        template,
        compared({ ...BEFORE, lang }, 1),
        compared({ ...revised(), lang }, 2),
      );
      const erratum = files.get('erratum.txt') ?? '';
      const linked = mailedErratum(erratum, publicUrl);
      assert.ok(linked.endsWith(`\n${label} ${publicUrl}difference.html\n`), linked);
      assert.equal(linked.replace(publicUrl, ''), erratum);
      const alone = mailedErratum(erratum, undefined);
      assert.ok(alone.includes(revision));
      assert.doesNotMatch(alone, /difference\.html|\n\n$/);
      assert.ok(erratum.startsWith(alone.trimEnd()), 'all else stays as it was');
    }
  });

  test('need no erratum where only the setting differs, and say so', async () => {
    const template = await loadTemplate(resolve(ROOT, 'templates/archive'));
    const file = (sha256: string) => [{ path: 'web.css', bytes: 1, sha256 }];
    const before = { ...compared(BEFORE, 1), files: file('a') };
    const files = differenceFiles(template, before, { ...compared(BEFORE, 2), files: file('b') });
    assert.deepEqual([...files.keys()], ['difference.html']);
    assert.match(files.get('difference.html') ?? '', /内容没有变化，只有排印不同/);
    assert.match(files.get('difference.html') ?? '', /≠<\/span><code>web\.css/);
  });

  test('show words that look like markup as words', async () => {
    const template = await loadTemplate(resolve(ROOT, 'templates/archive'));
    const [first, ...rest] = revised().sections;
    const [item, ...items] = first?.items ?? [];
    assert.ok(first && item);
    const hostile = { ...item, headline: '<img src=x onerror=alert(1)>{{7*7}}' };
    const after = { ...revised(), sections: [{ ...first, items: [hostile, ...items] }, ...rest] };
    const files = differenceFiles(template, compared(BEFORE, 1), compared(after, 2));
    const $ = parseHtml(files.get('difference.html') ?? '');
    assert.equal($('img').length, 0);
    assert.ok($('main').text().includes('<img src=x onerror=alert(1)>{{7*7}}'));
    assert.ok(files.get('erratum.txt')?.includes('<img src=x onerror=alert(1)>{{7*7}}'));
  });

  test('every field of theirs is documented', async () => {
    const page = await readFile(resolve(ROOT, 'docs/add-a-template.md'), 'utf8');
    const fields = Object.keys(differenceView(compared(BEFORE, 1), compared(revised(), 2)));
    for (const field of fields) assert.match(page, new RegExp(`\`${field}\``), field);
  });
});
