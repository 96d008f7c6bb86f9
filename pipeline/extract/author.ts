import { foldSpace } from '../../text/html.ts';
import { NAMED, namesOf } from './names.ts';
import { elementsTagged, metaContent, type OpenPage } from './page.ts';
import type { Element } from './runs.ts';
import { NOTHING, rawText } from './tree.ts';

const AUTHOR_META = [
  'author',
  'article:author',
  'byl',
  'dc.creator',
  'parsely-author',
  'sailthru.author',
  'citation_author',
];
const BYLINE_TAGS = ['a', 'span', 'p', 'div', 'address', 'cite', 'em', 'strong', 'li', 'h3', 'h4', 'h5'];
const LONGEST_BYLINE = 80;
/** Words before names: By Ann Lee, Von Ann Lee, Reviewed by is another person's. */
const BEFORE =
  /^(?:(?:written |words |text |story |posted |published )?by|von|par|por|di|da|door|af|av|autor(?:in)?|author|text)(?:\s*:\s*|\s+)/iu;
/** What follows the names on the same line. */
const BEHIND =
  /\s*(?:[|•·]|\s[-–—]\s|,?\s+(?:updated|published|posted|on|am|le|il|el)\s+\p{L}*\s*\d|\d{1,2}[./:]\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\s+\d).*$/iu;
/** Accounts, addresses of pages and mail, and what content systems put in where nobody is named. */
const NO_NAME =
  /https?:|@|\/|^\p{Ll}[\p{Ll}\d._-]{4,}$|\d{2}|^(?:admin|administrator|editor|staff|guest|unknown|author|redaktion|editorial team|name \*|(?:written )?by)$/iu;
/** `By` in an element of its own, and a line of nothing but names behind it. */
const BY_ALONE = /^(?:(?:written|words|posted) )?by:?$/iu;
const BY_NAME = /^(?:(?:[Ww]ritten|[Ww]ords|[Pp]osted) )?[Bb]y:?(?: \p{Lu}[\p{L}.'’-]*){2,5}$/u;
const MOST_RUNS = 1500;
const MOST_NAMES = 12;

/**
 * The people a page says wrote it, with commas between them: the fields for search engines first, else a byline. Empty
 * fields and accounts are nobody; a medium that signs with its own name is taken at its word.
 */
export function findAuthor(page: OpenPage): string | undefined {
  const stated =
    page.structured.find(({ isArticle, authors }) => isArticle && authors.length > 0)?.authors ?? [];
  const found = authorsIn(stated) ?? authorsIn([metaContent(page.$, AUTHOR_META)?.value ?? '']);
  if (found !== undefined) return found;
  for (const text of bylines(page)) {
    const names = authorsIn([text]);
    if (names !== undefined) return names;
  }
  return undefined;
}

function authorsIn(texts: readonly string[]): string | undefined {
  const names = texts.map(cleaned).filter((name) => name.length >= 2 && !NO_NAME.test(name));
  const once = [...new Set(names)].slice(0, MOST_NAMES);
  return once.length === 0 ? undefined : once.join(', ');
}

function cleaned(text: string): string {
  return foldSpace(text)
    .replace(BEFORE, '')
    .replace(BEHIND, '')
    .replace(/[\s,;:|]+$/u, '');
}

/** Short elements that are named or marked as the author's, then lines that read `By Ann Lee`. */
function* bylines({ $, runs }: OpenPage): Generator<string> {
  for (const tag of BYLINE_TAGS)
    for (const element of elementsTagged($, tag)) {
      if (!isAuthor(element)) continue;
      const text = foldSpace(rawText(element, NOTHING));
      if (text !== '' && text.length <= LONGEST_BYLINE) yield text;
    }
  for (const [index, { text }] of runs.slice(0, MOST_RUNS).entries())
    if (BY_ALONE.test(text)) yield runs[index + 1]?.text ?? '';
    else if (BY_NAME.test(text)) yield text;
}

function isAuthor(element: Element): boolean {
  const { rel, itemprop } = element.attribs;
  return rel === 'author' || itemprop === 'author' || (namesOf(element) & NAMED.byline) !== 0;
}
