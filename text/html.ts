import * as cheerio from 'cheerio';
import { parseTree } from './parse-tree.ts';

/** A parsed page. The parser is chosen here, once for the whole program. */
export type Html = cheerio.CheerioAPI;
export type HtmlSelection = ReturnType<Html>;
/** An element of the tree itself, for readers that walk parents and children. */
export type HtmlElement = Extract<
  ReturnType<cheerio.Cheerio<never>['contents']>[number],
  { readonly attribs: unknown }
>;

/** Parses a page or a fragment after the HTML standard (parse5); never throws on any text. */
export function parseHtml(html: string): Html {
  const $ = cheerio.load(parseTree(html));
  limitDepth($);
  return $;
}

/** Parses well- or ill-formed XML without expanding entities of a DTD. */
export function parseXml(xml: string): Html {
  const $ = cheerio.load(xml, { xml: { decodeEntities: true } });
  limitDepth($);
  return $;
}

/** White space folded to single spaces, ends trimmed; zero-width and private-use characters removed. */
export function foldSpace(text: string): string {
  return foldRuns(text.trim()).trim();
}

/** The same with the ends left: the space between two pieces of a text stands at the end of one. */
export function foldRuns(text: string): string {
  // Half of the texts of a page are the white space between its elements, and most others need no folding.
  return isFolded(text)
    ? text
    : text.replace(/[\u200B-\u200D\uFEFF\u00AD\uE000-\uF8FF]/g, '').replace(/\s{2,}|[^\S ]/g, ' ');
}

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

const SPACE = 1;
const UNSEEN = 2;
/** What `foldSpace` folds and what it drops, by UTF-16 code. */
const KINDS = new Uint8Array(0x10000);
for (const sign of '\t\n\v\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000') KINDS[sign.charCodeAt(0)] = SPACE;
KINDS.fill(SPACE, 0x2000, 0x200b);
for (const sign of '\u00AD\u200B\u200C\u200D\uFEFF') KINDS[sign.charCodeAt(0)] = UNSEEN;
KINDS.fill(UNSEEN, 0xe000, 0xf900);

/** True for a text without white space other than single spaces, and without signs that are not seen. */
function isFolded(text: string): boolean {
  let isAfterSpace = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isSpace = code === 0x20;
    if (isSpace ? isAfterSpace : KINDS[code] !== 0) return false;
    isAfterSpace = isSpace;
  }
  return true;
}

/** Browsers stop nesting at 512 too; tree walks of the libraries are recursive and would run out of stack. */
const MAX_DEPTH = 512;

const ELEMENTS = new WeakMap<Html, readonly HtmlElement[]>();

/** The elements of a page in page order, as it was parsed. */
export function allElements($: Html): readonly HtmlElement[] {
  return ELEMENTS.get($) ?? [];
}

/** Replaces elements nested deeper than MAX_DEPTH by their text; lists those that are left. */
function limitDepth($: Html): void {
  const elements: HtmlElement[] = [];
  const visit = (element: HtmlElement, depth: number): void => {
    elements.push(element);
    if (depth === MAX_DEPTH) keepTextOnly(element);
    for (const child of element.children) if ('attribs' in child) visit(child, depth + 1);
  };
  for (const root of $.root().children().toArray()) visit(root, 1);
  ELEMENTS.set($, elements);
}

function keepTextOnly(element: HtmlElement): void {
  type Node = HtmlElement['children'][number];
  const texts: Node[] = [];
  const waiting: Node[] = element.children.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'text') texts.push(node);
    else if ('children' in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
  for (const [at, text] of texts.entries()) {
    text.parent = element;
    text.prev = texts[at - 1] ?? null;
    text.next = texts[at + 1] ?? null;
  }
  element.children = texts;
}
