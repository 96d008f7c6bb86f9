import type { HtmlElement } from './html.ts';

/** A page whose long scripts and style sheets stand as marks, and what the marks stand for. */
export interface Lightened {
  readonly html: string;
  readonly bodies: readonly string[];
}

/** Attributes may hold a `>` in quotes; a tag with `--` may be the end of a comment. */
const OPENING = /<(script|style)(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>/giu;
const CLOSING = { script: /<\/script/giu, style: /<\/style/giu };
/** Comments and scripts inside a script change where it ends. */
const TANGLED = /<!--|-->|<script/iu;
/** Shorter ones are parsed as fast as they are put back. */
const SHORTEST = 200;
const MARK = '\u0001';

/**
 * Takes the words out of long scripts and style sheets: the parser reads them letter by letter, at a third of the time
 * for a page, only to keep them as they are.
 */
export function withoutScriptBodies(html: string): Lightened {
  const bodies: string[] = [];
  let light = '';
  let from = 0;
  OPENING.lastIndex = 0;
  for (let tag = OPENING.exec(html); tag !== null; tag = OPENING.exec(html)) {
    const closing = tag[1]?.toLowerCase() === 'style' ? CLOSING.style : CLOSING.script;
    closing.lastIndex = OPENING.lastIndex;
    const end = closing.exec(html)?.index;
    if (end === undefined) break;
    const body = html.slice(OPENING.lastIndex, end);
    if (body.length >= SHORTEST && !tag[0].includes('--') && !TANGLED.test(body)) {
      light += `${html.slice(from, OPENING.lastIndex)}${MARK}${bodies.length}${MARK}`;
      bodies.push(body);
      from = end;
    }
    OPENING.lastIndex = end;
  }
  return { html: light + html.slice(from), bodies };
}

/**
 * Puts the words back where the marks stand. False when a mark is missing: it stood in a comment or an attribute, and
 * the page must be parsed as it is.
 */
export function putBack(elements: readonly HtmlElement[], bodies: readonly string[]): boolean {
  let found = 0;
  for (const { children } of elements) {
    const [text] = children;
    if (text?.type !== 'text' || !text.data.startsWith(MARK)) continue;
    const body = bodies[Number(text.data.slice(1, -1))];
    if (body === undefined) return false;
    // The parser reads a line break of two characters as one.
    text.data = body.replace(/\r\n?/gu, '\n').replaceAll('\0', '\uFFFD');
    found += 1;
  }
  return found === bodies.length;
}
