import { foldedLength } from '../../text/html.ts';
import { namesOf } from './names.ts';
import type { Element } from './runs.ts';
import { isElement } from './tree.ts';

/** A number for each element of an outline. */
export type Row = Int32Array;

/** Adds to one number of a row. */
export function add(row: Row, at: number, value: number): void {
  row[at] = (row[at] ?? 0) + value;
}

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
  readonly #names: Uint16Array;
  #ownLengths: Row | undefined;

  constructor(top: Element) {
    const elements: Element[] = [];
    const parents: number[] = [];
    const ends: number[] = [];
    const visit = (element: Element, parent: number): void => {
      const at = elements.length;
      elements.push(element);
      parents.push(parent);
      ends.push(at);
      for (const child of element.children) if (isElement(child)) visit(child, at);
      ends[at] = elements.length;
    };
    visit(top, -1);
    this.elements = elements;
    this.parents = parents;
    this.ends = ends;
    this.#names = Uint16Array.from(elements, namesOf);
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

  /** The characters of each element's own texts, white space folded, without those of elements inside. */
  get ownLengths(): Row {
    this.#ownLengths ??= Int32Array.from(this.elements, ({ children }) => {
      let length = 0;
      for (const child of children) if (child.type === 'text') length += foldedLength(child.data);
      return length;
    });
    return this.#ownLengths;
  }
}
