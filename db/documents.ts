import type { Knex } from 'knex';
import type { Document, DocumentDraft, Revision } from '../model/document.ts';
import type { DocumentId, SnapshotId, SourceId } from '../model/ids.ts';
import {
  fromRevisionRow,
  fromRow,
  isSameRow,
  publicationOf,
  type RevisionRow,
  type Row,
  toRevisionRow,
  toRow,
} from './document-rows.ts';
import { fromJson, inParts, optional } from './tables.ts';

export interface SaveResult {
  readonly outcome: 'added' | 'revised' | 'unchanged';
  readonly document: Document;
}

/** `words`: title, text or their markup read otherwise; `values`: only what is derived from them. */
export type Rederived = 'unchanged' | 'values' | 'words';

/** A document without its words. */
export type DocumentOutline = Pick<
  Document,
  'sourceId' | 'lang' | 'published' | 'issuedOn' | 'topics' | 'regions'
>;

const OUTLINE = [
  'source_id',
  'lang',
  'published_on',
  'published_at',
  'published_precision',
  'published_rule',
  'issued_on',
  'topics',
  'regions',
] as const;

/** Documents with their newest words, and every revision. */
export function documentsTable(db: Knex) {
  async function byCanonicalUrl(canonicalUrl: string): Promise<Document | undefined> {
    const row = await db<Row>('documents').where({ canonical_url: canonicalUrl }).first();
    return row && fromRow(row);
  }

  async function add(draft: DocumentDraft): Promise<SaveResult> {
    const document: Document = {
      ...draft,
      revision: 1,
      firstSeenAt: draft.fetchedAt,
      revisedAt: draft.fetchedAt,
    };
    await db<Row>('documents').insert(toRow(document));
    await db<RevisionRow>('revisions').insert(toRevisionRow(document));
    return { outcome: 'added', document };
  }

  async function revise(known: Document, draft: DocumentDraft): Promise<SaveResult> {
    const document: Document = {
      ...draft,
      id: known.id,
      sourceId: known.sourceId,
      revision: known.revision + 1,
      firstSeenAt: known.firstSeenAt,
      revisedAt: draft.fetchedAt,
      // An edit does not make an old document new: the first publication date stays.
      ...optional('published', known.published ?? draft.published),
    };
    await db<RevisionRow>('revisions').insert(toRevisionRow(document));
    await db<Row>('documents').where({ id: known.id }).update(toRow(document));
    return { outcome: 'revised', document };
  }

  async function rewrite(
    {
      id,
      title,
      text,
      bodyHtml,
      contentHash,
    }: Pick<Document, 'id' | 'title' | 'text' | 'bodyHtml' | 'contentHash'>,
    number: number,
  ): Promise<boolean> {
    const place = { document_id: id, number };
    const words = { title, text, body_html: bodyHtml, content_hash: contentHash };
    const before = await db<RevisionRow>('revisions').where(place).first();
    if (before === undefined || isSameRow(words, before)) return false;
    await db<RevisionRow>('revisions').where(place).update(words);
    return true;
  }

  return {
    byCanonicalUrl,

    /** Keeps a document as read; the same words again change nothing. Call inside a transaction. */
    async save(draft: DocumentDraft): Promise<SaveResult> {
      const known = await byCanonicalUrl(draft.canonicalUrl);
      if (known === undefined) return add(draft);
      if (known.contentHash === draft.contentHash) return { outcome: 'unchanged', document: known };
      return revise(known, draft);
    },

    /**
     * Puts a better reading of the very bytes that the newest revision was read from in its place: nobody has edited
     * anything, so number and times of the revision stay. Call inside a transaction.
     */
    async rederive(known: Document, draft: DocumentDraft): Promise<Rederived> {
      const { id, sourceId, url, canonicalUrl, revision, snapshotId } = known;
      const { firstSeenAt, fetchedAt, revisedAt } = known;
      const { published: read, ...values } = draft;
      // The publication of an edited document was read from its first revision.
      const published = revision === 1 ? read : (known.published ?? read);
      const kept = {
        id,
        sourceId,
        url,
        canonicalUrl,
        revision,
        snapshotId,
        firstSeenAt,
        fetchedAt,
        revisedAt,
      };
      const document: Document = { ...values, ...kept, ...optional('published', published) };
      const [before, after] = [toRow(known), toRow(document)];
      if (isSameRow(before, after)) return 'unchanged';
      await db<Row>('documents').where({ id }).update(after);
      return (await rewrite(document, revision)) ? 'words' : 'values';
    },

    /** The same for a revision that is not the newest; true when its words came out otherwise. */
    async rewordRevision(revision: Revision, draft: DocumentDraft): Promise<boolean> {
      return rewrite({ ...draft, id: revision.documentId }, revision.number);
    },

    /** What was published in `[from, to)`, and what had a revision first seen then, in the order of their ids. */
    async idsWithin(from: string, to: string): Promise<DocumentId[]> {
      const published: { id: DocumentId }[] = await db<Row>('documents')
        .where('published_at', '>=', from)
        .andWhere('published_at', '<', to)
        .select('id');
      const seen: { id: DocumentId }[] = await db('revisions')
        .where('seen_at', '>=', from)
        .andWhere('seen_at', '<', to)
        .distinct({ id: 'document_id' });
      return [...new Set([...published, ...seen].map(({ id }) => id))].sort();
    },

    async byId(id: DocumentId): Promise<Document | undefined> {
      const row = await db<Row>('documents').where({ id }).first();
      return row && fromRow(row);
    },

    async byIds(ids: readonly DocumentId[]): Promise<Document[]> {
      const found: Document[] = [];
      for (const part of inParts(ids)) {
        const rows = await db<Row>('documents').whereIn('id', part);
        found.push(...rows.map(fromRow));
      }
      return found;
    },

    /** Everything published in `[from, to)`, oldest first. */
    async publishedWithin(from: string, to: string): Promise<Document[]> {
      const rows = await db<Row>('documents')
        .where('published_at', '>=', from)
        .andWhere('published_at', '<', to)
        .orderBy(['published_at', 'id']);
      return rows.map(fromRow);
    },

    /** What counting asks of everything published in `[from, to)`; no text is read. */
    async outlinesWithin(from: string, to: string): Promise<DocumentOutline[]> {
      const rows = await db<Row>('documents')
        .where('published_at', '>=', from)
        .andWhere('published_at', '<', to)
        .orderBy(['published_at', 'id'])
        .select(...OUTLINE);
      return rows.map((row) => ({
        sourceId: row.source_id as SourceId,
        lang: row.lang,
        ...optional('published', publicationOf(row)),
        ...optional('issuedOn', row.issued_on ?? undefined),
        topics: fromJson<Document['topics']>(row.topics),
        regions: fromJson<Document['regions']>(row.regions),
      }));
    },

    /** The words of a document before and after each change seen in `(after, until]`. */
    async changesWithin(
      after: string,
      until: string,
    ): Promise<{ document: Document; before: Revision; after: Revision }[]> {
      const rows = await db<RevisionRow>('revisions')
        .where('number', '>', 1)
        .andWhere('seen_at', '>', after)
        .andWhere('seen_at', '<=', until)
        .orderBy(['seen_at', 'document_id', 'number']);
      const changes = [];
      for (const row of rows) {
        const document = await db<Row>('documents').where({ id: row.document_id }).first();
        const before = await db<RevisionRow>('revisions')
          .where({ document_id: row.document_id, number: row.number - 1 })
          .first();
        if (document && before) {
          changes.push({
            document: fromRow(document),
            before: fromRevisionRow(before),
            after: fromRevisionRow(row),
          });
        }
      }
      return changes;
    },

    async revisionsOf(id: DocumentId): Promise<Revision[]> {
      const rows = await db<RevisionRow>('revisions').where({ document_id: id }).orderBy('number');
      return rows.map(fromRevisionRow);
    },

    /** The newest days on which a source published, as far as had been seen by `until`; newest first, each once. */
    async publicationDays(sourceId: SourceId, until: string, limit: number): Promise<string[]> {
      const rows = await db<Row>('documents')
        .where({ source_id: sourceId })
        .andWhere('first_seen_at', '<=', until)
        .whereNotNull('published_on')
        .distinct('published_on')
        .orderBy('published_on', 'desc')
        .limit(limit);
      return rows.flatMap((row) => row.published_on ?? []);
    },

    /** The kept pages that the words of all revisions were read from. */
    async snapshotIds(): Promise<Set<SnapshotId>> {
      const rows: { snapshot_id: string }[] = await db<RevisionRow>('revisions').distinct('snapshot_id');
      return new Set(rows.map((row) => row.snapshot_id as SnapshotId));
    },

    /** The earliest and the latest publication, as instants, of each source's documents. */
    async publicationSpans(): Promise<Map<SourceId, { readonly first: string; readonly last: string }>> {
      const rows = (await db('documents')
        .whereNotNull('published_at')
        .groupBy('source_id')
        .select('source_id')
        .min({ first: 'published_at' })
        .max({ last: 'published_at' })) as { source_id: SourceId; first: string; last: string }[];
      return new Map(rows.map(({ source_id: sourceId, first, last }) => [sourceId, { first, last }]));
    },

    async count(): Promise<number> {
      const row = await db('documents').count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}
