import type { Html } from '../../text/html.ts';
import { bigramSimilarity, titleKey } from '../../text/titles.ts';
import { elementsTagged } from './page.ts';
import { proseIn } from './prose.ts';
import { NOTHING, rawText } from './tree.ts';

/** Pages built in the browser carry their article as data: `__NEXT_DATA__`, `window.__INITIAL_STATE__ = {…}` and the like. */
const DATA_TYPE = /^application\/json$/iu;
const ASSIGNED = /^\s*(?:window|self|globalThis)?[.[]?["']?[\w$.]{2,60}["']?\]?\s*=\s*(?=[{[])/u;
/** Fields that hold the words of an article, in whole or piece by piece. */
const TEXT_FIELD =
  /^(?:\w*(?:body|content|text|html|paragraphs?|copy|story|article)\w*|value|children|blocks|elements)$/iu;
const TITLE_FIELD = /^(?:\w*title|headline|name|subject)$/iu;
/** Captions, teasers and comments in the same data are shorter. */
const SHORTEST = 250;
/** Data deeper than this, or with more values, is no article. */
const DEEPEST = 14;
const MOST_VALUES = 50_000;

interface Candidate {
  readonly text: string;
  readonly prose: number;
  readonly isTitled: boolean;
}

/**
 * The words of the article in a page's data scripts, as HTML or as lines: the longest under the page's own title, else
 * the longest of all. Undefined when the data holds none.
 */
export function textInScripts($: Html, title: string | undefined): string | undefined {
  const found: Candidate[] = [];
  const seek = new Seeker(titleKey(title ?? ''), found);
  for (const script of elementsTagged($, 'script')) {
    const raw = rawText(script, NOTHING);
    if (raw.length < SHORTEST) continue;
    const isData = DATA_TYPE.test(script.attribs.type ?? '');
    const json = isData ? raw : ASSIGNED.test(raw) ? raw.replace(ASSIGNED, '').replace(/;\s*$/u, '') : '';
    const value = json === '' ? undefined : parsed(json);
    if (value !== undefined) seek.visit(value, false, 0);
  }
  const titled = found.filter(({ isTitled }) => isTitled);
  return (titled.length > 0 ? titled : found).sort((left, right) => right.prose - left.prose)[0]?.text;
}

/** Walks data once, bounded, and gathers what reads like an article. */
class Seeker {
  readonly #title: string;
  readonly #found: Candidate[];
  #left = MOST_VALUES;

  constructor(title: string, found: Candidate[]) {
    this.#title = title;
    this.#found = found;
  }

  visit(value: unknown, isTitled: boolean, depth: number): void {
    this.#left -= 1;
    if (this.#left < 0 || depth > DEEPEST || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item, isTitled, depth + 1);
      return;
    }
    const fields = Object.entries(value);
    const isOwn = isTitled || fields.some(([name, field]) => TITLE_FIELD.test(name) && this.#isTitle(field));
    for (const [name, field] of fields) {
      if (TEXT_FIELD.test(name)) this.#note(wordsOf(field, 0), isOwn);
      this.visit(field, isOwn, depth + 1);
    }
  }

  #isTitle(value: unknown): boolean {
    return (
      typeof value === 'string' && this.#title !== '' && bigramSimilarity(titleKey(value), this.#title) >= 0.8
    );
  }

  #note(text: string, isTitled: boolean): void {
    const prose = text.length < SHORTEST ? 0 : proseIn(text.replace(/<[^>]*>/gu, ' '));
    if (prose >= SHORTEST) this.#found.push({ text, prose, isTitled });
  }
}

/** A string, or the words of a list of paragraphs (`[{ type: 'p', text: '…' }]`), one a line. */
function wordsOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 4) return '';
  if (Array.isArray(value))
    return value
      .map((item) => wordsOf(item, depth + 1))
      .filter((words) => words.trim() !== '')
      .join('\n');
  for (const [name, field] of Object.entries(value)) {
    const words = TEXT_FIELD.test(name) ? wordsOf(field, depth + 1) : '';
    if (words.trim() !== '') return words;
  }
  return '';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
