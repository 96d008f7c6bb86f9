import type { Document } from '../model/document.ts';
import type { ComposeInput, Edition, Item, Sentence } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';

/**
 * Holds an edition against its promises: every sentence stands at its span, every document of the week is counted
 * once, nothing is an item twice.
 * @throws AppError `EDITION_SPAN`, `EDITION_UNBALANCED`, `EDITION_REPEATED`
 */
export function checkEdition(edition: Edition, input: Pick<ComposeInput, 'stories' | 'stillAhead'>): void {
  const documents = new Map(
    [...input.stillAhead, ...input.stories.flatMap((story) => story.documents)].map((one) => [one.id, one]),
  );
  for (const sentence of sentencesOf(edition)) checkSpan(sentence, documents.get(sentence.documentId));
  const { seen, shown, folded, leftOut } = edition.counts;
  if (seen !== shown + folded + leftOut || leftOut !== edition.leftOut.length)
    throw new AppError(
      'EDITION_UNBALANCED',
      `composing ${edition.digestId} ${edition.period.week}: seen ${seen}, but shown ${shown} + folded ${folded} + left out ${leftOut}`,
      { details: { ...edition.counts } },
    );
  const taken = new Set<string>();
  for (const { documentId } of itemsOf(edition).flatMap((item) => item.documents)) {
    if (taken.has(documentId))
      throw new AppError(
        'EDITION_REPEATED',
        `composing ${edition.digestId} ${edition.period.week}: document ${documentId} is in two items`,
      );
    taken.add(documentId);
  }
}

/** Every story the edition tells, in reading order. */
export function itemsOf(edition: Pick<Edition, 'lead' | 'sections' | 'running'>): readonly Item[] {
  const lead = edition.lead === undefined ? [] : [edition.lead];
  return [...lead, ...edition.sections.flatMap(({ items }) => items), ...edition.running];
}

/** Every quoted sentence of the edition, and those that written sentences rest on. */
export function sentencesOf(edition: Edition): readonly Sentence[] {
  return [
    ...edition.brief,
    ...itemsOf(edition).flatMap(({ sentences }) => sentences),
    ...itemsOf(edition).flatMap(({ written }) => written?.sentences.flatMap(({ basis }) => basis) ?? []),
    ...[...edition.ahead, ...edition.later, ...edition.numbers].map(({ quote }) => quote),
    ...edition.newDocuments.flatMap(({ deadlineQuote, effectiveQuote }) =>
      [deadlineQuote, effectiveQuote].filter((quote) => quote !== undefined),
    ),
  ];
}

function checkSpan(sentence: Sentence, document: Document | undefined): void {
  const { documentId, revision, start, end, contentHash, text } = sentence;
  const isSame = document?.revision === revision && document.contentHash === contentHash;
  if (isSame && document.text.slice(start, end) === text) return;
  throw new AppError(
    'EDITION_SPAN',
    `composing an edition: "${text.slice(0, 40)}" does not stand at ${start}–${end} of document ${documentId} revision ${revision}`,
    { details: { documentId, revision, start, end } },
  );
}
