import { foldSpace, type Html } from '../../text/html.ts';
import { namesOf } from './names.ts';
import { elementsTagged } from './page.ts';
import type { Element, Run } from './runs.ts';
import { isElement } from './tree.ts';

/** A number for each element of an outline. */
export type Row = Int32Array;

/** Adds to one number of a row. */
export function add(row: Row, at: number, value: number): void {
  row[at] = (row[at] ?? 0) + value;
}

const UNSEEN = new Set(['script', 'style', 'noscript', 'textarea', 'option', 'template', 'head', 'iframe']);

/**
 * The elements under one, numbered in page order, with the top as number 0. The steps that look for the text ask the same
 * things of every element a dozen times; here they are rows of numbers, and what an element holds is a range of them.
 */
export class Outline {
  readonly elements: readonly Element[];
  /** The number of each element's parent; -1 for the top. */
  readonly parents: readonly number[];
  /** The number behind the last element that each one holds. */
  readonly ends: readonly number[];
  /** All text that readers see, in reading order, as its text nodes. */
  readonly runs: readonly Run[];
  /** The characters of each element's own runs, without those of elements inside. */
  readonly ownLengths: Row;
  readonly #names: readonly number[];

  constructor(top: Element) {
    const elements: Element[] = [];
    const parents: number[] = [];
    const ends: number[] = [];
    const runs: Run[] = [];
    const lengths: number[] = [];
    const names: number[] = [];
    const visit = (element: Element, parent: number, isSeen: boolean): void => {
      const at = elements.length;
      elements.push(element);
      parents.push(parent);
      ends.push(at);
      names.push(namesOf(element));
      lengths.push(0);
      let length = 0;
      for (const child of element.children) {
        if (child.type === 'text') {
          const text = isSeen ? foldSpace(child.data) : '';
          if (text !== '') runs.push({ text, parent: element });
          length += text.length;
        } else if (isElement(child)) visit(child, at, isSeen && !UNSEEN.has(child.tagName));
      }
      lengths[at] = length;
      ends[at] = elements.length;
    };
    visit(top, -1, true);
    this.elements = elements;
    this.parents = parents;
    this.ends = ends;
    this.runs = runs;
    this.ownLengths = new Int32Array(lengths);
    this.#names = names;
  }

  get size(): number {
    return this.elements.length;
  }

  /** True when the names of an element claim it for a bit of `NAMED`. */
  isNamed(at: number, claim: number): boolean {
    return ((this.#names[at] ?? 0) & claim) !== 0;
  }

  /** The numbers of the elements right below one. */
  childrenOf(at: number): readonly number[] {
    const children: number[] = [];
    const end = this.ends[at] ?? 0;
    for (let child = at + 1; child < end; child = this.ends[child] ?? end) children.push(child);
    return children;
  }

  /** Calls for every element that is not out, what an element holds before itself, so that sums can go to the parent. */
  upwards(out: Uint8Array, visit: (element: Element, at: number, parent: number) => void): void {
    for (let at = this.size - 1; at > 0; at -= 1) {
      const element = this.elements[at];
      if (element !== undefined && out[at] === 0) visit(element, at, this.parents[at] ?? 0);
    }
  }
}

const OUTLINES = new WeakMap<Html, Outline>();

/** The outline of a page's body; undefined where it has none (frame sets). Made once. */
export function outlineOf($: Html): Outline | undefined {
  const known = OUTLINES.get($);
  if (known !== undefined) return known;
  const [body] = elementsTagged($, 'body');
  if (body === undefined) return undefined;
  const outline = new Outline(body);
  OUTLINES.set($, outline);
  return outline;
}
