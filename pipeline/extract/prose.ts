import { foldSpace } from '../../text/html.ts';
import type { Element } from './runs.ts';

/** How much prose each element holds, links and machinery left out. */
export type Weights = ReadonlyMap<Element, number>;

const STOPS = /[，。！？；：、,.!?;:।؟،]/gu;
const SKIPPED = new Set([
  'script',
  'style',
  'noscript',
  'option',
  'select',
  'textarea',
  'head',
  'template',
  'a',
]);
const INLINE = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'span',
  'font',
  'sup',
  'sub',
  'small',
  'mark',
  'abbr',
  'q',
  'cite',
  'code',
  'time',
]);

/** Weighs every element under `root` in one walk. Text with sentence marks counts, labels hardly do. */
export function weighTree(root: Element): Weights {
  const weights = new Map<Element, number>();
  const weigh = (element: Element): number => {
    if (SKIPPED.has(element.tagName)) return 0;
    let weight = 0;
    let own = '';
    for (const node of element.children) {
      if (node.type === 'text') own += node.data;
      else if (node.type === 'tag') {
        // Words of a paragraph stand together, whatever is set in bold.
        if (INLINE.has(node.tagName) || node.tagName === 'a') own += ` ${inlineText(node)} `;
        else weight += weigh(node);
      }
    }
    weight += proseIn(own);
    weights.set(element, weight);
    return weight;
  };
  weigh(root);
  return weights;
}

/** Words outside links of an inline element. */
function inlineText(element: Element): string {
  if (element.tagName === 'a') return '';
  return element.children
    .map((node) => (node.type === 'text' ? node.data : node.type === 'tag' ? inlineText(node) : ''))
    .join('');
}

/** Characters that read like sentences; a label or heading counts a quarter, a word nothing. */
export function proseIn(raw: string): number {
  const text = foldSpace(raw);
  const stops = text.match(STOPS)?.length ?? 0;
  if (stops === 0) return text.length >= 15 ? text.length / 4 : 0;
  return text.length + stops * 5;
}

/** Share of an element's characters that stand inside links; 0 when it has fewer than `fewest` links. */
export function linkedShare(element: Element, fewest: number): number {
  let links = 0;
  let linked = 0;
  let all = 0;
  const visit = (node: Element, isLinked: boolean): void => {
    for (const child of node.children) {
      if (child.type === 'text') {
        const { length } = foldSpace(child.data);
        all += length;
        if (isLinked) linked += length;
      } else if (child.type === 'tag') {
        const isLink = child.tagName === 'a' && child.attribs.href !== undefined;
        if (isLink) links += 1;
        visit(child, isLinked || isLink);
      }
    }
  };
  visit(element, false);
  return links < fewest || all === 0 ? 0 : linked / all;
}
