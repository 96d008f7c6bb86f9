import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlOf, textOf } from '../../../pipeline/extract/blocks.ts';
import { blocksOfHtml } from '../../../pipeline/extract/body.ts';

const read = (html: string) => blocksOfHtml(html, 'https://x.example/');

test('makes one line of each paragraph, whatever holds it', () => {
  const blocks = read(
    '<div>甲段。<div>乙段。</div>丙段。</div><span>丁<br>戊</span><p>\u3000\u3000己\u00a0段</p>',
  );
  assert.equal(textOf(blocks), '甲段。\n乙段。\n丙段。\n丁\n戊\n己 段');
});

test('starts a paragraph at a break behind a full stop and at a double break', () => {
  assert.equal(htmlOf(read('一。<br>二<br>三<br><br>四')), '<p>一。</p><p>二<br />三</p><p>四</p>');
});

test('keeps headings, lists, emphasis and links', () => {
  const html = '<h2>标题</h2><ol><li>第一</li><li>第<a href="/x">二</a></li></ol><ul><li>另</li></ul>';
  assert.equal(
    htmlOf(read(html)),
    '<h2>标题</h2><ol><li>第一</li><li>第<a href="https://x.example/x">二</a></li></ol><ul><li>另</li></ul>',
  );
});

test('keeps a table of values and opens up a table that lays out the page', () => {
  const values = '<table><tr><th>地区</th><th>数量</th></tr><tr><td>甲</td><td>3</td></tr></table>';
  assert.equal(
    htmlOf(read(values)),
    '<table><tbody><tr><th>地区</th><th>数量</th></tr><tr><td>甲</td><td>3</td></tr></tbody></table>',
  );
  assert.equal(textOf(read(values)), '地区 数量\n甲 3');
  assert.equal(htmlOf(read('<table><tr><td><p>正文。</p></td></tr></table>')), '<p>正文。</p>');
});

test('escapes what it writes', () => {
  assert.equal(htmlOf(read('<p>a &lt;b&gt; &amp; "c"</p>')), '<p>a &lt;b&gt; &amp; "c"</p>');
});

test('makes links absolute and drops those that do something else', () => {
  const html =
    '<p><a href="../c.pdf" target="_blank">甲</a><a href="javascript:alert(1)">乙</a><a href="mailto:a@b.example">丙</a><a href="data:text/html,x">丁</a></p>';
  assert.equal(
    htmlOf(read(html)),
    '<p><a href="https://x.example/c.pdf">甲</a>乙<a href="mailto:a@b.example">丙</a>丁</p>',
  );
});

test('reads no words of scripts, forms, frames and media', () => {
  const html =
    '<p>字<script>alert(1)</script><svg><text>画</text></svg><select><option>选</select><iframe src="//x">架</iframe><video>片</video></p>';
  assert.equal(textOf(read(html)), '字');
});

test('knows words for linked, and a paragraph in bold for bold, when blocks stand inside', () => {
  const [linked, place, bold] = read(
    '<a href="/x"><div>甲乙</div></a><a name="y"><p>丙</p></a><b><p>丁</p></b>',
  );
  assert.equal(linked?.linked, 2);
  assert.equal(linked?.html, '<a href="https://x.example/x">甲乙</a>');
  assert.equal(place?.linked, 0);
  assert.equal(bold?.html, '<strong>丁</strong>');
});

test('starts a paragraph at each cell of a table that lays out the page, and keeps its caption', () => {
  assert.equal(textOf(read('<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>')), '甲\n乙');
  const values = '<table><caption>表</caption><tr><td>甲</td><td>3</td></tr></table>';
  assert.equal(textOf(read(values)), '表\n甲 3');
});
