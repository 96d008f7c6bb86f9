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
