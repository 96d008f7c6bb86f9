import { foldedLength } from '../../text/html.ts';
import type { Outline } from './outline.ts';
import type { Element } from './runs.ts';
import type { Gone } from './tree.ts';

/** How much prose each element of an outline holds, links and machinery left out. */
export type Weights = Float64Array;

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
  readonly #outline: Outline;
  readonly #gone: Gone;
  readonly #out: Uint8Array;
  /** The prose of each element's own words; below 0 where it is not known. */
  readonly #own: Float64Array;
  /** 1 where an element is weighed, and not its words with the paragraph that they stand in. */
  readonly #isBlock: Uint8Array;

  constructor(outline: Outline, gone: Gone, out: Uint8Array) {
    this.#outline = outline;
    this.#gone = gone;
    this.#out = out;
    this.#own = new Float64Array(outline.size).fill(-1);
    this.#isBlock = new Uint8Array(
      outline.elements.map(({ tagName }) => (SKIPPED.has(tagName) || INLINE.has(tagName) ? 0 : 1)),
    );
  }

  /** Weighs every element that is left. */
  weigh(): Weights {
    const { elements, ends, parents, size } = this.#outline;
    const weights = new Float64Array(size);
    const weighed: number[] = [];
    for (let at = 0; at < size; ) {
      const element = elements[at];
      if (element !== undefined && this.#out[at] === 0 && this.#isBlock[at] === 1) {
        weights[at] = this.#ownProse(element, at);
        weighed.push(at);
        at += 1;
      } else at = ends[at] ?? size;
    }
    for (const at of weighed.reverse()) {
      const parent = parents[at] ?? -1;
      if (parent >= 0) weights[parent] = (weights[parent] ?? 0) + (weights[at] ?? 0);
    }
    return weights;
  }

  /** To be told of each element that is taken away: the paragraph it stood in has lost words. */
  forget(at: number): void {
    const { elements, parents } = this.#outline;
    let paragraph = parents[at] ?? -1;
    while (INLINE.has(elements[paragraph]?.tagName ?? '')) paragraph = parents[paragraph] ?? -1;
    if (paragraph >= 0) this.#own[paragraph] = -1;
  }

  #ownProse(element: Element, at: number): number {
    const known = this.#own[at] ?? -1;
    if (known >= 0) return known;
    let own = '';
    for (const node of element.children) {
      if (node.type === 'text') own += node.data;
      // Words of a paragraph stand together, whatever is set in bold.
      else if (node.type === 'tag' && INLINE.has(node.tagName) && !this.#gone.has(node))
        own += ` ${this.#inlineText(node)} `;
    }
    const prose = proseIn(own);
    this.#own[at] = prose;
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
