import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { metricsPage } from '../../console/metrics.ts';
import { buildServer } from '../../console/server.ts';
import { openStore } from '../../db/store.ts';
import type { Digest } from '../../model/digest.ts';
import type { RunId, SourceId } from '../../model/ids.ts';

const NOW = '2026-11-23T02:00:00.000Z';

test('metrics tell from the tables what is late, what ran and what waits, and name no reader', async (t) => {
  const store = await openStore('sqlite::memory:', '');
  t.after(() => store.close());
  const slot = { scheduleId: 'weekly', state: 'due' } as const;
  await store.slots.note({ ...slot, periodKey: '2026-W46', dueAt: '2026-11-16T00:00:00.000Z' });
  await store.slots.note({ ...slot, periodKey: '2026-W47', dueAt: '2026-11-23T01:30:00.000Z' });
  const id = 'one' as RunId;
  await store.runs.start({ id, job: 'collect', subject: 'due', startedAt: '2026-11-23T00:00:00.000Z' });
  await store.runs.finish(id, { state: 'finished', at: '2026-11-23T00:01:30.000Z', counts: {} });
  await store.sourceStates.save({
    sourceId: 'cn-one' as SourceId,
    nextFetchAt: NOW,
    lastFetchedAt: NOW,
    lastOutcome: 'refused',
    failures: 1,
  });
  const letter = { purpose: 'operator', subject: 'late', text: 'late' } as const;
  await store.letters.queue({ ...letter, key: 'late', to: 'operator@example.org' }, NOW);
  const wish = { kind: 'wish', detail: 'mei@reader.example "stop"' } as const;
  for (const [messageHash, readAt] of [
    ['b', '2026-11-22T00:00:00.000Z'],
    ['a', '2026-11-20T00:00:00.000Z'],
  ] as const)
    await store.returnedMessages.note({ ...wish, messageHash, readAt });
  const pages = metricsPage({
    store,
    // The page asks a digest for its id alone.
    digests: [{ id: 'weekly' }, { id: 'quiet' }] as Digest[],
    clock: { now: () => new Date(NOW) },
    lateMinutes: 60,
    folders: ['/nowhere/at-all', path.join(import.meta.filename, 'below'), import.meta.dirname],
    lastTickAt: () => '2026-11-23T01:59:00.000Z',
  });
  await using server = await buildServer({
    open: [],
    operator: [pages],
    access: { operatorToken: '' },
    onError: () => undefined,
  });
  const answer = await server.inject({ url: '/metrics', headers: { host: 'localhost' } });
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers['content-type']), /^text\/plain; version=/);
  const lines = new Set(answer.body.split('\n'));
  for (const line of [
    'digest_slots_open{schedule="weekly"} 2',
    'digest_slots_late{schedule="weekly"} 1',
    'digest_slots_late{schedule="quiet"} 0',
    'digest_runs{job="collect",state="finished"} 1',
    'digest_last_run_duration_seconds{job="collect"} 90',
    'digest_sources{outcome="refused"} 1',
    'digest_outbox_mails{kind="letter",state="queued"} 1',
    'digest_wishes_open 2',
    `digest_oldest_wish_timestamp_seconds ${Date.parse('2026-11-20T00:00:00.000Z') / 1000}`,
    'digest_documents 0',
    `digest_last_tick_timestamp_seconds ${Date.parse('2026-11-23T01:59:00.000Z') / 1000}`,
  ])
    assert.ok(lines.has(line), `${line}\nis not in\n${answer.body}`);
  assert.match(answer.body, /digest_disk_free_bytes\{folder="[^"]*console"\} [1-9]/);
  assert.doesNotMatch(answer.body, /@|nowhere/);
});

test('metrics belong to the operator', async (t) => {
  const store = await openStore('sqlite::memory:', '');
  t.after(() => store.close());
  const clock = { now: () => new Date(NOW) };
  const pages = metricsPage({
    store,
    digests: [],
    clock,
    lateMinutes: 60,
    folders: [],
    lastTickAt: () => undefined,
  });
  const access = { operatorToken: 'a-token-of-thirty-two-characters' };
  await using server = await buildServer({ open: [], operator: [pages], access, onError: () => undefined });
  assert.equal((await server.inject({ url: '/metrics' })).statusCode, 401);
});
