import { add, type Outline } from './outline.ts';
import type { Judge } from './prune.ts';
import type { Element } from './runs.ts';

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const FEWEST_LINKS = 3;
const LINKED_SHARE = 0.75;
const LISTS = new Set(['ul', 'ol', 'div', 'section', 'table', 'dl', 'td']);
const LONGEST_CARD = 600;
const FEWEST_CARDS = 3;
const CARDS_SHARE = 0.8;

/** Three links or more and hardly a word besides. */
export function linkListJudge(outline: Outline, out: Uint8Array): Judge {
  const lengths = outline.ownLengths.slice();
  const links = new Int32Array(outline.size);
  const linked = new Int32Array(outline.size);
  outline.upwards(out, ({ tagName, attribs }, at, parent) => {
    const isLink = tagName === 'a' && attribs.href !== undefined;
    const length = lengths[at] ?? 0;
    add(lengths, parent, length);
    add(links, parent, (links[at] ?? 0) + (isLink ? 1 : 0));
    add(linked, parent, isLink ? length : (linked[at] ?? 0));
  });
  return (at) =>
    (links[at] ?? 0) >= FEWEST_LINKS &&
    (linked[at] ?? 0) > (lengths[at] ?? 0) * LINKED_SHARE &&
    LISTS.has(outline.elements[at]?.tagName ?? '');
}

/** Three children or more built alike, each a linked heading with a line or two: a list of other documents. */
export function cardListJudge(outline: Outline, out: Uint8Array): Judge {
  const { isCard, cards } = cardsIn(outline, out);
  return (at) => (cards[at] ?? 0) >= FEWEST_CARDS && isCardList(outline, out, at, isCard);
}

function isCardList(outline: Outline, out: Uint8Array, at: number, isCard: Uint8Array): boolean {
  const kinds = new Map<string, { all: number; cards: number }>();
  for (const child of outline.childrenOf(at)) {
    const element = outline.elements[child];
    if (element === undefined || out[child] !== 0) continue;
    const kind = `${element.tagName}.${element.attribs.class?.split(/\s+/u, 1)[0] ?? ''}`;
    const same = kinds.get(kind) ?? { all: 0, cards: 0 };
    same.all += 1;
    same.cards += isCard[child] ?? 0;
    kinds.set(kind, same);
  }
  return [...kinds.values()].some(({ all, cards }) => all >= FEWEST_CARDS && cards >= all * CARDS_SHARE);
}

/** The elements with one heading, which is a link, and little text besides; and how many of them each element holds. */
function cardsIn(outline: Outline, out: Uint8Array): { isCard: Uint8Array; cards: Int32Array } {
  const lengths = outline.ownLengths.slice();
  const headings = new Int32Array(outline.size);
  const linked = new Int32Array(outline.size);
  const cards = new Int32Array(outline.size);
  const holdsLink = new Uint8Array(outline.size);
  const isCard = new Uint8Array(outline.size);
  outline.upwards(out, (element, at, parent) => {
    if (HEADINGS.has(element.tagName)) {
      add(headings, at, 1);
      add(linked, at, holdsLink[at] ?? 0);
    }
    if (isOwnLink(element)) {
      linked[at] = headings[at] ?? 0;
      holdsLink[parent] = 1;
    }
    if (headings[at] === 1 && linked[at] === 1 && (lengths[at] ?? 0) < LONGEST_CARD) {
      isCard[at] = 1;
      add(cards, parent, 1);
    }
    for (const row of [lengths, headings, linked]) add(row, parent, row[at] ?? 0);
  });
  return { isCard, cards };
}

function isOwnLink({ tagName, attribs }: Element): boolean {
  return tagName === 'a' && attribs.href !== undefined && !attribs.href.startsWith('#');
}
