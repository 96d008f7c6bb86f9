import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FactAnchor, findDatedFacts } from '../../../pipeline/fields/dated-facts.ts';

const facts = (text: string, anchor: FactAnchor = { publishedOn: '2021-06-01' }) =>
  findDatedFacts(text, anchor).map(
    ({ kind, on, time }) => `${kind} ${on}${time === undefined ? '' : ` ${time}`}`,
  );

test('reads deadlines in the forms of notices', () => {
  const pairs = [
    ['申报截止时间为2021年7月15日17:00。', 'deadline 2021-07-15 17:00'],
    ['网上填报于2021年7月15日下午5时00分截止。', 'deadline 2021-07-15 17:00'],
    ['请各单位于2021年8月6日前将材料报送我厅。', 'deadline 2021-08-06'],
    ['征求意见截止日期：2021年9月1日。', 'deadline 2021-09-01'],
    ['受理时间为2021年6月1日至6月30日24时。', 'deadline 2021-06-30 24:00'],
    ['公示期为2021年6月3日至9日。', 'deadline 2021-06-09'],
    ['有异议的，自公示之日起5日内提出。', 'deadline 2021-06-06'],
    ['请于6月20日前反馈意见。', 'deadline 2021-06-20'],
    ['在本意见印发之日起30日内，制定具体实施办法。', 'deadline 2021-07-01'],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(facts(text), [expected], text);
});

test('reads effective dates and ends of validity', () => {
  assert.deepEqual(facts('本办法自2021年7月1日起施行，有效期至2026年6月30日。'), [
    'validUntil 2026-06-30',
    'effective 2021-07-01',
  ]);
  assert.deepEqual(facts('本办法自公布之日起30日后施行。'), ['effective 2021-07-01']);
  assert.deepEqual(facts('本办法自印发之日起施行。', { publishedOn: '2021-06-21', issuedOn: '2021-06-08' }), [
    'effective 2021-06-08',
  ]);
});

test('an old document put on line again does not take effect today', () => {
  assert.deepEqual(facts('自公布之日起施行。', { publishedOn: '2021-06-21', issuedOn: '2005-01-10' }), [
    'effective 2005-01-10',
  ]);
});

test('is silent where nothing is due', () => {
  for (const text of [
    '截至2021年5月31日，全省共有平台120家。',
    '力争于2025年12月31日前建成十家平台。',
    '会议于2021年6月3日在省城召开。',
    '2021年6月1日至3日，代表团考察了园区。',
    '自发布之日起10个工作日内提出。',
  ])
    assert.deepEqual(facts(text), [], text);
});

test('reads English deadlines and effective dates', () => {
  const pairs = [
    ['This consultation closes at 11:45pm on 30 July 2021.', 'deadline 2021-07-30 23:45'],
    ['Comments must be received by July 30, 2021.', 'deadline 2021-07-30'],
    ['Closing date: 5 August 2021', 'deadline 2021-08-05'],
    ['This rule is effective July 6, 2021.', 'effective 2021-07-06'],
    ['The Regulation shall enter into force on 1 July 2021.', 'effective 2021-07-01'],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(facts(text), [expected], text);
  assert.deepEqual(facts('The agency was founded on 1 July 2021.'), []);
});

test('quotes the words it read, at their place', () => {
  const text = '第一段。\n　　请于2021年8月6日前反馈，逾期不候。自2021年9月1日起施行。';
  const found = findDatedFacts(text, {});
  assert.equal(found.length, 2);
  for (const { quote, start, end } of found) assert.equal(text.slice(start, end), quote);
  assert.match(found[0]?.quote ?? '', /2021年8月6日前$/);
});
