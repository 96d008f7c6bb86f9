import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReadable, kindOfFile, kindOfName } from '../../../pipeline/attachments/kind.ts';
import { makeDocx, makePdf, makeXlsx, pack } from './files.ts';

test('takes the kind from the address, else from the words that link it', () => {
  const seen = [
    kindOfName('http://a.example/files/W020210621.PDF', '附件'),
    kindOfName('http://a.example/down?file=list.xlsx&id=3', '附件'),
    kindOfName('http://a.example/download.jsp?id=3', '附件1：申报书.docx'),
    kindOfName('http://a.example/p/123', '附件：汇总表（.xls）'),
    kindOfName('http://a.example/p/123.html', '附件'),
  ];
  assert.deepEqual(seen, ['pdf', 'xlsx', 'docx', 'xls', 'other']);
});

test('believes the bytes before the name', () => {
  const text = (words: string) => new TextEncoder().encode(words);
  const ole = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  assert.deepEqual(
    [
      kindOfFile(makePdf([['字']]), 'docx'),
      kindOfFile(makeDocx(['字']), 'zip'),
      kindOfFile(makeXlsx({ 表: [['字']] }), 'other'),
      kindOfFile(pack({ 'readme.txt': 'x' }), 'zip'),
      kindOfFile(pack({ 'OFD.xml': '<x/>' }), 'other'),
      kindOfFile(ole, 'wps'),
      kindOfFile(ole, 'docx'),
      kindOfFile(text('Rar!\u001a'), 'zip'),
      kindOfFile(text('\n<!DOCTYPE html><title>404</title>'), 'pdf'),
      kindOfFile(text('nothing of the kind'), 'pdf'),
    ],
    ['pdf', 'docx', 'xlsx', 'zip', 'ofd', 'wps', 'doc', 'rar', undefined, 'other'],
  );
  assert.deepEqual((['pdf', 'docx', 'xlsx', 'doc', 'xls', 'wps', 'zip'] as const).map(isReadable), [
    ...[true, true, true, false, false, false, false],
  ]);
});
