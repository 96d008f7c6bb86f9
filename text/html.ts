import * as cheerio from 'cheerio';
import { putBack, withoutScriptBodies } from './script-bodies.ts';

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
  const whole = withoutAbyss(html);
  const { html: light, bodies } = withoutScriptBodies(whole);
  const $ = cheerio.load(light);
  if (putBack(limitDepth($), bodies)) return $;
  const plain = cheerio.load(whole);
  limitDepth(plain);
  return plain;
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

/** Depth at which a page is cut: the parser looks through the whole stack at many tags, 100,000 deep takes minutes. */
const ABYSS = 3000;
/** Elements that close each other, or need no closing: left open they do not nest. */
const SELF_CLOSING =
  /^(?:area|base|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|optgroup|option|p|param|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)$/;

/** The page up to where more than ABYSS elements are open at once; almost always the whole page. */
function withoutAbyss(html: string): string {
  // The shortest tag has three characters.
  if (html.length < ABYSS * 3) return html;
  let open = 0;
  for (const tag of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (SELF_CLOSING.test((tag[2] ?? '').toLowerCase())) continue;
    open = tag[1] === '/' ? Math.max(open - 1, 0) : open + 1;
    if (open > ABYSS) return html.slice(0, tag.index);
  }
  return html;
}

/** Replaces elements nested deeper than MAX_DEPTH by their text; gives the scripts and style sheets it came by. */
function limitDepth($: Html): readonly HtmlElement[] {
  type Node = HtmlElement['children'][number];
  const scripts: HtmlElement[] = [];
  let level: HtmlElement[] = $.root().children().toArray();
  for (let depth = 1; level.length > 0; depth += 1) {
    const below: HtmlElement[] = [];
    for (const element of level) {
      if (depth === MAX_DEPTH) keepTextOnly(element);
      if (element.type !== 'tag') scripts.push(element);
      for (const node of element.children) if ('attribs' in node) below.push(node);
    }
    level = below;
  }
  return scripts;

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
