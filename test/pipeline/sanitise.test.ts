import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitise } from '../../pipeline/sanitise.ts';

const BASE = 'https://gov.example/a/b.html';

test('keeps structure and nothing else', () => {
  const html =
    '<div class="x" style="color:red"><p id="p" onclick="x()">一<b>二</b></p><script>alert(1)</script><svg><p>画</p></svg></div>';
  assert.equal(sanitise(html, BASE), '<p><p>一<strong>二</strong></p></p>');
});

test('makes links absolute and drops those that do something else', () => {
  const html =
    '<a href="../c.pdf" target="_blank">甲</a><a href="javascript:alert(1)">乙</a><a href="mailto:a@b.example">丙</a><a href="data:text/html,x">丁</a>';
  assert.equal(
    sanitise(html, BASE),
    '<a href="https://gov.example/c.pdf">甲</a><a>乙</a><a href="mailto:a@b.example">丙</a><a>丁</a>',
  );
});

test('lets no image, form, frame or media through', () => {
  const html =
    '<img src="x.png"><form><input value="v">字</form><iframe src="//x"></iframe><video>片</video>';
  assert.equal(sanitise(html, BASE), '字');
});
