import type { AttachmentKind, AttachmentState, StoredAttachment } from './attachment.ts';
import type { Digest, InterfaceLanguage } from './digest.ts';
import type { Document, Revision } from './document.ts';
import type { FigureFact } from './facts.ts';
import type { DigestId, DocumentId, SnapshotId, SourceId, StoryId } from './ids.ts';
import type { Snapshot } from './page.ts';
import type { Period } from './period.ts';
import type { Source } from './source.ts';
import type { Story, StoryRole } from './story.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * One dated, numbered outcome of a digest: a plain value, complete in itself. Every rendition is a function of it, and
 * it holds nothing (no build time, no path) that would differ when the same data is composed again.
 */
export interface Edition {
  readonly digestId: DigestId;
  readonly title: string;
  readonly subtitle: string;
  readonly lang: InterfaceLanguage;
  readonly template: string;
  readonly period: Period;
  /** The week's number in its ISO year: 2021-W25 is number 25, whichever weeks were built before. */
  readonly number: number;
  /** The newest fetch among the data used, UTC ISO: "as of". Absent when nothing was ever fetched. */
  readonly asOf?: string;
  /** In one minute: up to three sentences from different stories. */
  readonly brief: readonly Sentence[];
  /** The one thing; absent in an empty week. */
  readonly lead?: Item;
  readonly ahead: readonly AheadRow[];
  readonly newDocuments: readonly DocumentRow[];
  readonly sections: readonly Section[];
  /** Dates beyond those of `ahead`, soonest first: named, not told. */
  readonly later: readonly AheadRow[];
  /** Amounts and targets of the week; empty when fewer than three are worth telling. */
  readonly numbers: readonly NumberRow[];
  /** Stories that an earlier edition told and that bring no new document or deadline: one sentence each. */
  readonly running: readonly Item[];
  /** Every province with its place on the map, and the strategic regions named this week. */
  readonly regions: readonly RegionCount[];
  /** Up to twelve weeks, this one last. */
  readonly weeks: readonly WeekCounts[];
  readonly changes: readonly ChangeRow[];
  /** Known documents whose page is gone, moved, refused or could not be reached. */
  readonly fates: readonly FateRow[];
  /** Written long ago, put on line this week: listed apart, lead nothing. */
  readonly rereleased: readonly DocumentRef[];
  readonly leftOut: readonly LeftOut[];
  readonly coverage: Coverage;
  readonly counts: EditionCounts;
  /** Names of the topics, regions and facets used, by id, in the edition's language. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Section {
  /** A topic id of vocabulary/topics.yml, or `press`, `other`. */
  readonly id: string;
  /** In the edition's language. */
  readonly title: string;
  readonly items: readonly Item[];
  /** Stories of this section beyond the limit; they are in `leftOut` with reason `limit`. */
  readonly more: number;
}

/** One story as the edition tells it. */
export interface Item {
  readonly storyId: StoryId;
  /** The lead document's title, in the source's own words. */
  readonly headline: string;
  readonly lang: string;
  readonly sentences: readonly Sentence[];
  readonly topics: readonly string[];
  readonly regions: readonly string[];
  readonly score: number;
  readonly why: readonly RankTerm[];
  /** All documents of the story, the lead first. */
  readonly documents: readonly DocumentRef[];
  /** Which edition told what it goes on with, wherever the item stands. */
  readonly since?: ToldBefore;
  /** What a language model wrote of it, where one is used; always beside the source's words, never in their place. */
  readonly written?: WrittenNote;
}

/** Sentences that a language model wrote, each checked against the documents. */
export interface WrittenNote {
  /** The model's name. */
  readonly writer: string;
  readonly sentences: readonly WrittenSentence[];
}

/** Its numbers, names and dates all stand in the sentences it rests on. */
export interface WrittenSentence {
  readonly text: string;
  readonly basis: readonly Sentence[];
}

/** A story as an earlier edition of the digest told it. */
export interface ToldBefore {
  /** ISO week of that edition. */
  readonly week: string;
  readonly headline: string;
  /** The story by which it was told first: one name for all that go on with each other. */
  readonly first: StoryId;
  /** ISO week of the edition that told it first. */
  readonly firstWeek: string;
}

/** The same with all documents that editions have told of it, to know what is told again. */
export interface ToldThread extends ToldBefore {
  readonly documents: readonly Document[];
}

