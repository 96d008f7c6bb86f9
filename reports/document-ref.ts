import type { StoredAttachment } from '../model/attachment.ts';
import type { Document } from '../model/document.ts';
import { isRerelease } from '../model/document.ts';
import type { AttachmentRef, ComposeInput, DocumentRef } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import type { StoryMember } from '../model/story.ts';
import { dayOf } from '../text/calendar.ts';

/**
 * A document as an edition points to it, with the evidence it was read from.
 * @throws AppError `EDITION_NO_EVIDENCE` when the snapshot behind the document is unknown
 */
export function documentRef(
  document: Document,
  member: Pick<StoryMember, 'role' | 'because' | 'copyOf'>,
  { digest, sources, snapshots, vocabulary, attachments }: ComposeInput,
): DocumentRef {
  const source = sources.get(document.sourceId);
  const snapshot = snapshots.get(document.snapshotId);
  if (snapshot === undefined)
    throw new AppError(
      'EDITION_NO_EVIDENCE',
      `composing ${digest.id}: document ${document.id} names snapshot ${document.snapshotId}, which is not kept`,
    );
  const type = vocabulary.documentTypes.find(({ id }) => id === document.documentType);
  return {
    documentId: document.id,
    role: member.role,
    because: member.because,
    ...(member.copyOf === undefined ? {} : { copyOf: member.copyOf }),
    title: document.title,
    url: document.url,
    lang: document.lang,
    sourceId: document.sourceId,
    // A source may leave the catalogue while its documents stay.
    sourceName: source === undefined ? document.sourceId : nameOf(source, digest.lang),
    publisher: source?.publisher ?? document.sourceId,
    official: source?.trust === 'government',
    publishedOn: document.published?.on ?? dayOf(document.firstSeenAt, source?.zone ?? digest.zone),
    ...(document.issuedOn === undefined ? {} : { issuedOn: document.issuedOn }),
    issuers: document.issuers,
    ...(document.documentNumber === undefined ? {} : { documentNumber: document.documentNumber }),
    ...(type === undefined ? {} : { documentType: digest.lang === 'en' ? type.en : type.zh }),
    ...(document.credit === undefined ? {} : { credit: document.credit }),
    ...(document.facets === undefined || document.facets.length === 0 ? {} : { facets: document.facets }),
    revision: document.revision,
    contentHash: document.contentHash,
    rereleased: isRerelease(document),
    kept: {
      snapshotId: snapshot.id,
      fetchedAt: snapshot.fetchedAt,
      contentHash: snapshot.contentHash,
    },
    attachments: attachmentRefs(document, attachments?.get(document.id) ?? []),
  };
}

/** What is stored of a document's files, and those that its page names and nobody fetched. */
function attachmentRefs(
  { attachments }: Document,
  stored: readonly StoredAttachment[],
): readonly AttachmentRef[] {
  const known = new Set(stored.map(({ url }) => url));
  const named = attachments.filter(({ url }) => stored.length === 0 && !known.has(url));
  return [
    ...stored.map(({ title, url, kind, state }) => ({ title, url, kind, state })),
    ...named.map(({ title, url }) => ({ title, url, kind: 'other' as const, state: 'named' as const })),
  ];
}

function nameOf(source: { name: string; nameEn: string }, lang: 'zh-CN' | 'en'): string {
  return lang === 'en' ? source.nameEn : source.name;
}
