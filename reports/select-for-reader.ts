import type { DocumentRef, Edition, Item } from '../model/edition.ts';
import type { DocumentId } from '../model/ids.ts';
import { itemsOf } from './check-edition.ts';

/** What a reader wants to read of; an empty list wants everything. */
export interface ReaderSelection {
  readonly topics: readonly string[];
  /** Strategic regions with their provinces. */
  readonly regions: readonly string[];
}

/** What a document is about, for rows that no item tells. */
export type DocumentSubjects = Pick<Item, 'topics' | 'regions'>;

/** An edition cut to a selection, and how much of it that is. */
export interface SelectedEdition {
  readonly edition: Edition;
  /** Items that match, of all items. */
  readonly shown: number;
  readonly of: number;
  /** Nothing matches: no item, no date, no document. */
  readonly isEmpty: boolean;
}

/**
 * The part of an edition that matches a reader's selection: items with one of the topics and one of the regions, and
 * dates, documents and numbers of the same. What is counted stays counted over the whole edition. Where the lead does
 * not match, the best item that does leads.
 */
export function selectForReader(
  edition: Edition,
  selection: ReaderSelection,
  subjects: ReadonlyMap<DocumentId, DocumentSubjects>,
): SelectedEdition {
  const matches = ({ topics, regions }: DocumentSubjects) =>
    hasOne(selection.topics, topics) && hasOne(selection.regions, regions);
  const sections = edition.sections
    .map((section) => ({ ...section, items: section.items.filter(matches) }))
    .filter(({ items }) => items.length > 0);
  const running = edition.running.filter(matches);
  const isLeadKept = edition.lead !== undefined && matches(edition.lead);
  const lead = isLeadKept ? edition.lead : bestOf(sections.flatMap(({ items }) => items));
  const kept = { ...(lead === undefined ? {} : { lead }), sections: withoutItem(sections, lead), running };
  const told = new Set(itemsOf(kept).flatMap(({ documents }) => documents.map((one) => one.documentId)));
  const isTold = ({ document }: { readonly document: DocumentRef }) => {
    const own = subjects.get(document.documentId) ?? { topics: [], regions: [] };
    return told.has(document.documentId) || matches(own);
  };
  const { lead: _whole, ...rest } = edition;
  const selected: Edition = {
    ...rest,
    ...kept,
    brief: edition.brief.filter(({ documentId }) => told.has(documentId)),
    ahead: edition.ahead.filter(isTold),
    later: edition.later.filter(isTold),
    newDocuments: edition.newDocuments.filter(isTold),
    numbers: edition.numbers.filter(isTold),
    changes: edition.changes.filter(isTold),
    fates: edition.fates.filter(isTold),
  };
  const shown = itemsOf(selected).length;
  return {
    edition: selected,
    shown,
    of: itemsOf(edition).length,
    isEmpty: shown + selected.ahead.length + selected.newDocuments.length === 0,
  };
}

/** Documents whose subjects the edition itself does not tell. */
export function documentsToLookUp(edition: Edition): DocumentId[] {
  const rows = [...edition.ahead, ...edition.later, ...edition.newDocuments, ...edition.numbers];
  const more = [...edition.changes, ...edition.fates];
  return [...new Set([...rows, ...more].map(({ document }) => document.documentId))];
}

function hasOne(wanted: readonly string[], own: readonly string[]): boolean {
  return wanted.length === 0 || own.some((one) => wanted.includes(one));
}

function bestOf(items: readonly Item[]): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best === undefined || item.score > best.score ? item : best),
    undefined,
  );
}

function withoutItem(sections: Edition['sections'], item: Item | undefined): Edition['sections'] {
  return sections
    .map((section) => ({ ...section, items: section.items.filter((one) => one !== item) }))
    .filter(({ items }) => items.length > 0);
}
