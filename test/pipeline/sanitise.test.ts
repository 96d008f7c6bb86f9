import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlOf } from '../../pipeline/extract/blocks.ts';
import { blocksOfHtml } from '../../pipeline/extract/body.ts';
import { sanitise } from '../../pipeline/sanitise.ts';

const BASE = 'https://gov.example/a/b.html';

test('lets structure through and nothing else', () => {
  const html =
    '<p id="p" onclick="x()" style="color:red">一<strong>二</strong><br>三</p><script>alert(1)</script><svg><p>画</p></svg><img src="x.png">';
  assert.equal(sanitise(html), '<p>一<strong>二</strong><br />三</p><p>画</p>');
});

test('lets links through that lead to pages and mail boxes', () => {
  assert.equal(
    sanitise(
      '<a href="https://gov.example/c.pdf" target="_blank">甲</a><a href="javascript:alert(1)">乙</a><a href="mailto:a@b.example">丙</a><a href="data:text/html,x">丁</a><a href="//x.example/">戊</a>',
    ),
    '<a href="https://gov.example/c.pdf">甲</a><a>乙</a><a href="mailto:a@b.example">丙</a><a>丁</a><a>戊</a>',
  );
});

test('has nothing to take out of what the reader of blocks writes', () => {
  const html = `<div onclick="x()"><p>a &lt;b&gt; "c" <b onmouseover="x">二</b><a href='javascript:x'>三</a><a href="../d.pdf?a=1&b=%22">四</a></p>
    <table><tr><td>甲<script>1</script></td><td><svg/onload=x>乙</td></tr></table><ul><li><img src=x onerror=y>丙<br>丁</li></ul></div>`;
  const written = htmlOf(blocksOfHtml(html, BASE));
  assert.equal(sanitise(written), written);
  assert.match(written, /丙/u);
});

for (const [written, kept] of [
  ['<p>a "b" &amp; c<br /><a href="https://x.example/?d=1&amp;e">f</a></p>', undefined],
  ['<ul><li>a</li><li><em>b</em></li></ul>', undefined],
  ['<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>', undefined],
  ['<p>a', '<p>a</p>'],
  ['<p>a</em></p>', '<p>a</p>'],
  ['<p>a<br></p>', '<p>a<br /></p>'],
  ['<p>a<br></br></p>', '<p>a<br /><br /></p>'],
  ['<p>&quot;a&quot; & b</p>', '<p>"a" &amp; b</p>'],
  ['<p><p>a</p></p>', '<p></p><p>a</p><p></p>'],
  ['<P>a</P>', '<p>a</p>'],
  ['<p><b>a</b></p>', '<p>a</p>'],
  ['<p><a href="javascript:a">b</a></p>', '<p><a>b</a></p>'],
  ['<p><a href="//x.example/">b</a></p>', '<p><a>b</a></p>'],
  ['<p><a href="https://x.example/" onclick="a">b</a></p>', '<p><a href="https://x.example/">b</a></p>'],
  ['<p>a<!-- b --></p>', '<p>a</p>'],
  ['<p>a<script>b</script></p>', '<p>a</p>'],
] as const)
  test(`writes ${written} as ${kept ?? 'it stands'}`, () => {
    assert.equal(sanitise(written), kept ?? written);
  });
