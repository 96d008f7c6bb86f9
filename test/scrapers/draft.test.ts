import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advertisedFeeds, namedJson, placeFacts } from '../../scrapers/draft.ts';

const NOTICES = 'https://kjt.ah.gov.cn/kjzx/tzgg/index.html';

test('a provincial department is placed by its address and named by its metas', () => {
  const html = `<html lang="en"><head><title>通知公告_安徽省科学技术厅</title>
    <meta name="SiteName" content="安徽省科学技术厅"><meta name="ColumnName" content="通知公告"></head></html>`;
  assert.deepEqual(placeFacts(html, NOTICES), {
    id: 'cn-ah-kjt-tzgg',
    name: '安徽省科学技术厅·通知公告',
    publisher: '安徽省科学技术厅',
    country: 'CN',
    region: 'CN-AH',
    lang: 'zh-CN',
    trust: 'government',
  });
});

test('without metas the title is taken apart', () => {
  const { name, publisher } = placeFacts('<title>通知公告 - 样本市科技局</title>', NOTICES);
  assert.deepEqual([name, publisher], ['样本市科技局·通知公告', '样本市科技局']);
});

test('a feed is named and its language told by itself', () => {
  const rss =
    '<rss version="2.0"><channel><title>Sample agency</title><language>en-gb</language><item><title>a</title><link>https://x.example/1</link></item></channel></rss>';
  const facts = placeFacts(rss, 'https://www.sample.gov/rss.xml');
  assert.deepEqual(
    [facts.name, facts.country, facts.trust, facts.id, facts.lang],
    ['Sample agency', 'US', 'government', 'us-sample', 'en-gb'],
  );
});

test('an address that does not tell its country has none', () => {
  const { country, trust } = placeFacts('<title>x</title>', 'https://www.example.org/news/');
  assert.deepEqual([country, trust], [undefined, 'media']);
});

test('feeds named in the head are found once, made absolute', () => {
  const html = `<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="alternate" hreflang="en" href="/en/">
    <link rel="alternate" type="application/atom+xml" href="https://www.example.org/feed/">`;
  assert.deepEqual(advertisedFeeds(html, 'https://www.example.org/news/'), ['https://www.example.org/feed/']);
});

test('JSON files that scripts name are found', () => {
  const html = `<script>load("./ZUIXINZHENGCE.json?t=1"); x = '/a/b.json';</script>`;
  assert.deepEqual(namedJson(html, 'https://www.example.cn/zhengce/zuixin/'), [
    'https://www.example.cn/zhengce/zuixin/ZUIXINZHENGCE.json',
    'https://www.example.cn/a/b.json',
  ]);
});
