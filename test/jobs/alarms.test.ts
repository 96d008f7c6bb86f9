import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AlarmFacts, alarmsOf, alarmText } from '../../jobs/alarms.ts';
import type { RunId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';

const NOW = new Date('2026-11-23T02:00:00.000Z');
const WELL: AlarmFacts = {
  now: NOW,
  lateMinutes: 60,
  sourcesFailingPercent: 25,
  slots: [],
  runs: [],
  digests: 1,
  sources: { enabled: 20, failing: [] },
  unknownMails: 0,
  undelivered: { stuck: 0, givenUp: 0, sent: 0, lastError: '' },
  openWishes: 0,
  canReadersLeave: true,
  disks: [{ folder: '/srv/data', freeBytes: 50 * 1024 ** 3 }],
  newestRecord: '2026-11-23T01:59:00.000Z',
};
const SLOT = {
  scheduleId: 'weekly',
  periodKey: '2026-W47',
  dueAt: '2026-11-23T00:00:00.000Z',
  state: 'due',
  fence: 2,
  zone: 'Asia/Shanghai',
} as const;

function run(change: Partial<Run> = {}): Run {
  return {
    id: '20261123T000000000Z-edition-abcdef' as RunId,
    job: 'edition',
    subject: 'weekly 2026-W47',
    state: 'failed',
    startedAt: '2026-11-23T00:00:00.000Z',
    finishedAt: '2026-11-23T00:02:00.000Z',
    counts: {},
    error: 'PDF_FAILED: printing "weekly": it closed',
    ...change,
  };
}

const causes = (facts: Partial<AlarmFacts>) => alarmsOf({ ...WELL, ...facts }).map(({ cause }) => cause);

test('nothing wrong, nothing told', () => {
  assert.deepEqual(causes({}), []);
  assert.deepEqual(causes({ slots: [{ ...SLOT, dueAt: '2026-11-23T01:01:00.000Z' }] }), []);
  assert.deepEqual(causes({ sources: { enabled: 4, failing: [{ id: 'one', detail: 'x' }] } }), []);
});

test('each thing that is wrong is one alarm of its own cause', () => {
  const failing = ['a', 'b', 'c'].map((id) => ({ id, detail: 'FETCH_DNS: no such host' }));
  assert.deepEqual(causes({ slots: [SLOT] }), ['late weekly 2026-W47']);
  assert.deepEqual(causes({ slots: [{ ...SLOT, state: 'failed' }] }), ['given-up weekly 2026-W47']);
  assert.deepEqual(causes({ runs: [run(), run()] }), ['failed edition PDF_FAILED']);
  assert.deepEqual(causes({ sources: { enabled: 8, failing } }), ['sources']);
  assert.deepEqual(causes({ unknownMails: 2 }), ['unknown']);
  const through = (stuck: number, givenUp: number, sent: number) =>
    causes({ undelivered: { stuck, givenUp, sent, lastError: 'connect ECONNREFUSED' } });
  assert.deepEqual(through(3, 0, 0), ['undelivered']);
  assert.deepEqual(through(0, 3, 20), ['undelivered']);
  assert.deepEqual(through(1, 1, 98), [], 'a few readers’ servers are down on any day');
  assert.deepEqual(causes({ openWishes: 1 }), ['wishes']);
  assert.deepEqual(causes({ canReadersLeave: false }), ['no-way-to-leave']);
  assert.deepEqual(causes({ disks: [{ folder: '/srv/data', freeBytes: 5e8 }] }), ['disk /srv/data']);
  assert.deepEqual(causes({ newestRecord: '2027-11-23T01:59:00.000Z' }), ['clock']);
  const gaps = run({ state: 'finished', counts: { sourcesDue: 20, sourcesAnswered: 14 } });
  assert.deepEqual(causes({ runs: [gaps] }), ['coverage weekly 2026-W47']);
  assert.deepEqual(causes({ runs: [{ ...gaps, counts: { sourcesDue: 20, sourcesAnswered: 15 } }] }), []);
});

test('a late edition says when it was due in its own zone, why it is not out, when the next try is and where to look', () => {
  const [alarm] = alarmsOf({
    ...WELL,
    slots: [{ ...SLOT, detail: 'PDF_FAILED: it closed', nextTryAt: '2026-11-23T02:30:00.000Z' }],
    runs: [run()],
  });
  assert.ok(alarm);
  const text = alarmText(alarm);
  assert.match(text, /was due 2026-11-23 08:00 Asia\/Shanghai and is not out 2 h later\. PDF_FAILED/);
  assert.match(text, /tries again at 2026-11-23 02:30 UTC/);
  assert.match(text, /npm run digest -- runs show 20261123T000000000Z-edition-abcdef/);
});

test('a failure that was made good since says so', () => {
  const good = run({ state: 'finished', startedAt: '2026-11-23T00:07:00.000Z' });
  const [alarm] = alarmsOf({ ...WELL, runs: [run(), good] });
  assert.match(alarm?.itself ?? '', /tried again since and succeeded/);
  assert.match(alarm?.person ?? '', /^Nothing/);
});

test('a service without any digest says that nothing will ever come of it', () => {
  assert.deepEqual(
    alarmsOf({ ...WELL, digests: 0 }).map(({ title }) => title),
    ['No digest is set up'],
  );
});
