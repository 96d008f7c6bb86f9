import type { Outline } from './outline.ts';
import type { Weights } from './prose.ts';

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
 * The number of the element that holds the main prose: from the body down, always into the child that holds nearly all of
 * it. Prose is text with sentence marks outside links, so that menus and link lists weigh nothing.
 */
export function densestElement(outline: Outline, weights: Weights): number | undefined {
  const weightOf = (at: number) => weights[at] ?? 0;
  let at = 0;
  if (weightOf(at) < SHORTEST_PROSE) return undefined;
  for (;;) {
    let best: number | undefined;
    for (const child of outline.childrenOf(at))
      if (weightOf(child) > (best === undefined ? 0 : weightOf(best))) best = child;
    if (best === undefined || weightOf(best) < weightOf(at) * DOMINANT) break;
    at = best;
  }
  // One paragraph that outweighs its siblings is still only a part of the text.
  while (at > 0 && !CONTAINER.has(outline.elements[at]?.tagName ?? '')) at = outline.parents[at] ?? 0;
  return at;
}
