import type { FactSpan } from '../../model/facts.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { type Form, Seeker } from '../../text/forms.ts';
import { toAsciiDigits } from '../../text/numerals.ts';
import { type Span, splitSentences } from '../../text/sentences.ts';
import { type SignSet, signSet } from '../../text/signs.ts';

/** What the readers of facts know besides the text. */
export interface FactContext {
  readonly title?: string | undefined;
  /** YYYY-MM-DD; relative dates are resolved from it. */
  readonly publishedOn?: string | undefined;
  readonly issuedOn?: string | undefined;
  /** The region of the source, an id of the vocabulary: 省政府 is its government. */
  readonly region?: string | undefined;
  readonly vocabulary: Vocabulary;
}

/** A text on its way through the readers: what one of them has taken, the next leaves alone. */
export interface Reading {
  readonly text: string;
  /** The same length, with digits, letters and signs of full width in ASCII and odd spaces as spaces. */
  readonly plain: string;
  readonly context: FactContext;
  readonly sentences: readonly Span[];
  sentenceAt(at: number): Span;
  /** Where a form stands in `plain`. */
  matches(form: Form): readonly RegExpExecArray[];
  /** Where a form stands in `text`. */
  matchesAsWritten(form: Form): readonly RegExpExecArray[];
  /** Whether there may be Han characters; where not, rules that have one in every form walk in vain. */
  readonly isEastAsian: boolean;
  /** Whether any of these signs stands in `plain`. */
  hasAny(signs: SignSet): boolean;
  /** Marks a stretch as read: no figure or date is sought in it. */
  cover(start: number, end: number): void;
  isCovered(at: number): boolean;
  /** The span of a fact; `rule` names who read it. */
  span(start: number, end: number, rule: string): FactSpan;
}

const SIGNS: Readonly<Record<string, string>> = {
  '％': '%',
  '．': '.',
  '－': '-',
  '\u00a0': ' ',
  '\u3000': ' ',
  '～': '~',
};

/** A text without any of these is plain as it stands. */
const WIDE = signSet(
  [
    ...Object.keys(SIGNS),
    ...'０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ',
    ...'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
  ].join(' '),
);

function toPlain(text: string): string {
  return toAsciiDigits(text).replace(/[％．－\u00a0\u3000～]/gu, (sign) => SIGNS[sign] ?? sign);
}

/** Remembers which stretches of a text are taken; both questions cost no more than the stretch is long. */
export class Stretches {
  readonly #taken: Uint8Array;

  constructor(length: number) {
    this.#taken = new Uint8Array(length);
  }

  /** Takes the stretch unless a part of it is taken; tells whether it did. */
  take(start: number, end: number): boolean {
    if (this.touches(start, end)) return false;
    this.#taken.fill(1, start, end);
    return true;
  }

  touches(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) if (this.#taken[at] === 1) return true;
    return false;
  }
}

/** Prepares a text. */
export function startReading(text: string, context: FactContext): Reading {
  const asWritten = new Seeker(text);
  const plain = asWritten.hasAny(WIDE) ? toPlain(text) : text;
  const covered = new Uint8Array(text.length);
  const inPlain = plain === text ? asWritten : new Seeker(plain);
  const nobody: Span = { text: '', start: 0, end: 0 };
  // Many texts are read to their end without anybody asking for one.
  let cut: readonly Span[] | undefined;
  const sentencesOf = () => {
    cut ??= splitSentences(text);
    return cut;
  };
  return {
    text,
    plain,
    context,
    get sentences() {
      return sentencesOf();
    },
    sentenceAt(at) {
      const sentences = sentencesOf();
      let low = 0;
      let high = sentences.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((sentences[middle] ?? nobody).start <= at) low = middle;
        else high = middle - 1;
      }
      return sentences[low] ?? nobody;
    },
    matches: (form) => inPlain.matches(form),
    matchesAsWritten: (form) => asWritten.matches(form),
    isEastAsian: inPlain.isEastAsian,
    hasAny: (signs) => inPlain.hasAny(signs),
    cover: (start, end) => void covered.fill(1, start, end),
    isCovered: (at) => covered[at] === 1,
    span: (start, end, rule) => ({ quote: text.slice(start, end), start, end, rule }),
  };
}
