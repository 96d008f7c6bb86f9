import { foldSpace, type HtmlSelection } from '../../text/html.ts';
import { titleKey } from '../../text/titles.ts';
import { type Block, readBlocks } from './blocks.ts';
import { LEAD_NAME } from './noise-words.ts';
import { metaContent, type OpenPage } from './page.ts';

const SHORTEST_LEAD = 60;
const LONGEST_LEAD = 700;
const REACH = 3;
const SENTENCE = /[.!?…。！？”"»]$/u;

/**
 * The paragraph that sums up the text above it (standfirst, Vorspann, chapô) when it stands outside the element that holds
 * the text: named so, or word for word what the page calls its description. Empty when there is none.
 */
export function leadOf(page: OpenPage, blocks: readonly Block[]): readonly Block[] {
  const { $ } = page;
  const whole = titleKey(blocks.map(({ text }) => text).join(''));
  const description = titleKey(metaContent($, ['og:description', 'description'])?.value ?? '');
  const heading = $('h1').first();
  for (const node of $('p,h2,div,span').toArray()) {
    const isNamed = LEAD_NAME.test(node.attribs.class ?? '') || node.attribs.itemprop === 'description';
    if (!isNamed && (description.length < SHORTEST_LEAD || node.tagName === 'div')) continue;
    const raw = $(node).text();
    if (raw.length < SHORTEST_LEAD || raw.length > LONGEST_LEAD * 3) continue;
    const text = foldSpace(raw);
    if (text.length < SHORTEST_LEAD || text.length > LONGEST_LEAD) continue;
    const key = titleKey(text);
    if (key !== description && !(isNamed && SENTENCE.test(text) && isBelow($(node), heading))) continue;
    return whole.includes(key.slice(0, 60)) ? [] : readBlocks(`<p>${escapeText(text)}</p>`);
  }
  return [];
}

/** A lead hangs a few levels at most below what also holds the title. */
function isBelow(lead: HtmlSelection, heading: HtmlSelection): boolean {
  const near = new Set(heading.parents().toArray().slice(0, REACH));
  return lead
    .parents()
    .toArray()
    .slice(0, REACH)
    .some((parent) => near.has(parent));
}

function escapeText(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
}
