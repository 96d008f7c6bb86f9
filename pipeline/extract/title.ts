import { allElements, foldSpace, parseHtml } from '../../text/html.ts';
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
import { siteNames, stripName, stripSite } from './site-names.ts';
import { NOTHING, rawText } from './tree.ts';

const IN_PICTURES = new Set(['svg', 'g', 'symbol', 'path']);
const LONGEST_TITLE = 160;
/** Shorter first-level headings are sections and logos. */
const SHORTEST_H1 = 6;
/** A heading less like the page's own name for itself is a slogan or names a box. */
const LEAST_ALIKE = 0.41;
const ENTITY = /&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});/iu;
/** Read out to those who do not see the page. */
const LABEL = /^(?:title|titel|titre|t[ií]tulo|titolo|标题|题目)\s*[:：]\s*(?=\S{2})/iu;
/** 新闻动态 and the like. */
const LONGEST_COLUMN = 6;
const SITE_NAME = /(?:网|网站|门户|政府|部|厅|局|委员会|中心|大学|学院|研究院)$/u;
/** Runs between a heading and its text: date, source, font sizes. */
const ABOVE = 12;
/** An address is made of the title that a text was filed under, cut or without its small words. */
const FILED_UNDER = 0.8;
const CLEARLY = 0.2;
const HEADINGS = new Set(['h1', 'h2', 'h3']);
/** `tit`, and `bt` for 标题, are short for title on many Chinese sites. */
const HEADING_CLASS = /tit|Title|bt|(?:^|\s)headline(?:\s|$)/u;
const HEADING_ID = /[Tt]itle/u;
const MOST_HEADINGS = 200;
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
      const meta = metaContent($, ['articletitle']);
      return meta === undefined ? undefined : usable(meta.value, meta.rule);
    },
  },
  { name: 'news', find: newsHeadline },
  { name: 'h1', find: mainHeading },
  { name: 'heading', find: agreedHeading },
  { name: 'stated', find: statedHeadline },
  {
    name: 'og',
    find(page) {
      const meta = metaContent(page.$, ['og:title', 'twitter:title', 'dc.title']);
      return meta === undefined ? undefined : usable(stripSite(meta.value, siteNames(page)), meta.rule);
    },
  },
  {
    name: 'entry',
    find: ({ entry }) =>
      entry === undefined || isCut(entry.title) ? undefined : usable(entry.title, 'list'),
  },
  { name: 'above the text', find: headingAboveText },
  {
    name: 'element',
    find: (page) => usable(stripSite(titleElement(page.$), siteNames(page)), 'title element'),
  },
  { name: 'h1', find: ({ $ }) => usable(textOf(elementsTagged($, 'h1')[0]), 'h1') },
  { name: 'cut', find: ({ entry }) => usable(entry?.title, 'list, cut') },
];

/**
 * The headline of a news article where the first-level heading is another text that nothing confirms (it carries a kicker,
 * or names a box), while a field for readers says the headline, too; or where the address was made of the headline and
 * not of the heading, which was then rewritten for search engines.
 */
function newsHeadline(page: OpenPage): Found<string> | undefined {
  const { $, structured, url } = page;
  const headline = structured.find(({ isNews, headline }) => isNews && headline !== undefined)?.headline;
  const key = titleKey(headline ?? '');
  const headings = elementsTagged($, 'h1').map((node) => textOf(node));
  if (key === '' || headings.some((heading) => titleKey(heading) === key)) return undefined;
  const witnesses = witnessesOf(page);
  const isShown = headings.some((heading) => witnesses.includes(titleKey(heading)));
  if (!isShown && witnesses.includes(key)) return usable(headline, 'json-ld, agreed');
  const rival = Math.max(0, ...headings.map((heading) => likenessToAddress(heading, url)));
  const likeness = likenessToAddress(headline ?? '', url);
  return likeness >= FILED_UNDER && likeness > rival + CLEARLY
    ? usable(headline, 'json-ld, address')
    : undefined;
}

/** How alike a title is to the longest part of the address, with umlauts written out as addresses write them. */
function likenessToAddress(title: string, url: string): number {
  const parts = (URL.parse(url)?.pathname ?? '').split(/[/,.]/u).map((part) => part.replace(/\d{4,}/gu, ''));
  const slug = parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  const plain = title
    .toLowerCase()
    .replace(/[äöü]/gu, (sign) => `${sign}e`)
    .replace(/ß/gu, 'ss');
  return bigramSimilarity(titleKey(slug), titleKey(plain.normalize('NFD').replace(/\p{M}/gu, '')));
}

/**
 * The one first-level heading that is about what <title> or og:title is about: what readers see as the title, where the
 * others are written for search engines. Among several, the one that JSON-LD repeats, else the one most alike.
 */
