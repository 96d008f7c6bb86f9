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
 * All is weighed once; what is taken away makes the elements around it lighter.
 */
export class Scale {
  readonly weights: Weights;
  readonly #outline: Outline;
  readonly #gone: Gone;
  /** The prose of each element's own words. */
  readonly #own: Float64Array;
  /** 1 where an element is weighed, and its words do not stand in the paragraph around it. */
  readonly #isWeighed: Uint8Array;

  constructor(outline: Outline, gone: Gone, out: Uint8Array) {
    const { elements, ends, parents, size } = outline;
    this.#outline = outline;
    this.#gone = gone;
    this.weights = new Float64Array(size);
    this.#own = new Float64Array(size);
    this.#isWeighed = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const element = elements[at];
      const isInside = element === undefined || SKIPPED.has(element.tagName) || INLINE.has(element.tagName);
      if (isInside || out[at] !== 0) at = ends[at] ?? size;
      else {
        this.#isWeighed[at] = 1;
        this.#own[at] = this.#proseOf(element);
        at += 1;
      }
    }
    for (let at = size - 1; at >= 0; at -= 1) {
      if (this.#isWeighed[at] !== 1) continue;
      const weight = (this.weights[at] ?? 0) + (this.#own[at] ?? 0);
      this.weights[at] = weight;
      const parent = parents[at] ?? -1;
      if (parent >= 0) this.weights[parent] = (this.weights[parent] ?? 0) + weight;
    }
  }

  /** Takes away an element that is gone: a box with all that it holds, or words of the paragraph around it. */
  take(at: number): void {
    const { elements, ends, parents } = this.#outline;
    if (this.#isWeighed[at] === 1) {
      const weight = this.weights[at] ?? 0;
      this.weights.fill(0, at, ends[at]);
      this.#lighten(parents[at] ?? -1, weight);
      return;
    }
    let paragraph = parents[at] ?? -1;
    while (paragraph >= 0 && this.#isWeighed[paragraph] !== 1) paragraph = parents[paragraph] ?? -1;
    const element = elements[paragraph];
    if (element === undefined) return;
    const own = this.#proseOf(element);
    this.#lighten(paragraph, (this.#own[paragraph] ?? 0) - own);
    this.#own[paragraph] = own;
  }

  #lighten(from: number, weight: number): void {
    for (let at = from; at >= 0; at = this.#outline.parents[at] ?? -1)
      this.weights[at] = (this.weights[at] ?? 0) - weight;
  }

  #proseOf(element: Element): number {
    let own = '';
    for (const node of element.children) {
      if (node.type === 'text') own += node.data;
      // Words of a paragraph stand together, whatever is set in bold.
      else if (node.type === 'tag' && INLINE.has(node.tagName) && !this.#gone.has(node))
        own += ` ${this.#inlineText(node)} `;
    }
    return proseIn(own);
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