/** An amount or target in the words of the document that states it. */
export interface NumberRow {
  /** As printed, with its unit: `2.5万亿元`. */
  readonly value: string;
  /** What is counted, as written before the number. */
  readonly measures?: string;
  readonly isTarget: boolean;
  /** The year or period it is meant for, as written. */
  readonly period?: string;
  /** What is printed, as a number. */
  readonly figure: Figure;
  readonly quote: Sentence;
  readonly document: DocumentRef;
}

/** A number as read from the words: see FigureFact for what each field means. */
export type Figure = Pick<FigureFact, 'value' | 'valueMax' | 'unit' | 'qualifier' | 'currency'>;

/** What one week brought, in documents that the digest tells: the same rule for every week. */
export interface WeekCounts {
  readonly week: string;
  readonly documents: number;
  /** By the first topic of the document that the digest asks for. */
  readonly byTopic: Readonly<Record<string, number>>;
  /** By every region that the document is about or its source speaks for. */
  readonly byRegion: Readonly<Record<string, number>>;
}

/** A province or strategic region with the documents of the week that are about it. */
export interface RegionCount {
  readonly id: string;
  /** In the edition's language. */
  readonly name: string;
  /** One character (京) or two letters (BJ). */
  readonly mark: string;
  readonly tile?: { readonly col: number; readonly row: number };
  readonly documents: number;
  /** Mean of the earlier weeks; absent while too few are known. */
  readonly usual?: number;
}

/** The source's own words and where they stand: `text === revision.text.slice(start, end)`, checked in the build. */
export interface Sentence {
  readonly text: string;
  readonly documentId: DocumentId;
  readonly revision: number;
  readonly start: number;
  readonly end: number;
  readonly contentHash: string;
}

/** Why an item stands where it stands: a named, published number. */
export interface RankTerm {
  readonly term: string;
  readonly points: number;
  readonly reason: string;
}

/** A document as an edition points to it. */
export interface DocumentRef {
  readonly documentId: DocumentId;
  readonly role: StoryRole;
  readonly because: string;
  /** The first document with this text, for those that carry it after it. */
  readonly copyOf?: DocumentId;
  readonly title: string;
  readonly url: string;
  readonly lang: string;
  readonly sourceId: SourceId;
  readonly sourceName: string;
  readonly publisher: string;
  readonly official: boolean;
  /** Calendar day in the source's zone. */
  readonly publishedOn: string;
  readonly issuedOn?: string;
  readonly issuers: readonly string[];
  readonly documentNumber?: string;
  /** In the edition's language. */
  readonly documentType?: string;
  readonly credit?: string;
  /** Ids of its instruments, technology fields and target groups; see `names`. */
  readonly facets?: readonly string[];
  readonly revision: number;
  readonly contentHash: string;
  readonly rereleased: boolean;
  readonly kept: KeptCopy;
  /** Files that hang on it, in page order. */
  readonly attachments: readonly AttachmentRef[];
}

/** A file that hangs on a document, as an edition names it. */
export interface AttachmentRef {
  readonly title: string;
  readonly url: string;
  readonly kind: AttachmentKind;
  readonly state: AttachmentState;
}

/** The evidence behind a document: which stored bytes it was read from. */
export interface KeptCopy {
  readonly snapshotId: SnapshotId;
  readonly fetchedAt: string;
  /** SHA-256 of the fetched bytes. */
  readonly contentHash: string;
}

/** A date in the future that a document sets. */
export interface AheadRow {
  readonly on: string;
  readonly time?: string;
  readonly kind: 'deadline' | 'effective';
  readonly daysLeft: number;
  /** The publisher has taken the document down: the date may no longer stand. */
  readonly isGone?: true;
  readonly quote: Sentence;
  readonly document: DocumentRef;
}

export interface DocumentRow {
  readonly document: DocumentRef;
  readonly deadlineOn?: string;
  readonly effectiveOn?: string;
  /** The words that set these dates. */
  readonly deadlineQuote?: Sentence;
  readonly effectiveQuote?: Sentence;
}

