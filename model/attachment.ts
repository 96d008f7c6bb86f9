import type { DocumentId, SnapshotId } from './ids.ts';

/** What a file is, told by its first bytes and, where many kinds share them, by its name. */
export type AttachmentKind =
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'doc'
  | 'xls'
  | 'ppt'
  | 'wps'
  | 'et'
  | 'ofd'
  | 'zip'
  | 'rar'
  | 'other';

/**
 * `read`: its text is stored; `kept`: a kind whose text we do not read (old Office files, archives), the file is kept;
 * `scanned`: pages without text; `failed`: it could not be fetched or read; `named`: the page names it, nobody fetched it.
 */
export type AttachmentState = 'read' | 'kept' | 'scanned' | 'failed' | 'named';

/** A file that hangs on a document, as far as it is known. */
export interface StoredAttachment {
  readonly documentId: DocumentId;
  readonly url: string;
  /** As the page names it. */
  readonly title: string;
  readonly kind: AttachmentKind;
  readonly state: AttachmentState;
  /** Empty unless `read`. One line per paragraph or row. */
  readonly text: string;
  /** Why there is no text, or what was left out of it. */
  readonly detail?: string;
  /** SHA-256 of the file's bytes, hex; absent when it was never fetched. */
  readonly contentHash?: string;
  readonly snapshotId?: SnapshotId;
  readonly fetchedAt?: string;
}
