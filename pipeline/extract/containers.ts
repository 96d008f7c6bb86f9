import { foldedLength } from '../../text/html.ts';
import { CONTAINER_CLASSES, CONTAINER_IDS } from './container-names.ts';
import { NAMED } from './names.ts';
import type { Outline } from './outline.ts';
import type { Element } from './runs.ts';
import { type Gone, rawText } from './tree.ts';

/** Where the containers that have a known name stand, by the selector of that name: fifty containers, one walk. */
export function containersByName(outline: Outline, out: Uint8Array): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  const add = (selector: string, at: number) => {
    const same = found.get(selector);
    if (same === undefined) found.set(selector, [at]);
    else if (same.at(-1) !== at) same.push(at);
  };
  for (const [at, { attribs }] of outline.elements.entries()) {
    if (out[at] !== 0) continue;
    const { id, class: names, itemprop } = attribs;
    if (names !== undefined && outline.isNamed(at, NAMED.container))
      for (const name of names.split(/\s+/u)) if (CONTAINER_CLASSES.has(name)) add(`.${name}`, at);
    if (id !== undefined && CONTAINER_IDS.has(id)) add(`#${id}`, at);
    if (itemprop !== undefined) add(`[itemprop=${itemprop}]`, at);
  }
  return found;
}

/** Parts of one text may all carry the same name; a match inside another match is no part of its own. */
export function outermost({ ends }: Outline, places: readonly number[]): readonly number[] {
  let end = 0;
  return places.filter((at) => {
    if (at < end) return false;
    end = ends[at] ?? 0;
    return true;
  });
}

interface Measured {
  readonly element: Element;
  readonly length: number;
}

/** The element with the most text. */
export function longest(elements: readonly Element[], gone: Gone): Measured | undefined {
  let best: Measured | undefined;
  for (const element of elements) {
    const length = lengthOf(element, gone);
    if (best === undefined || length > best.length) best = { element, length };
  }
  return best;
}

/** Characters of an element's text, white space folded. */
export function lengthOf(element: Element, gone: Gone): number {
  return foldedLength(rawText(element, gone));
}
