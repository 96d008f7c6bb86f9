import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createFolderTransport } from '../../mail/folder-transport.ts';
import { createSmtpTransport } from '../../mail/smtp-transport.ts';
import { message, parcelOf } from './messages.ts';
import { withSmtpServer } from './smtp.ts';

const claim = async () => true;

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'outbox-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the folder transport writes exactly the bytes of the mail under its id', async () => {
  await withFolder(async (folder) => {
    const parcel = await parcelOf(message());
    const result = await createFolderTransport(folder).send(parcel, claim);
    assert.equal(result.outcome, 'sent');
    assert.deepEqual(await readdir(folder), ['a1b2digest.example.eml']);
    const file = path.join(folder, 'a1b2digest.example.eml');
    assert.deepEqual(await readFile(file), Buffer.from(parcel.bytes));
  });
});

test('a folder that cannot be written stops the run, a mail claimed by another is not written', async () => {
  await withFolder(async (folder) => {
    const blocked = path.join(folder, 'file');
    await writeFile(blocked, '');
    const parcel = await parcelOf(message());
    assert.equal((await createFolderTransport(blocked).send(parcel, claim)).outcome, 'stop');
    const outbox = path.join(folder, 'outbox');
    const taken = await createFolderTransport(outbox).send(parcel, async () => false);
    assert.equal(taken.outcome, 'taken');
    await assert.rejects(readdir(outbox));
  });
});

test('the SMTP server receives exactly the bytes of the mail, dots at line starts included', async () => {
  await withSmtpServer({}, async ({ url, received }) => {
    const transport = createSmtpTransport(url, { connections: 1 });
    const parcel = await parcelOf(message({ text: '.\n..dots\n.' }));
    assert.equal((await transport.send(parcel, claim)).outcome, 'sent');
    assert.deepEqual(received[0]?.bytes, Buffer.from(parcel.bytes));
    assert.deepEqual(received[0]?.to, ['reader@reader.example']);
    await transport.close();
  });
});

test('a server is told a domain of other letters in the form that every server takes', async () => {
  // The server of the tests shows the letters again; it breaks the connection at the command that is wanted.
  const dropAt = /^RCPT TO:<reader@xn--fsqu00a\.example>/m;
  await withSmtpServer({ dropAt }, async ({ url }) => {
    const transport = createSmtpTransport(url, { connections: 1 });
    const parcel = await parcelOf(message());
    const envelope = { ...parcel.envelope, to: 'reader@例子.example' };
    assert.equal((await transport.send({ ...parcel, envelope }, claim)).outcome, 'retry');
    await transport.close();
  });
});

test('a mail is claimed when the server has said that it takes it, and not before', async () => {
  const steps: string[] = [];
  const options = {
    onRcptTo: (_to: unknown, _session: unknown, done: (error?: Error) => void) => {
      steps.push('recipient');
      done();
    },
  };
  await withSmtpServer({ options: () => options }, async ({ url, received }) => {
    const transport = createSmtpTransport(url, { connections: 1 });
    const result = await transport.send(await parcelOf(message()), async () => {
      steps.push(`claim, ${received.length} received`);
      return true;
    });
    assert.equal(result.outcome, 'sent');
    assert.deepEqual(steps, ['recipient', 'claim, 0 received']);
    await transport.close();
  });
});

test('a mail that somebody else has claimed is not sent, and one whose claim fails throws', async () => {
  await withSmtpServer({}, async ({ url, received }) => {
    const transport = createSmtpTransport(url, { connections: 1 });
    const parcel = await parcelOf(message());
    assert.deepEqual(await transport.send(parcel, async () => false), { outcome: 'taken' });
    await assert.rejects(
      transport.send(parcel, () => Promise.reject(new Error('disk full'))),
      /disk full/,
    );
    assert.equal((await transport.send(parcel, claim)).outcome, 'sent');
    assert.equal(received.length, 1);
    await transport.close();
  });
});

test('mails share connections, no more than are allowed', async () => {
  const connections = new Set<string>();
  const options = {
    onConnect: (session: { id: string }, done: (error?: Error) => void) => {
      connections.add(session.id);
      done();
    },
  };
  await withSmtpServer({ options: () => options }, async ({ url, received }) => {
    const transport = createSmtpTransport(url, { connections: 3 });
    const parcel = await parcelOf(message());
    const results = await Promise.all(Array.from({ length: 30 }, () => transport.send(parcel, claim)));
    assert.ok(results.every(({ outcome }) => outcome === 'sent'));
    assert.equal(received.length, 30);
    assert.ok(connections.size > 1 && connections.size <= 3, `${connections.size} connections`);
    await transport.close();
  });
});
