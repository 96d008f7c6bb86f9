import type { AheadRow, DocumentRef, Edition, FateKind, Item } from '../model/edition.ts';
import type { DocumentId, StoryId } from '../model/ids.ts';
import type { StoryRole } from '../model/story.ts';
import { dayOf } from '../text/calendar.ts';
import type { ArchivedEdition } from './archive.ts';
import { itemsOf } from './check-edition.ts';
import { keptFile, webAddress } from './document-view.ts';
import { shownDocuments } from './evidence.ts';
import { gapBetween } from './sentence-gap.ts';

/** The folder beside a digest's years that holds a page for each of its stories. */
export const STORIES_FOLDER = 'stories';

/** The page of a story within that folder. */
export function storyFile(id: string): string {
  return `${encodeURIComponent(id)}.html`;
}

/** The page of a story, relative to the archive. */
export function storyPath(digestId: string, id: string): string {
  return `${digestId}/${STORIES_FOLDER}/${storyFile(id)}`;
}

/** The name of a story for good: that of the one it goes on with, else its own. */
export function firstStoryOf({ storyId, since }: Pick<Item, 'storyId' | 'since'>): StoryId {
  // Editions of the first releases do not say by which story theirs was told first.
  return since?.first ?? storyId;
}

/** What one edition says of its stories: as much as their pages show. */
export interface EditionStories {
  /** Relative to the archive. */
  readonly folder: string;
  readonly week: string;
  readonly revision: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly items: readonly StoryItem[];
  readonly dates: readonly StoryDate[];
  readonly events: readonly StoryEvent[];
}

export interface StoryItem {
  /** The name of the story for good, and the one it has in this week. */
  readonly ids: readonly [first: string, own: string];
  readonly headline: string;
  readonly lang: string;
  /** Its place in the web edition. */
  readonly anchor: string;
  readonly sentences: readonly StorySentence[];
  /** The first one first. */
  readonly documents: readonly StoryDocument[];
}

export interface StorySentence {
  readonly text: string;
  readonly lang: string;
  /** Its place in the kept copy, relative to the archive. */
  readonly keptHref: string;
  /** What stands before the next one: `……` for words left out. */
  readonly gap: string;
}

export interface StoryDocument {
  readonly documentId: DocumentId;
  readonly role: StoryRole;
  readonly because: string;
  /** The document whose text it carries. */
  readonly copyOf?: DocumentId;
  readonly title: string;
  readonly lang: string;
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly number?: string;
  /** The original; null when it is no web address. */
  readonly href: string | null;
  /** Relative to the archive. */
  readonly keptHref: string;
}

/** A date that a document sets, in its words. */
export interface StoryDate {
  readonly documentId: DocumentId;
  readonly kind: AheadRow['kind'];
  readonly on: string;
  readonly time?: string;
  readonly quote: string;
  readonly title: string;
  readonly lang: string;
  readonly keptHref: string;
}

/** What became of a document after it was told. */
export interface StoryEvent {
  readonly documentId: DocumentId;
  readonly kind: 'amended' | FateKind;
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly title: string;
  readonly lang: string;
  readonly source: string;
  readonly keptHref: string;
}

/** What an edition says of its stories. */
export function editionStories(
  edition: Edition,
  { folder, manifest }: Pick<ArchivedEdition, 'folder' | 'manifest'>,
): EditionStories {
  const { week, firstDay, lastDay, zone } = edition.period;
  const kept = (documentId: string): string => `${folder}/${keptFile(documentId)}`;
  const languages = new Map(shownDocuments(edition).map(({ documentId, lang }) => [documentId, lang]));
  const eventOf = (document: DocumentRef, kind: StoryEvent['kind'], seenAt: string): StoryEvent => ({
    documentId: document.documentId,
    kind,
    on: dayOf(seenAt, zone),
    title: document.title,
    lang: document.lang,
    source: document.sourceName,
    keptHref: kept(document.documentId),
  });
  return {
    folder,
    week,
    revision: manifest.edition.revision,
    firstDay,
    lastDay,
    items: itemsOf(edition).map((item, index) => ({
      ids: [firstStoryOf(item), item.storyId],
      headline: item.headline,
      lang: item.lang,
      anchor: item === edition.lead ? 'lead' : `item-${index + 1}`,
      sentences: item.sentences.map((sentence, at) => ({
        text: sentence.text,
        lang: languages.get(sentence.documentId) ?? item.lang,
        keptHref: `${kept(sentence.documentId)}#s-${sentence.start}`,
        gap: gapBetween(sentence, item.sentences[at + 1], item.lang),
      })),
      documents: item.documents.map((document) => storyDocument(document, kept(document.documentId))),
    })),
    dates: [...edition.ahead, ...edition.later].map(({ document, kind, on, time, quote }) => ({
      documentId: document.documentId,
      kind,
      on,
      ...(time === undefined ? {} : { time }),
      quote: quote.text,
      title: document.title,
      lang: document.lang,
      keptHref: `${kept(document.documentId)}#s-${quote.start}`,
    })),
    events: [
      ...edition.changes.map(({ document, seenAt }) => eventOf(document, 'amended', seenAt)),
      ...edition.fates.map(({ document, kind, seenAt }) => eventOf(document, kind, seenAt)),
    ],
  };
}

function storyDocument(document: DocumentRef, keptHref: string): StoryDocument {
  return {
    documentId: document.documentId,
    role: document.role,
    because: document.because,
    ...(document.copyOf === undefined ? {} : { copyOf: document.copyOf }),
    title: document.title,
    lang: document.lang,
    source: document.sourceName,
    on: document.publishedOn,
    ...(document.documentNumber === undefined ? {} : { number: document.documentNumber }),
    href: webAddress(document.url),
    keptHref,
  };
}
