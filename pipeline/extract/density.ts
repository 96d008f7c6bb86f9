import type { Weights } from './prose.ts';
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
export function densestElement(body: Element, weights: Weights): Element | undefined {
  const weightOf = (element: Element) => weights.get(element) ?? 0;
  let at = body;
  if (weightOf(at) < SHORTEST_PROSE) return undefined;
  for (;;) {
    let best: Element | undefined;
    for (const child of at.children)
      if (child.type === 'tag' && weightOf(child) > (best === undefined ? 0 : weightOf(best))) best = child;
    if (best === undefined || weightOf(best) < weightOf(at) * DOMINANT) break;
    at = best;
  }
  // One paragraph that outweighs its siblings is still only a part of the text.
  while (!CONTAINER.has(at.tagName) && at.parent !== null && 'tagName' in at.parent) at = at.parent;
  return at;
}
