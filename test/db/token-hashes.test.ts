import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../db/connect.ts';
import { type KeptHashes, recipientsTable } from '../../db/recipients.ts';
import type { DigestId } from '../../model/ids.ts';

const AT = '2026-11-20T08:00:00.000Z';
const READERS = 1200;

test('hashes of many readers are kept in a few statements, each under its reader and version', async () => {
  const { db } = await connect('sqlite::memory:', '');
  try {
    const recipients = recipientsTable(db);
    for (let number = 0; number < READERS; number += 1)
      await recipients.add(
        { email: `r${number}@reader.example`, digestIds: ['weekly' as DigestId], attachPdf: false },
        AT,
      );
    const voided = await recipients.byEmail('r5@reader.example');
    assert.ok(voided);
    const hashes = (await recipients.withoutTokenHashes()).map(
      ({ id, tokenVersion }): KeptHashes => ({
        id,
        tokenVersion,
        unsubscribe: `u ${id}`,
        preferences: `p ${id}`,
      }),
    );
    assert.equal(hashes.length, READERS);
    // Between the reading and the keeping somebody made a reader's links void.
    await recipients.voidLinks(voided.id);
    let statements = 0;
    db.on('query', () => {
      statements += 1;
    });
    await recipients.keepTokenHashes(hashes);
    assert.ok(statements <= 5, `${statements} statements`);
    const left = await recipients.withoutTokenHashes();
    assert.deepEqual(left, [{ id: voided.id, tokenVersion: 1 }]);
    for (const email of ['r0@reader.example', `r${READERS - 1}@reader.example`]) {
      const reader = await recipients.byEmail(email);
      assert.ok(reader);
      assert.equal((await recipients.byTokenHash('unsubscribe', `u ${reader.id}`))?.email, email);
      assert.equal((await recipients.byTokenHash('preferences', `p ${reader.id}`))?.email, email);
    }
  } finally {
    await db.destroy();
  }
});