/** A document whose words changed within the period. */
export interface ChangeRow {
  readonly document: DocumentRef;
  readonly fromRevision: number;
  readonly toRevision: number;
  readonly seenAt: string;
  /** Sentences or lines only in the older words, and only in the newer ones. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What became of the page of a known document; its kept words stay. */
export type FateKind = 'gone' | 'moved' | 'refused' | 'unreachable';

export interface FateRow {
  readonly document: DocumentRef;
  readonly kind: FateKind;
  readonly seenAt: string;
  /** Where it lies now, for `moved`. */
  readonly movedTo?: string;
}

/** Why a document of the week is not shown as an item. */
export type LeftOutReason =
  /** No topic of the digest matched. */
  | 'offTopic'
  /** Beyond the limit of its section. */
  | 'limit'
  /** Written long ago; listed under `rereleased`. */
  | 'rereleased'
  /** Outside the digest's countries, languages, sources or regions. */
  | 'notSelected';

export interface LeftOut {
  readonly document: DocumentRef;
  readonly reason: LeftOutReason;
  /** The section whose limit it fell to. */
  readonly section?: string;
}

/** How complete the week's reading was. Sources are counted over the period's runs. */
export interface Coverage {
  readonly sources: readonly SourceCoverage[];
  readonly due: number;
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
  /** Sources that answered but are silent beyond their habit; absent when none is. */
  readonly silent?: readonly SilentSource[];
  /** Documents that could not enter the week: undated, unreadable. */
  readonly problems: readonly CoverageProblem[];
}

/** A source that answers but has brought nothing new for longer than is its habit: quiet, or broken. */
export interface SilentSource {
  readonly sourceId: SourceId;
  readonly name: string;
  /** YYYY-MM-DD of the newest publication seen. */
  readonly lastOn: string;
  /** In working days, as `limitDays` and `silentDays` are. */
  readonly usualDays: number;
  readonly limitDays: number;
  readonly silentDays: number;
}

export interface SourceCoverage {
  readonly sourceId: SourceId;
  readonly name: string;
  /** `imported`: not read from the network in the period; its pages were handed in by a person. */
  readonly state: 'answered' | 'refused' | 'failed' | 'disabled' | 'notTried' | 'imported';
  /** Entries the lists showed that were new in the period. */
  readonly entries: number;
  readonly documents: number;
  readonly detail: string;
}

export interface CoverageProblem {
  readonly code: string;
  readonly sourceName: string;
  readonly title: string;
  readonly url: string;
  readonly detail: string;
}

/** In documents. `seen = shown + folded + leftOut`, checked in the build. */
export interface EditionCounts {
  readonly seen: number;
  /** Leads of shown items. */
  readonly shown: number;
  /** Further documents of shown stories. */
  readonly folded: number;
  readonly leftOut: number;
  readonly stories: number;
}

/** A story with all a composer needs to know of it. */
export interface RankedStory {
  readonly story: Story;
  /** In the order of `story.members`. */
  readonly documents: readonly Document[];
  readonly score: number;
  readonly why: readonly RankTerm[];
  /** One to three, from the lead document; may be found only when read, which costs more than all the rest. */
  readonly sentences: readonly Sentence[];
}

/** A document that changed within the period, with the words before and after. */
export interface DocumentChange {
  readonly document: Document;
  readonly before: Revision;
  readonly after: Revision;
}

/** A known document and what became of its page within the period. */
export interface DocumentFate extends Omit<FateRow, 'document'> {
  readonly document: Document;
}

/** Everything an edition is made of; composing is a function of this value and nothing else. */
export interface ComposeInput {
  readonly digest: Digest;
  readonly period: Period;
  readonly number: number;
  /** All stories with a document published in the period, best first. */
  readonly stories: readonly RankedStory[];
  readonly changes: readonly DocumentChange[];
  readonly fates?: readonly DocumentFate[];
  /** Documents whose page is taken down, this week or before. @default none */
  readonly gone?: ReadonlySet<DocumentId>;
  /** Files of the documents, with their text. */
  readonly attachments?: ReadonlyMap<DocumentId, readonly StoredAttachment[]>;
  /** Newest revision of documents of other weeks whose deadline or effective date lies ahead of this period. */
  readonly stillAhead: readonly Document[];
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly snapshots: ReadonlyMap<SnapshotId, Snapshot>;
  readonly vocabulary: Vocabulary;
  readonly coverage: Coverage;
  /** The weeks before this one, oldest first, for trends; without them there are none. */
  readonly history?: readonly WeekCounts[];
  /** What earlier editions told, by story: only what follows one of these goes on. Absent: every story that follows one. */
  readonly told?: ReadonlyMap<StoryId, ToldThread>;
}
