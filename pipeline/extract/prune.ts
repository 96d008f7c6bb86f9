import type { Html, HtmlSelection } from '../../text/html.ts';
import {
  BOX_WORDS,
  COMMENT_WORDS,
  CONSENT_NAME,
  HIDDEN_NAMES,
  NOISE_STEMS,
  NOISE_WORDS,
} from './noise-words.ts';
import { linkedShare, type Weights, weighTree } from './prose.ts';
import type { Element } from './runs.ts';

/** Takes parts off a copy of the page that are not its text. Each step is a claim about one kind of part. */
interface PruneStep {
  readonly name: string;
  readonly isNoise: (element: Element) => boolean;
  /** A part that holds more of the page's prose than this is the text after all. */
  readonly mostShare: number;
  /** A step that would take more than this of the page's prose has misread the page and takes nothing. */
  readonly mostTotal: number;
}

/** How many parts a step removed, for the trace. */
export type Pruned = Readonly<Record<string, number>>;

const MACHINERY = new Set(
  [
    'script',
    'style',
    'noscript',
    'template',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'canvas',
    'audio',
    'video',
  ].concat(['button', 'select', 'option', 'input', 'textarea', 'label', 'dialog', 'menu', 'head']),
);
const FRAME = new Set(['nav', 'footer', 'aside', 'form', 'figcaption']);
const FRAME_ROLES = new Set([
  'navigation',
  'complementary',
  'banner',
  'contentinfo',
  'search',
  'dialog',
  'alert',
  'tablist',
  'menu',
  'toolbar',
]);
const LISTS = new Set(['ul', 'ol', 'div', 'section', 'table', 'dl', 'td']);
const FEWEST_LINKS = 3;
const LONGEST_CARD = 600;
const HEADING = /^h[1-6]$/u;
const SMALL = new Set(['p', 'span', 'tr', 'td', 'th', 'li', 'a', 'strong', 'em', 'b', 'i', 'dt', 'dd']);

const ALWAYS: readonly PruneStep[] = [
  { name: 'machinery', isNoise: isMachinery, mostShare: 1, mostTotal: 1 },
];
const CAREFUL: readonly PruneStep[] = [
  { name: 'hidden', isNoise: isHidden, mostShare: 0.4, mostTotal: 0.5 },
  { name: 'consent', isNoise: isConsent, mostShare: 0.95, mostTotal: 0.98 },
  { name: 'comments', isNoise: isComment, mostShare: 0.9, mostTotal: 0.95 },
  { name: 'frame', isNoise: isFrame, mostShare: 0.4, mostTotal: 0.8 },
  { name: 'named', isNoise: isNamedNoise, mostShare: 0.3, mostTotal: 0.75 },
  { name: 'links', isNoise: isLinkList, mostShare: 0.3, mostTotal: 0.6 },
  { name: 'cards', isNoise: isCardList, mostShare: 0.9, mostTotal: 0.9 },
];

/** Removes what no reader takes for text from `root` (changed in place) and says how much of each kind. */
export function prune($: Html, root: HtmlSelection, isCareless: boolean): Pruned {
  const counts: Record<string, number> = {};
  for (const step of isCareless ? ALWAYS : [...ALWAYS, ...CAREFUL]) {
    const top = root.get(0);
    if (top === undefined) break;
    const noise = noiseOf(top as Element, step);
    if (noise.length > 0) counts[step.name] = noise.length;
    $(noise).remove();
  }
  return counts;
}

function noiseOf(top: Element, step: PruneStep): readonly Element[] {
  const weights: Weights = step.mostShare < 1 ? weighTree(top) : new Map();
  const all = weights.get(top) ?? 0;
  const noise: Element[] = [];
  let taken = 0;
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!('tagName' in child)) continue;
      const inner = child as Element;
      const weight = weights.get(inner) ?? 0;
      if (weight <= all * step.mostShare && step.isNoise(inner)) {
        noise.push(inner);
        taken += weight;
      } else visit(inner);
    }
  };
  visit(top);
  return taken <= all * step.mostTotal ? noise : [];
}

/** A question set as a button inside its heading is a heading. */
function isMachinery({ tagName, parent }: Element): boolean {
  if (tagName === 'button' && parent !== null && 'tagName' in parent && HEADING.test(parent.tagName))
    return false;
  return MACHINERY.has(tagName);
}

