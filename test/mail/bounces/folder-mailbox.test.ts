import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { createFolderMailbox } from '../../../mail/bounces/folder-mailbox.ts';

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-mailbox-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function readAll(folder: string): Promise<string[]> {
  const read: string[] = [];
  for await (const message of createFolderMailbox(folder).messages(100)) {
    read.push(Buffer.from(message.bytes).toString());
    await message.done();
  }
  return read;
}

test('a folder of files is read once; what was read lies in done', async (t) => {
  const folder = await folderFor(t);
  await writeFile(path.join(folder, 'b.eml'), 'two');
  await writeFile(path.join(folder, 'a.eml'), 'one');
  await writeFile(path.join(folder, '.part'), 'being written');
  assert.deepEqual(await readAll(folder), ['one', 'two']);
  assert.deepEqual(await readAll(folder), []);
  assert.deepEqual((await readdir(path.join(folder, 'done'))).sort(), ['a.eml', 'b.eml']);
});

test('a Maildir is read from new and from what others listed but did not read', async (t) => {
  const folder = await folderFor(t);
  for (const name of ['new', 'cur', 'tmp']) await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, 'new', '1.host'), 'new');
  await writeFile(path.join(folder, 'cur', '2.host:2,'), 'listed');
  await writeFile(path.join(folder, 'cur', '3.host:2,S'), 'seen');
  await writeFile(path.join(folder, 'tmp', '4.host'), 'being written');
  assert.deepEqual((await readAll(folder)).sort(), ['listed', 'new']);
  assert.deepEqual(await readAll(folder), []);
  assert.deepEqual((await readdir(path.join(folder, 'cur'))).sort(), [
    '1.host:2,S',
    '2.host:2,S',
    '3.host:2,S',
  ]);
});

test('a message that was not put aside comes again', async (t) => {
  const folder = await folderFor(t);
  await writeFile(path.join(folder, 'a.eml'), 'one');
  for await (const message of createFolderMailbox(folder).messages(1)) assert.equal(message.name, 'a.eml');
  assert.deepEqual(await readAll(folder), ['one']);
});

test('a folder that is not there is told, and not taken for an empty one', async (t) => {
  const folder = path.join(await folderFor(t), 'misspelt');
  await assert.rejects(readAll(folder), { code: 'BOUNCES_UNREADABLE', message: /misspelt.*no such file/ });
});
