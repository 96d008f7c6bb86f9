import type { Entry, ScrapeResult } from '../model/entry.ts';
import type { SourceId } from '../model/ids.ts';
import type { Publication } from '../model/publication.ts';
import type { ListRules } from '../model/source.ts';
import { foldSpace, type Html, type HtmlSelection, parseHtml } from '../text/html.ts';
import { dateInUrl, readListDate } from '../text/list-dates.ts';
import { readFirst, visibleText } from '../text/selector.ts';
import { absoluteUrl } from '../text/urls.ts';

/** What a list is read against, whatever kind of place it stands in. */
export interface ListContext {
  readonly sourceId: SourceId;
  readonly zone: string;
  /** Address the links are relative to, unless the page has a `<base>`. */
  readonly url: string;
  /** For dates without a year. */
  readonly now?: Date | undefined;
}

type Item =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'dropped'; readonly reason: string; readonly text: string }
  /** A separator, or a link that the rules say is no item. */
  | { readonly kind: 'none' };

/** An address inside a script call: `openW('/kjjh/1.html')`, `window.open("https://…")`. */
const CALLED_ADDRESS =
  /["']((?:https?:\/\/|\.{0,2}\/)[^"'\s]+|[^"'\s()]+\.(?:s?html?|jsp|aspx?|php)(?:\?[^"'\s]*)?)["']/i;
const SCRIPT_CALL = /^(?:javascript:|(?:return\s+)?[\w$.]+\s*\()|^#?$/i;
const NO_TITLE = 'no title';
const ELLIPSIS = /(?:…+|\.{2,}|。{2,})\s*$/;

/**
 * Reads the items of a list in page order, pinned and old ones too. An item inside another item belongs to the outer
 * one (related links below a notice); the same address listed again with the same title is the same entry.
 */
export function readListing(html: string, rules: ListRules, context: ListContext): ScrapeResult {
  const $ = parseHtml(html);
  const base = absoluteUrl($('base[href]').first().attr('href') ?? '', context.url) ?? context.url;
  const pattern = rules.linkPattern === undefined ? undefined : new RegExp(rules.linkPattern, 'u');
  const skip = rules.skip === undefined ? undefined : new RegExp(rules.skip, 'u');
  const entries = new Map<string, Entry>();
  const dropped: { reason: string; text: string }[] = [];
  for (const { element, heading } of itemsOf($, rules)) {
    const item = readItem($, element, { rules, heading, pattern, skip, context: { ...context, url: base } });
    if (item.kind === 'dropped') dropped.push({ reason: item.reason, text: item.text });
    if (item.kind === 'entry') {
      const key = `${item.entry.url} ${item.entry.title}`;
      if (!entries.has(key)) entries.set(key, item.entry);
    }
  }
  // Front pages link a story by its picture and again by its words.
  const titled = new Set([...entries.values()].map((entry) => entry.url));
  const unread = dropped.filter(({ reason, text }) => reason !== NO_TITLE || !titled.has(text));
  return {
    entries: [...entries.values()],
    dropped: unread.map(({ reason, text }) => ({ reason, text: text.slice(0, 200) })),
    seen: entries.size + unread.length,
  };
}

interface ItemRules {
  readonly rules: ListRules;
  readonly heading: string;
  readonly pattern: RegExp | undefined;
  readonly skip: RegExp | undefined;
  readonly context: ListContext;
}

function readItem(
  $: Html,
  element: HtmlSelection,
  { rules, heading, pattern, skip, context }: ItemRules,
): Item {
  const text = visibleText(element);
  const linked = readLink($, element, rules, context.url);
  if (linked === undefined && text === '') return { kind: 'none' };
  if (linked === undefined) return { kind: 'dropped', reason: 'no link', text };
  if (linked.url === undefined) return { kind: 'dropped', reason: `no address in ${linked.value}`, text };
  if (pattern !== undefined && !pattern.test(linked.url)) return { kind: 'none' };
  const title = readTitle($, element, rules);
  if (title === '') return { kind: 'dropped', reason: NO_TITLE, text: linked.url };
  if (skip?.test(title)) return { kind: 'none' };
  const dateText = (rules.date && readFirst($, element, rules.date)?.value) ?? heading;
  const published = publishedOf(dateText, linked.url, rules, context);
  const issuer = rules.issuer && readFirst($, element, rules.issuer)?.value;
  return {
    kind: 'entry',
    entry: {
      sourceId: context.sourceId,
      url: linked.url,
      title,
      ...(published && { published }),
      ...(dateText !== '' && { dateText }),
      ...(issuer && { issuer }),
    },
  };
}

function itemsOf($: Html, rules: ListRules): { element: HtmlSelection; heading: string }[] {
  const items = $(rules.item);
  const outer = new Set<unknown>(items.toArray());
  const all = rules.heading === undefined ? items : $(`${rules.heading}, ${rules.item}`);
  const found: { element: HtmlSelection; heading: string }[] = [];
  let heading = '';
  for (const node of all.toArray()) {
    const element = $(node) as HtmlSelection;
    if (!outer.has(node)) heading = visibleText(element);
    else if (
      !element
        .parents()
        .toArray()
        .some((parent) => outer.has(parent))
    )
      found.push({ element, heading });
  }
  return found;
}

function readLink(
  $: Html,
  element: HtmlSelection,
  rules: ListRules,
  base: string,
): { value: string; url: string | undefined } | undefined {
  const selector = rules.link.map((one) => (one.includes('@') ? one : one === '.' ? '@href' : `${one}@href`));
  const reading = readFirst($, element, selector);
  if (reading === undefined) return undefined;
  const isCall = SCRIPT_CALL.test(reading.value);
  if (!isCall) return { value: reading.value, url: absoluteUrl(reading.value, base) };
  const called =
    CALLED_ADDRESS.exec(reading.value) ?? CALLED_ADDRESS.exec(reading.element.attr('onclick') ?? '');
  return { value: reading.value, url: called?.[1] === undefined ? undefined : absoluteUrl(called[1], base) };
}

/** The text of the title element, or its `title` attribute where the text is that attribute cut short. */
function readTitle($: Html, element: HtmlSelection, rules: ListRules): string {
  const reading = readFirst($, element, rules.title);
  if (reading === undefined) return '';
  const shown = reading.value;
  const full = foldSpace(
    reading.element.attr('title') ?? reading.element.find('a[title]').first().attr('title') ?? '',
  );
  const stem = shown.replace(ELLIPSIS, '').replace(/\s/g, '');
  const isCut = full.length > stem.length && full.replace(/\s/g, '').startsWith(stem);
  return isCut ? full : shown;
}

function publishedOf(
  dateText: string,
  url: string,
  rules: ListRules,
  context: ListContext,
): Publication | undefined {
  const shown = dateText === '' ? undefined : readListDate(dateText, context.zone, 'list', context.now);
  if (shown !== undefined) return shown;
  return rules.dateInLink === true ? dateInUrl(url, context.zone) : undefined;
}
