import type { DatedFact, Document } from '../model/document.ts';
import { isRerelease } from '../model/document.ts';
import type { AheadRow, ComposeInput, DocumentRef, Sentence } from '../model/edition.ts';
import { addDays, daysBetween } from '../text/calendar.ts';
import { isSelected, topicsFor } from './select-stories.ts';

/** How far an edition looks ahead, counted from the day after the period. */
export const AHEAD_DAYS = 30;

/**
 * Deadlines and effective dates after the period, soonest first, each once: a date that a reprint or an older copy
 * repeats belongs to the first document that sets it. Those beyond the days an edition looks ahead stand apart.
 * @param ofTheWeek documents of this week in the order in which they speak
 */
export function aheadRows(
  ofTheWeek: readonly Document[],
  refer: (document: Document) => DocumentRef,
  input: ComposeInput,
): { readonly ahead: AheadRow[]; readonly later: AheadRow[] } {
  const opens = addDays(input.period.lastDay, 1);
  const older = input.stillAhead.filter(
    (document) =>
      isSelected(document, input) &&
      topicsFor(document, input.digest.select).length > 0 &&
      !isRerelease(document),
  );
  const isNew = new Set(ofTheWeek.map(({ id }) => id));
  const taken = new Set<string>();
  const rows: AheadRow[] = [];
  for (const document of [...ofTheWeek, ...older])
    for (const fact of document.dates) {
      const daysLeft = daysBetween(opens, fact.on);
      if (!isAhead(fact) || daysLeft < 0) continue;
      const key = `${fact.kind} ${fact.on} ${document.documentNumber ?? fact.quote}`;
      if (taken.has(key) || taken.has(`${document.id} ${fact.kind} ${fact.on}`)) continue;
      taken.add(key).add(`${document.id} ${fact.kind} ${fact.on}`);
      rows.push({
        on: fact.on,
        ...(fact.time === undefined ? {} : { time: fact.time }),
        kind: fact.kind,
        daysLeft,
        ...(input.gone?.has(document.id) ? { isGone: true as const } : {}),
        quote: quoteOf(document, fact),
        document: refer(document),
      });
    }
  // Stable: documents of one day keep the order in which they speak.
  rows.sort((left, right) => left.daysLeft - right.daysLeft);
  return {
    ahead: rows.filter(({ daysLeft }) => daysLeft <= AHEAD_DAYS),
    // Older documents with a day far away were told when they came out.
    later: rows.filter(({ daysLeft, document }) => daysLeft > AHEAD_DAYS && isNew.has(document.documentId)),
  };
}

function isAhead(fact: DatedFact): fact is DatedFact & { kind: 'deadline' | 'effective' } {
  return fact.kind === 'deadline' || fact.kind === 'effective';
}

/** The words that set a date, with their place. */
export function quoteOf(document: Document, fact: DatedFact): Sentence {
  return {
    text: fact.quote,
    documentId: document.id,
    revision: document.revision,
    start: fact.start,
    end: fact.end,
    contentHash: document.contentHash,
  };
}
