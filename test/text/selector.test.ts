import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HtmlSelection, parseHtml } from '../../text/html.ts';
import { readFirst, selectFirst, selectorFault } from '../../text/selector.ts';

const $ = parseHtml(`<html><head><meta name="PubDate" content=" 2021-06-22 10:00 "></head><body>
  <div id="item" data-id="9"><!-- dt>2021-06-21</dt --><p></p><p>第一<script>x()</script>段</p><a title="全名">短</a></div>
</body></html>`);
const page = $.root() as unknown as HtmlSelection;
const item = $('#item') as HtmlSelection;

test('a selector reads visible text, without scripts, of the first element that has any', () => {
  assert.equal(readFirst($, item, ['p'])?.value, '第一段');
});

test('a selector may name an attribute, also of the item itself', () => {
  assert.equal(readFirst($, item, ['a@title'])?.value, '全名');
  assert.equal(readFirst($, item, ['@data-id'])?.value, '9');
});

test('a meta speaks through its content', () => {
  assert.equal(readFirst($, page, ['meta[name=PubDate]'])?.value, '2021-06-22 10:00');
});

test('alternatives are tried in order until one says something', () => {
  assert.equal(readFirst($, item, ['h1', 'a@href', 'a'])?.value, '短');
  assert.equal(selectFirst($, item, ['h1', 'p']).length, 2);
});

test('what comments say can be read', () => {
  assert.equal(readFirst($, item, ['@#comment'])?.value, 'dt>2021-06-21</dt');
});

test('an @ inside brackets belongs to the selector', () => {
  assert.equal(selectorFault("a[href*='@']"), undefined);
});

test('a selector that cannot be used is told why', () => {
  assert.match(selectorFault('div[') ?? '', /\S/);
  assert.match(selectorFault('a:nope(') ?? '', /\S/);
  assert.equal(selectorFault('a@'), 'names no attribute after @');
});
