import type { Html, HtmlSelection } from '../../text/html.ts';
import { weighTree } from './prose.ts';
import type { Element } from './runs.ts';

const CONTAINER = new Set([
  'div',
  'td',
  'section',
  'article',
  'main',
  'body',
  'dd',
  'li',
  'center',
  'blockquote',
  'form',
]);
/** How much of a parent's prose one child must hold for the search to go on inside the child. */
const DOMINANT = 0.78;
const SHORTEST_PROSE = 40;

/**
 * The element that holds the main prose: from the body down, always into the child that holds nearly all of it.
 * Prose is text with sentence marks outside links, so that menus and link lists weigh nothing.
 */
export function densestElement($: Html, body: HtmlSelection): HtmlSelection | undefined {
  const root = body.get(0);
  if (root === undefined) return undefined;
  const weights = weighTree(root as Element);
  let at = root as Element;
  if ((weights.get(at) ?? 0) < SHORTEST_PROSE) return undefined;
  for (;;) {
    const children = at.children.filter((child): child is Element => child.type === 'tag');
    const best = children.reduce<Element | undefined>(
      (left, right) =>
        (weights.get(right) ?? 0) > (left === undefined ? 0 : (weights.get(left) ?? 0)) ? right : left,
      undefined,
    );
    if (best === undefined || (weights.get(best) ?? 0) < (weights.get(at) ?? 0) * DOMINANT) break;
    at = best;
  }
  // One paragraph that outweighs its siblings is still only a part of the text.
  while (!CONTAINER.has(at.tagName) && isElement(at.parent)) at = at.parent;
  return $(at);
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'tagName' in node;
}
