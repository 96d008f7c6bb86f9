import { foldSpace, type Html, type HtmlElement } from '../text/html.ts';
import { absoluteUrl } from '../text/urls.ts';
import type { FeedFormat } from './feed-document.ts';

// Walking the tree of a feed: names whatever their prefix, and what elements inherit (language, base address).

type Node = HtmlElement['children'][number];
/** An element of a feed. */
export type Tag = HtmlElement;

/** Namespaces whose elements are the feed's own: their names are used bare. */
const OWN_NAMESPACE =
  /^(?:http:\/\/purl\.org\/rss\/1\.0\/?|http:\/\/my\.netscape\.com\/.*|http:\/\/channel\.netscape\.com\/.*|http:\/\/backend\.userland\.com\/.*|http:\/\/blogs\.law\.harvard\.edu\/tech\/rss|http:\/\/purl\.org\/net\/rss.*)$/i;
const ATOM_NAMESPACE =
  /^http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom\/(?:ns#|app#?).*|example\.com\/newformat#|necho)/i;
const MODULES: readonly (readonly [RegExp, string])[] = [
  [/^http:\/\/purl\.org\/dc\/elements\/1\.[01]\/?$/i, 'dc'],
  [/^http:\/\/purl\.org\/dc\/terms\/?$/i, 'dcterms'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/i, 'content'],
  [/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/i, 'rdf'],
  [/^http:\/\/www\.w3\.org\/1999\/xhtml$/i, 'xhtml'],
];

/** A feed under reading: the tree, what prefixes mean, and what relative links start from. */
export interface Reader {
  readonly $: Html;
  readonly format: FeedFormat;
  readonly prefixes: ReadonlyMap<string, string>;
  readonly url: string;
  readonly zone: string;
}

/** The text of the first child of these names that has any; else empty. */
export function plainOf(reader: Reader, parent: Tag, ...names: readonly string[]): string {
  for (const tag of childrenOf(reader, parent, ...names)) {
    const text = foldSpace(reader.$(tag).text());
    if (text !== '') return text;
  }
  return '';
}

/** Children of the given names; the order of names decides, then the order in the file. */
export function childrenOf(reader: Reader, parent: Tag, ...names: readonly string[]): Tag[] {
  const children = parent.children.filter(isTag);
  return names.flatMap((name) => children.filter((child) => nameOf(reader, child) === name));
}

/** The element's name with the house's prefix: bare for the feed's own, `dc:date` for modules, `?:x` for strangers. */
export function nameOf(reader: Reader, tag: Tag): string {
  const [prefix, local] = split(tag.name);
  if (prefix === '') return local;
  const namespace = reader.prefixes.get(prefix);
  if (namespace === undefined) return tag.name;
  if (OWN_NAMESPACE.test(namespace)) return local;
  if (ATOM_NAMESPACE.test(namespace)) return reader.format === 'atom' ? local : `atom:${local}`;
  const known = MODULES.find(([form]) => form.test(namespace));
  return `${known?.[1] ?? '?'}:${local}`;
}

/** What each prefix means, for the whole file; the first declaration counts. */
export function prefixesOf($: Html): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  for (const node of $('*').toArray().filter(isTag))
    for (const [name, value] of Object.entries(node.attribs))
      if (name.startsWith('xmlns:') && !prefixes.has(name.slice(6)))
        prefixes.set(name.slice(6), value.trim());
  return prefixes;
}

/** The format that a root element opens. */
export function formatOf(root: Tag): FeedFormat | undefined {
  const [, local] = split(root.name);
  if (local === 'rss') return 'rss';
  if (local === 'RDF') return 'rdf';
  return local === 'feed' ? 'atom' : undefined;
}

/** The language in force at an element: xml:lang, its own or inherited. */
export function languageOf(tag: Tag): string | undefined {
  const lang = inherited(tag, 'xml:lang')[0];
  return lang === undefined || lang === '' ? undefined : lang.replace('_', '-');
}

/** What links of an element are relative to: xml:base from the outside in, else the feed's address. */
export function baseOf(reader: Reader, tag: Tag): string {
  // Outermost first: an inner xml:base may itself be relative.
  return inherited(tag, 'xml:base').reduceRight(
    (base, value) => absoluteUrl(value, base) ?? base,
    reader.url,
  );
}

/** Values of an attribute from the element outwards. */
function inherited(tag: Tag, attribute: string): string[] {
  const values: string[] = [];
  for (let here: Tag['parent'] = tag; here !== null && 'attribs' in here; here = here.parent) {
    const value = here.attribs[attribute];
    if (value !== undefined) values.push(value.trim());
  }
  return values;
}

/** True for an element, false for text and comments. */
export function isTag(node: Node): node is Tag {
  return 'attribs' in node;
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
