import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceId } from '../../model/ids.ts';
import type { RequestRules, Source } from '../../model/source.ts';
import { listRequest, scrape } from '../../scrapers/index.ts';

const NOW = new Date('2021-06-24T20:00:00Z');

function source(request: RequestRules, more: Partial<Source> = {}): Source {
  return {
    id: 'made-up' as SourceId,
    name: '样本',
    nameEn: 'Sample',
    publisher: '样本',
    country: 'CN',
    lang: 'zh-CN',
    zone: 'Asia/Shanghai',
    trust: 'government',
    enabled: true,
    url: 'https://www.example.cn/api?a=1',
    request,
    scrape: { kind: 'feed' },
    article: {},
    everyMinutes: 240,
    expect: { minEntries: 1, maxAgeDays: 30 },
    evidence: [],
    ...more,
  };
}

test('form values of a GET are added to the query, lists one by one', () => {
  const { url, method, body } = listRequest(source({ form: { 'b[]': ['x', 'y'] } }), NOW);
  assert.deepEqual(
    [url, method, body],
    ['https://www.example.cn/api?a=1&b%5B%5D=x&b%5B%5D=y', undefined, undefined],
  );
});

test('form values of a POST are the body', () => {
  const request = listRequest(
    source({ method: 'POST', form: { path: '/', name: '样本' }, headers: { referer: 'https://r.example/' } }),
    NOW,
  );
  assert.equal(request.body, 'path=%2F&name=%E6%A0%B7%E6%9C%AC');
  assert.deepEqual(request.headers, {
    'content-type': 'application/x-www-form-urlencoded',
    referer: 'https://r.example/',
  });
});

test('a JSON body is sent as JSON', () => {
  const request = listRequest(source({ method: 'POST', json: { pageSize: 15 } }), NOW);
  assert.deepEqual(
    [request.body, request.headers?.['content-type']],
    ['{"pageSize":15}', 'application/json'],
  );
});

test('days in form values are counted in the source’s zone', () => {
  const { url } = listRequest(source({ form: { from: '{monthAgo}', to: '{today}' } }), NOW);
  assert.equal(url, 'https://www.example.cn/api?a=1&from=2021-05-26&to=2021-06-25');
});

test('links of an API answer are relative to the page a reader opens', () => {
  const api = source(
    {},
    {
      homepage: 'https://www.example.cn/policy/tz.htm',
      scrape: { kind: 'api', json: { items: '.', title: ['t'], link: ['u'] } },
    },
  );
  const { entries } = scrape(api, {
    text: '[{"t":"通知","u":"../1.html"}]',
    url: 'https://api.example.cn/x/y/z.json',
  });
  assert.equal(entries[0]?.url, 'https://www.example.cn/1.html');
});

test('a browser source is read like a listing over the rendered page', () => {
  const list = { item: 'li', title: ['a'], link: ['a'] };
  const browser = source({}, { scrape: { kind: 'browser', waitFor: 'li', list } });
  const { entries } = scrape(browser, {
    text: '<li><a href="/1.html">通知</a></li>',
    url: 'https://www.example.cn/',
  });
  assert.equal(entries[0]?.title, '通知');
});
