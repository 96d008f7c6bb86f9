import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../../model/document.ts';
import type { SourceId } from '../../model/ids.ts';
import { cluster } from '../../pipeline/cluster.ts';
import { document, SOURCES } from './documents.ts';

const TEXT = [
  '为打通成果转化的中间环节，科技部会同财政部制定了中试平台管理办法。',
  '办法明确，对通过评估的平台按照上一年服务收入的百分之二十给予补助，每家每年最高300万元。',
  '平台应当向社会开放不少于60%的服务时间，收费标准要在网站公开。',
  '申请单位须在境内注册满两年，拥有固定场地和专职技术人员30名以上。',
  '省级部门负责初审并于每年九月报送名单，评估每三年开展一次，不合格的退出。',
].join('\n');

const on = (id: string) => id as SourceId;
const roles = (documents: readonly Document[]) =>
  cluster(documents, SOURCES).map(({ members }) =>
    members.map(({ documentId, role }) => `${documentId} ${role}`),
  );

test('folds a reprint and a copy under the issuer own document, whoever was first', () => {
  const documents = [
    document('a', { title: '中试平台管理办法出台', text: TEXT, sourceId: on('daily'), on: '2021-06-20' }),
    document('b', { title: '科技部关于印发《中试平台管理办法》的通知', text: TEXT, issuers: ['科学技术部'] }),
    document('c', {
      title: '科技部关于印发《中试平台管理办法》的通知',
      text: TEXT,
      issuers: ['科学技术部'],
      on: '2021-06-22',
    }),
  ];
  assert.deepEqual(roles(documents), [['b lead', 'c copy', 'a reprint']]);
});

test('folds the same release in traditional and in simplified characters', () => {
  const hant = `粵港兩地簽署協議，將聯合資助創新項目，經費總額為十二億元。
雙方設立專責小組，監督進展並評估實驗室開發的成果轉化。
協議還規劃運營機制，雙邊專家將為條件優異的團隊擬訂計劃。`;
  const hans = `粤港两地签署协议，将联合资助创新项目，经费总额为十二亿元。
双方设立专责小组，监督进展并评估实验室开发的成果转化。
协议还规划运营机制，双边专家将为条件优异的团队拟订计划。`;
  const documents = [
    document('a', { title: '粵港簽協議：專責小組監督進展', text: hant }),
    document('b', { title: '两地科研经费总额十二亿元', text: hans, sourceId: on('daily') }),
  ];
  assert.equal(roles(documents).length, 1);
});

test('folds a text that was cut, retitled and given a new ending', () => {
  const cut = `${TEXT.split('\n').slice(0, 4).join('\n')}\n本报将继续关注各地的落实情况，欢迎读者来信。`;
  const documents = [
    document('a', { title: '中试平台管理办法印发', text: TEXT }),
    document('b', {
      title: '最高300万元！这类平台有补助',
      text: cut,
      sourceId: on('evening'),
      on: '2021-06-23',
    }),
  ];
  const [story] = cluster(documents, SOURCES);
  assert.equal(story?.members[1]?.role, 'reprint');
  assert.match(story?.members[1]?.because ?? '', /^text 0\.\d\d · 1 sentence left out · 1 sentence added/);
});

test('keeps the next batch and the next year apart, however alike their form is', () => {
  const form = (batch: string, count: number) =>
    `${TEXT}\n经评估，现公布第${batch}批平台名单，共${count}家，有效期自2021年${count}月起计算，名单见附件。`;
  const documents = [
    document('a', { title: '关于公布第一批中试平台名单的通知', text: form('一', 12) }),
    document('b', { title: '关于公布第二批中试平台名单的通知', text: form('二', 9) }),
    document('c', {
      title: '关于公布2020年度中试平台名单的通知',
      text: form('三', 7),
      sourceId: on('portal'),
    }),
  ];
  assert.equal(roles(documents).length, 3);
});

test('a form filled in with other figures under an unlike title is no reprint', () => {
  const other = TEXT.replace('300万元', '150万元').replace('60%', '45%').replace('30名', '18名');
  const documents = [
    document('a', { title: '甲类平台开始申报', text: TEXT }),
    document('b', { title: '又一类补助来了', text: other, sourceId: on('evening') }),
  ];
  assert.equal(roles(documents).length, 2);
});

test('folds reports with nearly the same title within a week, and not after it', () => {
  const report = (id: string, day: string, title: string, text: string) =>
    document(id, { title, on: day, text, sourceId: on(id === 'a' ? 'daily' : 'evening') });
  const title = '全国中试平台建设现场会在某市召开';
  const first = report('a', '2021-06-20', title, '与会代表参观了三家平台。');
  assert.deepEqual(roles([first, report('b', '2021-06-22', `${title}了`, '会议交流了各地的经验。')]), [
    ['a lead', 'b report'],
  ]);
  assert.equal(roles([first, report('b', '2021-07-22', `${title}了`, '会议交流了各地的经验。')]).length, 2);
});

test('like titles about two places are two stories', () => {
  const documents = [
    document('a', {
      title: '江苏省科技委员会召开全体会议',
      text: '会议在南京召开。',
      regions: ['CN-JS'],
      sourceId: on('daily'),
    }),
    document('b', {
      title: '河南省科技委员会召开全体会议',
      text: '会议在郑州召开。',
      regions: ['CN-HA'],
      sourceId: on('evening'),
    }),
  ];
  assert.equal(roles(documents).length, 2);
});

test('two document numbers are two documents', () => {
  const documents = [
    document('a', { title: '关于同意设立东区高新区的批复', text: TEXT, documentNumber: '国函〔2021〕1号' }),
    document('b', {
      title: '关于同意设立西区高新区的批复',
      text: TEXT.replace('财政部', '发改委'),
      documentNumber: '国函〔2021〕2号',
    }),
  ];
  assert.equal(roles(documents).length, 2);
});

test('attaches an official reading to the document it names, also when it came first', () => {
  const documents = [
    document('a', {
      title: '一图读懂《中试平台管理办法》',
      text: '看图。',
      on: '2021-06-19',
      documentType: 'interpretation',
    }),
    document('b', { title: '科技部关于印发《中试平台管理办法》的通知', text: TEXT }),
    document('c', { title: '《创新券管理办法》解读', text: '答疑。', documentType: 'interpretation' }),
  ];
  const stories = cluster(documents, SOURCES);
  const story = stories.find(({ members }) => members.length === 2);
  assert.deepEqual(
    story?.members.map(({ documentId, role }) => [documentId, role]),
    [
      ['b', 'lead'],
      ['a', 'interpretation'],
    ],
  );
  assert.match(story?.members[1]?.because ?? '', /names 《/);
  assert.equal(stories.length, 2);
});

test('gives the same stories with the same ids in any order', () => {
  const documents = ['a', 'b', 'c', 'd'].map((id, index) =>
    document(id, {
      title: index < 2 ? '中试平台管理办法出台' : `别的消息${id}`,
      text: index < 2 ? TEXT : `${id}的正文。`,
    }),
  );
  assert.deepEqual(cluster(documents, SOURCES), cluster([...documents].reverse(), SOURCES));
});

test('does not compare every pair: a thousand documents of one form stay apart and are quick', () => {
  const documents = Array.from({ length: 1000 }, (_, index) =>
    document(`d${index}`, {
      title: `关于第${index}号项目验收结果的通知`,
      text: `第${index}号项目通过验收，得分${index}。`,
    }),
  );
  const startedAt = performance.now();
  assert.equal(cluster(documents, SOURCES).length, 1000);
  assert.ok(performance.now() - startedAt < 10_000);
});
