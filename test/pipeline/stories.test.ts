import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../../model/document.ts';
import type { SourceId } from '../../model/ids.ts';
import { cluster } from '../../pipeline/cluster.ts';
import { storyFigures } from '../../pipeline/stories/figures.ts';
import { overlapOf, passagesOf } from '../../pipeline/stories/passages.ts';
import { document, SOURCES } from './documents.ts';

const on = (id: string) => id as SourceId;
const stories = (...documents: readonly Document[]) =>
  cluster(documents, SOURCES).map(({ members }) =>
    members.map(({ documentId }) => documentId as string).sort(),
  );

const BASIN = document('basin', {
  title: '深海装备测试水池在崖口启用',
  text: '某省科技厅21日宣布，崖口深海装备测试水池启用，总投资7.26亿元，占地938亩，首批签约用户47家。',
});
const REPORT = document('report', {
  title: '科考船回家不用再绕远',
  text: '汽笛声里，科考船靠上崖口新泊位。省里投了7.26亿元的测试水池占地938亩，47家用户已经签约。',
  sourceId: on('evening'),
});

test('folds a report written from scratch by the numbers and words it shares', () => {
  const other = document('other', {
    title: '某市举行消防演练',
    text: '演练在体育馆举行，市民参加。',
    sourceId: on('daily'),
  });
  assert.deepEqual(stories(BASIN, REPORT, other), [['other'], ['basin', 'report']].sort());
  const [member] = cluster([BASIN, REPORT], SOURCES)[0]?.members.slice(1) ?? [];
  assert.match(member?.because ?? '', /shared numbers .*726000000/);
});

test('numbers alone fold nothing: two plans may both name 80 % and 47', () => {
  const hydrogen = document('hydrogen', {
    title: '氢能规划印发',
    text: '到2025年绿氢占比达到80%，建站47座，补贴1200万元。',
  });
  const banks = document('banks', {
    title: '银企对接会召开',
    text: '47家银行参会，首贷户占80%，单户授信1200万元。',
    sourceId: on('daily'),
  });
  assert.equal(stories(hydrogen, banks).length, 2);
});

test('a roundup of the week belongs to none of the stories it names', () => {
  const roundup = document('roundup', {
    title: '一周科创速览｜6月21日—6月27日',
    text: '崖口深海装备测试水池启用，总投资7.26亿元，占地938亩，签约用户47家。',
    sourceId: on('daily'),
  });
  assert.deepEqual(stories(BASIN, REPORT, roundup).sort(), [['basin', 'report'], ['roundup']]);
});

const sentences = (subject: string) =>
  Array.from(
    { length: 6 },
    (_, index) => `${subject}第${index}项安排由${subject}工作组负责落实并按季公开进展情况`,
  );

test('a text with two paragraphs of another one is a reprint of its own source only', () => {
  const [left, right] = [sentences('海洋牧场'), sentences('冰川观测')];
  const one = document('one', { title: '海洋牧场方案', text: `${left.slice(0, 4).join('。\n')}。` });
  const two = document('two', {
    title: '冰川观测方案',
    text: `${right.slice(0, 3).join('。\n')}。`,
    sourceId: on('portal'),
  });
  const mixed = document('mixed', {
    title: '今日看点',
    text: `${[...left.slice(0, 4), ...right.slice(0, 3)].join('。\n')}。`,
    sourceId: on('evening'),
  });
  const copies = cluster([one, two, mixed], SOURCES).flatMap(({ members }) =>
    members.flatMap(({ documentId, copyOf }) => (copyOf === undefined ? [] : [[documentId, copyOf]])),
  );
  assert.deepEqual(copies, [['mixed', 'one']]);
});

test('numbers have one spelling, and dates are none', () => {
  const keys = (text: string) => storyFigures(text).map(({ key }) => key);
  assert.deepEqual(keys('一百亿元、100亿元、七成、百分之七十、2021年6月21日'), [
    '10000000000',
    '10000000000',
    '70%',
    '70%',
  ]);
});

test('a sentence is found again when its numerals were rewritten', () => {
  const [left, right] = [
    '共投入一千二百万元支持三十家企业建设联合实验室',
    '共投入1200万元支持30家企业建设联合实验室',
  ].map(passagesOf);
  const { covered, conflicts } = overlapOf(left ?? [], right ?? []);
  assert.deepEqual([covered, conflicts], [1, 0]);
});
