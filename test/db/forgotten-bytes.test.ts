import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../db/store.ts';
import type { DigestId } from '../../model/ids.ts';

const EMAIL = 'mei.unique@reader.example';
const AT = '2026-11-20T08:00:00.000Z';

test('what is deleted does not stay in free pages of the database file', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-forgotten-'));
  const bytes = () => readFile(path.join(folder, 'digest.sqlite'), 'latin1');
  try {
    const first = await openStore('', folder);
    await first.transaction(async ({ recipients, letters }) => {
      await recipients.add({ email: EMAIL, digestIds: ['weekly' as DigestId], attachPdf: true }, AT);
      // Long enough for pages of its own.
      const text = `${EMAIL}\n`.repeat(2_000);
      await letters.queue({ purpose: 'confirm', key: 'k', to: EMAIL, subject: 's', text }, AT);
    });
    await first.close();
    assert.ok((await bytes()).includes(EMAIL));
    const second = await openStore('', folder);
    await second.transaction(({ readerRecords }) => readerRecords.forget(EMAIL));
    await second.close();
    assert.ok(!(await bytes()).includes(EMAIL));
  } finally {
    await rm(folder, { recursive: true });
  }
});
