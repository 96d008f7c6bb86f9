import type { Document } from '../../model/document.ts';
import type { SnapshotId, SourceId } from '../../model/ids.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { StorySource } from '../../pipeline/cluster.ts';
import { provincesOfTitle } from '../../pipeline/facts/title-places.ts';
import { ownDocumentNumber } from '../../pipeline/fields/document-number.ts';
import { documentTypeOf } from '../../pipeline/fields/document-type.ts';
import { issuersOfTitle } from '../../pipeline/fields/issuers.ts';
import { contentHash, documentIdentity } from '../../pipeline/identity.ts';
import { findRegions } from '../../pipeline/regions.ts';
import { readPublication } from '../../text/dates.ts';

/** A text of a labelled set, as if it had been read from a site. */
export interface MadeText {
  readonly id: string;
  readonly site: string;
  /** `government`, `state-media` or anything else. */
  readonly trust: string;
  readonly url: string;
  readonly publishedAt: string;
  readonly title: string;
  readonly text: string;
  readonly lang?: string;
}

/** The sites of the texts as sources. */
export function sourcesOf(texts: readonly MadeText[]): ReadonlyMap<SourceId, StorySource> {
  const trusts = { government: 'government', 'state-media': 'stateMedia' } as const;
  return new Map(
    texts.map(({ site, trust }) => [
      site as SourceId,
      { publisher: site, trust: trust === 'government' || trust === 'state-media' ? trusts[trust] : 'media' },
    ]),
  );
}

/** The document that the pipeline would make of a text; fields are read from title and text alone. */
export function toDocument(made: MadeText, vocabulary: Vocabulary): Document {
  const { id, title, text, url, publishedAt } = made;
  const published = readPublication(publishedAt, 'Asia/Shanghai', 'set');
  const documentType = documentTypeOf(title, vocabulary.documentTypes);
  const documentNumber = ownDocumentNumber(text, title)?.display;
  return {
    ...documentIdentity(url),
    sourceId: made.site as SourceId,
    url,
    title,
    text,
    lang: made.lang ?? 'zh-CN',
    bodyHtml: '',
    contentHash: contentHash(title, text),
    revision: 1,
    snapshotId: id as SnapshotId,
    firstSeenAt: publishedAt,
    fetchedAt: publishedAt,
    revisedAt: publishedAt,
    ...(published !== undefined && { published }),
    ...(documentType !== undefined && { documentType }),
    ...(documentNumber !== undefined && { documentNumber }),
    issuers: issuersOfTitle(title, vocabulary.issuers),
    dates: [],
    topics: [],
    regions: findRegions(
      { title, text, titlePlaces: provincesOfTitle(title, { vocabulary }) },
      vocabulary.regions,
    ),
    attachments: [],
    trace: [],
  };
}
