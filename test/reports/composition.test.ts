import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { readDigests } from '../../catalogue/digests.ts';
import type { WeekCounts } from '../../model/edition.ts';
import type { StoryId } from '../../model/ids.ts';
import { stepOf, tileMap } from '../../reports/charts/tile-map.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { fairShare } from '../../reports/sections.ts';
import { type Selection, selectStories } from '../../reports/select-stories.ts';
import { viewOf } from '../../reports/view.ts';
import { type DocumentParts, madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';

const SOURCES = ['one', 'two', 'three'].map((id) => madeUpSource({ id, name: id }));

function doc(title: string, parts: Partial<DocumentParts> = {}) {
  return madeUpDocument({
    source: 'one',
    title,
    text: `${title}的正文。第二句话。第三句话。`,
    on: '2021-06-23',
    topics: ['science'],
    ...parts,
  });
}

function told(...documents: ReturnType<typeof doc>[]): Selection['told'] {
  const stories = documents.map((document, index) => madeUpStory(99 - index, [document]));
  return selectStories(madeUpInput({ stories, sources: SOURCES })).told;
}

const titles = (stories: Selection['told']) => stories.map(({ documents: [{ document }] }) => document.title);

describe('fairShare', () => {
  test('tells at most two stories of a source while others wait', () => {
    const share = fairShare(told(doc('甲'), doc('乙'), doc('丙'), doc('丁', { source: 'two' })), 3);
    assert.deepEqual([titles(share.stories), titles(share.over)], [['甲', '乙', '丁'], ['丙']]);
  });

  test('fills up with the same source when nobody waits', () => {
    const share = fairShare(told(doc('甲'), doc('乙'), doc('丙'), doc('丁')), 3);
    assert.deepEqual([titles(share.stories), titles(share.over)], [['甲', '乙', '丙'], ['丁']]);
  });

  test('does not hold a story that several sources tell against one of them', () => {
    const both = [doc('丙'), doc('丙（转载）', { source: 'two' })] as const;
    const stories = [[doc('甲')], [doc('乙')], both, [doc('丁', { source: 'three' })]] as const;
    const { told: all } = selectStories(
      madeUpInput({
        stories: stories.map((one, index) => madeUpStory(9 - index, [...one])),
        sources: SOURCES,
      }),
    );
    assert.deepEqual(titles(fairShare(all, 3).stories), ['甲', '乙', '丙']);
  });

  test('holds a shared section to two stories of a topic', () => {
    const of = (title: string, source: string, topic: string) => doc(title, { source, topics: [topic] });
    const share = fairShare(
      told(
        of('甲', 'one', 'science'),
        of('乙', 'two', 'science'),
        of('丙', 'three', 'science'),
        of('丁', 'one', 'talent'),
      ),
      3,
    );
    assert.deepEqual(titles(share.stories), ['甲', '乙', '丁']);
  });
});

describe('composeEdition', () => {
  test('never says the lead in the minute, and gives an item two sentences', () => {
    const stories = [madeUpStory(9, [doc('甲')]), madeUpStory(8, [doc('乙')])];
    const long = stories.map((story) => ({ ...story, sentences: [...story.sentences, story.sentences[0]!] }));
    const edition = composeEdition(madeUpInput({ stories: long, sources: SOURCES }));
    assert.deepEqual(
      edition.brief.map(({ text }) => text),
      ['乙的正文。'],
    );
    assert.equal(edition.lead?.sentences.length, 3);
    assert.equal(edition.sections[0]?.items[0]?.sentences.length, 2);
    assert.match(viewOf(edition).thinWeek ?? '', /本周内容不多/);
  });

  test('gives a story told before one line, and never the lead', () => {
    const before = 'story-before' as StoryId;
    const stories = [madeUpStory(9, [doc('续')], [], before), madeUpStory(1, [doc('新')])];
    const input = madeUpInput({ stories, sources: SOURCES });
    const tellsIt = new Map([
      [before, { week: '2021-W24', headline: '起', first: before, firstWeek: '2021-W24', documents: [] }],
    ]);
    const edition = composeEdition({ ...input, told: tellsIt });
    assert.equal(edition.lead?.headline, '新');
    assert.deepEqual(
      edition.running.map(({ headline, sentences, since }) => [headline, sentences.length, since?.week]),
      [['续', 1, '2021-W24']],
    );
    assert.deepEqual(edition.counts, { seen: 2, shown: 2, folded: 0, leftOut: 0, stories: 2 });
    assert.match(viewOf(edition).running[0]?.since ?? '', /2021 年第 24 周/);
    // What it goes on with was never told to these readers: then it is news.
    const unheard = composeEdition({ ...input, told: new Map() });
    assert.deepEqual([unheard.lead?.headline, unheard.running], ['续', []]);
  });

  describe('a story that goes on with one told before', () => {
    const before = 'story-before' as StoryId;
    const draft = doc('关于《数据管理办法（征求意见稿）》公开征求意见的通知', {
      on: '2021-06-09',
      type: 'draft',
      text: '意见请于2021年7月5日前反馈。',
      dates: [['deadline', '2021-07-05', '意见请于2021年7月5日前反馈。']],
    });
    const reply = doc('关于数据管理办法的批复', { on: '2021-06-16', number: '国函〔2021〕9号' });
    const compose = (...documents: readonly [ReturnType<typeof doc>, ...ReturnType<typeof doc>[]]) => {
      const input = madeUpInput({
        stories: [madeUpStory(9, documents, [], before)],
        sources: [...SOURCES, madeUpSource({ id: 'press', name: '报', trust: 'media' })],
      });
      const told = { week: '2021-W24', headline: draft.title, first: before, firstWeek: '2021-W23' };
      return composeEdition({ ...input, told: new Map([[before, { ...told, documents: [draft, reply] }]]) });
    };
    const isLead = (edition: ReturnType<typeof compose>) => [
      edition.lead !== undefined,
      edition.running.length,
      edition.newDocuments.length,
    ];

    test('leads with an official document of its own, and says which edition told the rest', () => {
      const adopted = doc('关于印发《数据管理办法》的通知', { number: '国发〔2021〕3号' });
      const report = doc('数据管理有了办法', { source: 'press' });
      const edition = compose(adopted, report);
      assert.deepEqual(isLead(edition), [true, 0, 1]);
      assert.deepEqual([edition.lead?.since?.week, edition.lead?.since?.first], ['2021-W24', before]);
      assert.deepEqual(edition.counts, { seen: 2, shown: 1, folded: 1, leftOut: 0, stories: 1 });
      const view = viewOf(edition);
      assert.deepEqual([view.emptyWeek, view.lead?.since], [null, '2021 年第 24 周曾报道']);
      // Without a number it is the type that tells.
      assert.deepEqual(isLead(compose(doc('数据管理办法', { type: 'measures' }))), [true, 0, 1]);
    });

    test('is told in full for a deadline that was not told, whoever brings it', () => {
      const words = '申报时间延至2021年7月20日。';
      const later = (on: string) =>
        doc('申报时间有变', { source: 'press', text: words, dates: [['deadline', on, words]] });
      assert.deepEqual(isLead(compose(later('2021-07-20'))), [true, 0, 0]);
      assert.deepEqual(isLead(compose(later('2021-07-05'))), [false, 1, 0], 'the one that was told');
      assert.deepEqual(isLead(compose(later('2021-06-25'))), [false, 1, 0], 'over when the edition comes');
    });

    test('stays one line for reports, readings and what was told, put out once more', () => {
      const again = [
        doc('数据管理有了办法', { source: 'press' }),
        doc('《数据管理办法》解读', { type: 'interpretation', number: '国发〔2021〕3号' }),
        doc('转发国务院批复', { source: 'two', number: '国函〔2021〕9号' }),
        doc(`科技部${draft.title}`, { source: 'two', type: 'draft' }),
        { ...doc('征求意见', { source: 'two', type: 'draft' }), contentHash: draft.contentHash },
      ];
      for (const one of again) assert.deepEqual(isLead(compose(one)), [false, 1, 0], one.title);
      // Another number is another document, whatever its title.
      assert.deepEqual(isLead(compose(doc(reply.title, { number: '国函〔2021〕10号' }))), [true, 0, 1]);
      assert.deepEqual(isLead(compose(doc('通知', { type: 'notice' }))), [true, 0, 1]);
    });
  });

  test('marks a date whose document was taken down', () => {
    const words = '意见请于2021年7月5日前反馈。';
    const document = doc('征求意见', {
      on: '2021-06-16',
      text: words,
      dates: [['deadline', '2021-07-05', words]],
    });
    const input = madeUpInput({ stories: [], stillAhead: [document], sources: SOURCES });
    assert.equal(viewOf(composeEdition(input)).ahead[0]?.gone, null);
    const edition = composeEdition({ ...input, gone: new Set([document.id]) });
    assert.equal(edition.ahead[0]?.isGone, true);
    assert.equal(viewOf(edition).ahead[0]?.gone, '原页面已撤下');
  });

  test('names the dates beyond thirty days, and only those of this week', () => {
    const far = (title: string, on: string) =>
      doc(title, {
        on,
        text: '自2021年9月1日起施行。',
        dates: [['effective', '2021-09-01', '自2021年9月1日起施行。']],
      });
    const input = madeUpInput({
      stories: [madeUpStory(1, [far('本周', '2021-06-23')])],
      stillAhead: [far('早先', '2021-05-05')],
      sources: SOURCES,
    });
    const edition = composeEdition(input);
    assert.deepEqual(edition.ahead, []);
    assert.deepEqual(
      edition.later.map(({ on, document }) => [on, document.title]),
      [['2021-09-01', '本周']],
    );
  });

  test('tells three numbers, each where the text says it, and none when there are only two', () => {
    const figure = (title: string) =>
      doc(title, {
        text: `${title}总额达到二十亿元，由三年内的资金组成。`,
        figures: [['二十亿元', { value: 2e9, currency: 'CNY', measures: '总额' }]],
      });
    const compose = (...names: string[]) => {
      const stories = names.map((name, index) => madeUpStory(9 - index, [figure(name)]));
      const input = madeUpInput({ stories, sources: SOURCES });
      return { input, edition: composeEdition(input) };
    };
    const { input, edition } = compose('甲', '乙', '丙');
    assert.deepEqual(
      edition.numbers.map(({ value, measures, document }) => [value, measures, document.title]),
      ['甲', '乙', '丙'].map((title) => ['二十亿元', '总额', title]),
    );
    const kept = evidenceOf(edition, input).flatMap(({ lines }) => lines.flat());
    for (const { quote } of edition.numbers)
      assert.ok(kept.some(({ anchor, isQuoted }) => isQuoted && anchor === `s-${quote.start}`));
    assert.deepEqual(compose('甲', '乙').edition.numbers, []);
  });

  test('counts regions by the week, against the mean of the weeks before', () => {
    const stories = [
      madeUpStory(9, [doc('甲', { regions: ['CN-SH', 'yangtze-delta'] }), doc('乙', { regions: ['CN-SH'] })]),
      madeUpStory(8, [doc('题外', { regions: ['CN-GD'], topics: [] })]),
    ];
    const week = (name: string, documents: number): WeekCounts => ({
      week: name,
      documents,
      byTopic: { science: documents },
      byRegion: documents === 0 ? {} : { 'CN-SH': 1 },
    });
    const history = [week('2021-W20', 0), ...[21, 22, 23, 24].map((n) => week(`2021-W${n}`, n - 18))];
    const edition = composeEdition(madeUpInput({ stories, sources: SOURCES, history }));
    const counts = Object.fromEntries(edition.regions.map(({ id, documents }) => [id, documents]));
    assert.deepEqual(counts, { 'CN-SH': 2, 'CN-JS': 0, 'CN-GD': 0, 'CN-YN': 0, 'yangtze-delta': 1 });
    assert.equal(edition.regions.find(({ id }) => id === 'CN-SH')?.usual, 1);
    // Before the first week with documents nothing is known.
    assert.equal(edition.weeks.length, 5);
    const view = viewOf(edition);
    assert.deepEqual(view.regions?.rows, [{ name: '上海', count: '2', usual: '1' }]);
    assert.equal(view.regions?.strategic, '长三角 1');
    // Without earlier weeks there is a map, but no usual and no trend.
    const first = viewOf(composeEdition(madeUpInput({ stories, sources: SOURCES })));
    assert.deepEqual([first.regions?.isUsualKnown, first.regions?.rows[0]?.usual], [false, null]);
  });

  test('shows a trend beside the heading of a topic once five weeks are known', () => {
    const stories = [madeUpStory(9, [doc('甲')]), madeUpStory(8, [doc('乙')])];
    const history = [3, 5, 4, 4].map((n, index) => ({
      week: `2021-W2${index + 1}`,
      documents: n,
      byTopic: { science: n },
      byRegion: {},
    }));
    const section = (weeks: number) =>
      viewOf(composeEdition(madeUpInput({ stories, sources: SOURCES, history: history.slice(4 - weeks) })))
        .sections[0];
    assert.equal(section(4)?.trend?.label, '本周 2 篇，此前 4 周平均 4 篇');
    assert.match(section(4)?.trend?.line ?? '', /^M58\.5 [\d.]+(?:L[\d.]+ [\d.]+){4}$/);
    assert.equal(section(3)?.trend, null);
  });
});

describe('tileMap', () => {
  test('shades a thin week by the document and a full one against its busiest province', () => {
    assert.deepEqual(
      [0, 1, 2, 5].map((n) => stepOf(n, 5)),
      [0, 1, 2, 5],
    );
    assert.deepEqual(
      [0, 1, 20, 21, 100].map((n) => stepOf(n, 100)),
      [0, 1, 1, 2, 5],
    );
  });

  test('begins at the first column and row that are taken', () => {
    const region = (mark: string, col: number, row: number) => ({
      id: mark,
      name: mark,
      mark,
      documents: 1,
      tile: { col, row },
    });
    const { tiles, width, height } = tileMap([region('沪', 8, 4), region('苏', 7, 4)]);
    assert.deepEqual(
      tiles.map(({ x, y }) => [x, y]),
      [
        [44, 0],
        [0, 0],
      ],
    );
    assert.deepEqual([width, height], [84, 40]);
  });
});

test('the regional digest tells what its provinces do and leaves out the rest', async () => {
  const digests = await readDigests(resolve(import.meta.dirname, '../../digests'));
  const delta = digests.find(({ id }) => id === 'delta');
  assert.ok(delta !== undefined && !delta.enabled);
  const base = madeUpInput({
    stories: [
      madeUpStory(9, [doc('北京的事', { regions: ['CN-BJ'] })]),
      madeUpStory(8, [doc('安徽的事', { regions: ['CN-AH'] })]),
      madeUpStory(7, [doc('三角洲的事', { regions: ['yrd'] })]),
      madeUpStory(6, [doc('上海机构的事', { source: 'shanghai' })]),
    ],
    sources: [...SOURCES, madeUpSource({ id: 'shanghai', name: '上海', region: 'CN-SH' })],
    digest: { select: delta.select },
  });
  const yrd = { id: 'yrd', zh: '长三角', en: '', aliases: [], places: [], members: ['CN-SH', 'CN-AH'] };
  const edition = composeEdition({ ...base, vocabulary: { ...base.vocabulary, regions: [yrd] } });
  assert.deepEqual(
    edition.leftOut.map(({ document, reason }) => [document.title, reason]),
    [['北京的事', 'notSelected']],
  );
  assert.equal(edition.counts.shown, 3);
});
