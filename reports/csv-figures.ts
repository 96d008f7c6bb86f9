import type { Edition } from '../model/edition.ts';
import { writeCsv } from './csv.ts';
import { keptFile } from './document-view.ts';

/** The table of the week's numbers in an edition's folder. */
export const FIGURES_FILE = 'figures.csv';

const HEAD = [
  'figure',
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

/** `figures.csv`: the edition's numbers in the words that state them; undefined when it has none. */
export function figuresFile({ numbers }: Edition): string | undefined {
  if (numbers.length === 0) return undefined;
  const rows = numbers.map(({ value, measures, isTarget, period, quote, document }) => [
    value,
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
