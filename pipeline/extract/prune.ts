import { cardListJudge, linkListJudge } from './link-lists.ts';
import {
  BOX_WORDS,
  COMMENT_WORDS,
  CONSENT_NAME,
  HIDDEN_NAMES,
  NOISE_STEMS,
  NOISE_WORDS,
} from './noise-words.ts';
import { pictureJudge } from './pictures.ts';
import { Scale, type Weights } from './prose.ts';
import type { Element } from './runs.ts';
import { elementsIn, type Gone, type Judge, NOTHING } from './tree.ts';

/** Takes away parts of the page that are not its text. Each step is a claim about one kind of part. */
interface PruneStep {
  readonly name: string;
  /** How this step judges elements, made when the steps before it have been through. */
  readonly judge: (top: Element, gone: Gone) => Judge;
  /** A part that holds more of the page's prose than this is the text after all. */
  readonly mostShare: number;
  /** A step that would take more than this of the page's prose has misread the page and takes nothing. */
  readonly mostTotal: number;
  /** What it takes stands in the middle of the text and still tells where the text is. */
  readonly keepsWeight?: true;
}

/** What no reader takes for text, and what is left. */
export interface Pruned {
  readonly gone: Gone;
  /** How many parts each step took away, for the trace. */
  readonly counts: Readonly<Record<string, number>>;
  /** The prose in each element that is left. */
  readonly weights: Weights;
}

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
const FIGURE_TEXTS = new Set(['table', 'blockquote', 'pre', 'ul', 'ol', 'h2', 'h3', 'q']);
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
const HIDING = /display\s*:\s*none|visibility\s*:\s*hidden/iu;
const FOOT_NAME =
  /^(?:page|site|main|global|all)?foot(?:er)?(?:wrap|wrapper|container|box|content|text|bottom|inner)?$/u;
const HEADING = /^h[1-6]$/u;
const SMALL = new Set(['p', 'span', 'tr', 'td', 'th', 'li', 'a', 'strong', 'em', 'b', 'i', 'dt', 'dd']);

const STEPS: readonly PruneStep[] = [
  { name: 'machinery', judge: () => isMachinery, mostShare: 1, mostTotal: 1 },
  { name: 'hidden', judge: () => isHidden, mostShare: 0.4, mostTotal: 0.5 },
  { name: 'consent', judge: () => isConsent, mostShare: 0.95, mostTotal: 0.98 },
  { name: 'comments', judge: () => isComment, mostShare: 0.9, mostTotal: 0.95 },
  { name: 'frame', judge: () => isFrame, mostShare: 0.4, mostTotal: 0.8 },
  { name: 'named', judge: () => isNamedNoise, mostShare: 0.3, mostTotal: 0.75 },
  { name: 'foot', judge: () => isFoot, mostShare: 0.65, mostTotal: 0.7 },
  { name: 'links', judge: linkListJudge, mostShare: 0.3, mostTotal: 0.6 },
  { name: 'cards', judge: cardListJudge, mostShare: 0.9, mostTotal: 0.9 },
  { name: 'pictures', judge: pictureJudge, mostShare: 0.2, mostTotal: 0.4, keepsWeight: true },
];

const LIGHT_STEPS = new Set(['machinery', 'consent', 'comments', 'links', 'cards']);

/** Says what under `top` no reader takes for text; the tree itself stays as it is. */
export function prune(top: Element): Pruned {
  return pruneBy(STEPS, top);
}

/** The same by what elements are alone, whatever they are called. */
export function pruneLightly(top: Element): Pruned {
  return pruneBy(
    STEPS.filter(({ name }) => LIGHT_STEPS.has(name)),
    top,
  );
}

function pruneBy(steps: readonly PruneStep[], top: Element): Pruned {
  const gone = new Set<Element>();
  const counts: Record<string, number> = {};
  const scale = new Scale(gone);
  let weights: Weights = new Map();
  for (const step of steps) {
    const noise = noiseOf(top, step, gone, weights);
    for (const element of noise) {
      gone.add(element);
      scale.forget(element);
    }
    if (noise.length > 0) counts[step.name] = noise.length;
    if (step.keepsWeight !== true && (noise.length > 0 || weights.size === 0)) weights = scale.weigh(top);
  }
  return { gone, counts, weights };
}

function noiseOf(top: Element, step: PruneStep, gone: Gone, weights: Weights): readonly Element[] {
  const all = weights.get(top) ?? 0;
  const isNoise = step.judge(top, gone);
  const noise: Element[] = [];
  let taken = 0;
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!('tagName' in child) || gone.has(child)) continue;
      const weight = isNoise(child) ? (weights.get(child) ?? 0) : undefined;
      if (weight !== undefined && weight <= all * step.mostShare) {
        noise.push(child);
        taken += weight;
      } else visit(child);
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
    // Paragraphs behind a paywall's script are hidden from readers of screens alone.
    (attribs['aria-hidden'] === 'true' && tagName !== 'p') ||
    (attribs.style !== undefined && HIDING.test(attribs.style)) ||
    attribs.class?.split(/\s+/u).some((name) => HIDDEN_NAMES.has(name)) === true
  );
}

function isFrame(element: Element): boolean {
  const { tagName, attribs } = element;
  return FRAME.has(tagName) || FRAME_ROLES.has(attribs.role ?? '') || isPicture(element);
}

/** A figure's words are its caption, unless it holds a table or a quotation. */
function isPicture(element: Element): boolean {
  if (element.tagName !== 'figure') return false;
  for (const { tagName } of elementsIn(element, NOTHING)) if (FIGURE_TEXTS.has(tagName)) return false;
  return true;
}

function isConsent({ attribs, tagName }: Element): boolean {
  return (
    tagName !== 'body' &&
    tagName !== 'html' &&
    (attribs.id !== undefined || attribs.class !== undefined) &&
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

/** Short texts stand on pages whose foot is as long; unlike other noisy names this one is hardly ever an article's. */
function isFoot({ attribs, tagName }: Element): boolean {
  return tagName !== 'body' && !SMALL.has(tagName) && nameWords(attribs).some((word) => FOOT_NAME.test(word));
}

const NAMES = ['class', 'id', 'data-testid', 'data-component'];
const NAMELESS: readonly string[] = [];
const KNOWN_NAMES = new Map<string, readonly string[]>();

/** The words of an element's names: `relatedArticles list-3` → relatedarticles, related, articles, list, list3. */
export function nameWords(attribs: Element['attribs']): readonly string[] {
  if (!NAMES.some((name) => attribs[name] !== undefined)) return NAMELESS;
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
