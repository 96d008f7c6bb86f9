import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttachments } from '../../../pipeline/extract/attachments.ts';
import { parseHtml } from '../../../text/html.ts';

const PAGE = 'http://kjt.example/tzgg/202106/t1.html';

function found(html: string, attachments?: readonly string[]): string[][] {
  const article = attachments === undefined ? {} : { attachments };
  const source = { article, zone: 'Asia/Shanghai', lang: 'zh-CN', name: '厅', publisher: '厅' };
  const page = { $: parseHtml(html), url: PAGE, source };
  return findAttachments(page).map(({ url, title }) => [url, title]);
}

test('makes relative addresses absolute against the page, or the base it names', () => {
  assert.deepEqual(found('<a href="./W02021.pdf">附件1.pdf</a>'), [
    ['http://kjt.example/tzgg/202106/W02021.pdf', '附件1.pdf'],
  ]);
  assert.deepEqual(found('<base href="/files/"><a href="a.docx">附件</a>'), [
    ['http://kjt.example/files/a.docx', '附件'],
  ]);
});

test('finds files outside the body, each once, and none of the frame of the site', () => {
  const html = `<div class="TRS_Editor"><p>正文</p></div><ul class="xgfj"><li><a href="/f/1.xlsx">名单</a></li>
    <li><a href="/f/1.xlsx">名单</a></li></ul><div class="footer"><a href="/guide.pdf">网站指南</a></div>
    <nav><a href="/app.zip">客户端</a></nav>`;
  assert.deepEqual(found(html), [['http://kjt.example/f/1.xlsx', '名单']]);
});

test('finds a file whose address does not say so by its name, and names one by its file', () => {
  const html = `<a href="/down.jsp?id=3">附件：申报书.docx</a><a href="/f/%E6%8C%87%E5%8D%97.pdf"></a>
    <a href="/get?f=list.xls&n=1" download="汇总表.xls">下载</a><a href="/p/9.html">通知</a>`;
  assert.deepEqual(found(html), [
    ['http://kjt.example/down.jsp?id=3', '附件：申报书.docx'],
    ['http://kjt.example/f/%E6%8C%87%E5%8D%97.pdf', '指南.pdf'],
    ['http://kjt.example/get?f=list.xls&n=1', '汇总表.xls'],
  ]);
});

test('finds the file that a viewer in the page shows', () => {
  const html = `<iframe src="/pdfjs/web/viewer.html?file=/f/plan.pdf" title="规划全文"></iframe><embed src="b.pdf">
    <iframe src="/share.html"></iframe>`;
  assert.deepEqual(found(html), [
    ['http://kjt.example/f/plan.pdf', '规划全文'],
    ['http://kjt.example/tzgg/202106/b.pdf', 'b.pdf'],
  ]);
});

test('takes every link of the place a source names, and only those', () => {
  const html =
    '<table class="enclosure"><tr><td><a href="/d/7">附件</a></td></tr></table><a href="x.pdf">旧</a>';
  assert.deepEqual(found(html, ['table.enclosure a']), [['http://kjt.example/d/7', '附件']]);
  assert.deepEqual(found(html, ['.none a']), [['http://kjt.example/tzgg/202106/x.pdf', '旧']]);
});
