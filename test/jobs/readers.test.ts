import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from '../../db/connect.ts';
import { openStore, type Store } from '../../db/store.ts';
import { addRecipients, previewRecipients } from '../../jobs/add-recipients.ts';
import { exportReader, forgetReader } from '../../jobs/forget-reader.ts';
import { savePreferences } from '../../jobs/preferences.ts';
import { readerLog } from '../../jobs/reader-log.ts';
import { readerOfToken } from '../../jobs/reader-of-token.ts';
import { setReader } from '../../jobs/set-reader.ts';
import { askToConfirm, confirmSignUp, isWaiting } from '../../jobs/subscribe.ts';
import { suppress, unsuppress } from '../../jobs/suppress.ts';
import { unsubscribe } from '../../jobs/unsubscribe.ts';
import { fixedClock } from '../../model/clock.ts';
import type { Recipient } from '../../model/delivery.ts';
import type { Edition } from '../../model/edition.ts';
import type { DigestId } from '../../model/ids.ts';
import { readerToken } from '../../text/reader-tokens.ts';

const weekly = 'weekly' as DigestId;
const regional = 'regional' as DigestId;
const EMAIL = 'mei.unique@reader.example';
const key = Buffer.alloc(32, 5);
const NOW = '2026-11-20T08:00:00.000Z';

async function program(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-readers-'));
  const store = await openStore('', folder);
  t.after(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { store, clock: fixedClock(NOW), folder };
}

type Program = Awaited<ReturnType<typeof program>>;

async function added(context: Program, digestIds = [weekly, regional]): Promise<Recipient> {
  await addRecipients(context, [{ email: EMAIL, digestIds, attachPdf: true, name: 'Mei' }], {
    kind: 'added',
    by: 'operator',
    detail: 'sheet',
  });
  return reader(context.store);
}

async function reader(store: Store): Promise<Recipient> {
  const recipient = await store.recipients.byEmail(EMAIL);
  assert.ok(recipient);
  return recipient;
}

/** A week's edition on record as sent to the reader. */
async function mailed(context: Program, recipient: Recipient): Promise<void> {
  const edition = await context.store.editions.record({
    digestId: weekly,
    week: '2026-W46',
    revision: 1,
    number: 46,
    edition: { lang: 'en' } as Edition,
    manifestHash: 'h',
    folder: 'f',
    publishedAt: NOW,
  });
  const { id: editionId } = edition;
  const delivery = { editionId, digestId: weekly, week: '2026-W46', recipientId: recipient.id };
  await context.store.transaction((t) => t.deliveries.queue([{ ...delivery, messageId: 'm1' }], NOW));
  const [due] = await context.store.deliveries.due(NOW, 9);
  assert.ok(due);
  await context.store.deliveries.move(due.id, 'queued', 'sending', { at: NOW });
  await context.store.deliveries.move(due.id, 'sending', 'sent', { at: NOW });
}

test('what a reader left stays left when a list names the address again', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  await unsubscribe(context, recipient, regional, { by: 'reader', evidence: 'page' });
  const again = [{ email: EMAIL.toUpperCase(), digestIds: [weekly, regional], attachPdf: true }];
  const [preview] = await previewRecipients(context, again);
  assert.deepEqual([preview?.outcome, preview?.withheld], ['known', [regional]]);
  const reason = { kind: 'imported', by: 'operator', detail: 'list' } as const;
  const [result] = await addRecipients(context, again, reason);
  assert.deepEqual([result?.outcome, result?.withheld], ['known', [regional]]);
  assert.deepEqual((await reader(context.store)).digestIds, [weekly]);

  await unsubscribe(context, recipient, 'all', { by: 'reader', evidence: 'page' });
  const [refused] = await addRecipients(context, again, reason);
  assert.equal(refused?.outcome, 'suppressed');
  assert.equal(refused?.suppression?.reason, 'unsubscribed');
  assert.deepEqual((await reader(context.store)).digestIds, []);
});

test('unsubscribing twice is noted once', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  for (let time = 0; time < 2; time += 1)
    await unsubscribe(context, recipient, weekly, { by: 'reader', evidence: 'one-click POST' });
  const events = await context.store.recipientEvents.of(recipient.id);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['added', 'unsubscribed'],
  );
});

