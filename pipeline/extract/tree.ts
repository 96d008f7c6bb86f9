import type { Element } from './runs.ts';

/** Elements that are no part of the text, left out of every reading of the tree; the tree itself stays whole. */
export type Gone = ReadonlySet<Element>;

/** Says whether an element is a part that is not the text. */
export type Judge = (element: Element) => boolean;

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

const SPACE = 1;
const UNSEEN = 2;
/** What `foldSpace` folds and what it drops, by UTF-16 code. */
const KINDS = new Uint8Array(0x10000);
for (const sign of '\t\n\v\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000') KINDS[sign.charCodeAt(0)] = SPACE;
KINDS.fill(SPACE, 0x2000, 0x200b);
for (const sign of '\u00AD\u200B\u200C\u200D\uFEFF') KINDS[sign.charCodeAt(0)] = UNSEEN;
KINDS.fill(UNSEEN, 0xe000, 0xf900);

/** The length `foldSpace` would leave, without making the string. */
export function foldedLength(text: string): number {
  let length = 0;
  let isSpacePending = false;
  for (let at = 0; at < text.length; at += 1) {
    const kind = KINDS[text.charCodeAt(at)];
    if (kind === SPACE) isSpacePending = length > 0;
    else if (kind !== UNSEEN) {
      length += isSpacePending ? 2 : 1;
      isSpacePending = false;
    }
  }
  return length;
}
