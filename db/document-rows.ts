import type { Document, DocumentFields, Revision } from '../model/document.ts';
import type { DocumentId, SnapshotId, SourceId } from '../model/ids.ts';
import type { Publication } from '../model/publication.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

/** A document's columns. */
export interface Row {
  id: string;
  source_id: string;
  url: string;
  canonical_url: string;
  title: string;
  lang: string;
  published_on: string | null;
  published_at: string | null;
  published_precision: string | null;
  published_rule: string | null;
  text: string;
  body_html: string;
  content_hash: string;
  revision: number;
  snapshot_id: string;
  first_seen_at: string;
  fetched_at: string;
  revised_at: string;
  document_number: string | null;
  issued_on: string | null;
  fields: string;
  topics: string;
  regions: string;
  attachments: string;
  facts: string | null;
  facets: string | null;
  trace: string;
}

/** The columns of one version of a document's words. */
export interface RevisionRow {
  document_id: string;
  number: number;
  title: string;
  text: string;
  body_html: string;
  content_hash: string;
  snapshot_id: string;
  seen_at: string;
}

/** A document as its columns. */
export function toRow(document: Document): Row {
  const { issuers, documentNumber, indexNumber, issuedOn, documentType, author, credit, dates } = document;
  const fields: DocumentFields = {
    issuers,
    ...optional('documentNumber', documentNumber),
    ...optional('indexNumber', indexNumber),
    ...optional('issuedOn', issuedOn),
    ...optional('documentType', documentType),
    ...optional('author', author),
    ...optional('credit', credit),
    dates,
  };
  return {
    id: document.id,
    source_id: document.sourceId,
    url: document.url,
    canonical_url: document.canonicalUrl,
    title: document.title,
    lang: document.lang,
    published_on: toNull(document.published?.on),
    published_at: toNull(document.published?.at),
    published_precision: toNull(document.published?.precision),
    published_rule: toNull(document.published?.rule),
    text: document.text,
    body_html: document.bodyHtml,
    content_hash: document.contentHash,
    revision: document.revision,
    snapshot_id: document.snapshotId,
    first_seen_at: document.firstSeenAt,
    fetched_at: document.fetchedAt,
    revised_at: document.revisedAt,
    document_number: toNull(documentNumber),
    issued_on: toNull(issuedOn),
    fields: toJson(fields),
    topics: toJson(document.topics),
    regions: toJson(document.regions),
    attachments: toJson(document.attachments),
    facts: document.facts === undefined ? null : toJson(document.facts),
    facets: document.facets === undefined ? null : toJson(document.facets),
    trace: toJson(document.trace),
  };
}

/** A document out of its columns. */
export function fromRow(row: Row): Document {
  return {
    id: row.id as DocumentId,
    sourceId: row.source_id as SourceId,
    url: row.url,
    canonicalUrl: row.canonical_url,
    title: row.title,
    lang: row.lang,
    ...optional('published', publicationOf(row)),
    text: row.text,
    bodyHtml: row.body_html,
    contentHash: row.content_hash,
    revision: row.revision,
    snapshotId: row.snapshot_id as SnapshotId,
    firstSeenAt: row.first_seen_at,
    fetchedAt: row.fetched_at,
    revisedAt: row.revised_at,
    ...fromJson<DocumentFields>(row.fields),
    topics: fromJson<Document['topics']>(row.topics),
    regions: fromJson<Document['regions']>(row.regions),
    attachments: fromJson<Document['attachments']>(row.attachments),
    ...(row.facts !== null && { facts: fromJson<NonNullable<Document['facts']>>(row.facts) }),
    ...(row.facets !== null && { facets: fromJson<NonNullable<Document['facets']>>(row.facets) }),
    trace: fromJson<Document['trace']>(row.trace),
  };
}

/** True when every one of `columns` has the same value in `row`. */
export function isSameRow<Columns extends object>(columns: Columns, row: Columns): boolean {
  // The names are the columns' own.
  return (Object.keys(columns) as (keyof Columns)[]).every((name) => columns[name] === row[name]);
}

/** When a document was published; undefined where no date was read. */
export function publicationOf(
  row: Pick<Row, 'published_on' | 'published_at' | 'published_precision' | 'published_rule'>,
): Publication | undefined {
  if (row.published_on === null || row.published_at === null) return undefined;
  return {
    on: row.published_on,
    at: row.published_at,
    // Written by toRow from the same union.
    precision: row.published_precision as Publication['precision'],
    rule: row.published_rule ?? '',
  };
}

/** The newest words of a document as the columns of a version. */
export function toRevisionRow(document: Document): RevisionRow {
  return {
    document_id: document.id,
    number: document.revision,
    title: document.title,
    text: document.text,
    body_html: document.bodyHtml,
    content_hash: document.contentHash,
    snapshot_id: document.snapshotId,
    seen_at: document.revisedAt,
  };
}

/** A version of a document's words out of its columns. */
export function fromRevisionRow(row: RevisionRow): Revision {
  return {
    documentId: row.document_id as DocumentId,
    number: row.number,
    title: row.title,
    text: row.text,
    bodyHtml: row.body_html,
    contentHash: row.content_hash,
    snapshotId: row.snapshot_id as SnapshotId,
    seenAt: row.seen_at,
  };
}
