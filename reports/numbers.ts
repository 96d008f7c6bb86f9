import type { Document } from '../model/document.ts';
import type { DocumentRef, NumberRow } from '../model/edition.ts';
import type { DateFact, Fact, FigureFact } from '../model/facts.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import type { ToldStory } from './select-stories.ts';

const MOST = 5;
/** Fewer are no picture of a week. */
const FEWEST = 3;
/** Longer sentences are quoted by the clause that holds the number. */
const SENTENCE_CHARACTERS = 110;
const CLAUSE_ENDS = /[，；。：,;:\n]/;

/**
 * Amounts and targets worth telling, one a story, in the order of the stories; none when there are fewer than three.
 * Documents whose facts were not read have none.
 */
export function numbersOfWeek(
  stories: readonly ToldStory[],
  refer: (document: Document) => DocumentRef,
): NumberRow[] {
  const rows = stories.flatMap(({ documents: [{ document }] }) => {
    const best = figuresOf(document)
      .map((figure) => ({ figure, worth: worthOf(figure) }))
      .filter(({ worth }) => worth > 0)
      .sort((left, right) => right.worth - left.worth || left.figure.start - right.figure.start)[0];
    return best === undefined ? [] : [{ ...best, document }];
  });
  const chosen = new Set(rows.toSorted((left, right) => right.worth - left.worth).slice(0, MOST));
  if (chosen.size < FEWEST) return [];
  return rows.filter((row) => chosen.has(row)).map(({ figure, document }) => rowOf(figure, document, refer));
}

function factsOf(document: Document & { readonly facts?: readonly Fact[] }): readonly Fact[] {
  return document.facts ?? [];
}

function figuresOf(document: Document): FigureFact[] {
  return factsOf(document).filter((fact) => fact.kind === 'figure');
}

/** Targets before amounts of money before growth; what is not said to measure anything is only a number. */
function worthOf(figure: FigureFact): number {
  if (figure.measures === undefined || figure.unit === 'rank') return 0;
  const isMoney = figure.currency !== undefined;
  const kind = isTarget(figure) ? 4 : isMoney ? 2 : figure.qualifier === 'change' ? 1 : 0;
  if (kind === 0) return 0;
  // Among targets, money and shares of something say more than counts.
  return kind + (isMoney ? Math.min(1, Math.log10(Math.max(1, figure.value)) / 13) : 0);
}

function isTarget(figure: FigureFact): boolean {
  return figure.qualifier === 'target' || figure.isTarget === true;
}

function rowOf(
  figure: FigureFact,
  document: Document,
  refer: (document: Document) => DocumentRef,
): NumberRow {
  const words = wordsAround(figure, document.text);
  const period = factsOf(document).find(
    (fact): fact is DateFact =>
      fact.kind === 'date' &&
      (fact.role === 'horizon' || fact.role === 'other') &&
      fact.start >= words.start &&
      fact.end <= words.end,
  );
  return {
    value: figure.quote,
    ...(figure.measures === undefined ? {} : { measures: figure.measures }),
    isTarget: isTarget(figure),
    ...(period === undefined ? {} : { period: period.quote }),
    figure: numberOf(figure),
    quote: {
      ...words,
      documentId: document.id,
      revision: document.revision,
      contentHash: document.contentHash,
    },
    document: refer(document),
  };
}

function numberOf({ value, valueMax, unit, qualifier, currency }: FigureFact): NumberRow['figure'] {
  return {
    value,
    ...(valueMax === undefined ? {} : { valueMax }),
    unit,
    qualifier,
    ...(currency === undefined ? {} : { currency }),
  };
}

/** The sentence that holds the number; of a long one the clause. */
function wordsAround({ start, end }: FigureFact, text: string): Span {
  const sentence = splitSentences(text).find((one) => one.start <= start && end <= one.end);
  const whole = sentence ?? { text: text.slice(start, end), start, end };
  if (whole.text.length <= SENTENCE_CHARACTERS) return whole;
  let from = start;
  while (from > whole.start && !CLAUSE_ENDS.test(text.charAt(from - 1))) from -= 1;
  let to = end;
  while (to < whole.end && !CLAUSE_ENDS.test(text.charAt(to))) to += 1;
  const clause = text.slice(from, to);
  const lead = clause.length - clause.trimStart().length;
  return { text: clause.trim(), start: from + lead, end: from + lead + clause.trim().length };
}
