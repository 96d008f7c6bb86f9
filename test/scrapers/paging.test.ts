import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSource } from '../../catalogue/sources.ts';
import type { Source } from '../../model/source.ts';
import { listRequest } from '../../scrapers/index.ts';
import { furtherList } from '../../scrapers/paging.ts';

const NOW = new Date('2021-06-25T00:00:00Z');

function source(more: string): Source {
  const read = parseSource(
    'sources/cn/cn-made-up.yml',
    `id: cn-made-up
name: 样本
nameEn: Sample
publisher: 样本
country: CN
lang: zh-CN
trust: government
url: https://www.example.cn/tzgg/index.html
json: { items: ., title: t, link: u }
evidence: [{ note: made up }]
${more}`,
    [],
  );
  assert.ok('source' in read);
  return read.source;
}

function asked(from: Source, ordinal: number): string | undefined {
  const further = furtherList(from, ordinal);
  if (further === undefined) return undefined;
  const { url, body } = listRequest(further, NOW);
  return body ?? url;
}

test('a further page is at an address relative to the list', () => {
  const paged = source('paging: { address: "index_{n}.html", second: 1 }\n');
  assert.equal(asked(paged, 2), 'https://www.example.cn/tzgg/index_1.html');
  assert.equal(asked(paged, 3), 'https://www.example.cn/tzgg/index_2.html');
});

test('a further page is asked for by a field of the query, the form or the JSON', () => {
  const query = source('request: { form: { p: "1", q: a } }\npaging: { field: p, second: 2 }\n');
  assert.equal(asked(query, 2), 'https://www.example.cn/tzgg/index.html?p=2&q=a');
  const form = source('request: { method: POST, form: { p: "1" } }\npaging: { field: p, second: 2 }\n');
  assert.equal(asked(form, 3), 'p=3');
  const json = source(
    'request: { method: POST, json: { current: 1, n: 9 } }\npaging: { field: current, second: 2 }\n',
  );
  assert.equal(asked(json, 2), '{"current":2,"n":9}');
});

test('no page is asked for beyond the last, and none without paging', () => {
  const paged = source('paging: { address: "index_{n}.html", second: 1, max: 2 }\n');
  assert.equal(furtherList(paged, 3), undefined);
  assert.equal(furtherList(source(''), 2), undefined);
});
