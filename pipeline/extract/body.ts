import { foldSpace, type Html, type HtmlSelection } from '../../text/html.ts';
import { titleKey } from '../../text/titles.ts';
import { sanitise } from '../sanitise.ts';
import { type Block, readBlocks, textOf } from './blocks.ts';
import { densestElement } from './density.ts';
import { leadOf } from './lead.ts';
import { type Found, type OpenPage, selectAll } from './page.ts';
import { type Weights, weighTree } from './prose.ts';
import { prune } from './prune.ts';
import type { Element } from './runs.ts';
import { isDateLine, trimBlocks } from './trim.ts';
import { Witness } from './witness.ts';

/** Elements made for the text by content systems, mostly Chinese: where one stands, it is the text. */
const CERTAIN = [
  ...[
    '#UCAP-CONTENT',
    '.TRS_UEDITOR',
    '.trs_editor_view',
    '.TRS_Editor',
    '#zoom',
    '#Zoom',
    '#zoomcon',
    '#ozoom',
  ],
  ...['#fontzoom', '#FontZoom', '.pages_content', '#detailContent', '#js_content', '#endText', '#artibody'],
  ...[
    '#rwb_zw',
    '#mainText',
    '#articleText',
    '#article_content',
    '#news_content',
    '#contentText',
    '#ArticleContent',
  ],
  ...[
    '.article_content',
    '.Article_content',
    '.post_text',
    '.rm_txt_con',
    '.v_news_content',
    '.wp_articlecontent',
  ],
  ...['.news_content', '.xxgk-content', '.all-txt', '.gsAreaContextArt', '.govspeak'],
];
/** Names that also stand on teasers and on one of several parts. */
const LIKELY = [
  ...[
    '[itemprop=articleBody]',
    '#article',
    '.article-content',
    '.articleContent',
    '.article-body',
    '.article__body',
  ],
  ...['.news-content', '.detail-content', '.story-body', '.entry-content', '.post-content'],
];
/** From this length on, an element made for the text is the text. */
const CERTAIN_BODY = 120;
/** A known container that holds less than this part of the densest element is a teaser or a caption. */
const SMALLEST_SHARE = 0.4;
/** A container with a likely name must hold nearly all of the densest element's prose. */
const LIKELY_SHARE = 0.45;
const HEAD_BLOCKS = 8;

/** The blocks of the main text and how they were found; undefined when the page has none. */
export function findBody(page: OpenPage, title: string | undefined): Found<readonly Block[]> | undefined {
  const { $ } = page;
  const ruled = selectAll($, page.source.article.body);
  if (ruled !== undefined) {
    const blocks = blocksOf($, ruled, page.url);
    if (textOf(blocks).length > 0) return { value: trimBlocks(blocks, title), rule: 'source' };
  }
  const main = $.root().clone();
  prune($, main.find('body'), false);
  const dense = densestElement($, main.find('body'));
  const denseLength = dense === undefined ? 0 : lengthOf(dense);
  const named = elementsByName(top(main));
  const at = (selector: string): HtmlSelection => $([...(named.get(selector) ?? [])]);
  for (const selector of CERTAIN) {
    const known = longest($, at(selector));
    if (known === undefined || lengthOf(known) < Math.min(CERTAIN_BODY, denseLength * SMALLEST_SHARE))
      continue;
    return finished(page, known, title, `container:${selector}`);
  }
  const weights = weighTree(top(main));
  const denseProse = dense === undefined ? 0 : (weights.get(top(dense)) ?? 0);
  for (const selector of LIKELY) {
    const known = outermost($, at(selector));
    if (proseOf(known, weights) < Math.max(40, denseProse * LIKELY_SHARE)) continue;
    return finished(page, known, title, `container:${selector}`);
  }
  return dense === undefined ? undefined : finished(page, dense, title, 'density');
}

