import { foldSpace } from '../../text/html.ts';
import { bigramSimilarity, stripTitleMarks, titleKey } from '../../text/titles.ts';
import {
  elementsTagged,
  type Found,
  firstFound,
  metaContent,
  type OpenPage,
  type Step,
  selectText,
} from './page.ts';
import { type Element, firstParagraph } from './runs.ts';

const IN_PICTURES = new Set(['svg', 'g', 'symbol', 'path']);
const LONGEST_TITLE = 160;
/** Shorter first-level headings are sections and logos. */
const SHORTEST_H1 = 6;
const LEAST_ALIKE = 0.3;
const HEADINGS =
  'h1,h2,h3,[class*=title],[class*=Title],[id*=title],[id*=Title],[class*=tit],[class*=bt],.headline';
/** A last part of <title> that names a site or a column, not a document. */
const SITE_PART =
  /网$|网站|频道|门户|人民政府$|政府网|部$|厅$|局$|委员会$|委$|日报|晚报|时报|新闻|公司|中心$|首页|资讯|客户端|平台|\.(?:com|cn|org|net|gov|uk|eu|jp)\b|公众号|头条|百家号|博客|论坛|专栏|要闻|快讯|通知公告|政策文件|工作动态|GOV\.UK|Home/iu;

/** The title of a page: what the source's rules or the page's own fields say, then agreement of headings, then the list. */
export function findTitle(page: OpenPage): Found<string> | undefined {
  const found = firstFound(STEPS, page);
  return found === undefined ? undefined : { value: stripTitleMarks(found.value), rule: found.rule };
}

const STEPS: readonly Step<string>[] = [
  { name: 'source', find: ({ $, source }) => usable(selectText($, source.article.title), 'source') },
  {
    name: 'label',
    find({ labels }) {
      const label = labels.get('title');
      return label === undefined ? undefined : usable(label.value, `label:${label.label}`);
    },
  },
  {
    name: 'meta',
    find({ $ }) {
      const meta = metaContent($, ['ArticleTitle']);
      return meta === undefined ? undefined : usable(meta.value, meta.rule);
    },
  },
  { name: 'h1', find: mainHeading },
  { name: 'heading', find: agreedHeading },
  { name: 'stated', find: statedHeadline },
  {
    name: 'og',
    find({ $ }) {
      const meta = metaContent($, ['og:title', 'twitter:title', 'dc.title']);
      return meta === undefined ? undefined : usable(stripSite(meta.value, siteNames($)), meta.rule);
    },
  },
  {
    name: 'entry',
    find: ({ entry }) =>
      entry === undefined || isCut(entry.title) ? undefined : usable(entry.title, 'list'),
  },
  { name: 'element', find: ({ $ }) => usable(stripSite(titleElement($), siteNames($)), 'title element') },
  { name: 'h1', find: ({ $ }) => usable(textOf($, elementsTagged($, 'h1')[0]), 'h1') },
  { name: 'cut', find: ({ entry }) => usable(entry?.title, 'list, cut') },
];

/**
 * The one first-level heading that is about what <title> or og:title is about: what readers see as the title, where the
 * others are written for search engines. Among several, the one that JSON-LD repeats, else the first that is alike.
 */
function mainHeading({ $, structured }: OpenPage): Found<string> | undefined {
  const headings = elementsTagged($, 'h1')
    .map((node) => foldSpace($(node).text()))
    .filter((text) => titleKey(text).length >= SHORTEST_H1 && text.length <= LONGEST_TITLE * 1.5);
  const witnesses = [titleElement($), metaContent($, ['og:title', 'twitter:title'])?.value ?? ''].map(
    titleKey,
  );
  const stated = structured.map(({ headline }) => titleKey(headline ?? ''));
  const names = siteNames($).map(titleKey);
  const repeated = headings.find((text) => stated.includes(titleKey(text)));
  if (repeated !== undefined) return usable(repeated, 'h1, json-ld');
  const alike = headings.find(
    (text) =>
      !names.includes(titleKey(text)) &&
      witnesses.some(
        (witness) =>
          bigramSimilarity(witness, titleKey(text)) >= LEAST_ALIKE || witness.startsWith(titleKey(text)),
      ),
  );
  return alike === undefined ? undefined : usable(alike, 'h1');
}

