import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSource } from '../../catalogue/sources.ts';
import { writeSource } from '../../catalogue/write-source.ts';

const FIELDS = {
  evidence: [{ date: '2021-06-22', note: 'seen: here, #1' }],
  url: 'https://www.example.cn/tzgg/',
  list: { item: '#list li', title: ['a@title', 'a'], link: 'a', date: '> span' },
  id: 'cn-made-up',
  name: '样本·通知: 公告',
  nameEn: '"Quoted" - sample',
  publisher: '样本',
  country: 'CN',
  lang: 'zh-CN',
  trust: 'government',
  expect: { minEntries: 3, maxAgeDays: 30 },
};

test('what is written is read back as it was', () => {
  const read = parseSource('sources/cn/cn-made-up.yml', writeSource(FIELDS, ['a quirk']), []);
  assert.ok('source' in read);
  assert.equal(read.source.name, FIELDS.name);
  assert.equal(read.source.nameEn, FIELDS.nameEn);
  assert.deepEqual(read.source.scrape, {
    kind: 'listing',
    list: { item: '#list li', title: ['a@title', 'a'], link: ['a'], date: ['> span'] },
  });
  assert.deepEqual(read.source.evidence, FIELDS.evidence);
});

test('keys stand in their usual order, comments above the address', () => {
  const lines = writeSource(FIELDS, ['a quirk\nof two lines']).split('\n');
  const keys = lines.flatMap((line) => /^(#|\w+)/.exec(line)?.[1] ?? []);
  assert.deepEqual(keys, [
    'id', 'name', 'nameEn', 'publisher', 'country', 'lang', 'trust', '#', 'url', 'list', 'expect', 'evidence',
  ]); // biome-ignore format: a table
  assert.ok(lines.includes('# a quirk of two lines'));
});
