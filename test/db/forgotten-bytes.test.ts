import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { connect } from '../../db/connect.ts';
import { sqliteDialect } from '../../db/dialect.ts';
import { openStore, type Store } from '../../db/store.ts';
import type { DigestId } from '../../model/ids.ts';

const EMAIL = 'mei.unique@reader.example';
const AT = '2026-11-20T08:00:00.000Z';

/** The files of a folder that hold the address. */
async function filesWith(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'latin1')));
  return names.filter((_name, index) => texts[index]?.includes(EMAIL));
}

async function withReader(work: (folder: string, store: Store) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-forgotten-'));
  const store = await openStore('', folder);
  try {
    await store.transaction(async ({ recipients, letters }) => {
      await recipients.add({ email: EMAIL, digestIds: ['weekly' as DigestId], attachPdf: true }, AT);
      // Long enough for pages of its own.
      const text = `${EMAIL}\n`.repeat(2_000);
      await letters.queue({ purpose: 'confirm', key: 'k', to: EMAIL, subject: 's', text }, AT);
    });
    await work(folder, store);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

test('what is deleted stays neither in free pages of the database nor in its log, while another process has it open', async () => {
  await withReader(async (folder) => {
    assert.deepEqual(await filesWith(folder), ['digest.sqlite-wal']);
    const second = await openStore('', folder);
    try {
      assert.equal(await second.emptyLog(), true);
      assert.deepEqual(await filesWith(folder), ['digest.sqlite']);
      await second.transaction(({ readerRecords }) => readerRecords.forget(EMAIL));
      assert.equal(await second.emptyLog(), true);
      assert.deepEqual(await filesWith(folder), []);
    } finally {
      await second.close();
    }
  });
});

test('a log that somebody is reading is left, and that is said', async () => {
  await withReader(async (folder, store) => {
    const { db } = await connect('', folder);
    try {
      await db.raw('PRAGMA busy_timeout=0');
      await store.transaction(async ({ recipients }) => {
        await recipients.all();
        assert.equal(await sqliteDialect.emptyLog(db), false);
      });
    } finally {
      await db.destroy();
    }
  });
});
