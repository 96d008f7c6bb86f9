import { cardListJudge, linkListJudge } from './link-lists.ts';
import { NAMED } from './names.ts';
import type { Outline } from './outline.ts';
import { pictureJudge } from './pictures.ts';
import { Scale, type Weights } from './prose.ts';
import type { Element } from './runs.ts';
import type { Gone } from './tree.ts';

/** Says whether the element of a number is a part that is not the text. */
export type Judge = (at: number) => boolean;

/** Takes away parts of the page that are not its text. Each step is a claim about one kind of part. */
interface PruneStep {
  readonly name: string;
  /** How this step judges elements, made when the steps before it have been through. */
  readonly judge: (outline: Outline, out: Uint8Array) => Judge;
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
  /** 1 at the numbers of all elements that are gone or inside what is gone. */
  readonly out: Uint8Array;
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
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const SMALL = new Set(['p', 'span', 'tr', 'td', 'th', 'li', 'a', 'strong', 'em', 'b', 'i', 'dt', 'dd']);
const TEXTS = new Set(['main', 'article']);

const STEPS: readonly PruneStep[] = [
  { name: 'machinery', judge: machineryJudge, mostShare: 1, mostTotal: 1 },
  { name: 'hidden', judge: hiddenJudge, mostShare: 0.4, mostTotal: 0.5 },
  { name: 'consent', judge: namedJudge(NAMED.consent), mostShare: 0.95, mostTotal: 0.98 },
  { name: 'comments', judge: namedJudge(NAMED.comments), mostShare: 0.9, mostTotal: 0.95 },
  { name: 'frame', judge: frameJudge, mostShare: 0.4, mostTotal: 0.8 },
  { name: 'named', judge: noiseJudge, mostShare: 0.3, mostTotal: 0.75 },
  { name: 'foot', judge: footJudge, mostShare: 0.65, mostTotal: 0.7 },
  { name: 'links', judge: linkListJudge, mostShare: 0.3, mostTotal: 0.6 },
  { name: 'cards', judge: cardListJudge, mostShare: 0.9, mostTotal: 0.9 },
  { name: 'pictures', judge: pictureJudge, mostShare: 0.2, mostTotal: 0.4, keepsWeight: true },
];

const LIGHT_STEPS = new Set(['machinery', 'consent', 'comments', 'links', 'cards']);

/** Says what no reader takes for text; the tree itself stays as it is. */
export function prune(outline: Outline): Pruned {
  return pruneBy(STEPS, outline);
}

/** The same by what elements are alone, whatever they are called. */
export function pruneLightly(outline: Outline): Pruned {
  return pruneBy(
    STEPS.filter(({ name }) => LIGHT_STEPS.has(name)),
    outline,
  );
}

function pruneBy(steps: readonly PruneStep[], outline: Outline): Pruned {
  const { elements, ends, size } = outline;
  const gone = new Set<Element>();
  const out = new Uint8Array(size);
  const counts: Record<string, number> = {};
  let scale: Scale | undefined;
  for (const step of steps) {
    const noise = noiseOf(outline, step, out, scale?.weights ?? new Float64Array(size));
    for (const at of noise) {
      const element = elements[at];
      if (element !== undefined) gone.add(element);
      out.fill(1, at, ends[at]);
    }
    if (noise.length > 0) counts[step.name] = noise.length;
    // Machinery has no weight: there is nothing to weigh before it is gone.
    if (scale === undefined) scale = new Scale(outline, gone, out);
    else if (step.keepsWeight !== true) for (const at of noise) scale.take(at);
  }
  return { gone, out, counts, weights: scale?.weights ?? new Float64Array(size) };
}

function noiseOf(outline: Outline, step: PruneStep, out: Uint8Array, weights: Weights): readonly number[] {
  const { ends, size } = outline;
  const all = weights[0] ?? 0;
  const isNoise = step.judge(outline, out);
  const noise: number[] = [];
  let taken = 0;
  for (let at = 1; at < size; ) {
    const isOut = out[at] !== 0;
    const weight = weights[at] ?? 0;
    const isTaken = !isOut && isNoise(at) && weight <= all * step.mostShare;
    if (isTaken) {
      noise.push(at);
      taken += weight;
    }
    at = isOut || isTaken ? (ends[at] ?? size) : at + 1;
  }
  return taken <= all * step.mostTotal ? noise : [];
}

/** A question set as a button inside its heading is a heading. */
function machineryJudge({ elements, parents }: Outline): Judge {
  return (at) => {
    const tag = elements[at]?.tagName ?? '';
    return (
      MACHINERY.has(tag) && !(tag === 'button' && HEADINGS.has(elements[parents[at] ?? -1]?.tagName ?? ''))
    );
  };
}

function hiddenJudge(outline: Outline): Judge {
  return judgeBy(outline, ({ attribs, tagName }, at) => {
    return (
      outline.isNamed(at, NAMED.hidden) ||
      (attribs.hidden !== undefined && attribs.hidden !== 'until-found') ||
      // Paragraphs behind a paywall's script are hidden from readers of screens alone.
      (attribs['aria-hidden'] === 'true' && tagName !== 'p') ||
      (attribs.style !== undefined && HIDING.test(attribs.style))
    );
  });
}

function frameJudge(outline: Outline): Judge {
  return judgeBy(
    outline,
    ({ tagName, attribs }, at) =>
      FRAME.has(tagName) ||
      (attribs.role !== undefined && FRAME_ROLES.has(attribs.role)) ||
      (tagName === 'figure' && isPicture(outline, at)),
  );
}

/** A figure's words are its caption, unless it holds a table or a quotation. */
function isPicture({ elements, ends }: Outline, at: number): boolean {
  return !elements.slice(at + 1, ends[at]).some(({ tagName }) => FIGURE_TEXTS.has(tagName));
}

function namedJudge(claim: number): PruneStep['judge'] {
  return (outline) => (at) => outline.isNamed(at, claim);
}

function noiseJudge(outline: Outline): Judge {
  return judgeBy(outline, ({ tagName, attribs }, at) => {
    if (!outline.isNamed(at, SMALL.has(tagName) ? NAMED.noise : NAMED.noise | NAMED.box)) return false;
    if (TEXTS.has(tagName) || HEADINGS.has(tagName)) return false;
    return attribs.itemprop !== 'articleBody';
  });
}

/** Short texts stand on pages whose foot is as long; unlike other noisy names this one is hardly ever an article's. */
function footJudge(outline: Outline): Judge {
  return judgeBy(outline, ({ tagName }, at) => outline.isNamed(at, NAMED.foot) && !SMALL.has(tagName));
}

function judgeBy({ elements }: Outline, is: (element: Element, at: number) => boolean): Judge {
  return (at) => {
    const element = elements[at];
    return element !== undefined && is(element, at);
  };
}
