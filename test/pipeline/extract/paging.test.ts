import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furtherPages, joinPages, MAX_PAGES, repeatsPage } from '../../../pipeline/extract/paging.ts';

const ARTICLE = 'http://a.example/2021/c_123.htm';
const named = (html: string, first = ARTICLE, here = first) => [...furtherPages(html, first, here).values()];

test('reads the pager that a script writes, counted from nought or from one', () => {
  const from0 = '<script>createPageHTML(3, 0, "c_123", "htm");</script>';
  const from1 = "<script>createPageHTML('page_div',3,1,'c_123','htm',450);</script>";
  assert.deepEqual(named(from0), ['http://a.example/2021/c_123_1.htm', 'http://a.example/2021/c_123_2.htm']);
  assert.deepEqual(named(from1), ['http://a.example/2021/c_123_2.htm', 'http://a.example/2021/c_123_3.htm']);
});

test('leaves the pager of a list that stands beside the article', () => {
  assert.deepEqual(named('<script>createPageHTML(34,0,"index","htm")</script>'), []);
  assert.deepEqual(named('<a href="index_2.htm">下一页</a>'), []);
});

test('takes numbers and next links of the same stem, in order', () => {
  const html = `<p><span>1</span> <a href="c_123_3.htm">3</a> <a href="/2021/c_123_2.htm">[2]</a>
    <a href="c_123-4.htm">下页</a></p>`;
  assert.deepEqual(named(html), [
    'http://a.example/2021/c_123_2.htm',
    'http://a.example/2021/c_123_3.htm',
    'http://a.example/2021/c_123-4.htm',
  ]);
});

test('takes pages told by a query or by a last folder', () => {
  const query = 'http://a.example/show.jsp?id=7';
  assert.deepEqual(named('<a href="?id=7&page=2">next</a><a href="?id=8&page=2">2</a>', query), [
    'http://a.example/show.jsp?id=7&page=2',
  ]);
  const post = 'https://b.example/posts/lab/';
  assert.deepEqual(
    named('<link rel="next" href="/posts/lab/2/"><a href="/posts/laboratory/3/">3</a>', post),
    ['https://b.example/posts/lab/2/'],
  );
});

test('takes no other article, no other host and no link in the text', () => {
  const html = `<a href="c_124.htm">下一篇</a><a href="c_1234_2.htm">2</a><a href="http://b.example/2021/c_123_2.htm">2</a>
    <a href="c_123_2.htm">附件二的说明</a><a href="c_123_2021.htm">2021</a><a href="javascript:;">下一页</a>`;
  assert.deepEqual(named(html), []);
});

test('never names more pages than an article may have', () => {
  assert.equal(named('<script>createPage(5000, 0, "c_123", "htm")</script>').length, MAX_PAGES - 1);
});

test('reads a further page against the first one', () => {
  const second = 'http://a.example/2021/c_123_2.htm';
  assert.deepEqual(named('<a href="c_123.htm">1</a><a href="c_123_3.htm">下一页</a>', ARTICLE, second), [
    'http://a.example/2021/c_123_3.htm',
  ]);
});

test('tells pages of comments under the same text from further pages of it', () => {
  const long = (words: string) => `<p>${words.repeat(12)}</p>`;
  const frame = long('主办单位与网站标识码。');
  const first = `${long('第一页的正文。')}${long('第一页的第二段。')}${frame}`;
  assert.equal(repeatsPage(first, `${first}<p>网友评论</p>`), true);
  assert.equal(repeatsPage(first, `${long('第二页的正文。')}${frame}`), false);
  assert.equal(
    repeatsPage(`${long('唯一的一段正文，比页脚要长一些。')}${frame}${frame}${frame}${frame}`, frame),
    false,
  );
});

test('takes a line of many digits in its stride', () => {
  const digits = {
    tag: 'p',
    group: 0,
    ordered: false,
    html: '',
    linked: 0,
    text: `${'1'.repeat(200)}x`,
  } as const;
  const { joined } = joinPages([[digits], [{ ...digits, text: '另一页' }]]);
  assert.equal(joined, 2);
});
