import { foldSpace, type Html, type HtmlSelection } from '../../text/html.ts';
import { elementsTagged } from './page.ts';

type Node = ReturnType<HtmlSelection['contents']>[number];
export type Element = Extract<Node, { type: 'tag' | 'script' | 'style' }>;

/** A piece of text in page order with the element that holds it. */
export interface Run {
  readonly text: string;
  readonly parent: Element;
}

const UNSEEN = new Set(['script', 'style', 'noscript', 'textarea', 'option', 'template', 'head', 'iframe']);
/** A paragraph, as against a label, a menu point or a heading. */
const PARAGRAPH = /[，。；！？,.;!?]/u;
const PARAGRAPH_LENGTH = 60;

/** All visible text of a page in reading order, as its text nodes. Bounded only by the page. */
export function readRuns($: Html): readonly Run[] {
  const runs: Run[] = [];
  const visit = (parent: Element): void => {
    for (const node of parent.children) {
      if (node.type === 'text') {
        const text = foldSpace(node.data);
        if (text !== '') runs.push({ text, parent });
      } else if (node.type === 'tag' && !UNSEEN.has(node.tagName)) visit(node);
    }
  };
  const body = elementsTagged($, 'body')[0];
  if (body !== undefined) visit(body);
  return runs;
}

/** Index of the first run that reads like a paragraph; the number of runs when there is none. */
export function firstParagraph(runs: readonly Run[]): number {
  const index = runs.findIndex(({ text }) => text.length >= PARAGRAPH_LENGTH && PARAGRAPH.test(text));
  return index < 0 ? runs.length : index;
}
