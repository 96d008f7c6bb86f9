import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, Outline } from '../../../pipeline/extract/outline.ts';
import { parseHtml } from '../../../text/html.ts';

const HTML = '<p>one <b> two </b> three</p><div><ul><li>four</ul></div>five';

function outlineOf(html: string): Outline {
  const body = parseHtml(html)('body').get(0);
  assert.ok(body !== undefined);
  return new Outline(body);
}

test('numbers elements in page order, each with its parent and where it ends', () => {
  const { elements, parents, ends } = outlineOf(HTML);
  assert.deepEqual(
    elements.map(({ tagName }, at) => [tagName, parents[at], ends[at]]),
    [
      ['body', -1, 6],
      ['p', 0, 3],
      ['b', 1, 3],
      ['div', 0, 6],
      ['ul', 3, 6],
      ['li', 4, 6],
    ],
  );
});

test('knows the children of an element', () => {
  const outline = outlineOf(HTML);
  assert.deepEqual(outline.childrenOf(0), [1, 3]);
  assert.deepEqual(outline.childrenOf(2), []);
});

test('counts the characters of own texts alone', () => {
  assert.deepEqual([...outlineOf(HTML).ownLengths], [4, 8, 3, 0, 0, 4]);
});

test('sums up from below what is not out', () => {
  const outline = outlineOf(HTML);
  const out = new Uint8Array(outline.size);
  out.fill(1, 4, 6);
  const elements = new Int32Array(outline.size);
  outline.upwards(out, (_, at, parent) => add(elements, parent, 1 + (elements[at] ?? 0)));
  assert.deepEqual([...elements], [3, 1, 0, 0, 0, 0]);
});
