import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceId } from '../../model/ids.ts';
import { findList } from '../../scrapers/find-list.ts';
import { type ListContext, readListing } from '../../scrapers/listing.ts';

const CONTEXT: ListContext = {
  sourceId: 'made-up' as SourceId,
  zone: 'Asia/Shanghai',
  url: 'https://www.example.cn/tzgg/index.html',
};
const MENU = `<nav><ul>${['首页新闻', '政务公开', '办事服务', '互动交流']
  .map((name, at) => `<li><a href="/m${at}/">${name}</a></li>`)
  .join('')}</ul></nav>`;

function titles(html: string): readonly string[] | undefined {
  const found = findList(html, CONTEXT);
  return found && readListing(html, found.rules, CONTEXT).entries.map((entry) => entry.title);
}

test('the dated list is found beside a menu', () => {
  const items = ['甲', '乙', '丙'].map(
    (name, at) =>
      `<li class="${at % 2 ? 'odd' : 'even'}"><a href="./202106/${at}.html">关于${name}事项的通知</a><span>2021-06-2${at}</span></li>`,
  );
  assert.deepEqual(titles(`${MENU}<div class="box"><ul class="news">${items.join('')}</ul></div>`), [
    '关于甲事项的通知',
    '关于乙事项的通知',
    '关于丙事项的通知',
  ]);
});

test('the proposed rules can stand in a source file', () => {
  const items = [1, 2].map(
    (n) =>
      `<tr><td class="n"><a href="/${n}.html">关于第${n}号事项</a></td><td class="d">2021-06-2${n}</td></tr>`,
  );
  const html = `<table class="list"><tbody>${items.join('')}</tbody></table>`;
  assert.deepEqual(findList(html, CONTEXT)?.rules, {
    item: 'tbody > tr',
    title: ['> td.n > a'],
    link: ['> td.n > a'],
    date: ['> td.d'],
  });
});

test('a day with one item does not take the whole day for an item', () => {
  const day = (on: string, links: readonly string[]) =>
    `<details><summary><span class="day">${on}</span></summary><ul class="of">${links
      .map((link) => `<li><a href="/${link}.html">关于${link}的公告事项</a></li>`)
      .join('')}</ul></details>`;
  const html = `<div>${day('2021-06-22', ['a1'])}${day('2021-06-21', ['b1', 'b2'])}${day('2021-06-20', ['c1', 'c2'])}</div>`;
  const found = findList(html, CONTEXT);
  assert.equal(found?.rules.heading, 'span.day');
  assert.equal(found?.count, 5);
});

test('links that only scripts open are found', () => {
  const items = [1, 2].map(
    (n) =>
      `<div class="row"><p onclick="openW('/${n}.html')" title="关于第${n}号事项的完整标题">关于第${n}...</p><i>2021-06-2${n}</i></div>`,
  );
  assert.deepEqual(titles(`<section>${items.join('')}</section>`), [
    '关于第1号事项的完整标题',
    '关于第2号事项的完整标题',
  ]);
});

test('a page whose list is filled by script shows no list', () => {
  assert.equal(findList(`${MENU}<ul id="list"></ul><script>load('/queryList')</script>`, CONTEXT), undefined);
});
