import * as cheerio from 'cheerio';

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
  return cheerio.load(html);
}

/** Parses well- or ill-formed XML without expanding entities of a DTD. */
export function parseXml(xml: string): Html {
  return cheerio.load(xml, { xml: { decodeEntities: true } });
}

/** White space folded to single spaces, ends trimmed; zero-width and private-use characters removed. */
export function foldSpace(text: string): string {
  return text
    .replace(/[\u200B-\u200D\uFEFF\u00AD\uE000-\uF8FF]/g, '')
    .replace(/[\s\u00A0\u3000]+/g, ' ')
    .trim();
}
