import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { projectVocabulary } from '../../bench/evaluate/vocabulary.ts';
import { openStore } from '../../db/store.ts';
import { addRecipients } from '../../jobs/add-recipients.ts';
import type { JobContext } from '../../jobs/context.ts';
import { isReadingDue, readBounces } from '../../jobs/read-bounces.ts';
import { settleWishes } from '../../jobs/unsubscribe-by-mail.ts';
import type { ReturnMailbox } from '../../mail/bounces/mailbox.ts';
import { fixedClock } from '../../model/clock.ts';
import type { DeliveryState } from '../../model/delivery.ts';
import type { Edition } from '../../model/edition.ts';
import type { DigestId, RunId } from '../../model/ids.ts';
import { readerToken } from '../../text/reader-tokens.ts';
import { complaint, message, report, words } from '../mail/bounces/messages.ts';

const weekly = 'weekly' as DigestId;
const EMAIL = 'mei@reader.example';
const NOW = '2026-11-20T08:00:00.000Z';
const readerKey = Buffer.alloc(32, 9);
const vocabulary = await projectVocabulary();

/** A reader to whom weeks were mailed, and what is needed to read what came back. */
async function program(t: TestContext, state: Extract<DeliveryState, 'sent' | 'unknown'> = 'sent') {
  const store = await openStore('sqlite::memory:', '');
  t.after(() => store.close());
  const clock = fixedClock(NOW);
  await addRecipients({ store, clock }, [{ email: EMAIL, digestIds: [weekly], attachPdf: true }], {
    kind: 'added',
    by: 'operator',
    detail: '',
  });
  const recipient = await store.recipients.byEmail(EMAIL);
  assert.ok(recipient);
  const sent: string[] = [];
  for (const week of ['2026-W44', '2026-W45', '2026-W46']) {
    const edition = await store.editions.record({
      digestId: weekly,
      week,
      revision: 1,
      number: 1,
      edition: { lang: 'en' } as Edition,
      manifestHash: 'h',
      folder: 'f',
      publishedAt: NOW,
    });
    const messageId = `<weekly.${week}.${recipient.id}@digest.example>`;
    const delivery = { editionId: edition.id, digestId: weekly, week, recipientId: recipient.id, messageId };
    await store.transaction((tables) => tables.deliveries.queue([delivery], NOW));
    const row = await store.deliveries.ofRecipient(weekly, week, recipient.id);
    assert.ok(row);
    await store.deliveries.move(row.id, 'queued', 'sending', { at: NOW });
    await store.deliveries.move(row.id, 'sending', state, { at: NOW });
    sent.push(row.id);
  }
  const context = {
    store,
    clock,
    vocabulary,
    digests: [{ id: weekly }],
    runId: 'run' as RunId,
    signal: new AbortController().signal,
  } as unknown as JobContext;
  const read = async (...messages: readonly Buffer[]) => {
    const done: string[] = [];
    const mailbox: ReturnMailbox = {
      name: 'test',
      async *messages() {
        for (const [index, bytes] of messages.entries())
          yield { name: String(index), bytes, done: async () => void done.push(String(index)) };
      },
      close: async () => undefined,
    };
    const { counts } = await readBounces.run(context, { names: 'test', readerKey, open: () => [mailbox] });
    assert.equal(done.length, messages.length, 'every message is put aside');
    return counts;
  };
  return { store, context, recipient, sent: sent as [string, string, string], read };
}

const to = (id: string) => `bounces+${id}@digest.example`;

test('a report about one of our mails suppresses its reader, whatever address it names, and is judged once', async (t) => {
  const { store, recipient, sent, read } = await program(t);
  const message = report({
    to: to(sent[0]),
    diagnostic: 'smtp; 550 5.1.1 <forwarded@other.example>: user unknown',
  });
  const counts = await read(message, message);
  assert.deepEqual([counts.read, counts.again, counts.bounce, counts.suppressed], [1, 1, 1, 1]);
  assert.deepEqual(await store.recipients.activeFor(weekly), []);
  assert.equal(await store.suppressions.has('forwarded@other.example'), false);
  const events = await store.recipientEvents.of(recipient.id);
  assert.deepEqual(
    events.map(({ kind, by }) => `${kind} ${by}`),
    ['added operator', 'bounced server'],
  );
  assert.equal((await store.deliveries.byId(sent[0] as never))?.state, 'sent');
});

test('without the mark in the address our header or the Message-ID in the returned part tells whose it is', async (t) => {
  const first = await program(t);
  const byHeader = report({
    to: 'digest@digest.example',
    returned: [`X-Policy-Digest-Delivery: ${first.sent[1]}`],
  });
  assert.equal((await first.read(byHeader)).suppressed, 1);
  const second = await program(t);
  const id = `Message-ID: <weekly.2026-W45.${second.recipient.id}@digest.example>`;
  assert.equal((await second.read(report({ to: 'digest@digest.example', returned: [id] }))).suppressed, 1);
});