test('preferences are kept with what changed, and a digest taken up again is mailed again', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  const choice = {
    digestIds: [weekly],
    topics: ['ai'],
    regions: [],
    attachPdf: false,
    lang: 'en',
    quietWeek: 'nothing',
  } as const;
  await savePreferences(context, recipient, choice, 'reader');
  const changed = await reader(context.store);
  assert.deepEqual(changed.digestIds, [weekly]);
  assert.equal(await context.store.suppressions.has(EMAIL, regional), true);
  const [, event] = await context.store.recipientEvents.of(recipient.id);
  assert.match(event?.detail ?? '', /topics: all → ai; .*pdf: yes → no/);
  await savePreferences(context, changed, { ...choice, digestIds: [weekly, regional] }, 'reader');
  assert.equal(await context.store.suppressions.has(EMAIL, regional), false);
  assert.equal((await context.store.recipients.activeFor(regional)).length, 1);
  await savePreferences(context, await reader(context.store), { ...choice, digestIds: [] }, 'reader');
  const given = (await context.store.recipientEvents.of(recipient.id)).at(-1);
  assert.match(given?.detail ?? '', /^digests: \S+, \S+ → none$/);
});

test('what its owner left is not given back by the operator', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  await unsubscribe(context, recipient, weekly, { by: 'reader', evidence: 'page' });
  await assert.rejects(
    setReader(context, EMAIL, { digestIds: [weekly, regional] }),
    /RECIPIENT_CHOICE.*weekly.*unsuppress/,
  );
  assert.deepEqual((await reader(context.store)).digestIds, [regional]);
  assert.deepEqual(await setReader(context, EMAIL, { digestIds: [regional], attachPdf: false }), [
    'pdf: yes → no',
  ]);
  assert.deepEqual(await setReader(context, EMAIL, { digestIds: [] }), ['digests: regional → none']);
  assert.equal(await context.store.suppressions.has(EMAIL, regional), false);
});

test('a link is found by its hash, is bound to its purpose, and a new version voids it', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  const token = readerToken(key, recipient, 'unsubscribe');
  assert.equal((await readerOfToken(context, key, 'unsubscribe', token))?.id, recipient.id);
  assert.equal(await readerOfToken(context, key, 'preferences', token), undefined);
  assert.equal(await readerOfToken(context, Buffer.alloc(32, 6), 'unsubscribe', token), undefined);
  assert.equal(await readerOfToken(context, key, 'unsubscribe', 'x'.repeat(32)), undefined);
  await context.store.recipients.voidLinks(recipient.id);
  assert.equal(await readerOfToken(context, key, 'unsubscribe', token), undefined);
  const next = readerToken(key, await reader(context.store), 'unsubscribe');
  assert.equal((await readerOfToken(context, key, 'unsubscribe', next))?.id, recipient.id);
});

/** Signs up and returns the token that the letter carries. */
async function signUp(context: Pick<Program, 'store' | 'clock'>, email = EMAIL): Promise<string | undefined> {
  let sent: string | undefined;
  await askToConfirm(context, {
    email,
    lang: 'en',
    request: { digestIds: [weekly], attachPdf: false, consent: 'sign-up page' },
    confirmUrl: (token) => token,
    letter: (token) => {
      sent = token;
      return { subject: 'Confirm', text: token };
    },
  });
  return sent;
}

test('a sign-up counts when its letter is answered, once, within 72 hours', async (t) => {
  const context = await program(t);
  const token = await signUp(context);
  assert.ok(token);
  assert.equal(await context.store.recipients.byEmail(EMAIL), undefined);
  assert.equal((await context.store.letters.due(NOW, 9))[0]?.to, EMAIL);
  assert.equal(await isWaiting(context, token), true);
  const late = { ...context, clock: fixedClock('2026-11-23T08:00:01.000Z') };
  assert.equal(await confirmSignUp(late, token), undefined);
  const confirmed = await confirmSignUp(context, token);
  assert.equal(confirmed?.reader?.email, EMAIL);
  assert.deepEqual((await reader(context.store)).digestIds, [weekly]);
  assert.equal((await reader(context.store)).consent, 'sign-up page');
  assert.equal(await confirmSignUp(context, token), undefined);
  assert.equal(await isWaiting(context, token), false);
});

