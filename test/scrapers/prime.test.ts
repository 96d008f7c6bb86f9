import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceId } from '../../model/ids.ts';
import type { RequestRules, Source } from '../../model/source.ts';
import { primedRequest, primeRequest } from '../../scrapers/prime.ts';

const NOW = new Date('2021-06-25T00:00:00Z');
const PAGE = 'https://www.example.cn/zwgk/index.html';

function source(request: RequestRules): Source {
  return {
    id: 'cn-made-up' as SourceId,
    name: '样本',
    nameEn: 'Sample',
    publisher: '样本',
    country: 'CN',
    lang: 'zh-CN',
    zone: 'Asia/Shanghai',
    trust: 'government',
    enabled: true,
    url: 'https://www.example.cn/list.json',
    request,
    scrape: { kind: 'api', json: { items: '.', title: ['t'], link: ['u'] } },
    article: {},
    everyMinutes: 240,
    expect: { minEntries: 1, maxAgeDays: 30 },
    evidence: [],
  };
}

function asked(request: RequestRules, text: string): string | undefined {
  return primedRequest(source(request), { text, url: PAGE }, NOW)?.url;
}

test('a source without a page to prime with asks for none', () => {
  assert.equal(primeRequest(source({})), undefined);
});

test('the page to prime with is asked for first', () => {
  assert.equal(primeRequest(source({ prime: { url: PAGE } }))?.url, PAGE);
});

test('a page fetched for its cookie alone leaves the address as it is', () => {
  assert.equal(asked({ prime: { url: PAGE } }, '<p>x</p>'), 'https://www.example.cn/list.json');
});

test('a unit names the list in url and querydata, written with single quotes', () => {
  const script = `<script parseType="buildstatic" url="/api/build/unit" querydata="{'webId':'a1','tagId':'右侧内容'}"></script>`;
  const url = asked({ prime: { url: PAGE, unit: 'script[querydata]' } }, script);
  assert.equal(
    url,
    'https://www.example.cn/api/build/unit?webId=a1&tagId=%E5%8F%B3%E4%BE%A7%E5%86%85%E5%AE%B9',
  );
});

test('what the source says of a unit is sent beside what the page says, and wins', () => {
  const script = `<script url="/unit" querydata="{'a':'1','b':'1'}"></script>`;
  const url = asked({ form: { b: '2' }, prime: { url: PAGE, unit: 'script[querydata]' } }, script);
  assert.equal(url, 'https://www.example.cn/unit?a=1&b=2');
});

test('a unit whose query cannot be read is passed over', () => {
  const scripts = `<script url="/unit" querydata="{broken"></script><script url="/two" querydata="{'a':'1'}"></script>`;
  const url = asked({ prime: { url: PAGE, unit: 'script[querydata]' } }, scripts);
  assert.equal(url, 'https://www.example.cn/two?a=1');
});

test('an id found on the page fills the address', () => {
  const prime = { url: PAGE, find: ['ul.list@data'], pattern: 'datasource:(\\w+)', address: '/ds_{1}.json' };
  const html = '<ul class="list" data="datasource:ab12"></ul>';
  assert.equal(asked({ prime }, html), 'https://www.example.cn/ds_ab12.json');
});

test('a link found on the page is the address', () => {
  const prime = { url: PAGE, find: ['#list a'] };
  assert.equal(
    asked({ prime }, '<p id="list"><a href="node_01.html">1</a></p>'),
    `${new URL('node_01.html', PAGE)}`,
  );
});

test('a page that does not tell gives no request', () => {
  assert.equal(asked({ prime: { url: PAGE, unit: 'script[querydata]' } }, '<p>x</p>'), undefined);
  const prime = { url: PAGE, find: ['ul@data'], pattern: 'datasource:(\\w+)' };
  assert.equal(asked({ prime }, '<ul data="other"></ul>'), undefined);
});
