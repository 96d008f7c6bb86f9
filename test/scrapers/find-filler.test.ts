import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFillers } from '../../scrapers/find-filler.ts';

const PAGE = 'https://www.example.cn/col/col9/index.html';

test('a proxy named with its query becomes a form', () => {
  const html = `<script>$('#7').jpage({ proxyUrl: '/module/web/jpage/dataproxy.jsp?col=1&amp;columnid=9&unitid=7&webname=' })</script>`;
  assert.deepEqual(findFillers(html, PAGE), [
    {
      url: 'https://www.example.cn/module/web/jpage/dataproxy.jsp',
      request: { method: 'POST', form: { col: '1', columnid: '9', unitid: '7' } },
    },
  ]);
});

test('parameters of a newer portal become a JSON request', () => {
  const html = `<script>var websiteCode = 'other';
    var params = { current: 1, unitid: '7', webSiteCode: ['site'], channelCode: ['col9'], dataBefore: '' };</script>`;
  const [filler] = findFillers(html, PAGE);
  assert.equal(filler?.url, 'https://www.example.cn/queryList');
  assert.deepEqual(filler?.request, {
    method: 'POST',
    headers: { referer: PAGE },
    json: {
      current: 1,
      unitid: '7',
      webSiteCode: ['site'],
      channelCode: ['col9'],
      pageSize: '20',
      sort: 'pubDate',
      order: 'desc',
    },
  });
});

test('a page that names neither has none', () => {
  assert.deepEqual(findFillers('<p>dataproxy.jsp</p><script>var unitid = 7;</script>', PAGE), []);
});
