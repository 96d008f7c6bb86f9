import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarise } from '../../pipeline/summarise.ts';
import { document } from './documents.ts';

const TITLE = '科技部关于印发《中试平台管理办法》的通知';
const TEXT = `${TITLE}
各省、自治区、直辖市科技厅（委、局）：
为深入贯彻创新驱动发展战略，以有关精神为指导，现将办法印发给你们，请认真贯彻执行。
一、支持标准
科技部对通过评估的中试平台给予补助，每家每年最高300万元。
科技部对通过评估的中试平台按规定给予补助，每家每年最高为300万元。
平台应当保持整洁，保持良好秩序。
请各单位于2021年7月15日前提交申请材料。
联系人：李某，联系电话：010-00000000。
科技部
2021年6月8日`;

test('takes sentences out of the text, with spans that hold', () => {
  const lead = document('a', { title: TITLE, text: TEXT });
  const sentences = summarise(lead);
  assert.ok(sentences.length >= 1 && sentences.length <= 3);
  for (const { text, start, end, documentId, contentHash } of sentences) {
    assert.equal(TEXT.slice(start, end), text);
    assert.deepEqual([documentId, contentHash], [lead.id, lead.contentHash]);
  }
  assert.deepEqual(
    [...sentences].sort((left, right) => left.start - right.start),
    sentences,
  );
});

test('chooses the fact and the deadline, not formulas, headings, salutations or signatures', () => {
  const deadline = {
    kind: 'deadline',
    on: '2021-07-15',
    quote: '',
    start: TEXT.indexOf('请各单位'),
    end: 0,
    rule: '',
  } as const;
  const words = summarise(document('a', { title: TITLE, text: TEXT, dates: [deadline] })).map(
    ({ text }) => text,
  );
  assert.ok(words.some((text) => text.includes('300万元')));
  assert.ok(words.some((text) => text.includes('7月15日前')));
  for (const text of words) assert.doesNotMatch(text, /各省|支持标准|联系人|为指导|^科技部$|印发《/);
});

test('does not say the same twice', () => {
  const words = summarise(document('a', { title: TITLE, text: TEXT })).map(({ text }) => text);
  assert.equal(words.filter((text) => text.includes('300万元')).length, 1);
});

test('falls back to the longest line of a text without sentences, and to nothing', () => {
  assert.deepEqual(
    summarise(document('a', { text: '附件\n中试平台名单（共12家）' })).map(({ text }) => text),
    ['中试平台名单（共12家）'],
  );
  assert.deepEqual(summarise(document('a', { text: '' })), []);
});

test('a report is told by the sentence of what happened, even behind colourful ones', () => {
  const event = '6月8日，江北稀土材料创新中心在高新区揭牌。';
  const text = `不少企业代表一散会就围住了理事长，打听中试线什么时候能排上号。
江北的稀土产业链上，又多了一个把实验室和车间拧在一起的平台，各方都说给予支持很要紧。
${event}
科技厅有关负责同志及共建单位代表参加仪式，财政给予5000万元经费。
中心联合7家企业、4所高校共同建设，给予8000平方米用房。
中心计划突破关键技术15项，孵化企业10家。
希望各单位珍惜荣誉，再接再厉，建成10个示范点，奖励先进。`;
  const words = summarise(document('a', { title: '江北再添一个“国家队”后备军', text })).map(
    (one) => one.text,
  );
  assert.ok(words.includes(event), words.join('|'));
  assert.ok(!words.some((word) => word.includes('再接再厉')));
});
