import type { Edition } from '../model/edition.ts';
import type { Qualifier } from '../model/facts.ts';
import { writeCsv } from './csv.ts';
import { keptFile } from './document-view.ts';

/** The table of the week's numbers in an edition's folder. */
export const FIGURES_FILE = 'figures.csv';

const HEAD = [
  'figure',
  'value',
  'value_max',
  'unit',
  'currency',
  'qualifier',
  'measures',
  'target',
  'period',
  'quote',
  'document_id',
  'title',
  'url',
  'publisher',
  'document_number',
  'published_on',
  'kept_copy',
];

/** In words: a cell that holds `=` would begin a formula. */
const QUALIFIERS: Readonly<Record<Qualifier, string>> = {
  '=': 'exact',
  '>': 'above',
  '>=': 'at_least',
  '<': 'below',
  '<=': 'at_most',
  '~': 'about',
  range: 'range',
  class: 'class',
  change: 'change',
  target: 'target',
};

/** `figures.csv`: the edition's numbers as printed and as numbers, in the words that state them; undefined when it has none. */
export function figuresFile({ numbers }: Edition): string | undefined {
  if (numbers.length === 0) return undefined;
  const rows = numbers.map(({ value, figure, measures, isTarget, period, quote, document }) => [
    value,
    figure.value,
    figure.valueMax,
    figure.unit,
    figure.currency,
    QUALIFIERS[figure.qualifier],
    measures,
    isTarget,
    period,
    quote.text,
    document.documentId,
    document.title,
    document.url,
    document.publisher,
    document.documentNumber,
    document.publishedOn,
    `${keptFile(document.documentId)}#s-${quote.start}`,
  ]);
  return writeCsv(HEAD, rows);
}
