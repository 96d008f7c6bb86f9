import { foldSpace, type Html, type HtmlSelection } from '../../text/html.ts';
import type { Element } from './runs.ts';

const STOPS = /[，。！？；：、,.!?;:]/gu;
const SKIPPED = new Set(['script', 'style', 'noscript', 'option', 'select', 'textarea', 'head', 'a']);
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
const DOMINANT = 0.75;
const SHORTEST_PROSE = 40;

/**
 * The element that holds the main prose: from the body down, always into the child that holds nearly all of it.
 * Prose is text with sentence marks outside links, so that menus and link lists weigh nothing.
 */
export function densestElement($: Html, body: HtmlSelection): HtmlSelection | undefined {
  const root = body.get(0);
  if (root === undefined) return undefined;
  const weights = new Map<Element, number>();
  weigh(root as Element, weights);
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

function weigh(element: Element, weights: Map<Element, number>): number {
  if (SKIPPED.has(element.tagName)) return 0;
  let weight = 0;
  for (const node of element.children) {
    if (node.type === 'tag') weight += weigh(node, weights);
    else if (node.type === 'text') weight += proseIn(node.data);
  }
  weights.set(element, weight);
  return weight;
}

function proseIn(raw: string): number {
  const text = foldSpace(raw);
  const stops = text.match(STOPS)?.length ?? 0;
  if (stops === 0) return text.length >= 15 ? text.length / 4 : 0;
  return text.length + stops * 5;
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'tagName' in node;
}
