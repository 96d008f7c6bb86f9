import type { Publication } from '../model/publication.ts';
import type { ListRules } from '../model/source.ts';
import { foldSpace, type Html, type HtmlElement, type HtmlSelection, parseHtml } from '../text/html.ts';
import { dateInUrl, readListDate } from '../text/list-dates.ts';
import { visibleText } from '../text/selector.ts';
import { itemSelector, parentOf, relativeSelector, stableClasses, upwards } from './list-selectors.ts';
import { type ListContext, readListing } from './listing.ts';

/** A list found on a page nobody described: the rules to read it with, and how sure we are. */
export interface FoundList {
  readonly rules: ListRules;
  /** Items the rules read. */
  readonly count: number;
  /** Share of them with a date. */
  readonly dated: number;
}

/** One link that may be an item's: the element with the address, and where it hangs. */
interface Candidate {
  readonly element: HtmlElement;
  readonly title: string;
}

interface Group {
  readonly candidates: readonly Candidate[];
  readonly score: number;
}

const MIN_ITEMS = 2;
const MIN_TITLE = 4;
/** A list of announcements is dated; a menu is not. */
const MIN_DATED = 0.6;
const FURNITURE =
  'nav, header, footer, aside, [class*="nav"], [class*="menu"], [class*="foot"], [id*="foot"]';
const CALL = /["'](?:https?:\/\/|\.{0,2}\/)[^"'\s]+["']/;
const MAX_CANDIDATES = 5000;

/**
 * Finds the list of dated announcements on a page: links that hang in the page in the same way, have titles of some
 * length, and a date in their item, their address or a heading above. Undefined when no links do: a page whose list
 * is filled by script shows none.
 */
export function findList(html: string, context: ListContext): FoundList | undefined {
  const $ = parseHtml(html);
  const groups = groupsOf($, candidatesOf($));
  for (const group of groups.slice(0, 8)) {
    const rules = rulesOf($, group, context);
    if (rules === undefined) continue;
    const { entries } = readListing(html, rules, context);
    const dated =
      entries.filter((entry) => entry.published !== undefined).length / Math.max(entries.length, 1);
    if (entries.length >= MIN_ITEMS && dated >= MIN_DATED) return { rules, count: entries.length, dated };
  }
  return undefined;
}

function candidatesOf($: Html): Candidate[] {
  const found: Candidate[] = [];
  for (const node of $('a[href], [onclick]').toArray().slice(0, MAX_CANDIDATES)) {
    const element = $(node);
    const href = element.attr('href') ?? '';
    const isLink = href !== '' && !/^(?:#|javascript:|mailto:)/i.test(href);
    if (!isLink && !CALL.test(element.attr('onclick') ?? '')) continue;
    const title = foldSpace(element.attr('title') ?? '') || visibleText(element);
    if (title.length >= MIN_TITLE) found.push({ element: node, title });
  }
  return found;
}

/** Candidates that hang in the page in the same way, the most list-like group first. */
function groupsOf($: Html, candidates: readonly Candidate[]): Group[] {
  const byPath = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const path = pathOf(candidate.element);
    const group = byPath.get(path);
    if (group === undefined) byPath.set(path, [candidate]);
    else group.push(candidate);
  }
  return [...byPath.values()]
    .filter((group) => group.length >= MIN_ITEMS)
    .map((group) => ({ candidates: group, score: scoreOf($, group) }))
    .sort((left, right) => right.score - left.score);
}

function scoreOf($: Html, group: readonly Candidate[]): number {
  const length = group.reduce((sum, { title }) => sum + Math.min(title.length, 40), 0);
  const dated = itemsOf(group).filter((item) => hasDate($, item)).length / group.length;
  const isFurniture = group.every(({ element }) => $(element).closest(FURNITURE).length > 0);
  return length * (0.2 + dated) * (isFurniture ? 0.3 : 1);
}

function hasDate($: Html, item: HtmlElement): boolean {
  return readListDate(visibleText($(item)).slice(0, 2000), 'UTC', 'list') !== undefined;
}

/** Tag names from the element to the root, with the classes of the three elements above it. */
function pathOf(element: HtmlElement): string {
  const steps: string[] = [];
  for (let here: HtmlElement | undefined = element; here !== undefined; here = parentOf(here)) {
    const isNear = steps.length > 0 && steps.length < 4;
    steps.push(isNear ? `${here.name}.${stableClasses(here).join('.')}` : here.name);
  }
  return steps.join('<');
}

