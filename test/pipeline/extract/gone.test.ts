import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saysGone } from '../../../pipeline/extract/gone.ts';

const page = (title: string, body: string) =>
  `<html><head><title>${title}</title></head><body><header>省科技厅 导航 首页</header>${body}<script>var tip='页面不存在'</script></body></html>`;

test('knows pages that say with a good status that they are not there', () => {
  for (const html of [
    page('提示信息', '<p>您访问的页面不存在或已被删除！</p><a href="/">返回首页</a>'),
    page('404', '<h1>抱歉，找不到您要的页面</h1>'),
    page('Not found', '<p>The page you requested could not be found.</p>'),
    page('Gone', '<p>This article is no longer available.</p>'),
  ])
    assert.equal(saysGone(html), true, html);
});

test('takes no notice for a page that is not there', () => {
  for (const html of [
    page('关于废止部分文件的公告', '<p>现宣布《科技计划管理办法》等5件文件失效，不再执行。</p>'),
    page('关于系统升级的通知', '<p>申报系统7月1日升级，期间暂停服务，请合理安排时间。</p>'),
    page('通知', `<p>${'各有关单位：现将有关事项通知如下。'.repeat(30)}如页面不存在，请联系我们。</p>`),
  ])
    assert.equal(saysGone(html), false, html);
});