test('a report that names no mail of ours suppresses nobody, not even a reader it names', async (t) => {
  const { store, read } = await program(t);
  const forged = report({ to: to('0123456789abcdef'), returned: ['Message-ID: <made.up@digest.example>'] });
  const counts = await read(forged);
  assert.deepEqual([counts.bounce, counts.foreign, counts.suppressed], [1, 1, 0]);
  assert.deepEqual(await store.suppressions.list(), []);
});

test('a mailbox that is full three weeks in a row is suppressed, a refused mail never', async (t) => {
  const { store, sent, read } = await program(t);
  const full = (id: string) =>
    report({ to: to(id), status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 mailbox full' });
  assert.equal((await read(full(sent[0]), full(sent[1]))).suppressed, 0);
  const spam = report({ to: to(sent[2]), status: '5.7.1', diagnostic: 'smtp; 554 5.7.1 looks like spam' });
  assert.equal((await read(spam)).suppressed, 0);
  assert.equal(await store.suppressions.has(EMAIL), false);
  assert.equal((await read(full(sent[2]))).suppressed, 1);
});

test('a delivery in doubt is settled by its return, and by its arrival', async (t) => {
  const { store, sent, read } = await program(t, 'unknown');
  const arrived = words(['hello'], { 'X-Policy-Digest-Delivery': sent[1], From: 'digest@digest.example' });
  const late = report({ to: to(sent[2]), action: 'delayed', status: '4.4.1' });
  const counts = await read(report({ to: to(sent[0]) }), arrived, late);
  assert.deepEqual([counts.settled, counts.arrival, counts.delayed], [2, 1, 1]);
  const states = await Promise.all(sent.map(async (id) => (await store.deliveries.byId(id as never))?.state));
  assert.deepEqual(states, ['failed', 'sent', 'unknown']);
  assert.deepEqual(
    (await store.returnedMessages.ofDelivery(sent[1])).map(({ kind }) => kind),
    ['arrival'],
  );
});

test('answers and ordinary mail are counted and change nothing', async (t) => {
  const { store, read } = await program(t);
  const person = { 'Return-Path': `<${EMAIL}>`, From: EMAIL };
  const counts = await read(
    words(['I am away.'], { ...person, 'Auto-Submitted': 'auto-replied' }),
    words(['Thank you for the digest.'], { ...person, Subject: 'Re: Weekly' }),
  );
  assert.deepEqual([counts.autoReply, counts.ordinary, counts.suppressed], [1, 1, 0]);
  assert.deepEqual(await store.suppressions.list(), []);
});

const RETURNED: readonly (readonly [how: string, returned: (id: string, messageId: string) => object])[] = [
  ['our Message-ID', (_id, messageId) => ({ returned: [`Message-ID: ${messageId}`] })],
  ['our header', (id) => ({ returned: [`X-Policy-Digest-Delivery: ${id}`] })],
  ['the sender it had', (id) => ({ returned: [`Return-Path: <${to(id)}>`] })],
  ['the sender its report names', (id) => ({ mailFrom: to(id) })],
];

for (const [how, returned] of RETURNED)
  test(`a complaint that names a mail by ${how} unsubscribes its reader from that digest`, async (t) => {
    const { store, recipient, sent, read } = await program(t);
    const messageId = `<weekly.2026-W45.${recipient.id}@digest.example>`;
    const counts = await read(complaint(returned(sent[1], messageId)));
    assert.deepEqual([counts.complaint, counts.left, counts.foreign], [1, 1, 0]);
    assert.deepEqual(await store.recipients.activeFor(weekly), []);
    const [stop] = await store.suppressions.of(EMAIL);
    assert.deepEqual(
      [stop?.digestId, stop?.reason, stop?.evidence],
      [weekly, 'unsubscribed', `complaint about ${sent[1]}`],
    );
    const events = (await store.recipientEvents.of(recipient.id)).slice(1);
    assert.deepEqual(
      events.map(({ kind, by, detail }) => `${kind} ${by} ${detail}`),
      [
        `complained server called unwanted: ${sent[1]}`,
        `unsubscribed server weekly; complaint about ${sent[1]}`,
      ],
    );
  });

test('a complaint about no mail of ours, and a report that is no complaint, unsubscribe nobody', async (t) => {
  const { store, sent, read } = await program(t);
  const made = complaint({ returned: ['Message-ID: <made.up@digest.example>', `To: ${EMAIL}`] });
  const contrary = complaint({ type: 'not-spam', returned: [`X-Policy-Digest-Delivery: ${sent[0]}`] });
  const counts = await read(made, contrary);
  assert.deepEqual([counts.complaint, counts.foreign, counts.left], [2, 1, 0]);
  assert.equal((await store.recipients.activeFor(weekly)).length, 1);
});

/** A mail from a reader's own program. */
function letter(subject: string, ...text: readonly string[]): Buffer {
  const head = [`From: Mei <${EMAIL}>`, 'To: bounces@digest.example', `Subject: ${subject}`];
  return message(...head, 'Content-Type: text/plain; charset=utf-8', '', ...text, '');
}

test('a mail with a reader’s token unsubscribes, whoever sends it and however often', async (t) => {
  const { store, recipient, read } = await program(t);
  const asked = `unsubscribe ${readerToken(readerKey, recipient, 'unsubscribe')} weekly`;
  const encoded = `=?UTF-8?B?${Buffer.from(`回复：${asked}`).toString('base64')}?=`;
  assert.equal((await read(letter(encoded))).left, 1);
  assert.deepEqual(await store.recipients.activeFor(weekly), []);
  // Again, in the first line, and as a provider sends it for its user.
  const automatic = { From: 'unsubscribe@provider.example', 'Auto-Submitted': 'auto-generated' };
  const counts = await read(letter('Hello', '', asked), words(['-'], { ...automatic, Subject: asked }));
  assert.deepEqual([counts.unsubscribe, counts.left, counts.wish], [2, 2, 0]);
  const events = (await store.recipientEvents.of(recipient.id)).slice(1);
  assert.deepEqual(
    events.map(({ kind, by, detail }) => `${kind} ${by} ${detail}`),
    ['unsubscribed reader weekly; mail'],
  );
});

test('a token without a digest is for everything; one that is void or for an unknown digest waits for a person', async (t) => {
  const { store, recipient, read } = await program(t);
  const token = readerToken(readerKey, recipient, 'unsubscribe');
  const other = readerToken(readerKey, recipient, 'preferences');
  const counts = await read(
    letter(`unsubscribe ${token} monthly`),
    letter(`unsubscribe ${other} weekly`),
    letter(`unsubscribe ${'x'.repeat(32)} weekly`),
  );
  assert.deepEqual([counts.left, counts.wish], [0, 3]);
  const said = (await store.returnedMessages.wishes()).map((wish) => wish.said).sort();
  const wanted = `${EMAIL} "unsubscribe … weekly"`;
  assert.deepEqual(said, [`${EMAIL} "unsubscribe … monthly"`, wanted, wanted], 'no token is kept');
  assert.equal((await store.recipients.activeFor(weekly)).length, 1);
  assert.equal((await read(letter(`unsubscribe ${token}`))).left, 1);
  assert.equal(await store.suppressions.has(EMAIL), true);
});

test('a wish in other words changes nothing, waits for a person, and is forgotten once seen to', async (t) => {
  const { store, context, read } = await program(t);
  const counts = await read(
    letter('Unsubscribe'),
    letter('=?UTF-8?B?6YCA6K6i?=', '请退订，谢谢'),
    letter('Re: Weekly', 'Please take me off this list.'),
    // Ours, quoted: the reader says nothing of leaving.
    letter('Re: Weekly', 'Good work!', '', '> Unsubscribe: https://digest.example/unsubscribe/x/weekly'),
    message(
      'From: shop@shop.example',
      'List-Unsubscribe: <https://shop.example/>',
      'Subject: Sale',
      '',
      'Unsubscribe here',
    ),
  );
  assert.deepEqual([counts.unsubscribe, counts.wish, counts.ordinary], [3, 3, 2]);
  assert.equal((await store.recipients.activeFor(weekly)).length, 1);
  const open = await store.returnedMessages.wishes();
  assert.deepEqual(open.map(({ said }) => said).sort(), [
    `${EMAIL} "Re: Weekly"`,
    `${EMAIL} "Unsubscribe"`,
    `${EMAIL} "退订"`,
  ]);
  const [first, second] = open;
  await assert.rejects(settleWishes(context, [first?.id ?? '', 'none']), { code: 'MAIL_NOT_FOUND' });
  assert.equal((await store.returnedMessages.wishes()).length, 3, 'all of them or none');
  await settleWishes(context, [first?.id ?? '', second?.id ?? '']);
  assert.equal((await store.returnedMessages.wishes()).length, 1);
  await store.transaction(({ readerRecords }) => readerRecords.forget(EMAIL));
  assert.deepEqual(await store.returnedMessages.wishes(), []);
});

test('a mailbox is looked into every quarter of an hour', async (t) => {
  const { store, context } = await program(t);
  assert.equal(await isReadingDue(context), true);
  await store.runs.start({
    id: 'r1' as RunId,
    job: 'bounces',
    subject: 'test',
    startedAt: '2026-11-20T07:50:00.000Z',
  });
  assert.equal(await isReadingDue(context), false);
  assert.equal(await isReadingDue({ store, clock: fixedClock('2026-11-20T08:05:00.000Z') }), true);
});