/**
 * The item around each candidate: as many levels up as for most of the group an element holds no other candidate.
 * Most, not each: the only item of a day would else take the whole day's block with it.
 */
function itemsOf(candidates: readonly Candidate[]): HtmlElement[] {
  const held = new Map<HtmlElement, number>();
  for (const { element } of candidates)
    for (const here of upwards(element)) held.set(here, (held.get(here) ?? 0) + 1);
  const levels = new Map<number, number>();
  for (const { element } of candidates) {
    const alone = upwards(element).findIndex((here) => (held.get(here) ?? 0) > 1);
    const level = Math.max(alone < 0 ? 0 : alone - 1, 0);
    levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  const [level] = [...levels].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
  return candidates.map(({ element }) => upwards(element)[level?.[0] ?? 0] ?? element);
}

function rulesOf($: Html, group: Group, context: ListContext): ListRules | undefined {
  const [first] = group.candidates;
  if (first === undefined) return undefined;
  const items = itemsOf(group.candidates);
  const [item] = items;
  if (item === undefined) return undefined;
  const anchor = relativeSelector(item, first.element);
  const isCall = first.element.attribs.href === undefined;
  const date = dateRules($, items, group.candidates, context);
  return {
    item: itemSelector($, items),
    title: [anchor],
    link: [isCall ? (anchor === '.' ? '@onclick' : `${anchor}@onclick`) : anchor],
    ...date,
  };
}

function dateRules(
  $: Html,
  items: readonly HtmlElement[],
  candidates: readonly Candidate[],
  { zone, url }: ListContext,
): Pick<ListRules, 'date' | 'dateInLink' | 'heading'> {
  const enough = items.length * MIN_DATED;
  const inItem = items
    .map((item, index) => dateElement($, item, candidates[index]?.element))
    .find((one) => one !== undefined);
  if (inItem !== undefined && items.filter((item) => hasDate($, item)).length >= enough)
    return { date: [inItem] };
  const inLink = candidates.filter(({ element }) =>
    dateInUrl(URL.parse(element.attribs.href ?? '', url)?.href ?? '', zone),
  );
  if (inLink.length >= enough) return { dateInLink: true };
  const comment = items.filter((item) => commentDate($, item) !== undefined);
  if (comment.length >= enough) return { date: ['@#comment'] };
  const heading = headingOf($, items, zone);
  return heading === undefined ? {} : { heading };
}

/** Where in an item its date stands, as a selector; the smallest element wins, the link itself never counts. */
function dateElement($: Html, item: HtmlElement, anchor: HtmlElement | undefined): string | undefined {
  const inside = $(item).find('*').toArray().reverse();
  const found = inside.find(
    (node) =>
      node !== anchor &&
      (anchor === undefined || $(anchor).find(node).length === 0) &&
      isDateText(visibleText($(node))),
  );
  if (found !== undefined) return relativeSelector(item, found);
  return isDateText(visibleText($(item))) || hasDate($, item) ? '.' : undefined;
}

/** A date with little else around it. */
function isDateText(text: string): boolean {
  return text.length <= 40 && readListDate(text, 'UTC', 'list') !== undefined;
}

function commentDate($: Html, item: HtmlElement): Publication | undefined {
  const text = $(item)
    .contents()
    .toArray()
    .flatMap((node) => (node.type === 'comment' ? [node.data] : []))
    .join(' ');
  return readListDate(text, 'UTC', 'list');
}

/** The kind of element that stands before the items, again and again, and is nothing but a date. */
function headingOf($: Html, items: readonly HtmlElement[], zone: string): string | undefined {
  const wanted = new Set(items);
  const kinds = new Map<string, number>();
  let last: HtmlElement | undefined;
  for (const node of $('body *').toArray()) {
    if (last !== undefined && wanted.has(node)) {
      kinds.set(headingStep(last), (kinds.get(headingStep(last)) ?? 0) + 1);
      last = undefined;
    } else if (isHeading($, node, zone)) last = node;
  }
  const [kind] = [...kinds].sort((left, right) => right[1] - left[1]);
  return kind === undefined || kind[1] < 2 ? undefined : kind[0];
}

function isHeading($: Html, node: HtmlElement, zone: string): boolean {
  if (node.children.some((child) => 'attribs' in child)) return false;
  const text = visibleText($(node) as HtmlSelection);
  return text.length <= 20 && readListDate(text, zone, 'list') !== undefined;
}

function headingStep(element: HtmlElement): string {
  return [element.name, ...stableClasses(element)].join('.');
}
