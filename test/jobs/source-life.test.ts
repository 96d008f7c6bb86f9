/** A source over weeks, on a clock that is moved: failing, recovering, falling silent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect } from '../../jobs/collect.ts';
import { coverageOf } from '../../jobs/coverage.ts';
import { runJob } from '../../jobs/run.ts';
import type { FindingCode } from '../../model/finding.ts';
import type { FetchResult } from '../../model/page.ts';
import { addDays, dayOf, periodOfWeek, weekOfDay } from '../../text/calendar.ts';
import { serve } from '../net/loopback.ts';
import { listSource, openProgram } from './program.ts';

const HOUR_MS = 3_600_000;
const URL = 'http://kjt.example/';

function movable(start: string) {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    iso: () => new Date(at).toISOString(),
    pass: (ms: number) => {
      at += ms;
    },
  };
}

test('a source that fails is tried less often, and recovers by itself', async (t) => {
  const clock = movable('2021-06-01T00:00:00Z');
  const asked: string[] = [];
  let isDown = true;
  const http = {
    async fetch({ url }: { url: string }): Promise<FetchResult> {
      asked.push(clock.iso());
      if (isDown) return { outcome: 'failed', url, code: 'FETCH_TIMEOUT', detail: 'no answer' };
      return { outcome: 'notModified', url };
    },
  };
  const { base } = await openProgram(t, { sources: [listSource('kjt', URL)], clock, http });
  // Two weeks of failure, then two of health; the alarm rings every hour.
  for (let hour = 0; hour < 24 * 28; hour++) {
    if (hour === 24 * 14) isDown = false;
    await runJob(base, collect, { which: 'due' });
    clock.pass(HOUR_MS);
  }
  const hours = asked.map((at) => (Date.parse(at) - Date.parse('2021-06-01T00:00:00Z')) / HOUR_MS);
  const gaps = hours.slice(1).map((hour, index) => hour - (hours[index] ?? 0));
  assert.deepEqual(gaps.slice(0, 4), [8, 16, 24, 24], 'twice the pause each time, up to a day');
  const down = hours.filter((hour) => hour < 24 * 14);
  assert.ok(down.length <= 17, `${down.length} visits in two weeks of failure`);
  assert.deepEqual(gaps.slice(-3), [4, 4, 4], 'back to its own pace');
  const recovered = hours.find((hour) => hour >= 24 * 14) ?? 0;
  assert.ok(recovered < 24 * 15, 'found well within a day of its recovery');
  const state = (await base.store.sourceStates.all()).get(base.sources[0]!.id);
  assert.deepEqual([state?.failures, state?.lastOutcome], [0, 'answered']);
  const [finding, ...others] = await base.store.findings.within('', '9999');
  assert.equal(finding?.code, 'SOURCE_FAILED');
  assert.deepEqual(others, [], 'the same failure is one finding');
});

test('a list that falls short is a finding with what was expected, seen and kept', async (t) => {
  const clock = movable('2021-06-21T02:00:00Z');
  let list = '';
  const site = await serve(t, (request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(request.url === '/' ? list : '<h1>通知</h1>'),
  );
  const family = (name: string, sign: string) => ({ name, about: '', signs: [sign], parts: {} });
  const source = listSource('kjt', URL, { family: 'own', expect: { minEntries: 3, maxAgeDays: 30 } });
  const { base } = await openProgram(t, {
    sources: [source],
    families: [family('own', '-\\d+\\.html'), family('other', '/wp-content/')],
    clock,
    hostMap: `*.example=127.0.0.1:${site.port}`,
  });
  const rows = (days: readonly string[]) =>
    `<ul>${days.map((on, at) => `<li><a href="/${on}-${at}.html">关于${on}的通知</a><span>${on}</span></li>`).join('')}</ul>`;
  const wall = '<title>安全验证</title><p>请完成安全验证</p>';
  const cases: readonly (readonly [string, FindingCode, string])[] = [
    ['<p>栏目调整中</p>', 'LIST_EMPTY', 'at least 3 entries'],
    [rows(['2021-06-20', '2021-06-19']), 'LIST_FEW_ENTRIES', 'at least 3 entries'],
    [rows(['2021-01-08', '2021-01-07', '2021-01-06']), 'LIST_STALE', 'newest entry at most 30 days old'],
    [`<ul><li><a href="/wp-content/1">通知</a></li></ul>`, 'LIST_FAMILY_CHANGED', 'signs of own'],
    [wall, 'SOURCE_REFUSED', 'a list'],
  ];
  for (const [body, code, expected] of cases) {
    list = body;
    const before = clock.iso();
    clock.pass(24 * HOUR_MS);
    await runJob(base, collect, { which: 'all' });
    const found = (await base.store.findings.within(before, clock.iso())).filter((one) => one.code === code);
    assert.equal(found.length, 1, code);
    assert.equal(found[0]?.expected, expected);
    assert.notEqual(found[0]?.seen, '');
    const kept = found[0]?.snapshotId && (await base.store.snapshots.byId(found[0].snapshotId));
    assert.ok(kept, `${code} names its kept page`);
    assert.equal(kept.url, URL);
  }
});

test('a weekly source that stands still is told as silent, a quiet one is not', async (t) => {
  const clock = movable('2021-06-07T02:00:00Z');
  const mondays = (count: number) => Array.from({ length: count }, (_, at) => addDays('2021-06-07', -7 * at));
  const site = await serve(t, (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    if (request.url === '/')
      response.end(
        `<ul>${mondays(10)
          .map((on) => `<li><a href="/${on}.html">关于${on}的通知</a><span>${on}</span></li>`)
          .join('')}</ul>`,
      );
    else
      response.end(
        `<h1>关于申报的通知${request.url}</h1><div class="content"><p>现组织申报科技创新专项，请按要求做好申报工作。</p></div>`,
      );
  });
  const { base } = await openProgram(t, {
    sources: [listSource('kjt', URL)],
    clock,
    hostMap: `*.example=127.0.0.1:${site.port}`,
  });
  const silence = async () => {
    await runJob(base, collect, { which: 'all' });
    const findings = await base.store.findings.within('', '9999');
    const coverage = await coverageOf(base.store, base.sources, {
      seen: { after: new Date(clock.now().getTime() - HOUR_MS).toISOString(), until: clock.iso() },
      period: periodOfWeek(weekOfDay(dayOf(clock.now(), 'Asia/Shanghai')), 'Asia/Shanghai'),
      documents: new Map(),
      calendar: base.vocabulary.lexicon.holidays,
    });
    return { told: findings.some(({ code }) => code === 'SOURCE_SILENT'), silent: coverage.silent };
  };
  assert.deepEqual(await silence(), { told: false, silent: undefined });
  clock.pass(18 * 24 * HOUR_MS); // Friday of the third week: unusual, not yet beyond its habit
  assert.deepEqual(await silence(), { told: false, silent: undefined });
  clock.pass(5 * 24 * HOUR_MS);
  const { told, silent } = await silence();
  assert.ok(told);
  assert.deepEqual(silent, [
    { sourceId: 'kjt', name: 'kjt', lastOn: '2021-06-07', usualDays: 5, limitDays: 15, silentDays: 17 },
  ]);
});