test('an address is asked three times a day at most, a complainant never', async (t) => {
  const context = await program(t);
  for (let time = 0; time < 3; time += 1) assert.ok(await signUp(context));
  assert.equal(await signUp(context), undefined);
  await context.store.suppressions.add({
    email: 'no@reader.example',
    reason: 'complaint',
    at: NOW,
    evidence: '',
  });
  assert.equal(await signUp(context, 'no@reader.example'), undefined);
  assert.equal(await signUp(context, 'no address'), undefined);
  assert.equal((await context.store.letters.due(NOW, 9)).length, 3);
});

test('a confirmed sign-up lifts what its owner had left; what nobody confirms is deleted', async (t) => {
  const context = await program(t);
  const recipient = await added(context, [weekly]);
  await unsubscribe(context, recipient, 'all', { by: 'reader', evidence: 'page' });
  const token = await signUp(context);
  assert.ok(await confirmSignUp(context, token ?? ''));
  assert.equal((await context.store.recipients.activeFor(weekly)).length, 1);

  await signUp(context, 'stranger@reader.example');
  const later = { ...context, clock: fixedClock('2026-11-24T08:00:00.000Z') };
  await signUp(later, 'other@reader.example');
  const letters = await context.store.letters.due('2026-12-01T00:00:00.000Z', 9);
  assert.ok(!letters.some(({ to }) => to === 'stranger@reader.example'));
});

test('the log tells everything in order of time', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  await mailed(context, recipient);
  await suppress(context, { email: EMAIL, reason: 'operator', evidence: 'asked by phone' });
  await unsuppress(context, EMAIL);
  const log = await readerLog(context, EMAIL);
  assert.deepEqual(
    log.map(({ what, by }) => `${what} ${by}`),
    ['added operator', 'suppressed operator', 'unsuppressed operator', 'mailed service'],
  );
  await assert.rejects(readerLog(context, 'nobody@reader.example'), { code: 'RECIPIENT_UNKNOWN' });
});

test('a person can have all that is kept about them', async (t) => {
  const context = await program(t);
  await mailed(context, await added(context));
  await signUp(context);
  await context.store.suppressions.noteSoft({ email: EMAIL, at: NOW, cause: 'd', evidence: '5.2.2' });
  const record = await exportReader(context, EMAIL);
  const filled = Object.entries(record).flatMap(([name, rows]) => (rows.length > 0 ? [name] : []));
  assert.deepEqual(filled, [
    ...['recipient', 'subscriptions', 'events', 'softBounces', 'signUps', 'deliveries', 'letters'],
  ]);
  assert.doesNotMatch(JSON.stringify(record), /token_hash|unsubscribe_hash/);
});

test('a forgotten person leaves numbers and a hash, and no import brings them back', async (t) => {
  const context = await program(t);
  const recipient = await added(context);
  await mailed(context, recipient);
  await signUp(context);
  await suppress(context, { email: EMAIL, reason: 'operator', evidence: `asked by ${EMAIL}` });
  assert.deepEqual(await forgetReader(context, EMAIL), { deliveries: 1, isErased: true });
  for (const name of await readdir(context.folder)) {
    const bytes = await readFile(path.join(context.folder, name), 'latin1');
    assert.ok(!/mei\.unique/i.test(bytes), `${name} still holds the address`);
  }
  const { db } = await connect('', context.folder);
  t.after(() => db.destroy());
  const tables: { name: string }[] = await db('sqlite_master').where({ type: 'table' }).select('name');
  assert.ok(tables.length > 20);
  for (const { name } of tables) {
    const rows = JSON.stringify(await db(name));
    assert.doesNotMatch(rows, /mei\.unique/i, `${name} still knows the address`);
    assert.ok(!rows.includes(recipient.id), `${name} still knows the recipient`);
  }
  const counts = await db('forgotten_deliveries');
  assert.deepEqual(counts, [
    { digest_id: weekly, week: '2026-W46', purpose: 'edition', state: 'sent', deliveries: 1 },
  ]);
  const [refused] = await addRecipients(context, [{ email: EMAIL, digestIds: [weekly], attachPdf: true }], {
    kind: 'imported',
    by: 'operator',
    detail: '',
  });
  assert.equal(refused?.outcome, 'suppressed');
  await assert.rejects(forgetReader(context, 'nobody@reader.example'), { code: 'RECIPIENT_UNKNOWN' });
});
