import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dateInUrl, readListDate } from '../../text/list-dates.ts';

const NOW = new Date('2021-06-25T00:00:00Z');

const DAYS: readonly (readonly [text: string, on: string | undefined])[] = [
  ['(2021-06-15)', '2021-06-15'],
  ['2021/06/15', '2021-06-15'],
  ['2021.6.15', '2021-06-15'],
  ['20210615', '2021-06-15'],
  ['２０２１年６月１５日', '2021-06-15'],
  ['発表：令和3年6月15日', '2021-06-15'],
  ['令和元年5月1日', '2019-05-01'],
  ['平成33年6月15日', '2021-06-15'],
  ['2021년 6월 15일', '2021-06-15'],
  ['15.06.2021', '2021-06-15'],
  ['June 15, 2021', '2021-06-15'],
  ['15th Jun 2021', '2021-06-15'],
  ['[06-15]', '2021-06-15'],
  ['6月15日', '2021-06-15'],
  ['12/31', '2020-12-31'],
  ['2021-02-30', undefined],
  ['第33号', undefined],
  ['2021', undefined],
  ['May 2021', undefined],
];

for (const [text, on] of DAYS)
  test(`${text} is ${on ?? 'no date'}`, () => {
    assert.equal(readListDate(text, 'Asia/Shanghai', 'list', NOW)?.on, on);
  });

const INSTANTS: readonly (readonly [text: string, at: string, precision: string])[] = [
  ['Tue, 15 Jun 2021 10:00:00 +0200', '2021-06-15T08:00:00.000Z', 'second'],
  ['15 Jun 21 1000 EST', '2021-06-15T15:00:00.000Z', 'minute'],
  ['Tue Jun 15 18:00:00 CST 2021', '2021-06-15T10:00:00.000Z', 'second'],
  ['2021-06-15T10:00Z', '2021-06-15T10:00:00.000Z', 'minute'],
  ['2021-06-15 9:05', '2021-06-15T01:05:00.000Z', 'minute'],
  ['2021-06-15-18:00:00', '2021-06-15T10:00:00.000Z', 'second'],
  ['15 JUN 2021 5:53PM by a person', '2021-06-15T09:53:00.000Z', 'minute'],
  ['1623751200', '2021-06-15T10:00:00.000Z', 'second'],
];

for (const [text, at, precision] of INSTANTS)
  test(`${text} is ${at}`, () => {
    const found = readListDate(text, 'Asia/Shanghai', 'list');
    assert.deepEqual([found?.at, found?.precision], [at, precision]);
  });

test('CST is China’s only where the source is in China', () => {
  assert.equal(
    readListDate('15 Jun 2021 10:00 CST', 'America/Chicago', 'list')?.at,
    '2021-06-15T16:00:00.000Z',
  );
});

test('day and month are not guessed for American sources', () => {
  assert.equal(readListDate('06/07/2021', 'America/New_York', 'list'), undefined);
});

test('no date is later than tomorrow when its year is not stated', () => {
  assert.equal(readListDate('06-27', 'Asia/Shanghai', 'list', NOW)?.on, '2020-06-27');
  assert.equal(readListDate('06-26', 'Asia/Shanghai', 'list', NOW)?.on, '2021-06-26');
});

const ADDRESSES: readonly (readonly [path: string, on: string | undefined])[] = [
  ['/202106/t20210615_1.html', '2021-06-15'],
  ['/2021-06/15/content_1.htm', '2021-06-15'],
  ['/art/2021/6/5/art_1_2.html', '2021-06-05'],
  ['/press/2021/06/20210615001.html', '2021-06-15'],
  ['/kjjh/20210615/5872.html', '2021-06-15'],
  ['/a/202106/15/x.html', '2021-06-15'],
  ['/content_5612345.htm', undefined],
  ['/20211301/1.html', undefined],
];

for (const [path, on] of ADDRESSES)
  test(`the address ${path} carries ${on ?? 'no date'}`, () => {
    assert.equal(dateInUrl(`https://www.example.cn${path}`, 'Asia/Shanghai')?.on, on);
  });

test('no text makes the reader throw', () => {
  const part = fc.constantFrom(
    '2021',
    '-',
    '/',
    '年',
    '13',
    '99',
    ':',
    'T',
    'Jun',
    '+25:00',
    '令和',
    ' ',
    'PM',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
      const found = readListDate(parts.join(''), 'Asia/Shanghai', 'list', NOW);
      return found === undefined || /^\d{4}-\d\d-\d\d$/.test(found.on);
    }),
    { seed: 3, numRuns: 2000 },
  );
});
