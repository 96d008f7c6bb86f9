import { foldedLength } from '../../text/html.ts';
import type { Element } from './runs.ts';
import type { Gone } from './tree.ts';

/** How much prose each element holds, links and machinery left out. */
export type Weights = ReadonlyMap<Element, number>;

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
  'a',
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
const STOPS = new Uint8Array(0x10000);
for (const sign of '，。！？；：、,.!?;:।؟،') STOPS[sign.charCodeAt(0)] = 1;

/**
 * Weighs the elements of a tree of which more and more is taken away. Text with sentence marks counts, labels hardly do.
 * The words of a paragraph are looked at once, however often the tree is weighed.
 */
export class Scale {
  readonly #own = new Map<Element, number>();
  readonly #gone: Gone;

  constructor(gone: Gone) {
    this.#gone = gone;
  }

  /** Weighs every element under `root` in one walk. */
  weigh(root: Element): Weights {
    const weights = new Map<Element, number>();
    this.#weigh(root, weights);
    return weights;
  }

  /** To be told of each element that is taken away: the paragraph it stood in has lost words. */
  forget({ parent }: Element): void {
    let at: Element['parent'] = parent;
    while (at !== null && 'tagName' in at && INLINE.has(at.tagName)) at = at.parent;
    if (at !== null && 'tagName' in at) this.#own.delete(at);
  }

  #weigh(element: Element, weights: Map<Element, number>): number {
    if (SKIPPED.has(element.tagName)) return 0;
    let weight = this.#ownProse(element);
    for (const node of element.children)
      if (node.type === 'tag' && !INLINE.has(node.tagName) && !this.#gone.has(node))
        weight += this.#weigh(node, weights);
    weights.set(element, weight);
    return weight;
  }

  #ownProse(element: Element): number {
    const known = this.#own.get(element);
    if (known !== undefined) return known;
    let own = '';
    for (const node of element.children) {
      if (node.type === 'text') own += node.data;
      // Words of a paragraph stand together, whatever is set in bold.
      else if (node.type === 'tag' && INLINE.has(node.tagName) && !this.#gone.has(node))
        own += ` ${this.#inlineText(node)} `;
    }
    const prose = proseIn(own);
    this.#own.set(element, prose);
    return prose;
  }

  /** Words outside links of an inline element. */
  #inlineText(element: Element): string {
    if (element.tagName === 'a') return '';
    let text = '';
    for (const node of element.children) {
      if (node.type === 'text') text += node.data;
      else if (node.type === 'tag' && !this.#gone.has(node)) text += this.#inlineText(node);
    }
    return text;
  }
}

/** Characters that read like sentences; a label or heading counts a quarter, a word nothing. */
export function proseIn(raw: string): number {
  const length = foldedLength(raw);
  if (length === 0) return 0;
  let stops = 0;
  for (let at = 0; at < raw.length; at += 1) stops += STOPS[raw.charCodeAt(at)] ?? 0;
  if (stops === 0) return length >= 15 ? length / 4 : 0;
  return length + stops * 5;
}
