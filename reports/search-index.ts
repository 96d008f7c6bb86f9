import type { InterfaceLanguage } from '../model/digest.ts';
import type { DocumentRef, Edition, Item } from '../model/edition.ts';
import type { DocumentId } from '../model/ids.ts';
import type { ArchivedEdition } from './archive.ts';
import { type LifeEvent, lifeEvents } from './archive-lives.ts';
import { firstStoryOf, storyPath } from './archive-stories.ts';
import { itemsOf } from './check-edition.ts';
import { keptFile, webAddress } from './document-view.ts';
import { shownDocuments } from './evidence.ts';

/** The search data beside the archive's front door: a script, because pages opened from disk may not fetch. */
export const SEARCH_INDEX_FILE = 'search-index.js';

/** What a search can find of one edition. */
export interface IndexedEdition {
  /** Relative to the archive. */
  readonly folder: string;
  /** By this it is known whether the edition was read already. */
  readonly manifestHash: string;
  readonly week: string;
  readonly topics: readonly string[];
  readonly regions: readonly string[];
  readonly lang: InterfaceLanguage;
  /** Names of its topics and regions in its own language. */
  readonly names: Readonly<Record<string, string>>;
  readonly documents: readonly IndexedDocument[];
  /** What it tells of documents with a number. */
  readonly events: readonly LifeEvent[];
}

/** A row rather than an object: an archive holds thousands. */
export type IndexedDocument = readonly [
  title: string,
  /** `kept/…` within the edition's folder, or the original's address. */
  href: string,
  source: string,
  publishedOn: string,
  /** Issuers, number and quoted words. */
  words: string,
  topics: readonly string[],
  regions: readonly string[],
  /** The page of its story, relative to the archive; empty without one. */
  story: string,
];

/** Rises with the shape of the rows. */
const FORMAT = 3;
const OPENING = `globalThis.policyDigestIndex = `;

/** What can be found of an edition: the documents it shows and those that only its limits left out. */
export function indexEdition(edition: Edition, { folder, manifestHash }: ArchivedEdition): IndexedEdition {
  const items = itemsOf(edition);
  const itemOf = new Map(
    items.flatMap((item) => item.documents.map((document) => [document.documentId, item] as const)),
  );
  const shown = shownDocuments(edition).map((document) => {
    const item = itemOf.get(document.documentId);
    const story = item === undefined ? '' : storyPath(edition.digestId, firstStoryOf(item));
    return rowOf(document, keptFile(document.documentId), item, story);
  });
  const taken = new Set<DocumentId>(shownDocuments(edition).map(({ documentId }) => documentId));
  const beyond = edition.leftOut
    .filter(({ reason, document }) => reason === 'limit' && !taken.has(document.documentId))
    .map(({ document }) => rowOf(document, webAddress(document.url) ?? '', undefined, ''));
  const topics = unique(items.flatMap((item) => item.topics));
  const regions = unique(items.flatMap((item) => item.regions));
  const names = [...topics, ...regions].map((id) => [id, edition.names[id] ?? id]);
  return {
    folder,
    manifestHash,
    week: edition.period.week,
    lang: edition.lang,
    topics,
    regions,
    names: Object.fromEntries(names),
    documents: [...shown, ...beyond],
    events: lifeEvents(edition, folder),
  };
}

/** The script file: one line per edition, so that two archives can be compared line by line. */
export function searchIndexFile(editions: readonly IndexedEdition[]): string {
  const lines = editions.map((edition) => JSON.stringify(edition));
  return `${OPENING}{"format":${FORMAT},"editions":[\n${lines.join(',\n')}\n]};\n`;
}

/** The editions of a file that `searchIndexFile` wrote, by manifest hash; none when it is of another kind or broken. */
export function readSearchIndex(text: string): Map<string, IndexedEdition> {
  if (!text.startsWith(OPENING)) return new Map();
  try {
    const { format, editions } = JSON.parse(text.slice(OPENING.length).trimEnd().replace(/;$/, '')) as {
      format?: unknown;
      editions?: readonly IndexedEdition[];
    };
    if (format !== FORMAT || editions === undefined) return new Map();
    return new Map(editions.map((edition) => [edition.manifestHash, edition]));
  } catch (error) {
    // Cut off or edited: it is only a copy of what the editions hold and is made again.
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

function rowOf(document: DocumentRef, href: string, item: Item | undefined, story: string): IndexedDocument {
  const { title, documentId, issuers, documentNumber, sourceName, publishedOn } = document;
  const quoted = (item?.sentences ?? []).filter((sentence) => sentence.documentId === documentId);
  const words = [...issuers, documentNumber, ...quoted.map(({ text }) => text)].filter(Boolean).join(' ');
  return [title, href, sourceName, publishedOn, words, item?.topics ?? [], item?.regions ?? [], story];
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}
