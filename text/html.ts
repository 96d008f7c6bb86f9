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
  // Half of the texts of a page are the white space between its elements.
  const trimmed = text.trim();
  if (trimmed === '') return '';
  return trimmed
    .replace(/[\u200B-\u200D\uFEFF\u00AD\uE000-\uF8FF]/g, '')
    .replace(/[\s\u00A0\u3000]+/g, ' ')
    .trim();
}

/** Browsers stop nesting at 512 too; tree walks of the libraries are recursive and would run out of stack. */
const MAX_DEPTH = 512;

/** Replaces elements nested deeper than MAX_DEPTH by their text. */
function limitDepth($: Html): void {
  type Node = HtmlElement['children'][number];
  let level: HtmlElement[] = $.root().children().toArray();
  for (let depth = 1; level.length > 0; depth += 1) {
    const below: HtmlElement[] = [];
    for (const element of level) {
      if (depth === MAX_DEPTH) keepTextOnly(element);
      for (const node of element.children) if ('attribs' in node) below.push(node);
    }
    level = below;
  }

  function keepTextOnly(element: HtmlElement): void {
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
}
