import type { DocumentRef, Edition, Item } from '../model/edition.ts';
import { itemsOf } from './check-edition.ts';
import { type Cell, writeCsv } from './csv.ts';
import { keptFile } from './document-view.ts';
import { shownDocuments } from './evidence.ts';

/** The table of documents in an edition's folder. */
export const DOCUMENTS_FILE = 'documents.csv';

const HEAD = [
  'document_id',
  'title',
  'url',
  'language',
  'source_id',
  'source',
  'publisher',
  'official',
  'published_on',
  'issued_on',
  'issuers',
  'document_number',
  'document_type',
  'deadline_on',
  'effective_on',
  'place',
  'role',
  'story_id',
  'score',
  'topics',
  'regions',
  'facets',
  'revision',
  'fetched_at',
  'page_sha256',
  'kept_copy',
];

/** How a document stands in the edition. */
interface Standing {
  readonly document: DocumentRef;
  /** `lead`, the section's id, `other` for what is only in a table, or `leftOut:` and the reason. */
  readonly place: string;
  readonly item?: Item;
}

/** `documents.csv`: every document that the edition shows or leaves out, one row each, in reading order. */
export function documentsFile(edition: Edition): string {
  return writeCsv(
    HEAD,
    standings(edition).map((standing) => rowOf(standing, edition)),
  );
}

function standings(edition: Edition): Standing[] {
  const places = new Map<string, Standing>();
  for (const item of itemsOf(edition)) {
    const place =
      item === edition.lead
        ? 'lead'
        : (edition.sections.find(({ items }) => items.includes(item))?.id ?? 'running');
    for (const document of item.documents) places.set(document.documentId, { document, place, item });
  }
  const leftOut = edition.leftOut.map(({ document, reason }) => ({ document, place: `leftOut:${reason}` }));
  for (const standing of leftOut)
    if (!places.has(standing.document.documentId)) places.set(standing.document.documentId, standing);
  for (const document of shownDocuments(edition))
    if (!places.has(document.documentId)) places.set(document.documentId, { document, place: 'other' });
  return [...places.values()];
}

function rowOf({ document, place, item }: Standing, edition: Edition): Cell[] {
  const { documentId } = document;
  const row = edition.newDocuments.find((one) => one.document.documentId === documentId);
  const ahead = (kind: 'deadline' | 'effective'): string | undefined =>
    edition.ahead.find((one) => one.kind === kind && one.document.documentId === documentId)?.on;
  const names = (ids: readonly string[] = []): string => ids.map((id) => edition.names[id] ?? id).join('; ');
  const isShown = !place.startsWith('leftOut:');
  return [
    documentId,
    document.title,
    document.url,
    document.lang,
    document.sourceId,
    document.sourceName,
    document.publisher,
    document.official,
    document.publishedOn,
    document.issuedOn,
    document.issuers.join('; '),
    document.documentNumber,
    document.documentType,
    row?.deadlineOn ?? ahead('deadline'),
    row?.effectiveOn ?? ahead('effective'),
    place,
    document.role,
    item?.storyId,
    item?.score,
    names(item?.topics),
    names(item?.regions),
    names(document.facets),
    document.revision,
    document.kept.fetchedAt,
    document.kept.contentHash,
    isShown ? keptFile(documentId) : undefined,
  ];
}
