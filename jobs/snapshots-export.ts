import type { PublishedEdition } from '../db/editions.ts';
import type { DocumentRef, Edition } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import { buildWacz, extractWarc, type WaczPage } from '../net/wacz.ts';
import type { JobContext } from './context.ts';

export interface ExportedEvidence {
  readonly bytes: Uint8Array;
  readonly records: number;
}

/**
 * The kept pages that an edition rests on, and only those, as a file that needs nothing else. The same edition gives the
 * same bytes.
 * @throws AppError SNAPSHOT_BROKEN when one of them can no longer be read
 */
export async function exportEvidence(
  { store, evidence }: Pick<JobContext, 'store' | 'evidence'>,
  published: PublishedEdition,
  options: { readonly format: 'warc' | 'wacz'; readonly software: string },
): Promise<ExportedEvidence> {
  const { edition, publishedAt, revision } = published;
  const refs = documentsOf(edition);
  const found = await store.snapshots.byIds(refs.map(({ kept }) => kept.snapshotId));
  const lost = refs.filter(({ kept }) => !found.has(kept.snapshotId));
  if (lost.length > 0) {
    const urls = lost.map(({ url }) => url).join(', ');
    throw new AppError('SNAPSHOT_BROKEN', `the kept pages of ${urls} are not in the index`);
  }
  const files = await store.attachments.ofDocuments(refs.map(({ documentId }) => documentId));
  const fileIds = [...files.values()].flat().flatMap(({ snapshotId }) => snapshotId ?? []);
  const all = new Map([...found, ...(await store.snapshots.byIds(fileIds))]);
  const snapshots = [...all.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const about = {
    title: `${edition.title} ${edition.period.week}, revision ${revision}`,
    createdAt: publishedAt,
    software: options.software,
  };
  const part = await extractWarc(evidence.folder, snapshots, about);
  if (options.format === 'warc') return { bytes: part.bytes, records: snapshots.length };
  const pages = refs.map(({ kept, title }): WaczPage => {
    // Found above: every document's snapshot is there.
    const { finalUrl = '', fetchedAt = '' } = found.get(kept.snapshotId) ?? {};
    return { url: finalUrl, fetchedAt, title };
  });
  return { bytes: buildWacz(part, pages, about), records: snapshots.length };
}

/** Every document the edition points to, once, in the order of its parts; whichever parts those are. */
function documentsOf(edition: Edition): DocumentRef[] {
  const found = new Map<string, DocumentRef>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isDocumentRef(value)) found.set(value.documentId, found.get(value.documentId) ?? value);
    else for (const part of Object.values(value)) look(part);
  };
  look(edition);
  return [...found.values()];
}

function isDocumentRef(value: object): value is DocumentRef {
  return 'documentId' in value && 'kept' in value;
}
