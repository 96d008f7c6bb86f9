import type { Selector } from '../../model/source.ts';
import { foldSpace, type HtmlSelection, parseHtml } from '../../text/html.ts';
import { titleKey } from '../../text/titles.ts';
import { absoluteUrl, hostOf } from '../../text/urls.ts';
import { type Block, textOf } from './blocks.ts';
import { type Found, selectText } from './page.ts';

/** A page of an article after its first one. */
export interface FurtherPage {
  readonly html: string;
  readonly url: string;
}

/** An article has at most this many pages; a pager that names more belongs to a list. */
export const MAX_PAGES = 20;

/** Addresses as they stand in the source text: most pages name none of their own stem and need not be parsed. */
const EACH_HREF = /href\s*=\s*["']?([^"'\s>]+)/giu;
/** TRS writes its pager by script: pages, the current one, name and ending of the file; some with an element first. */
const SCRIPT =
  /createPage(?:HTML)?\(\s*(?:["'][^"']*["']\s*,\s*)?(\d+)\s*,\s*(\d+)\s*,\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']/giu;
const PAGER_WORD =
  /^[[(（【<《«‹>»›\s]*(?:\d{1,2}|第\s*\d{1,2}\s*页|下一?页|next(?: page)?|older)?[\])）】<>》«»‹›\s]*$/iu;
const PAGE_KEY = /^(?:page|p|pn|pageno|pagenum|pageindex|curpage|currentpage|cpage|_page)$/i;
/** Frames of sites repeat short runs and a few long ones; a page whose text repeats has nearly all of them. */
const LONG_RUN = 40;
const REPEATED_SHARE = 0.7;
const PAGER_LINE =
  /^(?:首页|上一?页|下一?页|尾页|末页|余下全文|全文阅读|阅读全文|next(?: page)?|prev(?:ious)?(?: page)?|共|第|页|条|\d|[\s|/<>«»‹›[\]()（）【】.…])+$/iu;

/** Addresses of an article's further pages by their number, as its page `here` names them; `first` is the article's own. */
export function furtherPages(html: string, first: string, here = first): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (here === first) for (const [number, url] of pagesOfScript(html, first)) found.set(number, url);
  if (found.size > 0 || !namesPages(html, first, here)) return found;
  const $ = parseHtml(html);
  for (const element of $('a[href],link[rel=next]').toArray()) {
    const link = $(element);
    if (!isPager(link)) continue;
    const url = absoluteUrl(link.attr('href') ?? '', here);
    const number = url === undefined ? undefined : pageNumber(url, first);
    if (url !== undefined && number !== undefined && !found.has(number)) found.set(number, url);
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}

/** Most long runs of words of one page stand in the other too: the pager turned comments, not the article. */
export function repeatsPage(html: string, other: string): boolean {
  const runs = longRuns(html);
  const repeated = new Set(runs.filter((run) => other.includes(run)));
  const longest = runs.toSorted((one, two) => two.length - one.length).slice(0, 3);
  return (
    repeated.size > 0 &&
    repeated.size >= new Set(runs).size * REPEATED_SHARE &&
    longest.every((run) => repeated.has(run))
  );
}

/** The address of the print view that a source's rule finds on a page; undefined where there is none on the same host. */
export function wholePageOf(html: string, url: string, rule: Selector | undefined): string | undefined {
  if (rule === undefined) return undefined;
  const address = absoluteUrl(selectText(parseHtml(html), rule) ?? '', url);
  return address !== undefined && hostOf(address) === hostOf(url) && address !== url ? address : undefined;
}

/** One text out of an article's pages. A page that repeats another one (the whole text, comments) adds nothing. */
export function joinPages(pages: readonly (readonly Block[])[]): {
  readonly blocks: readonly Block[];
  readonly joined: number;
} {
  const seen = new Set<string>();
  const blocks: Block[] = [];
  let joined = 0;
  let groups = 0;
  for (const page of pages) {
    const own = withoutPager(page);
    const key = titleKey(textOf(own));
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    joined += 1;
    // A list at the end of one page and a table at the head of the next are two things.
    blocks.push(...own.map((block) => ({ ...block, group: block.group + groups })));
    groups = Math.max(groups, ...blocks.map(({ group }) => group)) + 1;
  }
  return { blocks, joined };
}

/** The body of an article with that of its further pages behind it. */
export function withFurther<Body extends Found<readonly Block[]>>(
  body: Body | undefined,
  further: readonly (readonly Block[])[],
): { readonly body: Body | undefined; readonly joined: number } {
  if (body === undefined || further.length === 0) return { body, joined: 1 };
  const { blocks, joined } = joinPages([body.value, ...further]);
  return { body: { ...body, value: blocks }, joined };
}

function longRuns(html: string): readonly string[] {
  const words = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '');
  return [...words.matchAll(/[^<>]+/g)].map(([run]) => run.trim()).filter((run) => run.length >= LONG_RUN);
}

function namesPages(html: string, first: string, here: string): boolean {
  for (const [, href = ''] of html.matchAll(EACH_HREF)) {
    const url = absoluteUrl(href.replaceAll('&amp;', '&'), here);
    if (url !== undefined && pageNumber(url, first) !== undefined) return true;
  }
  return false;
}

function* pagesOfScript(html: string, first: string): Generator<[number, string]> {
  const url = new URL(first);
  const { folder, name } = partsOf(url.pathname);
  for (const [, pages = '0', current = '0', of = '', ending = ''] of html.matchAll(SCRIPT)) {
    // The pager of the list that a page also shows names another file.
    if (of !== name || Number(pages) < 2 || Number(current) > 1) continue;
    for (let at = 1; at < Math.min(Number(pages), MAX_PAGES); at += 1) {
      const number = Number(current) + at;
      yield [number, new URL(`${folder}${name}_${number}.${ending}`, url).href];
    }
    return;
  }
}

function isPager(link: HtmlSelection): boolean {
  if (/\bnext\b/i.test(link.attr('rel') ?? '')) return true;
  const text = foldSpace(link.text());
  return text !== '' && PAGER_WORD.test(text);
}

/** The number of the page an address opens, if it is one of the article at `first`: same host, same path stem. */
function pageNumber(address: string, first: string): number | undefined {
  const [url, own] = [new URL(address), new URL(first)];
  if (url.host !== own.host) return undefined;
  const inPath = numberInPath(url, own);
  const number = url.pathname === own.pathname ? numberInQuery(url, own) : inPath;
  return number !== undefined && number >= 1 && number <= MAX_PAGES ? number : undefined;
}

/** `/a/t1.html` → `/a/t1_2.html`, `/a/t1-2.html`; `/a/t1` → `/a/t1/2`, `/a/t1/page/2`. */
function numberInPath(url: URL, own: URL): number | undefined {
  if (url.search !== own.search) return undefined;
  const { folder, name, ending } = partsOf(own.pathname);
  const stem = `${folder}${name}`;
  if (name === '' || !url.pathname.startsWith(stem)) return undefined;
  const rest = url.pathname.slice(stem.length);
  const match =
    ending === '' ? /^\/(?:page\/)?(\d{1,2})\/?$/.exec(rest) : /^[_-](\d{1,2})(\.\w+)$/.exec(rest);
  if (match === null || (ending !== '' && match[2] !== ending)) return undefined;
  return Number(match[1]);
}

function numberInQuery(url: URL, own: URL): number | undefined {
  const others = (of: URL) => [...of.searchParams].filter(([key]) => !PAGE_KEY.test(key)).join('&');
  const pages = [...url.searchParams].filter(([key]) => PAGE_KEY.test(key));
  const value = pages[0]?.[1] ?? '';
  if (pages.length !== 1 || !/^\d{1,2}$/.test(value) || others(url) !== others(own)) return undefined;
  return Number(value);
}

function partsOf(pathname: string): {
  readonly folder: string;
  readonly name: string;
  readonly ending: string;
} {
  const path = pathname.replace(/\/$/, '');
  const [, folder = '/', name = '', ending = ''] = /^(.*\/)([^/]*?)(\.\w+)?$/.exec(path) ?? [];
  return { folder, name, ending };
}

function withoutPager(blocks: readonly Block[]): readonly Block[] {
  let to = blocks.length;
  while (to > 0 && PAGER_LINE.test(blocks[to - 1]?.text ?? '')) to -= 1;
  let from = 0;
  while (from < to && PAGER_LINE.test(blocks[from]?.text ?? '')) from += 1;
  return blocks.slice(from, to);
}
