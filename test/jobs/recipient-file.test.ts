import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecipientFile } from '../../jobs/recipient-file.ts';
import type { Digest } from '../../model/digest.ts';
import type { DigestId } from '../../model/ids.ts';
import { VOCABULARY } from '../pipeline/vocabulary.ts';

const digests = [
  { id: 'weekly' as DigestId, title: '创新政策周报' },
  { id: 'regional' as DigestId, title: 'Regional digest' },
] satisfies Pick<Digest, 'id' | 'title'>[];
const topic = VOCABULARY.topics[0];
const region = VOCABULARY.regions[0];
assert.ok(topic && region);
const context = { digests, vocabulary: VOCABULARY };

const read = (text: string | Uint8Array) =>
  readRecipientFile(typeof text === 'string' ? new TextEncoder().encode(text) : text, context);

test('every column is read; an empty cell means all digests, the PDF, the digest’s own language', () => {
  const file = read(
    `email,name,digests,pdf,lang,topics,regions\nmei@a.example,"Mei, Dr.",weekly|regional,no,en,${topic.id},${region.id}\nli@a.example,,,,,,\n`,
  );
  assert.deepEqual(file.faults, []);
  assert.deepEqual(
    file.lines.map(({ recipient }) => recipient),
    [
      {
        email: 'mei@a.example',
        name: 'Mei, Dr.',
        digestIds: ['weekly', 'regional'],
        attachPdf: false,
        lang: 'en',
        topics: [topic.id],
        regions: [region.id],
      },
      {
        email: 'li@a.example',
        digestIds: ['weekly', 'regional'],
        attachPdf: true,
        topics: [],
        regions: [],
      },
    ],
  );
});

test('tables of spreadsheets are read: marks, GBK, semicolons, tabs, Chinese columns and names', () => {
  const marked = new Uint8Array([
    0xef,
    0xbb,
    0xbf,
    ...new TextEncoder().encode('email;name\nmei@a.example;Mei\n'),
  ]);
  assert.equal(read(marked).lines[0]?.recipient.name, 'Mei');
  // 邮箱,姓名 and 李雷 in GBK.
  const gbk = Buffer.from([
    ...[0xd3, 0xca, 0xcf, 0xe4, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a],
    ...Buffer.from('mei@a.example,'),
    ...[0xc0, 0xee, 0xc0, 0xd7, 0x0d, 0x0a],
  ]);
  assert.equal(read(gbk).lines[0]?.recipient.name, '李雷');
  const utf16 = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('email\tname\nmei@a.example\t李雷\n', 'utf16le'),
  ]);
  assert.equal(read(utf16).lines[0]?.recipient.name, '李雷');
  const chinese = read(`邮箱,简报,主题\nmei@a.example,创新政策周报,${topic.zh}\n`);
  assert.deepEqual(chinese.lines[0]?.recipient.digestIds, ['weekly']);
  assert.deepEqual(chinese.lines[0]?.recipient.topics, [topic.id]);
});

test('every fault is told with the line it is on, quoted line breaks and blank lines counted', () => {
  const file = read(
    [
      'email,name,digests,pdf,lang,topics,regions',
      'good@a.example,"two',
      'lines",,,,,',
      '',
      'no address,,,,,,',
      'b@a.example,,daily,maybe,fr,nonsense,nowhere',
      'GOOD@a.example,,,,,,',
      'c@a.example,,,,,,,extra',
      ',Nobody,,,,,',
    ].join('\n'),
  );
  assert.deepEqual(
    file.faults.map(({ line, fault }) => `${line} ${fault.replace(/ .*/, '')}`),
    ['5 "no', '6 pdf', '6 lang', '6 digests:', '6 topics:', '6 regions:', '7 good@a.example', '8 8', '9 the'],
  );
  assert.match(file.faults.find(({ line }) => line === 7)?.fault ?? '', /line 2 already/);
});

test('a file that is no table is refused with what to do', () => {
  const fault = (text: string | Uint8Array) =>
    read(text).faults.map(({ line, fault: what }) => `${line} ${what}`)[0];
  assert.match(fault('') ?? '', /^1 the file is empty/);
  assert.match(fault('mei@a.example\nli@a.example\n') ?? '', /^1 the first line holds an address/);
  assert.match(fault('name,mobile\nMei,1\n') ?? '', /^1 "mobile" is no column/);
  assert.match(fault('name\nMei\n') ?? '', /^1 there is no column email/);
  const open = 'email,name\na@a.example,"A\nB"\nb@a.example,"open\nc@a.example,x\nd@a.example,x\n';
  assert.match(fault(open) ?? '', /^4 not a table from here on \(Quote Not Closed\); .* quotation mark/);
  assert.match(
    fault(new Uint8Array([0x65, 0xff, 0xff, 0x0a])) ?? '',
    /neither UTF-8 nor GB18030 nor Windows-1252; .* --encoding/,
  );
  const wrong = readRecipientFile(new Uint8Array([0x65, 0xff, 0xff, 0x0a]), context, 'utf-8');
  assert.match(wrong.faults[0]?.fault ?? '', /not utf-8 throughout/);
});
