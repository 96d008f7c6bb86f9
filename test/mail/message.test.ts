import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { envelopeSender } from '../../mail/addresses.ts';
import { createAttachmentParts } from '../../mail/attachment-part.ts';
import { composeLetter } from '../../mail/compose-letter.ts';
import { composeMessage, DELIVERY_HEADER } from '../../mail/compose-message.ts';
import { createSeal } from '../../mail/seal.ts';
import type { Letter } from '../../model/delivery.ts';
import type { LetterId } from '../../model/ids.ts';
import { isEmailAddress } from '../../text/address.ts';
import { message, messageInput } from './messages.ts';

const seal = createSeal();
const LINKS = {
  unsubscribe: 'https://digest.example/unsubscribe/t0ken/weekly',
  preferences: 'https://digest.example/preferences/t0ken',
};
const BY_MAIL = 'mailto:bounces@digest.example?subject=unsubscribe%20t0ken%20weekly';

async function rawOf(...change: Parameters<typeof message>): Promise<string> {
  return Buffer.from(await seal(message(...change))).toString('latin1');
}

/** A header with its folded lines joined. */
function header(raw: string, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
}

describe('a mail', () => {
  test('has text, html and the PDF, and says that it is automatic', async () => {
    const parsed = await simpleParser(await rawOf());
    assert.equal(parsed.subject, messageInput().subject);
    assert.match(parsed.text ?? '', /本周要闻/);
    assert.match(String(parsed.html), /本周要闻/);
    assert.equal(parsed.attachments[0]?.contentType, 'application/pdf');
    assert.equal(parsed.attachments[0]?.filename, '创新政策周报 2021年第25期.pdf');
    assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(parsed.messageId, '<a1b2@digest.example>');
    assert.equal(parsed.date?.toISOString(), '2021-06-28T00:00:00.000Z');
    assert.equal(parsed.headers.get(DELIVERY_HEADER.toLowerCase()), 'd1');
  });

  test('is seven-bit: encoded words in headers, filename* for the PDF, no line beyond 998 characters', async () => {
    const raw = await rawOf({ html: `<p>${'政策'.repeat(2000)}</p>`, text: '政策'.repeat(2000) });
    assert.doesNotMatch(raw, /[^\t\r\n -~]/);
    assert.match(raw, /^Subject: =\?UTF-8\?[BQ]\?/m);
    assert.match(raw, /filename\*0?\*?=utf-8''/i);
    assert.match(raw, /^Content-Transfer-Encoding: (base64|quoted-printable)/m);
    assert.ok(raw.split('\r\n').every((line) => line.length <= 998));
    assert.ok(raw.split('\n').every((line, index, all) => index === all.length - 1 || line.endsWith('\r')));
  });

  test('ends each line with CRLF, in plain seven-bit text and around an attachment of text', async () => {
    const plain = { html: 'ok\n', text: 'one\ntwo\r\nthree\n' };
    const table = { filename: 'figures.csv', contentType: 'text/csv', content: Buffer.from('a,b\n1,2\n') };
    const raw = Buffer.from(
      await seal({ ...message(plain), attachments: [table, { ...table, filename: 'again.csv' }] }),
    ).toString('latin1');
    assert.doesNotMatch(raw, /(^|[^\r])\n/);
    const { text, attachments } = await simpleParser(raw);
    assert.equal(text, 'one\ntwo\nthree\n');
    assert.deepEqual(
      attachments.map(({ filename, content }) => [filename, content.toString()]),
      [
        ['figures.csv', 'a,b\n1,2\n'],
        ['again.csv', 'a,b\n1,2\n'],
      ],
    );
  });

  test('carries a file that is encoded once for all readers', async () => {
    const partOf = createAttachmentParts();
    const content = Buffer.alloc(5000, 'policy');
    const pdf = { filename: 'a.pdf', contentType: 'application/pdf', content };
    assert.equal(await partOf(pdf), await partOf({ ...pdf }));
    assert.notDeepEqual(await partOf(pdf), await partOf({ ...pdf, filename: 'b.pdf' }));
    assert.notDeepEqual(await partOf(pdf), await partOf({ ...pdf, content: Buffer.alloc(5000, 'digest') }));
  });

  test('is mixed(alternative(text, html), pdf), and alternative alone without the PDF', async () => {
    const types = (raw: string) => [...raw.matchAll(/^Content-Type: ([\w/]+)/gm)].map((match) => match[1]);
    assert.deepEqual(types(await rawOf()), [
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'application/pdf',
    ]);
    const { pdf: _pdf, ...linkOnly } = messageInput();
    const raw = Buffer.from(await seal(composeMessage(linkOnly))).toString('latin1');
    assert.deepEqual(types(raw), ['multipart/alternative', 'text/plain', 'text/html']);
  });

  test('has the same bytes whenever it is made', async () => {
    assert.equal(await rawOf(), await rawOf());
    assert.notEqual(await rawOf(), await rawOf({ messageId: '<other@digest.example>' }));
  });

  test('can be left with one click where the service has public pages', async () => {
    const raw = await rawOf({
      links: LINKS,
      leaveByMail: BY_MAIL,
      archiveUrl: 'https://digest.example/archive/',
    });
    assert.equal(header(raw, 'List-ID'), '<weekly.digest.example>');
    assert.equal(header(raw, 'List-Unsubscribe'), `<${LINKS.unsubscribe}>, <${BY_MAIL}>`);
    assert.equal(header(raw, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click');
    assert.equal(header(raw, 'List-Help'), `<${LINKS.preferences}>`);
    assert.equal(header(raw, 'List-Archive'), '<https://digest.example/archive/>');
  });

  test('without public pages is left by mail, and promises no click', async () => {
    const raw = await rawOf({ leaveByMail: BY_MAIL });
    assert.equal(header(raw, 'List-Unsubscribe'), `<${BY_MAIL}>`);
    for (const name of ['List-Unsubscribe-Post', 'List-Help', 'List-Archive', 'Feedback-ID'])
      assert.equal(header(raw, name), undefined, name);
    assert.match(String((await simpleParser(raw)).text), /退订: mailto:bounces@digest\.example/);
  });

  test('offers no mail that nobody would read', async () => {
    const byPage = await rawOf({ links: LINKS });
    assert.equal(header(byPage, 'List-Unsubscribe'), `<${LINKS.unsubscribe}>`);
    const raw = await rawOf();
    assert.equal(header(raw, 'List-Unsubscribe'), undefined);
    assert.doesNotMatch(raw, /mailto:/);
    assert.doesNotMatch(String((await simpleParser(raw)).text), /退订/);
  });

  test('shows the reader’s own links in both of its texts', async () => {
    const parsed = await simpleParser(await rawOf({ links: LINKS }));
    for (const part of [parsed.text ?? '', String(parsed.html)])
      for (const link of Object.values(LINKS)) assert.ok(part.includes(link), link);
  });

  test('with a line break in a name, a subject or a letter’s header is refused', () => {
    assert.throws(() => message({ to: { address: 'a@b.c', name: 'x\r\nBcc: y@z' } }), /MAIL_ADDRESS_INVALID/);
    assert.throws(() => message({ subject: 'x\nBcc: y@z' }), /MAIL_ADDRESS_INVALID/);
    assert.throws(
      () => composeLetter({ ...letter, headers: { 'X-Run': '1\r\nBcc: y@z' } }, 'digest@digest.example'),
      /MAIL_ADDRESS_INVALID/,
    );
  });
});

const letter: Letter = {
  id: 'l1' as LetterId,
  purpose: 'operator',
  key: 'failed-run:1',
  to: 'operator@digest.example',
  subject: '运行失败',
  text: 'It failed.',
  headers: { 'X-Run': '1' },
  state: 'queued',
  attempts: 0,
  messageId: 'operator.l1',
  queuedAt: '2021-06-28T00:00:00.000Z',
};

test('a letter belongs to no list and keeps its own headers', async () => {
  const raw = Buffer.from(await seal(composeLetter(letter, 'Digest <digest@digest.example>'))).toString();
  assert.equal(header(raw, 'Message-ID'), '<operator.l1@digest.example>');
  assert.equal(header(raw, 'X-Run'), '1');
  assert.equal(header(raw, DELIVERY_HEADER), 'l1');
  assert.equal(header(raw, 'List-Unsubscribe'), undefined);
  assert.match(raw, /^Content-Type: text\/plain/m);
});

test('a mail returns to an address that names its delivery', () => {
  const from = 'Digest <digest@digest.example>';
  assert.equal(envelopeSender(from, 'bounces@digest.example', 'd1'), 'bounces+d1@digest.example');
  assert.equal(envelopeSender(from, '', 'd1'), 'digest@digest.example');
});

test('addresses that no server takes are told apart', () => {
  for (const good of ['a@b.cn', 'first.last+tag@sub.example.org', 'user@localhost'])
    assert.equal(isEmailAddress(good), true, good);
  for (const bad of ['', 'a', 'a@', '@b.cn', 'a b@c.cn', 'a@b..cn', 'a@b.cn,c@d.cn', 'a\n@b.cn'])
    assert.equal(isEmailAddress(bad), false, bad);
});
