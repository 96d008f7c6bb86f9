import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { command, lastJson, makePlace } from './support.ts';

const place = await makePlace();
after(() => place.remove());

const run = (...args: readonly string[]) => command(['recipient', ...args], place.env);

test('a table is looked at first, told with its faults, and imported whole or not at all', async () => {
  const file = path.join(place.dir, 'people.csv');
  await writeFile(file, 'email,name,lang\nmei@reader.example,Mei,zh-CN\nli@reader,Li,Klingon\n');
  const faulty = await run('import', file, '--apply', '--consent', 'sheet');
  assert.equal(faulty.code, 1);
  assert.match(faulty.out, /nothing was imported.*\n {2}line 3: lang is "Klingon"/);
  assert.match((await run('list')).out, /No recipients yet/);

  await writeFile(file, 'email,name,lang\nmei@reader.example,Mei,zh-CN\nli@reader.example,Li,en\n');
  assert.match((await run('import', file)).out, /2 would be added.*Nothing was changed/);
  assert.match((await run('list')).out, /No recipients yet/);
  const without = await run('import', file, '--apply');
  assert.equal(without.code, 2);
  assert.match(without.err, /CONSENT_MISSING/);
  const applied = await run('import', file, '--apply', '--consent', 'sign-up sheet', '--json');
  assert.deepEqual(lastJson<{ counts: object }>(applied).counts, {
    added: 2,
    extended: 0,
    known: 0,
    suppressed: 0,
  });
  assert.match(
    (await run('log', 'mei@reader.example')).out,
    /imported +operator +.*people\.csv; sign-up sheet/,
  );
});

test('an import says how the file was read and shows its first rows before anything is kept', async () => {
  const file = path.join(place.dir, 'names.csv');
  await writeFile(file, Buffer.from('email,name\nj@reader.example,J\xfcrgen M\xfcller\n', 'latin1'));
  const looked = await run('import', file);
  assert.match(looked.out, /Read as windows-1252, by the look of its bytes/);
  assert.match(looked.out, /j@reader\.example +Jürgen Müller/);
  assert.match(looked.out, /--encoding/);
  const told = await run('import', file, '--encoding', 'gb18030');
  assert.match(told.out, /Read as gb18030\.\n.*J黵gen M黮ler/s);
  assert.match((await run('import', file, '--encoding', 'klingon')).err, /ENCODING_UNKNOWN/);
  await writeFile(file, 'email,name\nj@reader.example,Jürgen\n');
  const certain = await run('import', file);
  assert.match(certain.out, /Read as utf-8\./);
  assert.doesNotMatch(certain.out, /--encoding/);
});

test('a suppressed address is told, kept out, and let in again by word', async () => {
  await run('suppress', 'li@reader.example', '--because', 'asked by phone');
  assert.match((await run('suppressed')).out, /li@reader\.example +everything +operator .*asked by phone/);
  assert.match((await run('list')).out, /li@reader\.example +suppressed/);
  assert.match(
    (await run('add', 'li@reader.example')).out,
    /suppressed since .*unsuppress li@reader\.example/,
  );
  assert.equal((await run('unsuppress', 'li@reader.example')).code, 0);
  assert.equal((await run('unsuppress', 'li@reader.example')).code, 2);
});

test('what is kept about a person can be printed and deleted', async () => {
  const record = JSON.parse((await run('export', 'mei@reader.example')).out) as Record<string, object[]>;
  assert.equal(record.recipient?.length, 1);
  assert.equal((await run('new-links', 'mei@reader.example')).code, 0);
  assert.equal((await run('forget', 'mei@reader.example')).code, 0);
  assert.doesNotMatch((await run('list')).out, /mei@/);
  assert.match((await run('suppressed')).out, /\(deleted, \w{8}…\) +everything +forgotten/);
  assert.match((await run('add', 'mei@reader.example')).out, /\(forgotten\); nothing was changed/);
  assert.match((await run('log', 'mei@reader.example')).err, /RECIPIENT_UNKNOWN/);
});
