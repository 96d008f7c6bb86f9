import type { Knex } from 'knex';
import type { AttachmentKind, AttachmentState, StoredAttachment } from '../model/attachment.ts';
import type { DocumentId, SnapshotId } from '../model/ids.ts';
import { inParts, optional, toNull } from './tables.ts';

interface Row {
  document_id: string;
  url: string;
  title: string;
  kind: string;
  state: string;
  text: string;
  detail: string | null;
  content_hash: string | null;
  snapshot_id: string | null;
  fetched_at: string | null;
  position: number;
}

/** Files that hang on documents, each address once per document, with the text that was read from them. */
export function attachmentsTable(db: Knex) {
  return {
    /**
     * Keeps what became of a document's files, in the order given. Files that the page no longer names stay: publishers
     * take them down after the notice period. Call inside a transaction.
     */
    async save(documentId: DocumentId, attachments: readonly StoredAttachment[]): Promise<void> {
      for (const [position, attachment] of attachments.entries()) {
        const row = toRow({ ...attachment, documentId }, position);
        await db<Row>('attachments').insert(row).onConflict(['document_id', 'url']).merge();
      }
    },

    /** The kept files that texts were read from. */
    async snapshotIds(): Promise<Set<SnapshotId>> {
      const rows: { snapshot_id: SnapshotId }[] = await db('attachments')
        .whereNotNull('snapshot_id')
        .distinct('snapshot_id');
      return new Set(rows.map((row) => row.snapshot_id));
    },

    async ofDocument(documentId: DocumentId): Promise<StoredAttachment[]> {
      const rows = await db<Row>('attachments')
        .where({ document_id: documentId })
        .orderBy(['position', 'url']);
      return rows.map(fromRow);
    },

    /** The files of several documents, by document. */
    async ofDocuments(ids: readonly DocumentId[]): Promise<Map<DocumentId, StoredAttachment[]>> {
      const found = new Map<DocumentId, StoredAttachment[]>();
      for (const part of inParts(ids)) {
        const rows = await db<Row>('attachments')
          .whereIn('document_id', part)
          .orderBy(['document_id', 'position', 'url']);
        for (const attachment of rows.map(fromRow)) {
          const list = found.get(attachment.documentId);
          if (list === undefined) found.set(attachment.documentId, [attachment]);
          else list.push(attachment);
        }
      }
      return found;
    },

    /** Files whose text holds these words exactly. `limit` bounds the answer. */
    async withWords(words: string, limit = 100): Promise<StoredAttachment[]> {
      const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
      const rows = await db<Row>('attachments')
        .whereRaw("text LIKE ? ESCAPE '\\'", [pattern])
        .orderBy(['document_id', 'position'])
        .limit(limit);
      return rows.map(fromRow);
    },
  };
}

function toRow(attachment: StoredAttachment, position: number): Row {
  return {
    document_id: attachment.documentId,
    url: attachment.url,
    title: attachment.title,
    kind: attachment.kind,
    state: attachment.state,
    text: attachment.text,
    detail: toNull(attachment.detail),
    content_hash: toNull(attachment.contentHash),
    snapshot_id: toNull(attachment.snapshotId),
    fetched_at: toNull(attachment.fetchedAt),
    position,
  };
}

function fromRow(row: Row): StoredAttachment {
  return {
    documentId: row.document_id as DocumentId,
    url: row.url,
    title: row.title,
    // Both were written by `save` from the same unions.
    kind: row.kind as AttachmentKind,
    state: row.state as AttachmentState,
    text: row.text,
    ...optional('detail', row.detail),
    ...optional('contentHash', row.content_hash),
    ...optional('snapshotId', row.snapshot_id as SnapshotId | null),
    ...optional('fetchedAt', row.fetched_at),
  };
}
