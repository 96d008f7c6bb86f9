import type { Document } from '../../model/document.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { findDatedFacts } from '../../pipeline/fields/dated-facts.ts';
import { summarise } from '../../pipeline/summarise.ts';
import { toDocument } from './documents-of-texts.ts';

/** A text with the sentences an editor would take, the best first. */
export interface SummarisedText {
  readonly id: string;
  readonly publishedAt: string;
  readonly title: string;
  readonly text: string;
  readonly summary: { readonly sentences: readonly { readonly start: number; readonly end: number }[] };
}

/** Whether an editor's best sentence is among ours. */
export interface SummaryHit {
  readonly id: string;
  readonly hit: boolean;
  readonly wanted: string;
  readonly got: readonly string[];
}

/**
 * A hit: one of our sentences and the editor's best passage overlap by half or more of the shorter of the two. (An
 * editor's passage may be two sentences, or a part of one.)
 */
export function summaryHit(row: SummarisedText, vocabulary: Vocabulary): SummaryHit {
  const document = documentOf(row, vocabulary);
  const got = summarise(document);
  const [best] = row.summary.sentences;
  const hit =
    best !== undefined &&
    got.some(({ start, end }) => {
      const shared = Math.min(end, best.end) - Math.max(start, best.start);
      return shared >= 0.5 * Math.min(end - start, best.end - best.start);
    });
  return {
    id: row.id,
    hit,
    wanted: best === undefined ? '' : row.text.slice(best.start, best.end),
    got: got.map(({ text }) => text),
  };
}

function documentOf(row: SummarisedText, vocabulary: Vocabulary): Document {
  const { id, publishedAt, title, text } = row;
  const made = {
    id,
    site: 'set',
    trust: 'government',
    url: `https://set.example/${id}`,
    publishedAt,
    title,
    text,
  };
  return {
    ...toDocument(made, vocabulary),
    dates: findDatedFacts(text, { publishedOn: publishedAt.slice(0, 10) }),
  };
}