function isHidden({ attribs, tagName }: Element): boolean {
  if (tagName === 'body' || tagName === 'html') return false;
  return (
    (attribs.hidden !== undefined && attribs.hidden !== 'until-found') ||
    attribs['aria-hidden'] === 'true' ||
    /(?:display\s*:\s*none|visibility\s*:\s*hidden)/iu.test(attribs.style ?? '') ||
    (attribs.class ?? '').split(/\s+/u).some((name) => HIDDEN_NAMES.has(name))
  );
}

function isFrame({ tagName, attribs }: Element): boolean {
  return FRAME.has(tagName) || FRAME_ROLES.has(attribs.role ?? '');
}

function isConsent({ attribs, tagName }: Element): boolean {
  return (
    tagName !== 'body' &&
    tagName !== 'html' &&
    CONSENT_NAME.test(`${attribs.id ?? ''} ${attribs.class ?? ''}`)
  );
}

function isComment({ attribs, tagName }: Element): boolean {
  return (
    tagName !== 'body' && tagName !== 'html' && nameWords(attribs).some((word) => COMMENT_WORDS.has(word))
  );
}

function isNamedNoise(element: Element): boolean {
  const { tagName, attribs } = element;
  if (tagName === 'body' || tagName === 'html' || tagName === 'main' || tagName === 'article') return false;
  if (attribs.itemprop === 'articleBody') return false;
  const words = nameWords(attribs);
  if (HEADING.test(tagName)) return false;
  return words.some(
    (word) => NOISE_WORDS.has(word) || NOISE_STEMS.test(word) || (!SMALL.has(tagName) && BOX_WORDS.has(word)),
  );
}

/** Three links or more and hardly a word besides. */
function isLinkList(element: Element): boolean {
  return LISTS.has(element.tagName) && linkedShare(element, FEWEST_LINKS) > 0.75;
}

/** Three children or more built alike, each a linked heading with a line or two: a list of other documents. */
function isCardList(element: Element): boolean {
  const groups = new Map<string, Element[]>();
  for (const child of element.children) {
    if (child.type !== 'tag') continue;
    const kind = `${child.tagName}.${child.attribs.class?.split(/\s+/u)[0] ?? ''}`;
    groups.set(kind, [...(groups.get(kind) ?? []), child]);
  }
  for (const group of groups.values())
    if (group.length >= FEWEST_LINKS && group.filter(isCard).length >= group.length * 0.8) return true;
  return false;
}

function isCard(element: Element): boolean {
  let headings = 0;
  let linked = 0;
  let length = 0;
  const visit = (node: Element, isLinked: boolean): void => {
    const isLink = isLinked || (node.tagName === 'a' && isOwnLink(node.attribs.href));
    if (HEADING.test(node.tagName)) {
      headings += 1;
      if (
        isLink ||
        node.children.some(
          (child) => child.type === 'tag' && child.tagName === 'a' && isOwnLink(child.attribs.href),
        )
      )
        linked += 1;
    }
    for (const child of node.children) {
      if (child.type === 'text') length += child.data.trim().length;
      else if (child.type === 'tag') visit(child, isLink);
    }
  };
  visit(element, false);
  return headings === 1 && linked === 1 && length < LONGEST_CARD;
}

function isOwnLink(href: string | undefined): boolean {
  return href !== undefined && !href.startsWith('#');
}

const KNOWN_NAMES = new Map<string, readonly string[]>();

/** The words of an element's names: `relatedArticles list-3` → relatedarticles, related, articles, list, list3. */
export function nameWords(attribs: Element['attribs']): readonly string[] {
  const names = `${attribs.class ?? ''} ${attribs.id ?? ''} ${attribs['data-testid'] ?? ''} ${attribs['data-component'] ?? ''}`;
  const known = KNOWN_NAMES.get(names);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const name of names.split(/\s+/u).slice(0, 40)) {
    if (name === '') continue;
    for (const part of name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/u)) found.add(part.toLowerCase());
    found.add(name.replace(/[^A-Za-z]/gu, '').toLowerCase());
  }
  found.delete('');
  const words = [...found];
  if (KNOWN_NAMES.size > 50_000) KNOWN_NAMES.clear();
  KNOWN_NAMES.set(names, words);
  return words;
}
