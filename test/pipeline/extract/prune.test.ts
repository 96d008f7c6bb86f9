import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outline } from '../../../pipeline/extract/outline.ts';
import { prune } from '../../../pipeline/extract/prune.ts';
import type { Element } from '../../../pipeline/extract/runs.ts';
import { parseHtml } from '../../../text/html.ts';

const PROSE = 'The ministry will fund twenty pilot plants for storage, hydrogen and heat. ';

function bodyOf(html: string): Element {
  const body = parseHtml(html)('body').get(0);
  assert.ok(body !== undefined);
  return body;
}

test('counts what each step took and leaves the tree whole', () => {
  const html = `<p>${PROSE.repeat(20)}</p><script>1</script><nav>Home</nav><ul><li><a href="/1">One</a><li><a href="/2">Two</a><li><a href="/3">Three</a></ul>`;
  const body = bodyOf(html);
  const { counts, gone } = prune(new Outline(body));
  assert.deepEqual(counts, { machinery: 1, frame: 1, links: 1 });
  assert.equal(gone.size, 3);
  assert.equal(body.children.length, 4);
});

test('weighs a paragraph without what was taken out of it', () => {
  const of = (inner: string) => {
    const body = bodyOf(`<div><p>${PROSE}${inner}</p></div>`);
    return prune(new Outline(body)).weights[0];
  };
  assert.equal(of(`<b><span class="share">Tell your friends, all of them.</span></b>`), of('<b></b>'));
});

test('weighs what is around a box without the box', () => {
  const of = (inner: string) => {
    const body = bodyOf(`<main><p>${PROSE.repeat(4)}</p>${inner}</main>`);
    const outline = new Outline(body);
    const { weights } = prune(outline);
    return [
      weights[0],
      weights[1],
      ...outline.elements.flatMap(({ tagName }, at) => (tagName === 'nav' ? weights[at] : [])),
    ];
  };
  const [body, main] = of('');
  assert.deepEqual(of(`<nav><p>${PROSE}</p></nav>`), [body, main, 0]);
});
