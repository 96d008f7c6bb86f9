import type { Fact } from './facts.ts';
import type { DocumentId, SnapshotId, SourceId } from './ids.ts';
import type { Publication } from './publication.ts';

/** One step of reading a page: which rule gave which value; shown when somebody asks "why this date?". */
export interface TraceStep {
  readonly step: string;
  readonly rule: string;
  readonly value: string;
}

/** Something the text says that a reader acts on, with the place where it says so. */
export interface DatedFact {
  readonly kind: 'deadline' | 'effective' | 'validUntil' | 'event';
  /** YYYY-MM-DD. */
  readonly on: string;
  /** HH:MM, local to the source, when stated. */
  readonly time?: string;
  /** Counted in working days of a year whose holidays are not known yet: show it with "about". */
  readonly isAbout?: true;
  readonly quote: string;
  /** UTF-16 offsets into `Revision.text`. */
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** Fields of a government document; absent means the page did not say. */
export interface DocumentFields {
  readonly issuers: readonly string[];
  /** As printed, spaces removed: 国发〔2019〕5号. */
  readonly documentNumber?: string;
  readonly indexNumber?: string;
  /** 成文日期, YYYY-MM-DD. */
  readonly issuedOn?: string;
  /** An id of vocabulary/document-types.yml. */
  readonly documentType?: string;
  readonly author?: string;
  /** The medium that wrote it (来源), as against the site that shows it. */
  readonly credit?: string;
  readonly dates: readonly DatedFact[];
}

/** What was found in a page, with the trace of how. Title and text may be absent: then the page is a finding. */
export interface Extract {
  readonly title?: string;
  readonly published?: Publication;
  readonly lang?: string;
  /** Sanitised semantic HTML. */
  readonly bodyHtml?: string;
  /** Paragraphs joined by \n; the offsets of every span refer to it. */
  readonly text?: string;
  readonly fields: DocumentFields;
  readonly attachments: readonly Attachment[];
  readonly trace: readonly TraceStep[];
}

/** A file that a page links as part of what it publishes. */
export interface Attachment {
  readonly url: string;
  readonly title: string;
}

/** A version of a document's words. Revision 1 is what was first seen. */
export interface Revision {
  readonly documentId: DocumentId;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly bodyHtml: string;
  /** SHA-256 over normalised title and text, hex: equal means nothing a reader would notice changed. */
  readonly contentHash: string;
  readonly snapshotId: SnapshotId;
  readonly seenAt: string;
}

/** One published thing, normalised; carries its newest revision's words. */
export interface Document extends DocumentFields {
  readonly id: DocumentId;
  readonly sourceId: SourceId;
  /** As a reader opens it. */
  readonly url: string;
  /** Identity: see pipeline/identity.ts. Unique. */
  readonly canonicalUrl: string;
  readonly title: string;
  readonly lang: string;
  readonly published?: Publication;
  readonly text: string;
  readonly bodyHtml: string;
  readonly contentHash: string;
  readonly revision: number;
  readonly snapshotId: SnapshotId;
  readonly firstSeenAt: string;
  readonly fetchedAt: string;
  /** When `revision` was first seen; equals `firstSeenAt` for revision 1. */
  readonly revisedAt: string;
  readonly topics: readonly TopicMatch[];
  /** ISO 3166-2 codes and ids of strategic regions that the text is about. */
  readonly regions: readonly string[];
  readonly attachments: readonly Attachment[];
  /** What the text states, with the place where it does; absent for a document stored before facts were read. */
  readonly facts?: readonly Fact[];
  /** Ids of vocabulary/instruments.yml, the strongest first: instruments, fields, targets; absent as facts are. */
  readonly facets?: readonly string[];
  readonly trace: readonly TraceStep[];
}

/** A document as read from a page, before the store knows whether it is new. */
export type DocumentDraft = Omit<Document, 'revision' | 'firstSeenAt' | 'revisedAt'>;

/** A topic of vocabulary/topics.yml and the words that made it match. */
export interface TopicMatch {
  readonly topic: string;
  readonly weight: number;
  readonly words: readonly string[];
}

/** Issue date this much older than the publication date: put on line again, not news (formats of public records: bulk uploads). */
export const RERELEASE_AFTER_DAYS = 90;

/** True when the document was written long before it was put on line. */
export function isRerelease(document: Pick<Document, 'issuedOn' | 'published'>): boolean {
  if (document.issuedOn === undefined || document.published === undefined) return false;
  const days = (Date.parse(document.published.on) - Date.parse(document.issuedOn)) / 86_400_000;
  return days > RERELEASE_AFTER_DAYS;
}
