import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { openStore, type Store } from '../../db/store.ts';
import { deliveryOf } from '../../jobs/queue-mail.ts';
import type { Edition } from '../../model/edition.ts';
import type { DigestId, RecipientId } from '../../model/ids.ts';
import { canonicalInput } from '../../reports/canonical/canonical-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { type CommandEnd, command, lastJson, makePlace, type Place } from '../features/support.ts';
import { signedHeaders } from '../mail/dkim.ts';

const AT = '2021-06-28T00:00:00.000Z';
const READER = 'reader@reader.example';
/** Wants one topic only. */
const CHOOSER = 'chooser@reader.example';
const digestId = 'demo' as DigestId;
const FROM = 'Digest <digest@digest.example>';

let place: Place;
let env: Record<string, string>;
const run = (...args: string[]): Promise<CommandEnd> => command(args, env);
const outbox = async () => (await readdir(path.join(place.dataDir, 'outbox')).catch(() => [])).sort();
const written = (name: string) => readFile(path.join(place.dataDir, 'outbox', name));

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore('', place.dataDir);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

before(async () => {
  place = await makePlace();
  const digests = path.join(import.meta.dirname, '..', '..', 'demo', 'digests');
  env = {
    ...place.env,
    DIGESTS_DIR: digests,
    MAIL_FROM: FROM,
    DKIM_KEY_FILE: path.join(place.dir, 'keys', 'dkim.pem'),
    PUBLIC_URL: 'https://digest.example/',
    BOUNCE_DIR: path.join(place.dir, 'returned'),
    BOUNCE_ADDRESS: 'bounces@digest.example',
  };
});
after(() => place.remove());

describe('mail dkim', () => {
  test('makes a key that only its owner reads, once, and prints its record', async () => {
    const first = lastJson<{ isNew: boolean; name: string; value: string }>(
      await run('mail', 'dkim', '--json'),
    );
    assert.equal(first.isNew, true);
    assert.equal(first.name, 'digest._domainkey.digest.example');
    assert.match(first.value, /^v=DKIM1; k=rsa; p=[A-Za-z0-9+/=]{300,}$/);
    assert.equal((await stat(env.DKIM_KEY_FILE ?? '')).mode & 0o777, 0o600);
    const again = lastJson<{ isNew: boolean; value: string }>(await run('mail', 'dkim', '--json'));
    assert.deepEqual([again.isNew, again.value], [false, first.value]);
    const zone = (await run('mail', 'dkim')).out;
    assert.match(zone, /^digest\._domainkey\.digest\.example\. IN TXT \( "v=DKIM1[^"]{1,248}" "[^"]+" \)$/m);
    env.DKIM_DOMAIN = 'digest.example';
  });

  test('a signing domain without a usable key ends with 3 before anything is done', async () => {
    const bad = path.join(place.dir, 'bad.pem');
    for (const [file, reason] of [
      [path.join(place.dir, 'none.pem'), /DKIM_KEY_UNUSABLE.*is not there/],
      [bad, /DKIM_KEY_UNUSABLE/],
    ] as const) {
      await writeFile(bad, 'no key');
      const end = await command(['mail', 'unknown', 'list'], { ...env, DKIM_KEY_FILE: file });
      assert.equal(end.code, 3);
      assert.match(end.err, reason);
    }
  });
});

test('mail test sends a made-up edition while there is none, marked in its subject', async () => {
  const end = await run('mail', 'test', 'me@me.example', '--json');
  assert.equal(lastJson<{ outcome: string }>(end).outcome, 'sent');
  const [file = ''] = await outbox();
  const mail = await simpleParser(await written(file));
  assert.match(mail.subject ?? '', /^\[test\] /);
  assert.equal(mail.attachments.length, 0);
  assert.equal((await run('mail', 'test', 'nobody')).code, 2);
});