function finished(
  page: OpenPage,
  element: HtmlSelection,
  title: string | undefined,
  rule: string,
): Found<readonly Block[]> | undefined {
  const text = trimBlocks(withoutTitle(witnessed(page, element), title), title);
  const blocks = text.length === 0 ? text : [...leadOf(page, text), ...text];
  return blocks.length === 0 ? undefined : { value: blocks, rule };
}

/** The element's blocks, cut down to what the page states as its text when it states it. */
function witnessed(page: OpenPage, element: HtmlSelection): readonly Block[] {
  const blocks = blocksOf(page.$, element, page.url);
  const witness = new Witness(page.structured.find(({ body }) => body !== undefined)?.body ?? '');
  if (!witness.isLong) return blocks;
  const share = witness.coverage(blocks);
  if (share >= 0.8) return witness.narrow(blocks);
  const whole = blocksOf(page.$, element.parents('body'), page.url);
  return witness.coverage(whole) > share + 0.2 ? witness.narrow(whole) : blocks;
}

/** Blocks of a fragment of HTML, for entries that carry their whole text. */
export function blocksOfHtml(html: string, base: string): readonly Block[] {
  return readBlocks(sanitise(html, base));
}

function blocksOf($: Html, elements: HtmlSelection, base: string): readonly Block[] {
  const html = elements
    .toArray()
    .map((element) => $(element).html() ?? '')
    .join('<br><br>');
  return blocksOfHtml(html, base);
}

/**
 * The page's head inside the container (heading, or title and date line) is no part of the text; a title that is set as
 * the first paragraph of the document itself stays.
 */
function withoutTitle(blocks: readonly Block[], title: string | undefined): readonly Block[] {
  const key = titleKey(title ?? '');
  const index = blocks.slice(0, HEAD_BLOCKS).findIndex(({ text }) => key !== '' && titleKey(text) === key);
  if (index < 0) return blocks;
  const isHeading = /^h[1-4]$/.test(blocks[index]?.tag ?? '');
  const date = blocks.slice(index + 1, index + 4).findIndex(({ text }) => isDateLine(text));
  return isHeading || date >= 0 ? blocks.slice(index + 1 + Math.max(0, date + 1)) : blocks;
}

function longest($: Html, elements: HtmlSelection): HtmlSelection | undefined {
  let best: HtmlSelection | undefined;
  for (const element of elements.toArray()) {
    const candidate = $(element);
    if (best === undefined || lengthOf(candidate) > lengthOf(best)) best = candidate;
  }
  return best;
}

/** Parts of one text may all carry the same name; a match inside another match is no part of its own. */
function outermost($: Html, elements: HtmlSelection): HtmlSelection {
  return elements.filter((_, element) =>
    $(element)
      .parents()
      .toArray()
      .every((parent) => !elements.is(parent)),
  );
}

function proseOf(elements: HtmlSelection, weights: Weights): number {
  // Selections of elements hold elements.
  return elements.toArray().reduce((sum, element) => sum + (weights.get(element as Element) ?? 0), 0);
}

/** The elements of a tree under the selectors of their ids, classes and itemprop: fifty containers, one walk. */
function elementsByName(root: Element): ReadonlyMap<string, readonly Element[]> {
  const found = new Map<string, Element[]>();
  const visit = (element: Element): void => {
    const { id, class: names, itemprop } = element.attribs;
    const selectors = (names ?? '').split(/\s+/u).map((name) => `.${name}`);
    if (id !== undefined) selectors.push(`#${id}`);
    if (itemprop !== undefined) selectors.push(`[itemprop=${itemprop}]`);
    for (const selector of selectors) {
      const same = found.get(selector);
      if (same === undefined) found.set(selector, [element]);
      else same.push(element);
    }
    for (const child of element.children) if (child.type === 'tag') visit(child);
  };
  for (const child of root.children) if (child.type === 'tag') visit(child);
  return found;
}

function top(selection: HtmlSelection): Element {
  // Called on selections that hold one element.
  return selection.get(0) as Element;
}

function lengthOf(element: HtmlSelection): number {
  return foldSpace(element.text()).length;
}
