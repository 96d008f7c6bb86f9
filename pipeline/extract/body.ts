import { foldSpace, type Html, type HtmlSelection } from '../../text/html.ts';
import { titleKey } from '../../text/titles.ts';
import { sanitise } from '../sanitise.ts';
import { type Block, readBlocks, textOf } from './blocks.ts';
import { densestElement } from './density.ts';
import { type Found, type OpenPage, selectAll } from './page.ts';
import { isDateLine, trimBlocks } from './trim.ts';

/** Elements that hold the text on families of content systems; the ones made for it first. */
const CONTAINERS = [
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
  ...[
    '#fontzoom',
    '#FontZoom',
    '.pages_content',
    '#detailContent',
    '#js_content',
    '#endText',
    '#artibody',
    '#article',
    '#article',
  ],
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
    '.article-content',
    '.article_content',
    '.Article_content',
    '.articleContent',
    '.post_text',
    '.rm_txt_con',
  ],
  ...[
    '.news_content',
    '.news-content',
    '.detail-content',
    '.xxgk-content',
    '.v_news_content',
    '.wp_articlecontent',
  ],
  ...['.all-txt', '.gsAreaContextArt', '[itemprop=articleBody]', '.article-body', '.govspeak', '.story-body'],
];
/** From this length on, an element made for the text is the text. */
const CERTAIN_BODY = 120;
/** A known container that holds less than this part of the densest element is a teaser or a caption. */
const SMALLEST_SHARE = 0.4;
const HEAD_BLOCKS = 8;
const NOISE =
  'script,style,noscript,template,nav,footer,aside,form,iframe,button,select,input,[hidden],[aria-hidden=true]';

/** The blocks of the main text and how they were found; undefined when the page has none. */
export function findBody(page: OpenPage, title: string | undefined): Found<readonly Block[]> | undefined {
  const { $ } = page;
  const ruled = selectAll($, page.source.article.body);
  if (ruled !== undefined) {
    const blocks = blocksOf($, ruled, page.url);
    if (textOf(blocks).length > 0) return { value: trimBlocks(blocks, title), rule: 'source' };
  }
  const main = $.root().clone();
  main.find(NOISE).remove();
  main.find('[style*="display:none"],[style*="display: none"]').remove();
  const dense = densestElement($, main.find('body'));
  const denseLength = dense === undefined ? 0 : lengthOf(dense);
  for (const selector of CONTAINERS) {
    const known = longest($, main.find(selector));
    if (known === undefined || lengthOf(known) < Math.min(CERTAIN_BODY, denseLength * SMALLEST_SHARE))
      continue;
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
  const blocks = trimBlocks(withoutTitle(blocksOf(page.$, element, page.url), title), title);
  return blocks.length === 0 ? undefined : { value: blocks, rule };
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

function lengthOf(element: HtmlSelection): number {
  return foldSpace(element.text()).length;
}
