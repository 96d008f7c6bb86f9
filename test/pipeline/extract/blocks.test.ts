import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlOf, readBlocks, textOf } from '../../../pipeline/extract/blocks.ts';
import { sanitise } from '../../../pipeline/sanitise.ts';

const read = (html: string) => readBlocks(sanitise(html, 'https://x.example/'));

test('makes one line of each paragraph, whatever holds it', () => {
  const blocks = read(
    '<div>甲段。<div>乙段。</div>丙段。</div><span>丁<br>戊</span><p>\u3000\u3000己\u00a0段</p>',
  );
  assert.equal(textOf(blocks), '甲段。\n乙段。\n丙段。\n丁\n戊\n己 段');
});

test('starts a paragraph at a break behind a full stop and at a double break', () => {
  assert.equal(htmlOf(read('一。<br>二<br>三<br><br>四')), '<p>一。</p><p>二<br>三</p><p>四</p>');
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
  assert.equal(htmlOf(read('<p>a &lt;b&gt; &amp; "c"</p>')), '<p>a &lt;b&gt; &amp; &quot;c&quot;</p>');
});
