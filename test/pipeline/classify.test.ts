import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectVocabulary } from '../../bench/evaluate/vocabulary.ts';
import { classify, isOnTopic } from '../../pipeline/classify.ts';
import { VOCABULARY } from './vocabulary.ts';

const topics = (title: string, text = '') =>
  classify({ title, text }, VOCABULARY.topics).map(({ topic }) => topic);

test('one strong word in a title is enough, and the match names it', () => {
  const [match] = classify({ title: '某省专利转化办法', text: '' }, VOCABULARY.topics);
  assert.deepEqual([match?.topic, match?.words], ['ip', ['专利']]);
});

test('a medium word in a title needs the text to agree', () => {
  assert.deepEqual(topics('商标工作会议召开'), []);
  assert.deepEqual(topics('商标工作会议召开', '会议部署知识产权保护，专利与商标并重。'), ['ip']);
});

test('one word in a long text is not a topic', () => {
  assert.deepEqual(
    topics('全省消防工作会议', `${'会议听取了汇报，布置了任务。'.repeat(60)}还提到专利。`),
    [],
  );
});

test('a phrase that means something else does not count', () => {
  assert.deepEqual(topics('专利药价格调整'), []);
});

test('words in capitals match whole words in capitals only', () => {
  assert.deepEqual(topics('Government sets out AI plan'), ['digital']);
  assert.deepEqual(topics('He said the air in the hall was fair'), []);
  assert.deepEqual(topics('New rules for Patents'), ['ip']);
});

test('white space set between the characters of a title does not hide a word', () => {
  assert.deepEqual(topics('某省知 识 产 权规划'), ['ip']);
});

test('the shipped vocabulary tells innovation policy from the rest of government', async () => {
  const vocabulary = await projectVocabulary();
  const isOn = (title: string) => isOnTopic(classify({ title, text: '' }, vocabulary.topics));
  for (const title of [
    '某市人民政府关于加快集成电路产业发展的若干意见',
    '关于认定2021年度省级重点实验室的通知',
    '关于开展科技型中小企业评价工作的通知',
    '国务院关于同意某高新技术产业开发区升级的批复',
    'New industrial strategy backs quantum and semiconductors',
    '关于促进人工智能算力发展的行动计划',
  ])
    assert.equal(isOn(title), true, title);
  for (const title of [
    '关于救护车辆悬挂专用号牌的通知',
    '某市关于做好防汛抗旱工作的通知',
    '关于调整最低工资标准的通知',
    '关于张某等同志任免职的通知',
    'Bank holiday dates for next year',
  ])
    assert.equal(isOn(title), false, title);
});

test('the shipped vocabulary names the subject, beside general words and issuers', async () => {
  const vocabulary = await projectVocabulary();
  const pairs = [
    ['某省关于鼓励留学高级人才回国工作的规定', ['talent']],
    ['某市科委关于组织申报科技创新2030重大项目的通知', ['keytech']],
    ['某省关于促进国防科技工业军民融合发展的意见', ['transition']],
    ['关于推进某县科技进步工作的意见', ['strategy']],
    ['某市智慧交通建设导则', ['digital']],
    ['关于开展企业清洁生产审核的通知', ['green']],
    ['关于促进高技术服务业发展的意见', ['transition']],
    ['关于深入推行科技特派员制度的意见', ['agri', 'talent']],
    // An association, a department, a fair: their names are no subject.
    ['国务院办公厅关于印发信息产业部主要职责的通知', []],
    ['关于某国际海洋产业博览会方案的通知', []],
    ['某省旅游产业转型升级方案', []],
  ] as const;
  for (const [title, expected] of pairs)
    assert.deepEqual(
      classify({ title, text: '' }, vocabulary.topics)
        .map(({ topic }) => topic)
        .sort(),
      expected,
      title,
    );
});
