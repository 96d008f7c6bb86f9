import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDays, readDay, readPublication } from '../../text/dates.ts';

const ZONE = 'Asia/Shanghai';

test('reads a day in every form that pages use', () => {
  for (const text of [
    '2021年6月21日',
    '2021 年 6 月 21 日',
    '2021-06-21',
    '2021/6/21',
    '2021.06.21',
    '二〇二一年六月二十一日',
    '二○二一年六月廿一日',
    '２０２１年６月２１日',
    '21 June 2021',
    'June 21, 2021',
    '21st Jun. 2021',
  ])
    assert.equal(readDay(text), '2021-06-21', text);
});

test('does not take an impossible or a partial date for a day', () => {
  for (const text of ['2021年2月30日', '2021-13-01', '2021年6月', '6月21日', 'May 2021', '12021-06-2112'])
    assert.equal(readDay(text), undefined, text);
});

test('finds all days with their places', () => {
  const text = '自2021年6月1日起，至2021年6月30日止';
  const days = findDays(text);
  assert.deepEqual(
    days.map(({ on, start, end }) => [on, text.slice(start, end)]),
    [
      ['2021-06-01', '2021年6月1日'],
      ['2021-06-30', '2021年6月30日'],
    ],
  );
});

test('keeps a time in the zone of the source and a day as a day', () => {
  const minute = readPublication('时间：2021-06-21 08:30 来源', ZONE, 'r');
  assert.deepEqual([minute?.at, minute?.precision], ['2021-06-21T00:30:00.000Z', 'minute']);
  const day = readPublication('2021年6月21日', ZONE, 'r');
  assert.deepEqual([day?.at, day?.precision, day?.rule], ['2021-06-20T16:00:00.000Z', 'day', 'r']);
});

test('moves a time with an offset to the calendar day of the source', () => {
  const late = readPublication('2021-06-20T23:30:00+00:00', ZONE, 'r');
  assert.deepEqual([late?.on, late?.precision], ['2021-06-21', 'second']);
});

test('reads the clock behind a day as people write it', () => {
  for (const [text, time] of [
    ['June 21, 2021, 3:51 pm', '15:51'],
    ['June 21, 2021 at 12:05 a.m.', '00:05'],
    ['21.06.2021 - 14:30 Uhr', '14:30'],
    ['21.06.2021 um 14.30 Uhr', '14:30'],
    ['21 juin 2021 à 14h30', '14:30'],
    ['2021年6月21日 下午2:30', '14:30'],
  ] as const)
    assert.equal(readPublication(text, 'UTC', 'r')?.at, `2021-06-21T${time}:00.000Z`, text);
});

test('takes no price or range behind a day for a clock', () => {
  for (const text of ['21.06.2021, 10.5 %', '21.06.2021 - 24.06.2021', '2021-06-21 12-14'])
    assert.equal(readPublication(text, 'UTC', 'r')?.precision, 'day', text);
});

test('takes a time that no clock shows for the day alone', () => {
  assert.equal(readPublication('2021-06-21 10:75', ZONE, 'r')?.precision, 'day');
});

test('reads digits without separators', () => {
  assert.equal(readPublication('20210621103000', ZONE, 'r')?.at, '2021-06-21T02:30:00.000Z');
});

test('reads names of months in other languages and the day before the month', () => {
  for (const text of [
    '21. Juni 2021',
    '21 de junio de 2021',
    '21 juin 2021',
    '21 июня 2021',
    '21 Ιουνίου 2021',
    '21 Haziran 2021',
    '21. kesäkuuta 2021',
    '21 de juny de 2021',
    '21-Jun-2021',
    '21 يونيو 2021',
    '21 जून 2021',
    '21 tháng 6, 2021',
    '2021. június 21.',
    '2021년 6월 21일',
    '2021. 6. 21.',
    '令和3年6月21日',
    '21.06.2021',
    '21/06/2021',
    '06/21/2021',
  ])
    assert.equal(readDay(text), '2021-06-21', text);
});

test('leaves a day out that can be read two ways', () => {
  assert.equal(readDay('03/04/2021'), undefined);
});

test('keeps the day of the place that wrote an offset', () => {
  assert.equal(readPublication('2021-06-21T00:10:00+02:00', 'UTC', 'r')?.on, '2021-06-21');
});
