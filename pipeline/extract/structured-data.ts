import { foldSpace, type Html, parseHtml } from '../../text/html.ts';
import { elementsTagged } from './page.ts';
import { NOTHING, rawText } from './tree.ts';

/** What a page says about its article in JSON-LD or microdata for search engines; every field may be absent or wrong. */
export interface StructuredArticle {
  readonly headline?: string;
  readonly published?: string;
  readonly modified?: string;
  /** The whole text as plain text, paragraphs by line breaks when the site cares. */
  readonly body?: string;
  readonly authors: readonly string[];
  /** `NewsArticle` says more than `WebPage`. */
  readonly isArticle: boolean;
  /** Newsrooms fill the fields in by hand; what a plug-in fills in tells of the page, not of its article. */
  readonly isNews: boolean;
}

const ARTICLE = /Article|BlogPosting|Report$|^Report|Review$|LiveBlog|Legislation|Recipe|CreativeWork$/u;
const NEWS = /News(?:Article)?$|^LiveBlog/u;
const PAGE = /WebPage$|VideoObject$/u;
/** Nesting below this holds offers and breadcrumbs, no article. */
const DEEPEST = 6;
const MOST_NODES = 50;

/** The articles a page describes, best witness first. */
export function readStructuredData($: Html): readonly StructuredArticle[] {
  const found: StructuredArticle[] = [];
  for (const element of elementsTagged($, 'script')) {
    if (element.attribs.type?.toLowerCase().includes('ld+json') !== true) continue;
    const value = parseLoose(rawText(element, NOTHING));
    if (value !== undefined) collect(value, found, 0, namedById(value));
  }
  return found.sort((left, right) => rank(right) - rank(left));
}

function rank(article: StructuredArticle): number {
  return (
    Number(article.isArticle) * 4 +
    Number(article.body !== undefined) * 2 +
    Number(article.published !== undefined)
  );
}

/** `author` may only point to a person elsewhere in the graph. */
type Named = ReadonlyMap<string, unknown>;

function namedById(value: unknown): Named {
  const graph = isRecord(value) ? value['@graph'] : value;
  const nodes = Array.isArray(graph) ? graph.slice(0, MOST_NODES).filter(isRecord) : [];
  return new Map(
    nodes.flatMap((node) => (typeof node['@id'] === 'string' ? [[node['@id'], node.name]] : [])),
  );
}

function collect(value: unknown, found: StructuredArticle[], depth: number, named: Named): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MOST_NODES)) collect(item, found, depth + 1, named);
    return;
  }
  if (!isRecord(value)) return;
  const types = [value['@type']].flat().filter((type) => typeof type === 'string');
  if (types.some((type) => ARTICLE.test(type) || PAGE.test(type))) found.push(articleOf(value, types, named));
  for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'item', 'subjectOf'])
    collect(value[key], found, depth + 1, named);
}

function articleOf(
  value: Readonly<Record<string, unknown>>,
  types: readonly string[],
  named: Named,
): StructuredArticle {
  const headline = plain(value.headline) ?? plain(value.name);
  const published = plain(value.datePublished) ?? plain(value.dateCreated) ?? plain(value.uploadDate);
  const modified = plain(value.dateModified);
  const body = bodyOf(value.articleBody) ?? bodyOf(value.text);
  return {
    ...(headline !== undefined && { headline }),
    ...(published !== undefined && { published }),
    ...(modified !== undefined && { modified }),
    ...(body !== undefined && { body }),
    authors: [value.author].flat().flatMap((author) => namesOf(author, named)),
    isArticle: types.some((type) => ARTICLE.test(type)),
    isNews: types.some((type) => NEWS.test(type)),
  };
}

function namesOf(author: unknown, named: Named): readonly string[] {
  const name = isRecord(author) ? ([author.name].flat()[0] ?? named.get(String(author['@id']))) : author;
  const clean = plain(name);
  return clean === undefined ? [] : [clean];
}

/** A text field; HTML inside it is opened up, entities are read. */
function plain(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = foldSpace(/[<&]/u.test(value) ? parseHtml(value).root().text() : value);
  return text === '' ? undefined : text;
}

function bodyOf(value: unknown): string | undefined {
  const text = [value]
    .flat()
    .filter((part) => typeof part === 'string')
    .join('\n')
    .trim();
  if (text === '') return undefined;
  return /<(?:p|br|div|h[1-6]|li)\b/iu.test(text)
    ? withLines(text)
    : /&[a-z#0-9]+;/iu.test(text)
      ? parseHtml(text).root().text()
      : text;
}

function withLines(html: string): string {
  return parseHtml(html.replace(/<(?=\/?(?:p|br|div|h[1-6]|li)\b)/giu, '\n<'))
    .root()
    .text()
    .trim();
}

/** Half of all such blocks have raw line breaks in strings, comment marks or a trailing semicolon. */
function parseLoose(raw: string): unknown {
  const text = raw
    .replace(/^\s*(?:\/\/)?\s*<!\[CDATA\[|\]\]>\s*$|^\s*<!--|-->\s*$/gu, '')
    .replace(/;\s*$/u, '')
    .trim();
  return parseJson(text) ?? parseJson(text.replace(/\p{Cc}+/gu, ' ').replace(/,\s*(?=[}\]])/gu, ''));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
