import { foldSpace, type Html, type HtmlSelection, parseHtml } from '../../text/html.ts';

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

type Node = ReturnType<HtmlSelection['contents']>[number];

const HEADING = /^h[1-4]$/;
const BLOCK_TAGS = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'blockquote',
  'table',
  'tr',
  'td',
  'th',
]);
const SENTENCE_END = /[。！？：；.!?:;”"』）)]$/u;
/** A cell longer than this holds an article, not a value: the table only lays the page out. */
const LONGEST_CELL = 600;

/** Reads sanitised HTML as a flat list of blocks. Bare text and text between `<br>`s become paragraphs. */
export function readBlocks(sanitised: string): readonly Block[] {
  const $ = parseHtml(sanitised);
  const reader = new BlockReader($);
  reader.read($('body'), 'p');
  return reader.finish();
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
  readonly #html: Html;
  #text = '';
  #markup = '';
  #linked = 0;
  #groups = 0;
  #tag: Block['tag'] = 'p';
  #group = 0;
  #ordered = false;

  constructor($: Html) {
    this.#html = $;
  }

  read(parent: HtmlSelection, tag: Block['tag']): void {
    for (const node of parent.contents().toArray()) this.#node(node, tag);
  }

  finish(): readonly Block[] {
    this.#flush();
    return this.#blocks;
  }

  #node(node: Node, tag: Block['tag']): void {
    if (node.type === 'text') this.#inline(node.data, ['', ''], false);
    if (node.type !== 'tag') return;
    const element = this.#html(node);
    const name = node.tagName;
    if (name === 'br') this.#lineBreak();
    else if (name === 'table' && isDataTable(this.#html, element)) this.#table(element);
    else if (BLOCK_TAGS.has(name)) this.#block(element, name, tag);
    else this.#inlineElement(element, name);
  }

  #block(element: HtmlSelection, name: string, tag: Block['tag']): void {
    this.#flush();
    const outer = { tag: this.#tag, group: this.#group, ordered: this.#ordered };
    if (name === 'ul' || name === 'ol') {
      this.#groups += 1;
      this.#group = this.#groups;
      this.#ordered = name === 'ol';
    }
    this.#tag = HEADING.test(name) || name === 'li' || name === 'blockquote' ? (name as Block['tag']) : tag;
    this.read(element, this.#tag);
    this.#flush();
    this.#tag = outer.tag;
    this.#group = outer.group;
    this.#ordered = outer.ordered;
  }

  #inlineElement(element: HtmlSelection, name: string): void {
    // An inline element around blocks (<strong><p>…) is opened up; its emphasis is lost, its words are not.
    // A link inside emphasis counts for more than the emphasis.
    if (element.find('p,table,ul,ol,h1,h2,h3,h4,blockquote,br,a').length > 0) {
      this.read(element, this.#tag);
      return;
    }
    const href = name === 'a' ? element.attr('href') : undefined;
    const opening = href === undefined ? `<${name}>` : `<a href="${escapeHtml(href)}">`;
    const isKept = name === 'strong' || name === 'em' || href !== undefined;
    this.#inline(element.text(), isKept ? [opening, `</${name}>`] : ['', ''], name === 'a');
  }

  #inline(raw: string, [before, after]: readonly [string, string], isLink: boolean): void {
    const text = raw
      .replace(/[\u200B-\u200D\uFEFF\u00AD\uE000-\uF8FF]/g, '')
      .replace(/[\s\u00A0\u3000]+/g, ' ');
    if (text === '') return;
    const joined = this.#text === '' || this.#text.endsWith(' ') ? text.replace(/^ /, '') : text;
    this.#text += joined;
    this.#markup += joined.trim() === '' ? joined : `${before}${escapeHtml(joined)}${after}`;
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
    this.#markup = `${this.#markup.trimEnd()}<br>`;
  }

  #flush(): void {
    const text = this.#text
      .split('\n')
      .map(foldSpace)
      .filter((line) => line !== '')
      .join('\n');
    const html = this.#markup.trim().replace(/(?:<br>)+$/, '');
    const linked = this.#linked;
    this.#text = '';
    this.#markup = '';
    this.#linked = 0;
    if (text === '') return;
    this.#blocks.push({ tag: this.#tag, group: this.#group, ordered: this.#ordered, text, html, linked });
  }

  #table(table: HtmlSelection): void {
    this.#flush();
    this.#groups += 1;
    for (const row of table.find('tr').toArray()) {
      const cells = this.#html(row).children('td,th').toArray();
      const texts = cells.map((cell) => foldSpace(this.#html(cell).text()));
      if (texts.every((text) => text === '')) continue;
      const html = cells.map((cell, index) => {
        const name = cell.tagName === 'th' ? 'th' : 'td';
        return `<${name}>${escapeHtml(texts[index] ?? '')}</${name}>`;
      });
      const linked = foldSpace(this.#html(row).find('a').text()).length;
      const text = texts.filter((cell) => cell !== '').join(' ');
      this.#blocks.push({
        tag: 'tr',
        group: this.#groups,
        ordered: false,
        text,
        html: html.join(''),
        linked,
      });
    }
  }
}

function isDataTable($: Html, table: HtmlSelection): boolean {
  if (table.find('table').length > 0) return false;
  const rows = table.find('tr').toArray();
  const widths = rows.map((row) => $(row).children('td,th').length);
  if (widths.filter((width) => width >= 2).length < Math.max(1, rows.length / 2)) return false;
  return table
    .find('td,th')
    .toArray()
    .every((cell) => $(cell).text().length <= LONGEST_CELL);
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
