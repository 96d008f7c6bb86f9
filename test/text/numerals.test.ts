import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distinguishingNumbers, readChineseNumber, readWholeNumber } from '../../text/numerals.ts';

test('reads counted and spelled-out Chinese numerals', () => {
  const pairs = [
    ['十', 10],
    ['十五', 15],
    ['二十一', 21],
    ['廿一', 21],
    ['一百零三', 103],
    ['两千五百', 2500],
    ['三万', 30_000],
    ['一万亿', 1_000_000_000_000],
    ['二〇二一', 2021],
    ['二○一九', 2019],
  ] as const;
  for (const [text, value] of pairs) assert.equal(readChineseNumber(text), value, text);
});

test('is silent about words that are no number', () => {
  for (const text of ['', '一带', '三农', '一二三百四五'])
    assert.equal(readChineseNumber(text), undefined, text);
});

test('reads full-width digits', () => {
  assert.equal(readWholeNumber('１２'), 12);
});

test('finds the numbers that tell two titles apart and leaves ordinary words alone', () => {
  assert.deepEqual(distinguishingNumbers('关于公布2020年第二批基地名单的通知'), ['2', '2020']);
  assert.deepEqual(distinguishingNumbers('关于公布2020年第2批基地名单的通知'), ['2', '2020']);
  assert.deepEqual(distinguishingNumbers('关于进一步推进一体化发展的意见'), []);
});
