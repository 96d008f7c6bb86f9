import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDING } from '../../reports/wording.ts';

test('writes days with their weekday in both languages', () => {
  assert.equal(WORDING['zh-CN'].fullDay('2021-06-25'), '2021年6月25日 周五');
  assert.equal(WORDING.en.fullDay('2021-06-25'), 'Fri 25 June 2021');
});

test('shortens the days of a week within a month, a year, and across years', () => {
  assert.equal(WORDING['zh-CN'].days('2021-06-21', '2021-06-27'), '2021年6月21日—27日');
  assert.equal(WORDING['zh-CN'].days('2021-06-28', '2021-07-04'), '2021年6月28日—7月4日');
  assert.equal(WORDING['zh-CN'].days('2020-12-28', '2021-01-03'), '2020年12月28日—2021年1月3日');
  assert.equal(WORDING.en.days('2021-06-21', '2021-06-27'), '21–27 June 2021');
  assert.equal(WORDING.en.days('2021-06-28', '2021-07-04'), '28 June – 4 July 2021');
  assert.equal(WORDING.en.days('2020-12-28', '2021-01-03'), '28 December 2020 – 3 January 2021');
});

test('counts one and many', () => {
  assert.equal(WORDING.en.alsoTold({ interpretation: 1, reprint: 2 }), 'Also 1 official reading, 2 reprints');
  assert.equal(WORDING['zh-CN'].alsoTold({ interpretation: 1, reprint: 2 }), '另有 1 篇解读、2 处转载');
  assert.equal(WORDING.en.daysLeft(1), '1 day');
});
