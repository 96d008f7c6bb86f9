import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Recipient } from '../../model/delivery.ts';
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

test('the operator changes what a reader can choose, and the log says that it was the operator', async () => {
  await run('add', 'ann@reader.example', '--digest', 'weekly');
  assert.match((await run('add', 'ann@reader.example', '--no-pdf')).out, /recipient set ann@reader\.example/);
  const set = await run(
    ...[
      'set',
      'ann@reader.example',
      '--name',
      'Ann Lee',
      '--no-pdf',
      '--lang',
      'en',
      '--quiet-week',
      'nothing',
    ],
    ...['--digest', 'weekly-en', '--topic', 'governance', '创新战略与规划', '--region', 'CN-SH'],
  );
  assert.match(
    set.out,
    /^ann@reader\.example: digests: weekly, weekly-en → weekly-en; topics: all → governance, strategy; /,
  );
  const reader = async () => {
    const { recipients } = lastJson<{ recipients: readonly Recipient[] }>(await run('list', '--json'));
    const found = recipients.find(({ email }) => email === 'ann@reader.example');
    assert.ok(found);
    return found;
  };
  const { name, attachPdf, lang, digestIds, topics, regions, quietWeek } = await reader();
  assert.deepEqual(
    { name, attachPdf, lang, digestIds, topics, regions, quietWeek },
    {
      ...{ name: 'Ann Lee', attachPdf: false, lang: 'en', digestIds: ['weekly-en'], quietWeek: 'nothing' },
      ...{ topics: ['governance', 'strategy'], regions: ['CN-SH'] },
    },
  );
  assert.match((await run('log', 'ann@reader.example')).out, /changed +operator .*name: none → Ann Lee/);
  assert.match((await run('set', 'ann@reader.example', '--name', 'Ann Lee')).out, /nothing changed/);
  await run('set', 'ann@reader.example', '--name', '', '--pdf', '--lang', 'digest', '--topic', 'all');
  const back = await reader();
  assert.deepEqual([back.name, back.attachPdf, back.lang, back.topics], [undefined, true, undefined, []]);
  // What the operator takes away is not left by its owner: it can be given again.
  await run('set', 'ann@reader.example', '--digest', 'weekly');
  assert.deepEqual((await reader()).digestIds, ['weekly']);
  for (const wrong of [['--topic', 'nonsense'], ['--lang', 'fr'], ['--quiet-week', 'maybe'], []])
    assert.match((await run('set', 'ann@reader.example', ...wrong)).err, /RECIPIENT_CHOICE/, wrong.join(' '));
  assert.match((await run('set', 'nobody@reader.example', '--pdf')).err, /RECIPIENT_UNKNOWN/);
});

test('the list as a table is what import reads, without cells that a spreadsheet would run', async () => {
  await run(
    'add',
    '+odd@reader.example',
    '--name',
    '=HYPERLINK("x"),Y',
    '--digest',
    'weekly',
    'weekly-en',
    '--no-pdf',
  );
  await run('set', '+odd@reader.example', '--topic', 'strategy', 'talent', '--lang', 'en');
  await run('add', 'gone@reader.example');
  await run('remove', 'gone@reader.example');
  const { out } = await run('list', '--csv');
  assert.match(out, /^\uFEFFemail,name,digests,pdf,lang,topics,regions\r\n/);
  assert.match(
    out,
    /\r\n'\+odd@reader\.example,"'=HYPERLINK\(""x""\),Y",weekly\|weekly-en,no,en,strategy\|talent,\r\n/,
  );
  assert.doesNotMatch(out, /gone@/);
  const file = path.join(place.dir, 'list.csv');
  await writeFile(file, out);
  const elsewhere = await makePlace();
  try {
    const there = (...args: readonly string[]) => command(['recipient', ...args], elsewhere.env);
    assert.equal((await there('import', file, '--apply', '--consent', 'moved here')).code, 0);
    assert.equal((await there('list', '--csv')).out, out);
    const { recipients } = lastJson<{ recipients: readonly Recipient[] }>(await there('list', '--json'));
    const odd = recipients.find(({ email }) => email === '+odd@reader.example');
    assert.equal(odd?.name, '=HYPERLINK("x"),Y', 'the apostrophe is the table’s, not the reader’s');
  } finally {
    await elsewhere.remove();
  }
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
