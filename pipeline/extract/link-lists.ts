import { foldedLength } from '../../text/html.ts';
import type { Element } from './runs.ts';
import type { Gone, Judge } from './tree.ts';

const HEADING = /^h[1-6]$/u;
const FEWEST_LINKS = 3;
const LINKED_SHARE = 0.75;
const LISTS = new Set(['ul', 'ol', 'div', 'section', 'table', 'dl', 'td']);
const LONGEST_CARD = 600;

/** Three links or more and hardly a word besides. */
export function linkListJudge(top: Element, gone: Gone): Judge {
  const linkLists = new Set<Element>();
  const visit = (element: Element): { links: number; linked: number; length: number } => {
    const sum = { links: 0, linked: 0, length: 0 };
    for (const child of element.children) {
      if (child.type === 'text') sum.length += foldedLength(child.data);
      else if (child.type === 'tag' && !gone.has(child)) {
        const inner = visit(child);
        sum.length += inner.length;
        if (child.tagName === 'a' && child.attribs.href !== undefined) {
          sum.links += 1 + inner.links;
          sum.linked += inner.length;
        } else {
          sum.links += inner.links;
          sum.linked += inner.linked;
        }
      }
    }
    if (sum.links >= FEWEST_LINKS && sum.linked > sum.length * LINKED_SHARE) linkLists.add(element);
    return sum;
  };
  visit(top);
  return (element) => LISTS.has(element.tagName) && linkLists.has(element);
}

/** Three children or more built alike, each a linked heading with a line or two: a list of other documents. */
export function cardListJudge(top: Element, gone: Gone): Judge {
  const cards = cardsIn(top, gone);
  return ({ children }) => {
    if (children.length < FEWEST_LINKS) return false;
    const groups = new Map<string, { all: number; cards: number }>();
    for (const child of children) {
      if (child.type !== 'tag' || gone.has(child)) continue;
      const kind = `${child.tagName}.${child.attribs.class?.split(/\s+/u, 1)[0] ?? ''}`;
      const group = groups.get(kind) ?? { all: 0, cards: 0 };
      group.all += 1;
      if (cards.has(child)) group.cards += 1;
      groups.set(kind, group);
    }
    return [...groups.values()].some((group) => group.all >= FEWEST_LINKS && group.cards >= group.all * 0.8);
  };
}

/** The elements with one heading, which is a link, and little text besides. */
function cardsIn(top: Element, gone: Gone): ReadonlySet<Element> {
  const cards = new Set<Element>();
  const visit = (element: Element): { headings: number; linked: number; length: number } => {
    const sum = { headings: 0, linked: 0, length: 0 };
    let holdsLink = false;
    for (const child of element.children) {
      if (child.type === 'text') sum.length += child.data.trim().length;
      else if (child.type === 'tag' && !gone.has(child)) {
        const inner = visit(child);
        sum.headings += inner.headings;
        sum.linked += inner.linked;
        sum.length += inner.length;
        if (isOwnLink(child)) holdsLink = true;
      }
    }
    if (HEADING.test(element.tagName)) {
      sum.headings += 1;
      if (holdsLink) sum.linked += 1;
    }
    if (isOwnLink(element)) sum.linked = sum.headings;
    if (sum.headings === 1 && sum.linked === 1 && sum.length < LONGEST_CARD) cards.add(element);
    return sum;
  };
  visit(top);
  return cards;
}

function isOwnLink({ tagName, attribs }: Element): boolean {
  return tagName === 'a' && attribs.href !== undefined && !attribs.href.startsWith('#');
}
