import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createImapMailbox } from '../../../mail/bounces/imap-mailbox.ts';
import { type ImapServerOptions, startImapServer } from './imap-server.ts';
import { words } from './messages.ts';

const messages = [words(['user unknown']), words(['mailbox full'])];

async function serverFor(t: TestContext, options: Partial<ImapServerOptions> = {}) {
  const server = await startImapServer({ messages, password: 'p@ss', takesKeywords: true, ...options });
  t.after(() => server.close());
  return server;
}

async function readAll(port: number, password = 'p%40ss'): Promise<string[]> {
  const mailbox = createImapMailbox(`imap://bounces:${password}@127.0.0.1:${port}/INBOX`);
  const read: string[] = [];
  try {
    for await (const message of mailbox.messages(10)) {
      read.push(Buffer.from(message.bytes).toString());
      await message.done();
    }
  } finally {
    await mailbox.close();
  }
  return read;
}

test('a mailbox is read once, and "seen" is left to people', async (t) => {
  const server = await serverFor(t);
  assert.deepEqual(await readAll(server.port), messages.map(String));
  assert.deepEqual(await readAll(server.port), []);
  assert.deepEqual([...(server.flags.get(1) ?? [])], ['$PolicyDigestRead']);
});

test('where no keywords are known, what was read is marked seen', async (t) => {
  const server = await serverFor(t, { takesKeywords: false });
  assert.equal((await readAll(server.port)).length, 2);
  assert.equal((await readAll(server.port)).length, 0);
  assert.deepEqual([...(server.flags.get(2) ?? [])], ['\\Seen']);
});

test('a wrong password is told', async (t) => {
  const server = await serverFor(t);
  await assert.rejects(readAll(server.port, 'other'), { code: 'BOUNCES_UNREADABLE' });
});
