import type { AttachmentState } from '../model/attachment.ts';
import type { InterfaceLanguage } from '../model/digest.ts';
import type { FateKind, LeftOutReason, SourceCoverage } from '../model/edition.ts';
import type { StoryRole } from '../model/story.ts';
import { en } from './wording-en.ts';
import { zh } from './wording-zh-cn.ts';

/** Everything an edition says in its own voice. The sources' words are never translated. */
export interface Wording {
  readonly parts: Readonly<Record<EditionPart, string>>;
  readonly labels: Readonly<Record<EditionLabel, string>>;
  readonly roles: Readonly<Record<StoryRole, string>>;
  readonly reasons: Readonly<Record<LeftOutReason, string>>;
  readonly attachmentStates: Readonly<Record<AttachmentState, string>>;
  readonly fates: Readonly<Record<FateKind, string>>;
  readonly sourceStates: Readonly<Record<SourceCoverage['state'], string>>;
  /** What happened to a page, by finding code. */
  readonly problems: Readonly<Record<string, string>>;
  /** Why a source did not answer, by the word its detail begins with. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly aheadKinds: Readonly<Record<'deadline' | 'effective', string>>;
  /** Names of languages as this language calls them, by primary subtag. */
  readonly languages: Readonly<Record<string, string>>;
  number(count: number): string;
  editionNumber(count: number): string;
  week(week: string): string;
  day(on: string): string;
  /** With the weekday. */
  fullDay(on: string): string;
  /** Month and day alone, for tables of one season. */
  shortDay(on: string): string;
  days(firstDay: string, lastDay: string): string;
  daysLeft(count: number): string;
  readingTime(minutes: number): string;
  more(count: number): string;
  alsoTold(counts: Readonly<Partial<Record<StoryRole, number>>>): string;
  revised(from: number, to: number): string;
  counted(counts: { seen: number; shown: number; folded: number; leftOut: number }): string;
  leftOut(reasons: readonly (readonly [reason: string, count: number])[]): string;
  covered(counts: { due: number; answered: number; refused: number; failed: number }): string;
  emptyWeek(counts: { due: number; answered: number; seen: number }): string;
  asOf(minute: string, zone: string): string;
  /** What a week with few stories says of itself. */
  thinWeek(counts: { due: number; answered: number; seen: number; shown: number; folded: number }): string;
  /** Which edition told a story before. */
  toldIn(week: string): string;
  /** A link to the whole story, for one that began in an earlier week. */
  storySince(week: string): string;
  /** A region with its documents. */
  regionCount(name: string, count: number): string;
  readonly listComma: string;
  /** @param weeks earlier weeks that the usual is the mean of; 0 while it is not known */
  regionsNote(weeks: number): string;
  trend(count: number, usual: number, weeks: number): string;
  moreChanges(count: number): string;
  moreTitles(count: number): string;
  /** Lines that the mail has no room for, and where all of them stand. */
  moreInEdition(count: number): string;
  moreInPdf(count: number): string;
  moreDates(count: number): string;
  cover(counts: { shown: number; documents: number; deadlines: number }): string;
  /** Said below what a language model wrote. */
  writtenBy(writer: string): string;
  pageOf: { readonly before: string; readonly between: string; readonly after: string };
}

export type EditionPart =
  | 'minute'
  | 'lead'
  | 'ahead'
  | 'newDocuments'
  | 'themes'
  | 'press'
  | 'other'
  | 'regions'
  | 'numbers'
  | 'running'
  | 'changes'
  | 'rereleased'
  | 'offTopic'
  | 'made'
  | 'notes'
  | 'contents';

export type EditionLabel =
  | 'skip'
  | 'archive'
  | 'original'
  | 'kept'
  | 'story'
  | 'why'
  | 'score'
  | 'issuer'
  | 'documentNumber'
  | 'type'
  | 'issued'
  | 'published'
  | 'effective'
  | 'deadline'
  | 'title'
  | 'date'
  | 'what'
  | 'daysLeft'
  | 'source'
  | 'sources'
  | 'state'
  | 'entries'
  | 'documents'
  | 'before'
  | 'after'
  | 'nothingRemoved'
  | 'nothingAdded'
  | 'problems'
  | 'emptyTitle'
  | 'page'
  | 'fetched'
  | 'hash'
  | 'address'
  | 'keptTitle'
  | 'keptNote'
  | 'attachments'
  | 'attachmentCut'
  | 'movedTo'
  | 'backToEdition'
  | 'archiveTitle'
  | 'archiveEmpty'
  | 'revision'
  | 'difference'
  | 'webEdition'
  | 'pdf'
  | 'data'
  | 'calendar'
  | 'table'
  | 'leftOut'
  | 'quoted'
  | 'rereleasedNote'
  | 'offTopicNote'
  | 'region'
  | 'thisWeek'
  | 'usual'
  | 'strategic'
  | 'furtherRegions'
  | 'target'
  | 'later'
  | 'none';

/** The wording of each interface language. */
export const WORDING: Readonly<Record<InterfaceLanguage, Wording>> = { 'zh-CN': zh, en };
