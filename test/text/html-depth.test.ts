import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHtml, parseXml } from '../../text/html.ts';

test('a page nested without end is read up to the depth of browsers, in a moment', () => {
  const startedAt = performance.now();
  const $ = parseHtml(`<p>first</p>${'<div>'.repeat(100_000)}deep`);
  assert.equal($('p').text(), 'first');
  assert.ok($('div').length <= 512);
  // Unbounded, the parser takes minutes for this page.
  assert.ok(performance.now() - startedAt < 10_000);
});

test('text below the deepest element is kept, in order', () => {
  const $ = parseHtml(`${'<b>'.repeat(600)}one<i>two</i>three`);
  assert.equal($('body').text(), 'onetwothree');
});

test('deep XML does not run out of stack', () => {
  const $ = parseXml(`<a>${'<b>'.repeat(20_000)}x`);
  assert.equal($('a').text(), 'x');
});

test('a long list whose items are never closed is whole', () => {
  const $ = parseHtml(`<ul>${'<li><a href="/1">x</a>'.repeat(5000)}</ul>`);
  assert.equal($('li').length, 5000);
});
