import { errorText } from '../model/errors.ts';
import type { Selector } from '../model/source.ts';
import { foldSpace, type Html, type HtmlSelection, parseHtml } from './html.ts';

/** Reads of an element what a person would call its text; a `meta` speaks through `content`. */
const INVISIBLE = 'script, style, noscript, template';
const EMPTY_PAGE = parseHtml('');

/** A value and the element it was read from. */
export interface Reading {
  readonly value: string;
  readonly element: HtmlSelection;
}

interface Place {
  readonly css: string;
  readonly attribute: string | undefined;
}

/**
 * The first value that is not empty, over the alternatives of `selector` in order.
 * `css` reads an element's visible text, `css@name` an attribute, `css@#comment` what comments inside say,
 * `@name` an attribute of `scope` itself, `.` the text of `scope`.
 */
export function readFirst($: Html, scope: HtmlSelection, selector: Selector): Reading | undefined {
  for (const alternative of selector) {
    const place = placeOf(alternative);
    for (const node of elementsAt(scope, place).toArray()) {
      const element = $(node) as HtmlSelection;
      const value = valueAt(element, place.attribute);
      if (value !== '') return { value, element };
    }
  }
  return undefined;
}

/** The elements of the first alternative that matches any; empty when none does. */
export function selectFirst($: Html, scope: HtmlSelection, selector: Selector): HtmlSelection {
  for (const alternative of selector) {
    const found = elementsAt(scope, placeOf(alternative));
    if (found.length > 0) return found;
  }
  return $([]) as unknown as HtmlSelection;
}

/** The visible text of an element: without scripts and styles, white space folded. */
export function visibleText(element: HtmlSelection): string {
  if (element.is('meta')) return foldSpace(element.attr('content') ?? '');
  if (element.find(INVISIBLE).length === 0) return foldSpace(element.text());
  const copy = element.clone();
  copy.find(INVISIBLE).remove();
  return foldSpace(copy.text());
}

/** Why a selector cannot be used; undefined when it can. */
export function selectorFault(selector: string): string | undefined {
  const { css, attribute } = placeOf(selector);
  if (selector.trim() === '') return 'is empty';
  if (attribute === '') return 'names no attribute after @';
  if (css === '' || css === '.') return undefined;
  try {
    EMPTY_PAGE.root().find(css);
    return undefined;
  } catch (error) {
    // css-what and css-select throw plain Errors whose message names the bad part.
    return errorText(error);
  }
}

function placeOf(selector: string): Place {
  const text = selector.trim();
  // The attribute follows the last @ that is outside of […]: `a[href*="@"]@title`.
  const at = text.lastIndexOf('@');
  if (at < 0 || at < text.lastIndexOf(']')) return { css: text, attribute: undefined };
  return { css: text.slice(0, at).trim(), attribute: text.slice(at + 1).trim() };
}

function elementsAt(scope: HtmlSelection, place: Place): HtmlSelection {
  return place.css === '' || place.css === '.' ? scope : (scope.find(place.css) as HtmlSelection);
}

function valueAt(element: HtmlSelection, attribute: string | undefined): string {
  if (attribute === undefined) return visibleText(element);
  if (attribute !== '#comment') return foldSpace(element.attr(attribute) ?? '');
  const comments = element
    .contents()
    .toArray()
    .flatMap((node) => (node.type === 'comment' ? [node.data] : []));
  return foldSpace(comments.join(' '));
}
