import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFacts } from '../../../pipeline/facts/find-facts.ts';
import { checkWriting } from '../../../pipeline/writing/check-writing.ts';
import { document } from '../documents.ts';
import { VOCABULARY } from '../vocabulary.ts';

const TITLE = '科技部关于印发《中试平台管理办法》的通知';
const TEXT = `${TITLE}
科技部对通过评估的中试平台给予补助，每家每年最高300万元。
到2025年，全国建成中试平台50家以上。
请各单位于2021年7月15日前提交申请材料。
科技部副部长李明远表示，中试平台是成果转化的重要一环。`;
const lead = document('a', {
  title: TITLE,
  text: TEXT,
  issuers: ['科技部'],
  facts: findFacts(TEXT, { title: TITLE, publishedOn: '2021-06-08', vocabulary: VOCABULARY }),
});

const check = (text: string) => checkWriting(text, [lead], VOCABULARY);

test('a faithful sentence is kept with the words it rests on', () => {
  const { sentences, dropped } = check(
    '科技部对通过评估的中试平台给予补助，每家每年最高300万元，申请材料须于2021年7月15日前提交。',
  );
  assert.deepEqual(dropped, []);
  const [written] = sentences;
  assert.ok(written !== undefined);
  const quoted = written.basis.map(({ text }) => text);
  assert.ok(
    quoted.some((text) => text.includes('300万元')) && quoted.some((text) => text.includes('7月15日')),
  );
  for (const { text, start, end } of written.basis) assert.equal(TEXT.slice(start, end), text);
});

test('a number, date, name or quotation that no document has ends its sentence', () => {
  const wrong: [string, RegExp][] = [
    ['科技部对通过评估的中试平台给予补助，每家每年最高500万元。', /500万/],
    ['科技部对通过评估的中试平台给予补助，每家每年最高300亿元。', /300亿/],
    ['科技部对通过评估的中试平台给予补助，每家每年超过300万元。', /300万/],
    ['科技部对通过评估的中试平台给予补助，每家每年300万元。', /300万/],
    ['请各单位于2021年7月25日前提交中试平台申请材料。', /7月25日/],
    ['科技部副部长王建国表示，中试平台是成果转化的重要一环。', /建国/],
    ['科技部印发《中试平台评价办法》，对通过评估的中试平台给予补助。', /评价办法/],
    ['科技部表示，中试平台是“创新的心脏”，对通过评估的给予补助。', /创新的心脏/],
    ['科技部与清华大学对通过评估的中试平台给予补助。', /清华大学/],
  ];
  for (const [text, because] of wrong) {
    const { sentences, dropped } = check(text);
    assert.deepEqual(sentences, [], text);
    assert.match(dropped[0]?.because ?? '', because, text);
  }
});

test('words of its own make a sentence tell something else', () => {
  const { sentences, dropped } = check('专家普遍认为此举将显著提振市场信心，带动相关产业快速增长。');
  assert.deepEqual(sentences, []);
  assert.match(dropped[0]?.because ?? '', /of its words/);
});

test('the wrong sentence is dropped and the right one beside it stays', () => {
  const { sentences, dropped } = check('到2025年，全国建成中试平台50家以上。每家每年最高800万元补助。');
  assert.deepEqual(
    sentences.map(({ text }) => text),
    ['到2025年，全国建成中试平台50家以上。'],
  );
  assert.equal(dropped.length, 1);
});

test('nothing is said twice, nothing is left half, and two sentences are enough', () => {
  const one = '科技部对通过评估的中试平台给予补助。';
  const two = '到2025年，全国建成中试平台50家以上。';
  const three = '请各单位于2021年7月15日前提交申请材料。';
  assert.match(check(one + one).dropped[0]?.because ?? '', /the same/);
  assert.equal(check(one + two + three).sentences.length, 2);
  assert.match(check('科技部对通过评估的中试平台给予').dropped[0]?.because ?? '', /finished/);
});

test('in another language values and vocabulary are held against the document', () => {
  const kept = check('Applications for pilot-scale platforms close on 15 July 2021.');
  assert.deepEqual(kept.dropped, []);
  assert.match(kept.sentences[0]?.basis[0]?.text ?? '', /7月15日/);
  assert.match(check('Applications close on 16 July 2021.').dropped[0]?.because ?? '', /16 July/);
  assert.match(
    check('Platforms matter a great deal to everybody.').dropped[0]?.because ?? '',
    /Platforms|held against/,
  );
  assert.match(
    check('Applications to Stanford University close on 15 July 2021.').dropped[0]?.because ?? '',
    /Stanford/,
  );
});

test('a document whose facts were never read is held against its words', () => {
  const unread = document('b', { title: TITLE, text: TEXT });
  const judge = (text: string) => checkWriting(text, [unread], VOCABULARY);
  assert.deepEqual(judge('科技部对通过评估的中试平台给予补助，每家每年最高300万元。').dropped, []);
  assert.equal(judge('科技部对通过评估的中试平台给予补助，每家每年最高30万元。').sentences.length, 0);
});

test('marks of Markdown and HTML are no words', () => {
  const { sentences } = check('- **到2025年，全国建成中试平台50家以上。**<script>alert(1)</script>');
  assert.equal(sentences[0]?.text, '到2025年，全国建成中试平台50家以上。');
});
