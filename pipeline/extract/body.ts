import type { TraceStep } from '../../model/document.ts';
import { parseHtml } from '../../text/html.ts';
import { titleKey } from '../../text/titles.ts';
import { type Block, readBlocks, textOf } from './blocks.ts';
import { CERTAIN, LIKELY } from './container-names.ts';
import { containersByName, lengthOf, longest, outermost } from './containers.ts';
import { densestElement } from './density.ts';
import { leadOf } from './lead.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type Found, type OpenPage, selectAll } from './page.ts';
import { type Pruned, prune, pruneLightly } from './prune.ts';
import type { Element } from './runs.ts';
import { textInScripts } from './script-text.ts';
import { isElement, NOTHING } from './tree.ts';
import { isDateLine, trimBlocks } from './trim.ts';
import { Witness } from './witness.ts';

/** From this length on, an element made for the text is the text. */
const CERTAIN_BODY = 120;
/** A known container that holds less than this part of the densest element is a teaser or a caption. */
const SMALLEST_SHARE = 0.4;
/** A container with a likely name must hold nearly all of the densest element's prose. */
const LIKELY_SHARE = 0.45;
/** A text shorter than this is looked for once more. */
const SHORT_TEXT = 250;
/** Characters of the blocks of a text in the mean; the frame of a page has fewer. */
const LEAST_PARAGRAPH = 50;
/** Prose of a paragraph beside the text's element from which on it is part of the text. */
const SHORTEST_NEIGHBOUR = 80;
const HEAD_BLOCKS = 8;
/** Signs that a title may have besides twice its letters. */
const SLACK = 40;

/** The blocks of a main text and how they were found. */
export interface FoundBody extends Found<readonly Block[]> {
  /** What was left out of the page, and of the text that was found. */
  readonly steps: readonly TraceStep[];
}

/** A page's tree with what is no text left out. */
interface Cleared extends Pruned {
  readonly page: OpenPage;
  readonly title: string | undefined;
  readonly outline: Outline;
}

/** The main text of a page; undefined when it has none. */
export function findBody(page: OpenPage, title: string | undefined): FoundBody | undefined {
  const { $ } = page;
  const ruled = selectAll($, page.source.article.body)?.toArray().filter(isElement);
  if (ruled !== undefined) {
    const blocks = readBlocks(ruled, page.url, NOTHING);
    const kept = trimBlocks(blocks, title);
    if (textOf(blocks).length > 0) return { value: kept, rule: 'source', steps: trimStep(blocks, kept) };
  }
  const outline = outlineOf($);
  if (outline === undefined) return undefined;
  const found = bodyIn({ page, title, outline, ...prune(outline) });
  const blocks = found?.value ?? [];
  const { length } = textOf(blocks);
  const stated = page.structured.find((article) => article.body !== undefined)?.body ?? '';
  const told = stated.length > length * 2 ? bodyOfWords(page, title, stated, 'json-ld') : undefined;
  if (told !== undefined && isLonger(told.value, blocks, 2)) return told;
  // A short text may be all there is, and certainly is where a container made for the text holds it.
  if (found !== undefined && (found.rule !== 'density' || length >= SHORT_TEXT)) return found;
  const inScripts = textInScripts($, title);
  const data = inScripts === undefined ? undefined : bodyOfWords(page, title, inScripts, 'data in scripts');
  if (data !== undefined && isLonger(data.value, blocks, 3)) return data;
  const lax = bodyIn({ page, title, outline, ...pruneLightly(outline) });
  return lax !== undefined && isLonger(lax.value, blocks, 3) ? { ...lax, rule: `lax, ${lax.rule}` } : found;
}

/** Several times as long, and made of paragraphs, not of the labels and lines of a page's frame. */
function isLonger(blocks: readonly Block[], than: readonly Block[], times: number): boolean {
  const { length } = textOf(blocks);
  return (
    length >= Math.max(SHORT_TEXT, textOf(than).length * times) && length >= blocks.length * LEAST_PARAGRAPH
  );
}

/** What the page's data says is its text, for pages that show it by script alone. */
function bodyOfWords(page: OpenPage, title: string | undefined, words: string, rule: string): FoundBody {
  const isHtml = /<(?:p|div|br|li|h[1-6])\b/iu.test(words);
  const html = isHtml
    ? words
    : words.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/\n/gu, '<br><br>');
  const blocks = blocksOfHtml(html, page.url);
  const kept = trimBlocks(blocks, title);
  return { value: kept, rule, steps: trimStep(blocks, kept) };
}