function mainHeading(page: OpenPage): Found<string> | undefined {
  const { $, structured } = page;
  const headings = elementsTagged($, 'h1')
    .map((node) => textOf(node))
    .filter((text) => titleKey(text).length >= SHORTEST_H1 && text.length <= LONGEST_TITLE * 1.5);
  const stated = structured.map(({ headline }) => titleKey(headline ?? ''));
  const repeated = headings.find((text) => stated.includes(titleKey(text)));
  if (repeated !== undefined) return usable(stripName(repeated, page), 'h1, json-ld');
  const names = siteNames(page).map(titleKey);
  const witnesses = witnessesOf(page);
  let best: { readonly text: string; readonly likeness: number } | undefined;
  for (const text of headings) {
    const key = titleKey(text);
    const likeness = Math.max(
      ...witnesses.map((witness) => (witness.startsWith(key) ? 1 : bigramSimilarity(witness, key))),
    );
    if (!names.includes(key) && likeness >= LEAST_ALIKE && likeness > (best?.likeness ?? 0))
      best = { text, likeness };
  }
  return best === undefined ? undefined : usable(stripName(best.text, page), 'h1');
}

/** The keys of what the fields for browsers and shared links call the page, without the site's name. */
function witnessesOf(page: OpenPage): readonly string[] {
  const names = siteNames(page);
  return [
    titleElement(page.$),
    ...['og:title', 'twitter:title'].map((name) => metaContent(page.$, [name])?.value ?? ''),
  ]
    .map((title) => titleKey(stripSite(title, names)))
    .filter((key) => key !== '');
}

/** What <title> and JSON-LD say alike, where no heading on the page does. */
function statedHeadline(page: OpenPage): Found<string> | undefined {
  const { $, structured } = page;
  const title = stripSite(titleElement($), siteNames(page));
  const headline =
    structured.find(({ isArticle, headline }) => isArticle && headline !== undefined)?.headline ?? '';
  return titleKey(title) === titleKey(headline) && titleKey(title) !== ''
    ? usable(title, 'title element, json-ld')
    : undefined;
}

/** The heading right above the first paragraph where <title> names the site or the column only, as on many small sites. */
function headingAboveText(page: OpenPage): Found<string> | undefined {
  const element = stripSite(titleElement(page.$), siteNames(page));
  if (titleKey(element).length > LONGEST_COLUMN && !SITE_NAME.test(element)) return undefined;
  const until = firstParagraph(page.runs);
  const above = page.runs.slice(Math.max(0, until - ABOVE), until).toReversed();
  const heading = above.find(
    ({ text, parent }) => /^h[1-6]$/u.test(parent.tagName) && titleKey(text).length > LONGEST_COLUMN,
  );
  return heading === undefined ? undefined : usable(heading.text, `heading:${heading.parent.tagName}`);
}

/** The heading that most of <title>, og:title and the list agree with. One witness is enough, none is not. */
function agreedHeading(page: OpenPage): Found<string> | undefined {
  const { $, entry } = page;
  const element = titleKey(titleElement($));
  const og = titleKey(metaContent($, ['og:title'])?.value ?? '');
  const listed = titleKey((entry?.title ?? '').replace(/(?:…|\.{2,})\s*$/u, ''));
  let best: { readonly text: string; readonly score: number; readonly rule: string } | undefined;
  for (const node of allElements($).filter(isHeading).slice(0, MOST_HEADINGS)) {
    const text = textOf(node);
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
  return best === undefined ? undefined : usable(stripName(best.text, page), `heading:${best.rule}`);
}

function isHeading({ tagName, attribs }: Element): boolean {
  return (
    HEADINGS.has(tagName) ||
    (attribs.class !== undefined && HEADING_CLASS.test(attribs.class)) ||
    (attribs.id !== undefined && HEADING_ID.test(attribs.id))
  );
}

function titleElement($: OpenPage['$']): string {
  // Pictures in SVG have titles, too.
  const title = elementsTagged($, 'title').find(
    ({ parent }) => parent === null || !('tagName' in parent) || !IN_PICTURES.has(parent.tagName),
  );
  return textOf(title);
}

function textOf(element: Element | undefined): string {
  return element === undefined ? '' : foldSpace(rawText(element, NOTHING));
}

function isCut(title: string): boolean {
  return /(?:…|\.{3})\s*$/u.test(title);
}

function usable(text: string | undefined, rule: string): Found<string> | undefined {
  // `&amp;amp;`: escaped twice by the site.
  const plain = ENTITY.test(text ?? '')
    ? parseHtml(text ?? '')
        .root()
        .text()
    : (text ?? '');
  const clean = foldSpace(plain).replace(LABEL, '');
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
