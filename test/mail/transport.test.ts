import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { composeMessage, isEmailAddress, type Message } from '../../mail/compose-message.ts';
import { createFolderTransport, createSmtpTransport, toBytes } from '../../mail/transport.ts';
import type { DigestId } from '../../model/ids.ts';

function message(): Message {
  return composeMessage({
    messageId: '<a1b2@digest.example>',
    date: new Date('2021-06-28T00:00:00Z'),
    from: '创新政策周报 <digest@digest.example>',
    to: { address: 'reader@reader.example', name: '读者' },
    digestId: 'weekly' as DigestId,
    subject: '创新政策周报 2021-W25',
    html: '<p>本周要闻</p>',
    text: '本周要闻',
    pdf: { filename: 'weekly-2021-W25.pdf', content: new TextEncoder().encode('%PDF-1.7') },
  });
}

async function withServer(options: SMTPServerOptions, work: (url: string) => Promise<void>): Promise<void> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...options,
  });
  server.on('error', () => undefined); // a client that goes away is part of the tests
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await work(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  } finally {
    await new Promise<void>((done) => server.close(() => done()));
  }
}

test('a message has text, html and the PDF, and says that it is automatic', async () => {
  const parsed = await simpleParser(await toBytes(message()));
  assert.equal(parsed.subject, '创新政策周报 2021-W25');
  assert.equal(parsed.text?.trim(), '本周要闻');
  assert.match(String(parsed.html), /本周要闻/);
  assert.equal(parsed.attachments[0]?.contentType, 'application/pdf');
  assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
  assert.equal(parsed.messageId, '<a1b2@digest.example>');
  assert.equal(parsed.date?.toISOString(), '2021-06-28T00:00:00.000Z');
});

test('a line break in a name cannot add a header', () => {
  assert.throws(
    () =>
      composeMessage({
        ...message(),
        html: '<p>本周要闻</p>',
        digestId: 'weekly' as DigestId,
        to: { address: 'a@b.c', name: 'x\r\nBcc: y@z' },
      }),
    /MAIL_ADDRESS_INVALID/,
  );
});

test('addresses that no server takes are told apart', () => {
  for (const good of ['a@b.cn', 'first.last+tag@sub.example.org', 'user@localhost'])
    assert.equal(isEmailAddress(good), true, good);
  for (const bad of ['', 'a', 'a@', '@b.cn', 'a b@c.cn', 'a@b..cn', 'a@b.cn,c@d.cn', 'a\n@b.cn'])
    assert.equal(isEmailAddress(bad), false, bad);
});

test('the folder transport writes the whole message under its id', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'outbox-'));
  try {
    const result = await createFolderTransport(folder).send(message());
    assert.equal(result.outcome, 'sent');
    const files = await readdir(folder);
    assert.deepEqual(files, ['a1b2digest.example.eml']);
    assert.match(
      await readFile(path.join(folder, files[0] ?? ''), 'utf8'),
      /^Message-ID: <a1b2@digest.example>/m,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

const OUTCOMES: [string, SMTPServerOptions, string][] = [
  ['is sent when the server takes it', {}, 'sent'],
  [
    'is tried again when the mailbox is busy',
    { onRcptTo: (_a, _s, done) => done(answer(450, 'busy')) },
    'retry',
  ],
  [
    'fails when the mailbox does not exist',
    { onRcptTo: (_a, _s, done) => done(answer(550, 'no such user')) },
    'failed',
  ],
  [
    'stops the run when the sender is refused',
    { onMailFrom: (_a, _s, done) => done(answer(550, 'not you')) },
    'stop',
  ],
  ['stops the run when a login is required', { authOptional: false }, 'stop'],
];

for (const [name, options, outcome] of OUTCOMES) {
  test(`a mail ${name}`, async () => {
    await withServer(options, async (url) => {
      const transport = createSmtpTransport(url);
      assert.equal((await transport.send(message())).outcome, outcome);
      await transport.close();
    });
  });
}

test('a connection lost after the whole message went out is unknown, never sent again by itself', async () => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream) {
      stream.resume();
      stream.on('end', () => {
        for (const socket of sockets) socket.destroy();
      });
    },
  });
  const sockets = new Set<Socket>();
  server.on('error', () => undefined); // the connection vanishes for the server too
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const transport = createSmtpTransport(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  assert.equal((await transport.send(message())).outcome, 'unknown');
  await transport.close();
  await new Promise<void>((done) => server.close(() => done()));
});

test('nobody listening is a reason to try again', async () => {
  const transport = createSmtpTransport('smtp://127.0.0.1:1');
  assert.equal((await transport.send(message())).outcome, 'retry');
  await transport.close();
});
