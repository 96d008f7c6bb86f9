import type { Entry } from '../../model/entry.ts';
import type { Source } from '../../model/source.ts';
import { allElements, foldSpace, type Html, type HtmlSelection } from '../../text/html.ts';
import type { Labels } from './labels.ts';
import type { Element, Run } from './runs.ts';
import type { StructuredArticle } from './structured-data.ts';

/** What of a source matters for reading its pages. */
export type PageSource = Pick<Source, 'article' | 'zone' | 'lang' | 'name' | 'publisher'>;

/** A parsed page with everything the steps look at; computed once. */
export interface OpenPage {
  readonly $: Html;
  readonly url: string;
  readonly source: PageSource;
  readonly entry: Entry | undefined;
  readonly runs: readonly Run[];
  readonly labels: Labels;
  readonly structured: readonly StructuredArticle[];
}

/** A value and the rule that gave it. */
export interface Found<Value> {
  readonly value: Value;
  readonly rule: string;
}

/** A step looks for one value in one way. Steps are tried in order; the first that finds something wins. */
export interface Step<Value> {
  readonly name: string;
  find(page: OpenPage): Found<Value> | undefined;
}

/** Runs steps in order. */
export function firstFound<Value>(steps: readonly Step<Value>[], page: OpenPage): Found<Value> | undefined {
  for (const step of steps) {
    const found = step.find(page);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text at a source's selector (`css` or `css@attribute`), the first alternative that holds something. */
export function selectText($: Html, selector: readonly string[] | undefined): string | undefined {
  for (const alternative of selector ?? []) {
    const [css = '', attribute] = splitAttribute(alternative);
    const element = $(css).first();
    const text = foldSpace(attribute === undefined ? element.text() : (element.attr(attribute) ?? ''));
    if (text !== '') return text;
  }
  return undefined;
}

/** All elements of the first alternative that matches. */
export function selectAll($: Html, selector: readonly string[] | undefined): HtmlSelection | undefined {
  for (const alternative of selector ?? []) {
    const elements = $(splitAttribute(alternative)[0] ?? '');
    if (elements.length > 0) return elements;
  }
  return undefined;
}

/** The content of the first meta element of one of these names (name, property or itemprop, any case), given in small letters. */
export function metaContent($: Html, names: readonly string[]): Found<string> | undefined {
  return metaContents($, names)[0];
}

/** The same of every name that the page has, in the order of the names. */
export function metaContents($: Html, names: readonly string[]): readonly Found<string>[] {
  const metas = metasOf($);
  return names.flatMap((name) => {
    const value = metas.get(name);
    return value === undefined ? [] : { value, rule: `meta:${name}` };
  });
}

/** The elements of one tag, in page order. A page is asked for a dozen tags; its list is sorted once. */
export function elementsTagged($: Html, tag: string): readonly Element[] {
  let tags = TAGGED.get($);
  if (tags === undefined) {
    tags = Map.groupBy(allElements($), ({ tagName }) => tagName);
    TAGGED.set($, tags);
  }
  return tags.get(tag) ?? [];
}

const TAGGED = new WeakMap<Html, ReadonlyMap<string, readonly Element[]>>();

/** A page's meta elements are asked for dozens of names; they are read once. */
const METAS = new WeakMap<Html, ReadonlyMap<string, string>>();

function metasOf($: Html): ReadonlyMap<string, string> {
  const known = METAS.get($);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  for (const { attribs } of elementsTagged($, 'meta')) {
    const name = (attribs.name ?? attribs.property ?? attribs.itemprop ?? '').trim().toLowerCase();
    const content = foldSpace(attribs.content ?? '');
    if (name !== '' && content !== '' && !found.has(name)) found.set(name, content);
  }
  METAS.set($, found);
  return found;
}

function splitAttribute(selector: string): readonly [string, string?] {
  const at = selector.lastIndexOf('@');
  return at < 0 ? [selector] : [selector.slice(0, at), selector.slice(at + 1)];
}
