import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { DELIVERY_HEADER } from '../../mail/compose-message.ts';
import { dkimRecord, makeDkimKey } from '../../mail/dkim.ts';
import { createSeal } from '../../mail/seal.ts';
import { createSmtpTransport } from '../../mail/smtp-transport.ts';
import { signedHeaders } from './dkim.ts';
import { message, messageInput, parcelOf } from './messages.ts';
import { noPostfix, withPostfix } from './postfix.ts';
import { type Received, withSmtpServer } from './smtp.ts';

const BY_MAIL = 'mailto:bounces@digest.example?subject=unsubscribe%20t0ken%20weekly';
const LINKS = {
  unsubscribe: 'https://digest.example/unsubscribe/t0ken/weekly',
  preferences: 'https://digest.example/preferences/t0ken',
};
const KEY = { domain: 'digest.example', selector: 'digest', privateKey: makeDkimKey() };

/** Sends one signed mail of a Chinese digest and gives what arrives. */
async function send(url: string, arrived: Promise<Received>): Promise<Received> {
  const parcel = await parcelOf(message({ links: LINKS, leaveByMail: BY_MAIL }), createSeal(KEY));
  const transport = createSmtpTransport(url, { connections: 1 });
  try {
    const envelope = { ...parcel.envelope, from: 'bounces+d1@digest.example' };
    assert.equal((await transport.send({ ...parcel, envelope }, async () => true)).outcome, 'sent');
    return await arrived;
  } finally {
    await transport.close();
  }
}

/** What a receiver relies on. */
async function checkArrived({ from, to, bytes }: Received): Promise<void> {
  assert.equal(from, 'bounces+d1@digest.example');
  assert.deepEqual(to, ['reader@reader.example']);
  const raw = bytes.toString('latin1');
  const types = [...raw.matchAll(/^Content-Type: ([\w/]+)/gm)].map((match) => match[1]);
  assert.deepEqual(types, [
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'application/pdf',
  ]);
  const mail = await simpleParser(bytes);
  assert.equal(mail.subject, messageInput().subject);
  assert.equal(mail.messageId, '<a1b2@digest.example>');
  assert.equal(mail.attachments[0]?.filename, '创新政策周报 2021年第25期.pdf');
  assert.equal(mail.attachments[0]?.content.toString(), '%PDF-1.7');
  assert.match(mail.text ?? '', /本周要闻/);
  assert.match(String(mail.html), /本周要闻/);
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  assert.ok(head.includes(`List-Unsubscribe: <${LINKS.unsubscribe}>, <${BY_MAIL}>`));
  assert.match(head, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  assert.match(head, new RegExp(`^${DELIVERY_HEADER}: d1$`, 'm'));
  const signed = await signedHeaders(bytes, dkimRecord(KEY));
  for (const name of ['from', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'])
    assert.ok(signed.includes(name), `${name} is not signed`);
}

describe('a signed mail arrives whole: signature, parts and unsubscribe headers', () => {
  test('at a server', async () => {
    await withSmtpServer({}, async ({ url, first }) => {
      await checkArrived(await send(url, first));
    });
  });

  test('through a real Postfix', { timeout: 60_000 }, async (t) => {
    const reason = noPostfix();
    if (reason !== undefined) {
      t.skip(reason);
      return;
    }
    await withSmtpServer({}, async ({ port, first }) => {
      await withPostfix(port, async (url) => {
        const mail = await send(url, first);
        assert.match(mail.bytes.toString('latin1'), /^\tby mx\.digest\.example \(Postfix\)/m);
        await checkArrived(mail);
      });
    });
  });
});