function bodyIn(cleared: Cleared): FoundBody | undefined {
  const { outline, gone, out, weights } = cleared;
  const elementsAt = (places: readonly number[]) => places.flatMap((at) => outline.elements[at] ?? []);
  const dense = densestElement(outline, weights);
  const [densest] = elementsAt(dense === undefined ? [] : [dense]);
  const denseLength = densest === undefined ? 0 : lengthOf(densest, gone);
  const named = containersByName(outline, out);
  for (const selector of CERTAIN) {
    const places = named.get(selector);
    const known = places && longest(elementsAt(places), gone);
    if (known !== undefined && known.length >= Math.min(CERTAIN_BODY, denseLength * SMALLEST_SHARE))
      return finished(cleared, [known.element], `container:${selector}`);
  }
  const denseProse = dense === undefined ? 0 : (weights[dense] ?? 0);
  for (const selector of LIKELY) {
    const places = named.get(selector);
    if (places === undefined) continue;
    const known = outermost(outline, places);
    const prose = known.reduce((sum, at) => sum + (weights[at] ?? 0), 0);
    if (prose < Math.max(40, denseProse * LIKELY_SHARE)) continue;
    return finished(cleared, elementsAt(known), `container:${selector}`);
  }
  return dense === undefined
    ? undefined
    : finished(cleared, elementsAt(withNeighbours(dense, cleared)), 'density');
}

/** Paragraphs beside the densest element belong to it: the first one above an advertisement, the rest behind a paywall. */
function withNeighbours(dense: number, { outline, out, weights }: Cleared): readonly number[] {
  const siblings = outline
    .childrenOf(outline.parents[dense] ?? -1)
    .filter(
      (at) =>
        outline.elements[at]?.tagName === 'p' && out[at] === 0 && (weights[at] ?? 0) >= SHORTEST_NEIGHBOUR,
    );
  return siblings.includes(dense) ? siblings : [...siblings, dense].sort((left, right) => left - right);
}

function finished(cleared: Cleared, parts: readonly Element[], rule: string): FoundBody | undefined {
  const { page, title, outline, counts } = cleared;
  const all = witnessed(cleared, parts);
  const kept = trimBlocks(withoutTitle(all, title), title);
  if (kept.length === 0) return undefined;
  const left = Object.entries(counts).map(([step, count]) => `${step} ${count}`);
  const pruned = { step: 'prune', rule: 'parts by step', value: left.join(', ') };
  return {
    value: [...leadOf(page, outline, kept), ...kept],
    rule,
    steps: [...(left.length === 0 ? [] : [pruned]), ...trimStep(all, kept)],
  };
}

function trimStep(all: readonly Block[], kept: readonly Block[]): readonly TraceStep[] {
  const cut = all.length - kept.length;
  return cut === 0 ? [] : [{ step: 'trim', rule: 'frame lines', value: `${cut} of ${all.length} blocks` }];
}

/** The blocks of the parts, cut down to what the page states as its text when it states it. */
function witnessed({ page, outline, gone }: Cleared, parts: readonly Element[]): readonly Block[] {
  const blocks = readBlocks(parts, page.url, gone);
  const witness = new Witness(page.structured.find((article) => article.body !== undefined)?.body ?? '');
  if (!witness.isLong) return blocks;
  const share = witness.coverage(blocks);
  if (share >= 0.8) return witness.narrow(blocks);
  const whole = readBlocks(outline.elements.slice(0, 1), page.url, gone);
  return witness.coverage(whole) > share + 0.2 ? witness.narrow(whole) : blocks;
}

/** Blocks of a fragment of HTML, for entries that carry their whole text. */
export function blocksOfHtml(html: string, base: string): readonly Block[] {
  return readBlocks(parseHtml(html)('body').toArray(), base, NOTHING);
}

/**
 * The page's head inside the container (heading, or title and date line) is no part of the text; a title that is set as
 * the first paragraph of the document itself stays.
 */
function withoutTitle(blocks: readonly Block[], title: string | undefined): readonly Block[] {
  const key = titleKey(title ?? '');
  const index = blocks
    .slice(0, HEAD_BLOCKS)
    .findIndex(({ text }) => key !== '' && text.length <= key.length * 2 + SLACK && titleKey(text) === key);
  if (index < 0) return blocks;
  const isHeading = /^h[1-4]$/.test(blocks[index]?.tag ?? '');
  const date = blocks.slice(index + 1, index + 4).findIndex(({ text }) => isDateLine(text));
  return isHeading || date >= 0 ? blocks.slice(index + 1 + Math.max(0, date + 1)) : blocks;
}
