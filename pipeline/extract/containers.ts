import { foldedLength } from '../../text/html.ts';
import type { Element } from './runs.ts';
import { elementsIn, type Gone, rawText } from './tree.ts';

/** Elements made for the text by content systems, mostly Chinese: where one stands, it is the text. */
export const CERTAIN = [
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
export const LIKELY = [
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

/** The elements of a tree under the selectors of their ids, classes and itemprop: fifty containers, one walk. */
export function elementsByName(body: Element, gone: Gone): ReadonlyMap<string, readonly Element[]> {
  const found = new Map<string, Element[]>();
  const add = (selector: string, element: Element) => {
    const same = found.get(selector);
    if (same === undefined) found.set(selector, [element]);
    else if (same.at(-1) !== element) same.push(element);
  };
  const note = (element: Element) => {
    const { id, class: names, itemprop } = element.attribs;
    if (names !== undefined) for (const name of names.split(/\s+/u)) add(`.${name}`, element);
    if (id !== undefined) add(`#${id}`, element);
    if (itemprop !== undefined) add(`[itemprop=${itemprop}]`, element);
  };
  note(body);
  for (const element of elementsIn(body, gone)) note(element);
  return found;
}

/** The element with the most text. */
export function longest(elements: readonly Element[], gone: Gone): Element | undefined {
  let best: { readonly element: Element; readonly length: number } | undefined;
  for (const element of elements) {
    const length = lengthOf(element, gone);
    if (best === undefined || length > best.length) best = { element, length };
  }
  return best?.element;
}

/** Parts of one text may all carry the same name; a match inside another match is no part of its own. */
export function outermost(elements: readonly Element[]): readonly Element[] {
  const all = new Set<unknown>(elements);
  return elements.filter((element) => {
    let at: Element['parent'] = element.parent;
    while (at !== null && !all.has(at)) at = at.parent;
    return at === null;
  });
}

/** Characters of an element's text, white space folded. */
export function lengthOf(element: Element, gone: Gone): number {
  return foldedLength(rawText(element, gone));
}
