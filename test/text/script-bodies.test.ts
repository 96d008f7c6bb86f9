import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'cheerio';
import { parseHtml } from '../../text/html.ts';
import { withoutScriptBodies } from '../../text/script-bodies.ts';

const LONG = 'var one = "two"; if (a < b && c > d) { call(1); }\r\n'.repeat(10);

for (const [kind, html, taken] of [
  ['a script', `<p>a<script>${LONG}</script>b`, 1],
  ['a style sheet, names in capitals', `<STYLE type="a>b">${LONG}</STYLE ><p>a`, 1],
  ['two scripts', `<head><script src='x'>${LONG}1</script></head><p>a<script>${LONG}2</script>`, 2],
  ['a script that is never closed', `<p>a<script>${LONG}<p>b`, 0],
  ['a script with a comment', `<p>a<script><!--${LONG}<script></script>--></script>b`, 0],
  ['a script in a comment', `<p>a<!-- <script>${LONG}</script> --><script>${LONG}</script>b`, 2],
  ['a script opened in a comment', `<p>a<!-- <script> --><p>${LONG}</p><script>${LONG}</script>b`, 0],
  ['a script in an attribute', `<p title="<script>${LONG}</script>">a</p>`, 1],
  ['a script in a title', `<title><script>${LONG}</script></title><p>a`, 1],
  ['signs no text may hold', `<script>\u00010\u0001${LONG}\0</script><p>\u00010\u0001`, 1],
  ['short scripts', '<script>var a = 1;</script><p>a', 0],
] as const)
  test(`parses ${kind} as if nothing were taken out`, () => {
    assert.equal(withoutScriptBodies(html).bodies.length, taken);
    assert.equal(parseHtml(html).html(), load(html).html());
  });
