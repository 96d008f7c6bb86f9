import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueMoments, faultOfCron, nextMoment } from '../../jobs/schedule.ts';
import type { Digest } from '../../model/digest.ts';
import type { DigestId } from '../../model/ids.ts';

function digest(change: Partial<Digest> = {}): Digest {
  return {
    id: 'weekly' as DigestId,
    title: '创新政策周报',
    subtitle: '',
    lang: 'zh-CN',
    zone: 'Asia/Shanghai',
    cron: '0 8 * * 1',
    misfire: 'once',
    enabled: true,
    template: 'gazette',
    select: {},
    limits: { itemsPerSection: 5, sections: 6 },
    ...change,
  };
}

const weeks = (moments: readonly { week: string; isWanted: boolean }[]) =>
  moments.map((moment) => [moment.week, moment.isWanted]);

test('Monday at eight in Shanghai covers the week that just ended', () => {
  const moments = dueMoments(digest(), new Date('2021-06-21T00:00:00Z'), new Date('2021-06-28T00:00:00Z'));
  assert.deepEqual(moments, [{ week: '2021-W25', dueAt: '2021-06-28T00:00:00.000Z', isWanted: true }]);
  assert.deepEqual(
    dueMoments(digest(), new Date('2021-06-28T00:00:00Z'), new Date('2021-07-04T23:59:59Z')),
    [],
  );
});

test('of three missed weeks `once` makes up the last, `all` every one, `skip` none', () => {
  const span = [new Date('2021-06-07T00:00:00Z'), new Date('2021-06-28T03:00:00Z')] as const;
  assert.deepEqual(weeks(dueMoments(digest(), ...span)), [
    ['2021-W23', false],
    ['2021-W24', false],
    ['2021-W25', true],
  ]);
  assert.deepEqual(weeks(dueMoments(digest({ misfire: 'all' }), ...span)), [
    ['2021-W23', true],
    ['2021-W24', true],
    ['2021-W25', true],
  ]);
  assert.deepEqual(weeks(dueMoments(digest({ misfire: 'skip' }), ...span)), [
    ['2021-W23', false],
    ['2021-W24', false],
    ['2021-W25', false],
  ]);
});

for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai']) {
  test(`a year of Mondays at 02:30 in ${zone} is 52 weeks, each once, over both clock changes`, () => {
    const moments = dueMoments(
      digest({ zone, cron: '30 2 * * 1', misfire: 'all' }),
      new Date('2021-01-04T12:00:00Z'),
      new Date('2022-01-03T23:59:00Z'),
    );
    assert.equal(moments.length, 52);
    assert.equal(new Set(moments.map((moment) => moment.week)).size, 52);
  });
}

test('a Sunday moment inside the spring gap is moved to its end, not lost', () => {
  // Berlin springs from 02:00 to 03:00 on 28 March 2021.
  const moments = dueMoments(
    digest({ zone: 'Europe/Berlin', cron: '30 2 * * 0' }),
    new Date('2021-03-27T12:00:00Z'),
    new Date('2021-03-28T12:00:00Z'),
  );
  assert.deepEqual(
    moments.map((moment) => moment.dueAt),
    ['2021-03-28T01:00:00.000Z'],
  );
});

test('a Sunday moment that autumn repeats comes once', () => {
  // Berlin falls back from 03:00 to 02:00 on 31 October 2021.
  const moments = dueMoments(
    digest({ zone: 'Europe/Berlin', cron: '30 2 * * 0' }),
    new Date('2021-10-30T12:00:00Z'),
    new Date('2021-10-31T12:00:00Z'),
  );
  assert.equal(moments.length, 1);
});

test('the next moment is the first after now', () => {
  assert.equal(nextMoment(digest(), new Date('2021-06-30T00:00:00Z')), '2021-07-05T00:00:00.000Z');
});

test('a cron that cannot be read says why', () => {
  assert.equal(faultOfCron('0 8 * * 1', 'Asia/Shanghai'), undefined);
  assert.match(faultOfCron('0 0 8 * * 1', 'Asia/Shanghai') ?? '', /five fields/);
  assert.ok(faultOfCron('0 8 * * 9', 'Asia/Shanghai'));
  assert.ok(faultOfCron('0 8 31 2 *', 'Asia/Shanghai'));
});
