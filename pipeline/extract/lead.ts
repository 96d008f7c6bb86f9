import { foldSpace } from '../../text/html.ts';
import { detectLanguage } from '../../text/language.ts';
import { titleKey } from '../../text/titles.ts';
import { type Block, paragraphOf, textOf } from './blocks.ts';
import { NAMED } from './names.ts';
import type { Outline } from './outline.ts';
import { elementsTagged, metaContent, type OpenPage } from './page.ts';
import type { Element } from './runs.ts';
import { NOTHING, rawText } from './tree.ts';

const SHORTEST_LEAD = 60;
const LONGEST_LEAD = 700;
const REACH = 3;
const BEARERS = new Set(['p', 'h2', 'div', 'span']);
const SENTENCE = /[.!?…。！？”"»]$/u;

/**
 * The paragraph that sums up the text above it (standfirst, Vorspann, chapô) when it stands outside the element that holds
 * the text: named so, or word for word what the page calls its description. Empty when there is none, and in English,
 * where it is a second headline that says what the first paragraph says again.
 */
export function leadOf(page: OpenPage, outline: Outline, blocks: readonly Block[]): readonly Block[] {
  const { $ } = page;
  const whole = textOf(blocks);
  if (detectLanguage(whole) === 'en') return [];
  const description = titleKey(metaContent($, ['og:description', 'description'])?.value ?? '');
  const isDescribed = description.length >= SHORTEST_LEAD;
  const heading = elementsTagged($, 'h1')[0];
  for (const [at, element] of outline.elements.entries()) {
    const { tagName, attribs } = element;
    if (!BEARERS.has(tagName)) continue;
    const isNamed = outline.isNamed(at, NAMED.lead) || attribs.itemprop === 'description';
    if (!isNamed && (!isDescribed || tagName === 'div')) continue;
    const raw = rawText(element, NOTHING);
    if (raw.length < SHORTEST_LEAD || raw.length > LONGEST_LEAD * 3) continue;
    const text = foldSpace(raw);
    if (text.length < (isNamed ? SHORTEST_LEAD : description.length) || text.length > LONGEST_LEAD) continue;
    const key = titleKey(text);
    if (key !== description && !(isNamed && SENTENCE.test(text) && isBelow(element, heading))) continue;
    return titleKey(whole).includes(key.slice(0, 60)) ? [] : [paragraphOf(text)];
  }
  return [];
}

/** A lead hangs a few levels at most below what also holds the title. */
function isBelow(lead: Element, heading: Element | undefined): boolean {
  const near = heading === undefined ? [] : nearest(heading);
  return nearest(lead).some((parent) => near.includes(parent));
}

function nearest(element: Element): readonly Element['parent'][] {
  const parents: Element['parent'][] = [];
  for (let at = element.parent; at !== null && 'tagName' in at && parents.length < REACH; at = at.parent)
    parents.push(at);
  return parents;
}
