import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewLetter } from '../../db/letters.ts';
import { openStore, type Store } from '../../db/store.ts';
import { nextTryAt } from '../../mail/retry.ts';
import type { LetterId } from '../../model/ids.ts';

const AT = '2021-06-28T00:00:00.000Z';

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore('sqlite::memory:', '');
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

function letter(change: Partial<NewLetter> = {}): NewLetter {
  return {
    purpose: 'operator',
    key: 'failed-run:1',
    to: 'operator@digest.example',
    subject: 'A run failed',
    text: 'It failed.',
    ...change,
  };
}

test('a letter comes back as it was queued, due at once', async () => {
  await withStore(async (store) => {
    const queued = letter({ html: '<p>It failed.</p>', headers: { 'X-Run': '1' } });
    assert.equal(await store.letters.queue(queued, AT), true);
    const [due] = await store.letters.due(AT, 5);
    assert.ok(due);
    const { id, messageId, ...rest } = due;
    assert.deepEqual(rest, { ...queued, state: 'queued', attempts: 0, queuedAt: AT, nextTryAt: AT });
    assert.match(messageId, /^operator\.[0-9a-f]{16}$/);
    assert.deepEqual(await store.letters.byId(id), due);
  });
});

test('a second letter of the same key is never queued, whatever became of the first', async () => {
  await withStore(async (store) => {
    await store.letters.queue(letter(), AT);
    const [first] = await store.letters.due(AT, 5);
    assert.ok(first);
    await store.letters.move(first.id, 'queued', 'sending', { at: AT });
    await store.letters.move(first.id, 'sending', 'sent', { at: AT });
    assert.equal(await store.letters.queue(letter({ text: 'Other words.' }), AT), false);
    assert.deepEqual(await store.letters.due('2021-07-28T00:00:00.000Z', 5), []);
    assert.equal(await store.letters.queue(letter({ key: 'failed-run:2' }), AT), true);
  });
});

test('no mail waits for a time that only a clock that ran ahead can have noted', async () => {
  await withStore(async (store) => {
    const ranAhead = '2022-01-01T00:00:00.000Z';
    await store.letters.queue(letter({ key: 'queued' }), ranAhead);
    await store.letters.queue(letter({ key: 'failed for now' }), AT);
    const [tried] = await store.letters.due(AT, 5, { queuedAt: '', id: '' });
    assert.ok(tried);
    await store.letters.move(tried.id, 'queued', 'sending', { at: ranAhead });
    const next = nextTryAt(tried, new Date(ranAhead));
    await store.letters.move(tried.id, 'sending', 'retry', {
      at: ranAhead,
      ...(next && { nextTryAt: next }),
    });
    const due = await store.letters.due(AT, 5);
    assert.deepEqual(
      due.map(({ key }) => key),
      ['failed for now', 'queued'],
    );
  });
});

test('every pause that a failure brings is waited for', async () => {
  await withStore(async (store) => {
    for (let attempts = 0; attempts < 50; attempts += 1) {
      await store.letters.queue(letter({ key: `${attempts}` }), AT);
      const [mail] = await store.letters.due(AT, 1);
      assert.ok(mail);
      const next = nextTryAt({ ...mail, attempts }, new Date(AT));
      assert.ok(next);
      await store.letters.move(mail.id, 'queued', 'sending', { at: AT });
      await store.letters.move(mail.id, 'sending', 'retry', { at: AT, nextTryAt: next });
      assert.deepEqual(await store.letters.due(AT, 1), [], `try ${attempts}, next ${next}`);
    }
  });
});

test('a letter found in sending is held, and one moved by somebody else stays', async () => {
  await withStore(async (store) => {
    await store.letters.queue(letter(), AT);
    const [due] = await store.letters.due(AT, 5);
    assert.ok(due);
    assert.equal(await store.letters.move(due.id, 'queued', 'sending', { at: AT }), true);
    assert.equal(await store.letters.move(due.id, 'queued', 'sending', { at: AT }), false);
    assert.equal(await store.letters.holdLeftovers(AT), 1);
    const held = await store.letters.byId(due.id);
    assert.equal(held?.state, 'unknown');
    assert.equal(held?.attempts, 1);
    assert.equal(await store.letters.waiting(), 0);
    await assert.rejects(store.letters.move(due.id, 'sent', 'queued', { at: AT }), RangeError);
  });
});

test('mails that go out are passed on together, each only from the state it was in', async () => {
  await withStore(async ({ letters }) => {
    for (const key of ['new', 'again', 'taken', 'settled', 'other']) await letters.queue(letter({ key }), AT);
    const queued = await letters.due(AT, 5);
    const id = (key: string) => queued.find((one) => one.key === key)?.id ?? '';
    const [first, later] = ['2021-06-28T00:01:00.000Z', '2021-06-28T00:06:00.000Z'];
    for (const key of ['again', 'taken', 'settled'])
      await letters.move(id(key), 'queued', 'sending', { at: first });
    await letters.move(id('again'), 'sending', 'retry', { at: first, nextTryAt: later, error: '450 busy' });
    await letters.move(id('settled'), 'sending', 'unknown', { at: first });
    const passed = await letters.passOn(
      { queued: [id('new')], retry: [id('again')], sending: [id('taken'), id('settled'), id('other')] },
      later,
    );
    assert.deepEqual([...passed].sort(), [id('new'), id('again'), id('taken')].sort());
    const told = async (key: string) => {
      const { state, attempts, firstTryAt, sentAt, nextTryAt, lastError } =
        (await letters.byId(id(key) as LetterId)) ?? {};
      return [state, attempts, firstTryAt, sentAt, nextTryAt, lastError];
    };
    assert.deepEqual(await told('new'), ['sending', 1, later, undefined, undefined, undefined]);
    assert.deepEqual(await told('again'), ['sending', 2, first, undefined, undefined, undefined]);
    assert.deepEqual(await told('taken'), ['sent', 1, first, later, undefined, undefined]);
    assert.equal((await told('settled'))[0], 'unknown');
    assert.equal((await told('other'))[0], 'queued');
    assert.equal((await letters.passOn({ queued: [], retry: [], sending: [] }, later)).size, 0);
    assert.equal((await told('other'))[0], 'queued');
  });
});
