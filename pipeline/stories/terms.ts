import { COMMON_PAIRS, COMMON_STEMS } from './common-pairs.ts';
import { stem } from './stem.ts';

/** A word or two of them as they are written; a pair of Han characters as a number, which is quicker to look up. */
export type Term = string | number;

/** What a document is compared by: each term with how often and how prominently it stands there. */
export type Terms = ReadonlyMap<Term, number>;

/** What terms are read from. */
export interface TermsInput {
  readonly title: string;
  readonly text: string;
}

/** Events are told in the first paragraphs; the rest is background. */
const OPENING_LENGTH = 1200;
/** A pair of words says something beyond its two words, but not as much again. */
const PAIR = 0.3;
/** What any document of government may say counts this much of what it would by its rarity in the batch. */
const COMMON = 0.35;
const HAN_RUN = /[\u4e00-\u9fff]+/gu;
const FIRST_HAN = 0x4e00;
const HAN_CHARACTERS = 0x9fff - FIRST_HAN + 1;
const COMMON_TERMS: ReadonlySet<Term> = new Set<Term>([
  ...[...COMMON_PAIRS].map((pair) => pairAt(pair, 0)),
  ...COMMON_STEMS,
]);
const WORD = /[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}'’&]*/gu;
/** Headlines of agencies and portals end in their name: `… - WBOC-TV 16`, and are cut with dots. */
const OUTLET_TAIL = /\s+[-–|]\s+[^-–|]{3,40}$/u;
const CUT_TAIL = /\s*(?:\.\.\.|…)\s*$/u;
/** U.S. and US are one word. */
const DOTTED = /\b(\p{Lu})\.(?=\p{Lu}\b|\s|$)/gu;

/** The terms of a document: pairs of Han characters, stems of words and pairs of neighbouring words. */
export function termsOf({ title, text }: TermsInput): Terms {
  const terms = new Map<Term, number>();
  const opening = text.slice(0, OPENING_LENGTH).normalize('NFKC');
  count(opening, terms, 0);
  for (const [term, times] of terms) terms.set(term, 1 + Math.log(times));
  count(title.normalize('NFKC').replace(CUT_TAIL, '').replace(OUTLET_TAIL, ''), terms, PAIR);
  for (const [term, weight] of terms) if (COMMON_TERMS.has(term)) terms.set(term, COMMON * weight);
  return terms;
}

/** The pair of Han characters that begins here. */
function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) - FIRST_HAN) * HAN_CHARACTERS + text.charCodeAt(at + 1) - FIRST_HAN;
}

function count(text: string, into: Map<Term, number>, pair: number): void {
  const add = (term: Term, weight: number) => into.set(term, (into.get(term) ?? 0) + weight);
  for (const [run] of text.matchAll(HAN_RUN))
    for (let at = 0; at + 2 <= run.length; at += 1) add(pairAt(run, at), 1);
  let before = '';
  for (const [word] of text.replace(DOTTED, '$1').matchAll(WORD)) {
    const root = /^\d+$/.test(word) ? '' : stem(word.toLowerCase().replaceAll('&', ''));
    if (root !== '') add(root, 1);
    if (root !== '' && before !== '' && pair > 0) add(`${before} ${root}`, pair);
    before = root;
  }
}
