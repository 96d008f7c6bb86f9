import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charsetNamed } from '../../text/charset.ts';
import { decodeTable } from '../../text/table-charset.ts';

const HEAD = 'email,name\na@b.example,';
/** ASCII and, as numbers, bytes beyond it. */
const table = (...parts: readonly (string | number)[]) =>
  Buffer.concat([
    Buffer.from(HEAD),
    ...parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))),
  ]);
const read = (bytes: Uint8Array, told?: string) => {
  const { text = '', encoding, isGuess } = decodeTable(bytes, told) ?? {};
  return [text.slice(HEAD.length).trim(), encoding, isGuess];
};

test('an accented letter that stands alone among letters is Windows-1252, also at an end of a name', () => {
  assert.deepEqual(read(table('J\xfcrgen M\xfcller\n')), ['Jürgen Müller', 'windows-1252', true]);
  assert.deepEqual(read(table('Jos\xe9\n')), ['José', 'windows-1252', true]);
  assert.deepEqual(read(table('\xc9lodie\n')), ['Élodie', 'windows-1252', true]);
  assert.deepEqual(read(table('J\xf6rg Gro\xdf\n')), ['Jörg Groß', 'windows-1252', true]);
  assert.deepEqual(read(table('G\xf6\xdfel M\xfcller\n')), ['Gößel Müller', 'windows-1252', true]);
});

test('pairs of bytes are GB18030, also of a character whose second byte is a letter', () => {
  const lilei = [0xc0, 0xee, 0xc0, 0xd7];
  const rongji = [0xd6, 0xec, 0xe9, 0x46, 0xbb, 0xf9];
  assert.deepEqual(read(table(...lilei, '\n')), ['李雷', 'gb18030', true]);
  assert.deepEqual(read(table(...rongji, '\n')), ['朱镕基', 'gb18030', true]);
  const mixed = table(...lilei, '\nc@d.example,', 'Zo\xeb\n');
  assert.equal(decodeTable(mixed), undefined, 'one of both: nothing is right for the whole');
});

test('what the file itself says needs no guess, and a word of the operator decides', () => {
  assert.deepEqual(read(Buffer.from(`${HEAD}Jürgen 李雷\n`)), ['Jürgen 李雷', 'utf-8', false]);
  const big = Buffer.from(`\uFEFF${HEAD}李雷\n`, 'utf16le').swap16();
  assert.deepEqual(read(big), ['李雷', 'utf-16be', false]);
  const cyrillic = table(0xc8, 0xe2, 0xe0, 0xed, '\n');
  assert.deepEqual(read(cyrillic, 'windows-1251'), ['Иван', 'windows-1251', false]);
  assert.equal(decodeTable(table(0xff, 0xff, '\n'), 'gb18030'), undefined);
});

test('a charset goes by any of its names', () => {
  assert.deepEqual(['cp1252', 'GBK', 'latin1', 'utf8', 'klingon'].map(charsetNamed), [
    'windows-1252',
    'gbk',
    'windows-1252',
    'utf-8',
    undefined,
  ]);
});