/** What <title> and JSON-LD say alike, where no heading on the page does. */
function statedHeadline({ $, structured }: OpenPage): Found<string> | undefined {
  const title = stripSite(titleElement($), siteNames($));
  const headline =
    structured.find(({ isArticle, headline }) => isArticle && headline !== undefined)?.headline ?? '';
  return titleKey(title) === titleKey(headline) && titleKey(title) !== ''
    ? usable(title, 'title element, json-ld')
    : undefined;
}

/** The heading that most of <title>, og:title and the list agree with. One witness is enough, none is not. */
function agreedHeading(page: OpenPage): Found<string> | undefined {
  const { $, entry } = page;
  const element = titleKey(titleElement($));
  const og = titleKey(metaContent($, ['og:title'])?.value ?? '');
  const listed = titleKey((entry?.title ?? '').replace(/(?:…|\.{2,})\s*$/u, ''));
  let best: { readonly text: string; readonly score: number; readonly rule: string } | undefined;
  for (const node of $(HEADINGS).toArray().slice(0, 200)) {
    const text = foldSpace($(node).text());
    const key = titleKey(text);
    if (key.length < 4 || text.length > LONGEST_TITLE) continue;
    let score = 0;
    if (element === key) score += 4;
    else if (element.startsWith(key) || (element.includes(key) && key.length * 2 > element.length))
      score += 3;
    if (og !== '' && (og === key || og.startsWith(key))) score += 3;
    if (listed.length >= 4 && (listed === key || key.startsWith(listed))) score += 3;
    if (score === 0) continue;
    if (node.tagName === 'h1') score += 1;
    score += Math.min(key.length, 80) / 100;
    if (best === undefined || score > best.score) best = { text, score, rule: node.tagName };
  }
  return best === undefined ? undefined : usable(best.text, `heading:${best.rule}`);
}

const SEPARATOR = /\s+[-–—|·:]\s+|\s*[_|｜]+\s*|\s*--+\s*|(?<=[^\x21-\x7e])-|-(?=[^\x21-\x7e])/gu;

/** <title> or og:title without the site's and the column's name behind it. */
export function stripSite(title: string, siteNames: readonly string[]): string {
  let rest = foldSpace(title);
  const names = siteNames.map(titleKey).filter((name) => name !== '');
  for (;;) {
    // A hyphen between Latin letters and the Chinese dash —— are parts of titles, not separators.
    const separator = [...rest.matchAll(SEPARATOR)].at(-1);
    if (separator === undefined) return rest;
    const head = rest.slice(0, separator.index).trim();
    const tail = rest.slice(separator.index + separator[0].length).trim();
    const key = titleKey(tail);
    const isSite =
      key === '' || names.some((name) => name.includes(key) || key.includes(name)) || SITE_PART.test(tail);
    const isColumn = /[_|｜]/u.test(separator[0]) && titleKey(head).length > key.length;
    if (titleKey(head).length < 4 || tail.length > 40 || !(isSite || isColumn)) return rest;
    rest = head;
  }
}

function siteNames($: OpenPage['$']): readonly string[] {
  const names = metaContent($, ['og:site_name', 'SiteName', 'application-name']);
  return names === undefined ? [] : [names.value];
}

function titleElement($: OpenPage['$']): string {
  // Pictures in SVG have titles, too.
  const title = elementsTagged($, 'title').find(
    ({ parent }) => parent === null || !('tagName' in parent) || !IN_PICTURES.has(parent.tagName),
  );
  return textOf($, title);
}

function textOf($: OpenPage['$'], element: Element | undefined): string {
  return element === undefined ? '' : foldSpace($(element).text());
}

function isCut(title: string): boolean {
  return /(?:…|\.{3})\s*$/u.test(title);
}

function usable(text: string | undefined, rule: string): Found<string> | undefined {
  const clean = foldSpace(text ?? '');
  return titleKey(clean).length < 2 || clean.length > 400 ? undefined : { value: clean, rule };
}

/** Index of the run that shows the title; undefined when the page does not. */
export function titleRun(page: OpenPage, title: string): number | undefined {
  const key = titleKey(title);
  const until = firstParagraph(page.runs);
  let found: number | undefined;
  for (const [index, run] of page.runs.slice(0, until).entries()) {
    const own = titleKey(run.text);
    if (own !== '' && (own === key || (own.length >= 8 && key.startsWith(own)))) found = index;
  }
  if (found !== undefined) return found;
  // A notice above the title may read like a paragraph.
  const later = page.runs.findIndex(({ text }) => text.length <= title.length * 2 && titleKey(text) === key);
  return later < 0 ? undefined : later;
}
