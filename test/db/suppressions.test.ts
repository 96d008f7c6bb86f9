import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openStore } from '../../db/store.ts';
import type { DigestId } from '../../model/ids.ts';

const weekly = 'weekly' as DigestId;
const daily = 'daily' as DigestId;
const at = '2026-11-20T08:00:00.000Z';

async function storeFor(t: TestContext) {
  const store = await openStore('sqlite::memory:', '');
  t.after(() => store.close());
  return store;
}

test('a suppressed address is found whatever its case, and gets no edition', async (t) => {
  const store = await storeFor(t);
  await store.transaction((tables) =>
    tables.recipients.add({ email: 'Mei@Example.org', digestIds: [weekly], attachPdf: true }, at),
  );
  assert.equal((await store.recipients.activeFor(weekly)).length, 1);
  assert.ok(
    await store.suppressions.add({ email: 'mei@example.ORG', reason: 'bounce', at, evidence: '5.1.1' }),
  );
  assert.ok(await store.suppressions.has(' MEI@example.org'));
  assert.deepEqual(await store.recipients.activeFor(weekly), []);
  assert.ok(await store.suppressions.remove('mei@example.org'));
  assert.equal((await store.recipients.activeFor(weekly)).length, 1);
});

test('leaving one digest leaves the others', async (t) => {
  const store = await storeFor(t);
  const email = 'mei@example.org';
  await store.transaction((tables) =>
    tables.recipients.add({ email, digestIds: [weekly, daily], attachPdf: true }, at),
  );
  await store.suppressions.add({ email, reason: 'unsubscribed', at, evidence: 'page', digestId: daily });
  assert.ok(await store.suppressions.has(email, daily));
  assert.ok(!(await store.suppressions.has(email, weekly)));
  assert.ok(!(await store.suppressions.has(email)));
  assert.equal((await store.recipients.activeFor(daily)).length, 0);
  assert.equal((await store.recipients.activeFor(weekly)).length, 1);
});

test('the first reason stays unless a stronger one comes', async (t) => {
  const store = await storeFor(t);
  const email = 'mei@example.org';
  assert.ok(await store.suppressions.add({ email, reason: 'unsubscribed', at, evidence: 'page' }));
  assert.ok(!(await store.suppressions.add({ email, reason: 'bounce', at, evidence: '5.1.1' })));
  assert.ok(await store.suppressions.add({ email, reason: 'complaint', at, evidence: 'ARF' }));
  assert.ok(!(await store.suppressions.add({ email, reason: 'operator', at, evidence: 'note' })));
  assert.deepEqual(
    (await store.suppressions.of(email)).map(({ reason }) => reason),
    ['complaint'],
  );
});

test('a full mailbox suppresses at the third edition within 30 days, each counted once', async (t) => {
  const store = await storeFor(t);
  const note = (day: string, cause: string) =>
    store.suppressions.noteSoft({
      email: 'mei@example.org',
      at: `2026-${day}T08:00:00.000Z`,
      cause,
      evidence: '5.2.2',
    });
  assert.equal(await note('09-01', 'd0'), false);
  assert.equal(await note('11-01', 'd1'), false);
  assert.equal(await note('11-02', 'd1'), false);
  assert.equal(await note('11-08', 'd2'), false);
  assert.equal(await store.suppressions.has('mei@example.org'), false);
  assert.equal(await note('11-15', 'd3'), true);
  assert.equal(await store.suppressions.has('mei@example.org'), true);
});

test('a forgotten address is stopped by its hash alone', async (t) => {
  const store = await storeFor(t);
  await store.suppressions.anonymise('mei@example.org', at);
  assert.ok(await store.suppressions.has('mei@example.org'));
  const [row] = await store.suppressions.list();
  assert.equal(row?.reason, 'forgotten');
  assert.doesNotMatch(JSON.stringify(row), /mei/);
});
