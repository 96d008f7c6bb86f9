import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../config.ts';
import { openMailing, openReaderKeys } from '../open-mailing.ts';

const READ = { BOUNCE_DIR: 'returned' };
const PAGES = { PUBLIC_URL: 'https://digest.example/' };
const CONTACT = { CONTACT: 'desk@digest.example' };

/** Who reads a mail with which a reader leaves, and where it goes. */
async function offered(settings: Readonly<Record<string, string>>): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-mailing-'));
  try {
    const env = { DATA_DIR: folder, MAIL_FROM: 'Digest <digest@digest.example>', ...settings };
    const config = loadConfig(env, folder);
    const { leaveByMail, transport } = await openMailing(config, folder, await openReaderKeys(config));
    await transport.close();
    return leaveByMail && `${leaveByMail.readBy} ${leaveByMail.address}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a mailbox that the program reads is offered, at the address that leads to it', async () => {
  assert.equal(await offered(READ), 'program digest@digest.example');
  const bounces = { BOUNCE_ADDRESS: 'bounces@digest.example' };
  assert.equal(
    await offered({ ...READ, ...PAGES, ...CONTACT, ...bounces }),
    'program bounces@digest.example',
  );
});

test('without it a person is offered where there are no pages, and never an address that nobody reads', async () => {
  assert.equal(await offered(CONTACT), 'person desk@digest.example');
  assert.equal(await offered({ ...PAGES, ...CONTACT }), undefined);
  assert.equal(await offered({ CONTACT: 'https://digest.example/about' }), undefined);
  assert.equal(await offered({ BOUNCE_ADDRESS: 'bounces@digest.example' }), undefined);
});
