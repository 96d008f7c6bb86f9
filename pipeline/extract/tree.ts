import type { Element } from './runs.ts';

/** Elements that are no part of the text, left out of every reading of the tree; the tree itself stays whole. */
export type Gone = ReadonlySet<Element>;

export const NOTHING: Gone = new Set();

/** True for an element, as against text, a comment or the root. */
export function isElement(node: object): node is Element {
  return 'tagName' in node;
}

/** The words inside an element as they stand in the source, what is gone left out. */
export function rawText(element: Element, gone: Gone): string {
  let text = '';
  for (const child of element.children) {
    if (child.type === 'text') text += child.data;
    else if ('tagName' in child && !gone.has(child)) text += rawText(child, gone);
  }
  return text;
}

/** Every element inside one, in page order, what is gone and all inside it left out. */
export function* elementsIn(element: Element, gone: Gone): Generator<Element> {
  for (const child of element.children) {
    if (!('tagName' in child) || gone.has(child)) continue;
    yield child;
    yield* elementsIn(child, gone);
  }
}
