import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceId } from '../../model/ids.ts';
import type { ListRules } from '../../model/source.ts';
import { type ListContext, readListing } from '../../scrapers/listing.ts';

const CONTEXT: ListContext = {
  sourceId: 'made-up' as SourceId,
  zone: 'Asia/Shanghai',
  url: 'https://www.example.cn/tzgg/index.html',
};
const RULES: ListRules = { item: 'li', title: ['a'], link: ['a'], date: ['span'] };

function list(items: string, rules: Partial<ListRules> = {}, context: Partial<ListContext> = {}) {
  return readListing(`<ul>${items}</ul>`, { ...RULES, ...rules }, { ...CONTEXT, ...context });
}

test('a title that is cut short is replaced by the title attribute', () => {
  const { entries } = list('<li><a href="1.html" title="关于开展试点工作的通知">关于开展试点...</a></li>');
  assert.equal(entries[0]?.title, '关于开展试点工作的通知');
});

test('a title attribute that says something else does not replace the title', () => {
  const { entries } = list('<li><a href="1.html" title="点击查看">关于开展试点工作的通知</a></li>');
  assert.equal(entries[0]?.title, '关于开展试点工作的通知');
});

test('relative links are resolved against the base element of the page', () => {
  const html = '<head><base href="https://files.example.cn/a/"></head><li><a href="b/1.html">通知</a></li>';
  const { entries } = readListing(html, RULES, CONTEXT);
  assert.equal(entries[0]?.url, 'https://files.example.cn/a/b/1.html');
});

test('an address is taken out of a script call in onclick or href', () => {
  const { entries } = list(
    `<li><a href="javascript:void(0)" onclick="window.open('/a/1.html')">甲</a></li>
     <li><a href="javascript:openW('../b/2.html', 1)">乙</a></li>
     <li onclick="return go('https://other.example/3.jsp?id=3')"><a>丙</a></li>`,
    { title: ['a'], link: ['a', '@onclick'] },
  );
  assert.deepEqual(
    entries.map((entry) => entry.url),
    [
      'https://www.example.cn/a/1.html',
      'https://www.example.cn/b/2.html',
      'https://other.example/3.jsp?id=3',
    ],
  );
});

test('an item inside an item is part of the outer one', () => {
  const { entries, seen } = list(
    '<li><a href="1.html">办法</a><ul><li><a href="2.html">解读</a></li></ul><span>2021-06-22</span></li>',
  );
  assert.deepEqual([entries.map((entry) => entry.title), seen], [['办法'], 1]);
});

test('a heading dates the items below it', () => {
  const html = `<h3>2021年6月22日</h3><ul><li><a href="1.html">甲</a></li><li><a href="2.html">乙</a></li></ul>
    <h3>2021年6月21日</h3><ul><li><a href="3.html">丙</a></li></ul>`;
  const { entries } = readListing(html, { item: 'li', title: ['a'], link: ['a'], heading: 'h3' }, CONTEXT);
  assert.deepEqual(
    entries.map((entry) => entry.published?.on),
    ['2021-06-22', '2021-06-22', '2021-06-21'],
  );
});

test('a date without a year means the last such day', () => {
  const now = new Date('2021-01-03T00:00:00Z');
  const { entries } = list('<li><a href="1.html">甲</a><span>[12-30]</span></li>', {}, { now });
  assert.equal(entries[0]?.published?.on, '2020-12-30');
});

test('the date in the address is read only when the rules say it is there', () => {
  const item = '<li><a href="/202106/t20210622_1.html">甲</a></li>';
  assert.equal(list(item).entries[0]?.published, undefined);
  const { published } = list(item, { dateInLink: true }).entries[0] ?? {};
  assert.deepEqual([published?.on, published?.rule], ['2021-06-22', 'url']);
});

test('a date that cannot be read is kept as the source wrote it', () => {
  const { entries } = list('<li><a href="1.html">甲</a><span>上周五</span></li>');
  assert.deepEqual([entries[0]?.published, entries[0]?.dateText], [undefined, '上周五']);
});

test('items without link, address or title are dropped with the reason', () => {
  const { entries, dropped, seen } = list(
    '<li>只有字</li><li><a href="javascript:void(0)">无址</a></li><li><a href="3.html"></a><span>2021-06-22</span></li>',
  );
  assert.deepEqual(entries, []);
  assert.deepEqual(
    dropped.map((one) => one.reason),
    ['no link', 'no address in javascript:void(0)', 'no title'],
  );
  assert.equal(seen, 3);
});

test('empty separators and links that are no items are not seen', () => {
  const { entries, seen } = list(
    '<li class="line"></li><li><a href="/tzgg/1.html">甲</a></li><li><a href="/more/">更多</a></li>',
    { linkPattern: '/tzgg/' },
  );
  assert.deepEqual([entries.length, seen], [1, 1]);
});

test('the same item listed twice is one entry', () => {
  const { entries, seen } = list('<li><a href="1.html">甲</a></li><li><a href="1.html">甲</a></li>');
  assert.deepEqual([entries.length, seen], [1, 1]);
});

test('a selector that matches nothing shows nothing', () => {
  assert.deepEqual(list('<li><a href="1.html">甲</a></li>', { item: 'div.gone' }), {
    entries: [],
    dropped: [],
    seen: 0,
  });
});
