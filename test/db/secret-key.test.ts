import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { readSecretKey } from '../../db/secret-key.ts';

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-key-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the key is made once, for its owner only, also when two ask at once', async (t) => {
  const folder = await folderFor(t);
  const [first, second] = await Promise.all([readSecretKey(folder), readSecretKey(folder)]);
  assert.equal(first.length, 32);
  assert.deepEqual(first, second);
  assert.deepEqual(await readSecretKey(folder), first);
  assert.deepEqual(await readdir(folder), ['secret.key']);
  assert.equal((await stat(path.join(folder, 'secret.key'))).mode & 0o777, 0o600);
});

test('a damaged key is told, never replaced', async (t) => {
  const folder = await folderFor(t);
  await writeFile(path.join(folder, 'secret.key'), 'abc\n');
  await assert.rejects(readSecretKey(folder), { code: 'SECRET_KEY_UNUSABLE' });
});
