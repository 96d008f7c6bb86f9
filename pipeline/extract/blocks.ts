import { foldRuns, foldSpace } from '../../text/html.ts';
import { linkTarget } from './links.ts';
import type { Element } from './runs.ts';
import { elementsIn, type Gone, rawText } from './tree.ts';

/** One paragraph, heading, list item or table row of a body. Immutable; steps return new lists. */
export interface Block {
  readonly tag: 'h1' | 'h2' | 'h3' | 'h4' | 'p' | 'li' | 'blockquote' | 'tr';
  /** Where the block hangs: the list or table it belongs to, so that rows and items stay together. */
  readonly group: number;
  readonly ordered: boolean;
  readonly text: string;
  readonly html: string;
  /** Characters of `text` inside links. */
  readonly linked: number;
}

type Node = Element['children'][number];

const HEADING = /^h[1-4]$/;
/** Elements that start and end a paragraph. */
const BLOCK_TAGS = new Set(
  ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'table', 'tr', 'td', 'th'].concat(
    ['div', 'section', 'article', 'main', 'center', 'dl', 'dt', 'dd', 'figcaption', 'pre', 'caption'],
  ),
);
/** Their words are no words of the document. */
const DROPPED = new Set(
  ['script', 'style', 'noscript', 'textarea', 'option', 'select', 'button', 'iframe', 'object', 'svg'].concat(
    ['math', 'canvas', 'template', 'title', 'audio', 'video'],
  ),
);
/** What is put around words, and whether they lead elsewhere. */
interface Style {
  readonly before: string;
  readonly after: string;
  readonly isLink: boolean;
}
const PLAIN: Style = { before: '', after: '', isLink: false };
const STRONG: Style = { before: '<strong>', after: '</strong>', isLink: false };
const EM: Style = { before: '<em>', after: '</em>', isLink: false };
/** The emphasis a document may carry, by the elements that mean it. */
const EMPHASIS: Readonly<Record<string, Style>> = { strong: STRONG, b: STRONG, em: EM, i: EM };
const SENTENCE_END = /[。！？：；.!?:;”"』）)]$/u;
/** A cell longer than this holds an article, not a value: the table only lays the page out. */
const LONGEST_CELL = 600;

/**
 * Reads elements of a page as a flat list of blocks. Bare text and text between `<br>`s become paragraphs. Whatever the
 * page holds, a block's HTML has no element but emphasis, line breaks and links to other pages and mail boxes.
 */
export function readBlocks(parts: readonly Element[], base: string, gone: Gone): readonly Block[] {
  const reader = new BlockReader(base, gone);
  for (const part of parts) reader.read(part);
  return reader.finish();
}

/** A paragraph of plain words. */
export function paragraphOf(text: string): Block {
  return { tag: 'p', group: 0, ordered: false, text, html: escapeWords(text), linked: 0 };
}

/** The plain text: one line per block; the offsets of every span refer to it. */
export function textOf(blocks: readonly Block[]): string {
  return blocks.map((block) => block.text).join('\n');
}

/** Clean semantic HTML of the same blocks. */
export function htmlOf(blocks: readonly Block[]): string {
  let html = '';
  for (const [index, block] of blocks.entries()) {
    const opens = blocks[index - 1]?.group !== block.group || !isGrouped(block);
    const closes = blocks[index + 1]?.group !== block.group || !isGrouped(block);
    const wrapper = block.tag === 'li' ? (block.ordered ? 'ol' : 'ul') : 'table';
    if (isGrouped(block) && opens) html += wrapper === 'table' ? '<table><tbody>' : `<${wrapper}>`;
    html += `<${block.tag}>${block.html}</${block.tag}>`;
    if (isGrouped(block) && closes) html += wrapper === 'table' ? '</tbody></table>' : `</${wrapper}>`;
  }
  return html;
}

function isGrouped(block: Block): boolean {
  return block.tag === 'li' || block.tag === 'tr';
}

/** Walks the tree once; holds the paragraph that is being gathered. */
class BlockReader {
  readonly #blocks: Block[] = [];
  readonly #base: string;
  readonly #gone: Gone;
  #text = '';
  #markup = '';
  #linked = 0;
  #groups = 0;
  #tag: Block['tag'] = 'p';
  #group = 0;
  #ordered = false;
  #style = PLAIN;

  constructor(base: string, gone: Gone) {
    this.#base = base;
    this.#gone = gone;
  }

  /** Reads what an element holds as paragraphs of their own. */
  read(part: Element): void {
    this.#children(part, 'p');
    this.#flush();
  }

  finish(): readonly Block[] {
    return this.#blocks;
  }

  #children(parent: Element, tag: Block['tag']): void {
    for (const node of parent.children) this.#node(node, tag);
  }

  #node(node: Node, tag: Block['tag']): void {
    if (node.type === 'text') this.#inline(node.data, this.#style);
    if (node.type !== 'tag' || this.#gone.has(node) || DROPPED.has(node.tagName)) return;
    if (node.tagName === 'br') this.#lineBreak();
    else if (node.tagName === 'table' && isDataTable(node, this.#gone)) this.#table(node);
    else if (BLOCK_TAGS.has(node.tagName)) this.#block(node, tag);
    else this.#inlineElement(node);
  }

  #block(element: Element, tag: Block['tag']): void {
    this.#flush();
    const name = element.tagName;
    const outer = { tag: this.#tag, group: this.#group, ordered: this.#ordered };
    if (name === 'ul' || name === 'ol') {
      this.#groups += 1;
      this.#group = this.#groups;
      this.#ordered = name === 'ol';
    }
    // The test holds for names of block tags alone.
    this.#tag = HEADING.test(name) || name === 'li' || name === 'blockquote' ? (name as Block['tag']) : tag;
    this.#children(element, this.#tag);
    this.#flush();
    this.#tag = outer.tag;
    this.#group = outer.group;
    this.#ordered = outer.ordered;
  }

  #inlineElement(element: Element): void {
    const outer = this.#style;
    const style = this.#styleOf(element) ?? outer;
    // The words of an inline element around blocks (<strong><p>…) are read block by block; a link inside emphasis
    // counts for more than the emphasis.
    if (style === outer || this.#holdsBlocks(element)) {
      this.#style = style;
      this.#children(element, this.#tag);
      this.#style = outer;
    } else this.#inline(wordsOf(element, this.#gone), style);
  }

  #styleOf({ tagName, attribs }: Element): Style | undefined {
    // An anchor with a name instead of an address is a place to be led to; with neither, a script makes it a button.
    const isPlace = attribs.href === undefined && (attribs.name ?? attribs.id) !== undefined;
    if (tagName !== 'a' || isPlace) return EMPHASIS[tagName];
    const href = linkTarget(attribs.href ?? '', this.#base);
    if (href === undefined) return { ...PLAIN, isLink: true };
    return {
      before: `<a href="${escapeWords(href).replaceAll('"', '&quot;')}">`,
      after: '</a>',
      isLink: true,
    };
  }

  #holdsBlocks(element: Element): boolean {
    for (const { tagName } of elementsIn(element, this.#gone))
      if (BLOCK_TAGS.has(tagName) || tagName === 'br' || tagName === 'a') return true;
    return false;
  }

  #inline(raw: string, { before, after, isLink }: Style): void {
    const text = foldRuns(raw);
    if (text === '') return;
    const joined = this.#text === '' || this.#text.endsWith(' ') ? text.replace(/^ /, '') : text;
    this.#text += joined;
    this.#markup += joined.trim() === '' ? joined : `${before}${escapeWords(joined)}${after}`;
    if (isLink) this.#linked += joined.trim().length;
  }

  /** A break after a finished sentence, or a second one, starts a new block; otherwise the line goes on below. */
  #lineBreak(): void {
    const soFar = this.#text.trimEnd();
    if (soFar === '' || this.#text.endsWith('\n') || SENTENCE_END.test(soFar)) {
      this.#flush();
      return;
    }
    this.#text = `${soFar}\n`;
    this.#markup = `${this.#markup.trimEnd()}<br />`;
  }

  #flush(): void {
    const text = this.#text
      .split('\n')
      .map(foldSpace)
      .filter((line) => line !== '')
      .join('\n');
    const html = this.#markup.trim().replace(/(?:<br \/>)+$/, '');
    const linked = this.#linked;
    this.#text = '';
    this.#markup = '';
    this.#linked = 0;
    if (text === '') return;
    this.#blocks.push({ tag: this.#tag, group: this.#group, ordered: this.#ordered, text, html, linked });
  }

  #table(table: Element): void {
    this.#flush();
    for (const caption of elementsIn(table, this.#gone))
      if (caption.tagName === 'caption') this.read(caption);
    this.#groups += 1;
    for (const row of rowsOf(table, this.#gone)) {
      const cells = cellsOf(row, this.#gone);
      const texts = cells.map((cell) => foldSpace(wordsOf(cell, this.#gone)));
      if (texts.every((text) => text === '')) continue;
      const html = cells.map((cell, index) => {
        const name = cell.tagName === 'th' ? 'th' : 'td';
        return `<${name}>${escapeWords(texts[index] ?? '')}</${name}>`;
      });
      let links = '';
      for (const inner of elementsIn(row, this.#gone))
        if (inner.tagName === 'a') links += wordsOf(inner, this.#gone);
      this.#blocks.push({
        tag: 'tr',
        group: this.#groups,
        ordered: false,
        text: texts.filter((cell) => cell !== '').join(' '),
        html: html.join(''),
        linked: foldSpace(links).length,
      });
    }
  }
}

function isDataTable(table: Element, gone: Gone): boolean {
  for (const { tagName } of elementsIn(table, gone)) if (tagName === 'table') return false;
  const rows = rowsOf(table, gone).map((row) => cellsOf(row, gone));
  return (
    rows.filter(({ length }) => length >= 2).length >= Math.max(1, rows.length / 2) &&
    rows.every((cells) => cells.every((cell) => rawText(cell, gone).length <= LONGEST_CELL))
  );
}

function rowsOf(table: Element, gone: Gone): readonly Element[] {
  return [...elementsIn(table, gone)].filter(({ tagName }) => tagName === 'tr');
}

function cellsOf(row: Element, gone: Gone): readonly Element[] {
  return row.children.filter(
    (cell): cell is Element =>
      cell.type === 'tag' && (cell.tagName === 'td' || cell.tagName === 'th') && !gone.has(cell),
  );
}

/** The words a document has of an element. */
function wordsOf(element: Element, gone: Gone): string {
  let text = '';
  for (const child of element.children) {
    if (child.type === 'text') text += child.data;
    else if (child.type === 'tag' && !gone.has(child) && !DROPPED.has(child.tagName))
      text += wordsOf(child, gone);
  }
  return text;
}

/** Words as the gate in `sanitise` writes them. */
function escapeWords(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
