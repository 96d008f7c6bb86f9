import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceId } from '../../model/ids.ts';
import type { JsonRules } from '../../model/source.ts';
import { readFragment, readJson } from '../../scrapers/api.ts';
import type { ListContext } from '../../scrapers/listing.ts';

const CONTEXT: ListContext = {
  sourceId: 'made-up' as SourceId,
  zone: 'Asia/Shanghai',
  url: 'https://www.example.cn/tzgg/index.html',
};
const RULES: JsonRules = {
  items: 'data.results',
  title: ['source.title'],
  link: ['source.urls.pc'],
  date: ['source.at'],
};
const LIST = { item: 'li', title: ['a'], link: ['a'], date: ['b'] };

test('a path opens a text that is itself JSON', () => {
  const source = { title: '通知', urls: '{"pc":"/art/1.html"}', at: '2021-06-22' };
  const { entries } = readJson(JSON.stringify({ data: { results: [{ source }] } }), RULES, CONTEXT);
  assert.equal(entries[0]?.url, 'https://www.example.cn/art/1.html');
});

test('milliseconds since 1970 are a time', () => {
  const item = { source: { title: '通知', urls: { pc: '/1.html' }, at: 1624327200000 } };
  const { entries } = readJson(JSON.stringify({ data: { results: [item] } }), RULES, CONTEXT);
  assert.equal(entries[0]?.published?.at, '2021-06-22T02:00:00.000Z');
});

test('the first of several paths that says something is taken', () => {
  const answer = JSON.stringify([{ showTitle: ' ', title: '办法', url: '/1.html' }]);
  const { entries } = readJson(answer, { items: '.', title: ['showTitle', 'title'], link: ['url'] }, CONTEXT);
  assert.equal(entries[0]?.title, '办法');
});

test('a JSONP answer is read like JSON', () => {
  const { entries } = readJson(
    'cb({"a":[{"t":"办法","u":"/1.html"}]});',
    { items: 'a', title: ['t'], link: ['u'] },
    CONTEXT,
  );
  assert.equal(entries.length, 1);
});

test('an answer that is no JSON says so', () => {
  const { entries, dropped } = readJson('<html>请完成验证</html>', RULES, CONTEXT);
  assert.deepEqual([entries.length, dropped[0]?.reason], [0, 'the answer is not JSON']);
});

test('an answer without the array of items shows nothing', () => {
  assert.equal(readJson('{"data":{"results":null}}', RULES, CONTEXT).seen, 0);
});

test('inherited names are no path', () => {
  const { seen } = readJson('{"data":{}}', { ...RULES, items: 'data.constructor' }, CONTEXT);
  assert.equal(seen, 0);
});

test('items that miss title or link are dropped with the reason', () => {
  const answer = JSON.stringify({
    data: { results: [{ source: { urls: { pc: '/1.html' } } }, { source: { title: '甲' } }] },
  });
  const { dropped, seen } = readJson(answer, RULES, CONTEXT);
  assert.deepEqual([dropped.map((one) => one.reason), seen], [['no title', 'no link'], 2]);
});

test('an HTML fragment inside JSON is read as a list', () => {
  const html = '<ul><li><a href="../zwgk/1.html">公示</a><b>2021-06-22</b></li></ul>';
  const { entries } = readFragment(JSON.stringify({ data: { html } }), 'data.html', LIST, CONTEXT);
  assert.equal(entries[0]?.url, 'https://www.example.cn/zwgk/1.html');
});

test('records of an XML answer are read in order, rows too', () => {
  const rows = [1, 2].map(
    (n) => `<record><![CDATA[<tr><td><a href="/${n}.html">第${n}号</a></td></tr>]]></record>`,
  );
  const xml = `<datastore><recordset>${rows.join('')}</recordset></datastore>`;
  const { entries } = readFragment(xml, 'xml:record', { item: 'tr', title: ['a'], link: ['a'] }, CONTEXT);
  assert.deepEqual(
    entries.map((entry) => entry.title),
    ['第1号', '第2号'],
  );
});

test('a record that never ends is left alone', () => {
  assert.equal(readFragment('<record><li><a href="/1.html">甲</a>', 'xml:record', LIST, CONTEXT).seen, 0);
});