describe('of an edition on record', () => {
  let recipientId: RecipientId | undefined;

  before(async () => {
    const edition: Edition = { ...composeEdition(canonicalInput()), digestId };
    const folder = 'demo/2021/2021-W25';
    await mkdir(path.join(place.archiveDir, folder), { recursive: true });
    const files = {
      'email.html': '<body><p>本周要闻</p></body>',
      'email.txt': '本周要闻\n',
      'digest.pdf': '%PDF-1.7',
    };
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(place.archiveDir, folder, name), text);
    await withStore((store) =>
      store.transaction(async (tables) => {
        const wants = { digestIds: [digestId], attachPdf: true };
        await tables.recipients.add({ ...wants, email: READER }, AT);
        await tables.recipients.add({ ...wants, email: CHOOSER, topics: ['energy'] }, AT);
        const published = await tables.editions.record({
          digestId,
          week: '2021-W25',
          revision: 1,
          number: 25,
          edition,
          manifestHash: 'm',
          folder,
          publishedAt: AT,
        });
        const recipients = await tables.recipients.all();
        recipientId = recipients.find(({ email }) => email === READER)?.id;
        const deliveries = recipients.map(({ id }) => deliveryOf(published, id, FROM));
        await tables.deliveries.queue(deliveries, AT);
      }),
    );
  });

  test('mail preview prints byte for byte what is sent, signature included', async () => {
    const previews = new Map<string, string>();
    for (const to of [READER, CHOOSER]) {
      const preview = await run('mail', 'preview', '2021-W25', '--to', to);
      assert.equal(preview.code, 0, preview.err);
      previews.set(to, preview.out);
    }
    const before = await outbox();
    assert.equal((await run('run', 'deliver')).code, 0);
    const sent = (await outbox()).filter((name) => !before.includes(name));
    assert.equal(sent.length, 2);
    const mails = await Promise.all(sent.map(written));
    const toOf = (bytes: Buffer) => /^To: (.*)\r$/m.exec(bytes.toString('latin1'))?.[1] ?? '';
    for (const one of mails) assert.deepEqual(Buffer.from(previews.get(toOf(one)) ?? '', 'latin1'), one);
    const textTo = async (to: string) =>
      String((await simpleParser(mails.find((one) => toOf(one) === to) ?? '')).text);
    assert.match(await textTo(CHOOSER), /按您的选择/);
    assert.doesNotMatch(await textTo(READER), /按您的选择/);
    const bytes = mails.find((one) => toOf(one) === READER);
    assert.ok(bytes);
    const record = lastJson<{ name: string; value: string }>(await run('mail', 'dkim', '--json'));
    const signed = await signedHeaders(bytes, record);
    for (const name of ['list-unsubscribe', 'list-unsubscribe-post', 'from', 'subject', 'date'])
      assert.ok(signed.includes(name), `${name} is not signed: ${signed.join(' ')}`);
    const mail = await simpleParser(bytes);
    assert.ok(String(mail.html).includes('https://digest.example/unsubscribe/'));
  });

  test('a mail written by the mailto link of another unsubscribes, one without its token waits for a person', async () => {
    const mails = (await Promise.all((await outbox()).map(written))).map((one) => one.toString('latin1'));
    const head =
      mails.find((one) => one.includes(`\r\nTo: ${CHOOSER}\r\n`))?.replace(/\r\n[ \t]+/g, ' ') ?? '';
    const link = new URL(/<(mailto:[^>]+)>/.exec(head)?.[1] ?? '');
    assert.equal(link.pathname, 'bounces@digest.example');
    const returned = env.BOUNCE_DIR ?? '';
    await mkdir(returned);
    const letter = (subject: string) => `From: ${READER}\r\nSubject: ${subject}\r\n\r\n`;
    await writeFile(path.join(returned, '1'), letter(link.searchParams.get('subject') ?? ''));
    await writeFile(path.join(returned, '2'), letter('Unsubscribe, please'));
    assert.equal((await run('run', 'bounces')).code, 0);
    const reader = await withStore((store) => store.recipients.byEmail(CHOOSER));
    assert.deepEqual(reader?.digestIds, []);
    const { wishes } = lastJson<{ wishes: { id: string; said: string }[] }>(
      await run('mail', 'wishes', 'list', '--json'),
    );
    assert.deepEqual(
      wishes.map(({ said }) => said),
      [`${READER} "Unsubscribe, please"`],
    );
    assert.match((await run('mail', 'wishes', 'list')).out, /Unsubscribe, please/);
    const id = wishes[0]?.id ?? '';
    assert.match((await run('mail', 'wishes', 'done', id)).out, new RegExp(`${id}: done`));
    assert.match((await run('mail', 'wishes')).out, /Nobody waits/);
    assert.equal((await run('mail', 'wishes', 'done', id)).code, 2);
  });

  test('a preview of nobody’s mail has no links of anybody', async () => {
    const { out } = await run('mail', 'preview', '2021-W25');
    assert.doesNotMatch(out, /unsubscribe\/|List-Unsubscribe-Post/);
    assert.equal((await run('mail', 'preview', '2021-W20')).code, 2);
  });

  test('mails in doubt are listed, sent again and settled by their ids', async () => {
    const id = await withStore(async (store) => {
      assert.ok(recipientId);
      const delivery = await store.deliveries.ofRecipient(digestId, '2021-W25', recipientId);
      assert.equal(delivery?.state, 'sent');
      await store.letters.queue(
        { purpose: 'operator', key: 'k', to: 'op@b.example', subject: 's', text: 't' },
        AT,
      );
      const [letter] = await store.letters.due(AT, 1);
      assert.ok(letter);
      // As a run that was killed on its way leaves it.
      await store.letters.move(letter.id, 'queued', 'sending', { at: AT });
      return letter.id;
    });
    const sentBefore = await outbox();
    assert.match((await run('run', 'deliver')).out, /unknown 1,/);
    assert.deepEqual(await outbox(), sentBefore);
    assert.match(
      (await run('mail', 'unknown', 'list')).out,
      new RegExp(`^${id} .*operator .*op@b\\.example`, 'm'),
    );
    assert.match((await run('mail', 'resend', id)).out, /queued again/);
    const before = await outbox();
    await run('run', 'deliver');
    assert.equal((await outbox()).length, before.length + 1);
    const end = await run('mail', 'mark-sent', id);
    assert.equal(end.code, 2);
    assert.match(end.err, /MAIL_NOT_OPEN/);
  });

  test('all that failed of a week goes out again by one word', async () => {
    const id = await withStore(async (store) => {
      const week = '2021-W25';
      const edition = await store.editions.ofWeek(digestId, week);
      assert.ok(edition !== undefined && recipientId !== undefined);
      const mail = { editionId: edition.id, digestId, week, recipientId, messageId: '<again>', erratumOf: 9 };
      await store.transaction((tables) => tables.deliveries.queue([mail], AT));
      const [due] = await store.deliveries.due(AT, 1);
      assert.ok(due !== undefined);
      await store.deliveries.move(due.id, 'queued', 'sending', { at: AT });
      await store.deliveries.move(due.id, 'sending', 'failed', { at: AT, error: 'given up: no route' });
      return due.id;
    });
    const { mails } = lastJson<{ mails: { id: string }[] }>(
      await run('mail', 'resend', '--failed', '2021-W25', '--json'),
    );
    assert.deepEqual(mails, [{ id, state: 'queued' }]);
    assert.equal(await withStore(async (store) => (await store.deliveries.byId(id))?.state), 'queued');
    assert.match((await run('mail', 'resend', '--failed', '2021-W25')).out, /^0 mails queued again/m);
    const end = await run('mail', 'resend');
    assert.equal(end.code, 2);
    assert.match(end.err, /MAIL_NOT_NAMED/);
  });

  test('mail queue reaches readers who came later, once, and says when there is no edition', async () => {
    const late = await run('recipient', 'add', 'late@reader.example', '--digest', 'demo');
    assert.equal(late.code, 0, late.err);
    const queued = await run('mail', 'queue', '2021-W25', '--digest', 'demo');
    assert.match(queued.out, /^demo 2021-W25: 1 mail queued$/m);
    assert.match((await run('mail', 'queue', '2021-W25', '--digest', 'demo')).out, /: 0 mails queued/);
    const none = await run('mail', 'queue', '2021-W24', '--digest', 'demo');
    assert.equal(none.code, 2);
    assert.match(none.err, /EDITION_UNKNOWN.*rebuild 2021-W24 --digest demo/);
  });

  test('mail erratum says that there is none', async () => {
    const end = await run('mail', 'erratum', '2021-W25', '--digest', 'demo');
    assert.equal(end.code, 1);
    assert.match(end.err, /ERRATUM_MISSING/);
  });
});
