import type { HtmlElement } from '../../text/html.ts';

export type Element = HtmlElement;

/** A piece of text in page order with the element that holds it. */
export interface Run {
  readonly text: string;
  readonly parent: Element;
}

/** A paragraph, as against a label, a menu point or a heading. */
const PARAGRAPH = /[，。；！？,.;!?]/u;
const PARAGRAPH_LENGTH = 60;

/** Index of the first run that reads like a paragraph; the number of runs when there is none. */
export function firstParagraph(runs: readonly Run[]): number {
  const index = runs.findIndex(({ text }) => text.length >= PARAGRAPH_LENGTH && PARAGRAPH.test(text));
  return index < 0 ? runs.length : index;
}
