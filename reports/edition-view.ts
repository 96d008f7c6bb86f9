import type { InterfaceLanguage } from '../model/digest.ts';
import type { SparklineView } from './charts/sparkline.ts';
import type { TileMapView } from './charts/tile-map.ts';
import type { Wording } from './wording.ts';

/**
 * What templates see of an edition: every word, date and plural ready to be set. Documented field by field in
 * docs/add-a-template.md; absent values are `null` or an empty list, never a missing field.
 */
export interface EditionView {
  readonly lang: InterfaceLanguage;
  readonly parts: Wording['parts'];
  readonly labels: Wording['labels'];
  readonly pageOf: Wording['pageOf'];
  readonly title: string;
  readonly subtitle: string;
  readonly number: string;
  readonly week: string;
  readonly days: string;
  readonly readingTime: string;
  /** `修订版 2`; null for a first printing. */
  readonly revision: string | null;
  /** The page that tells what is different in this revision, or null. */
  readonly differenceHref: string | null;
  readonly asOf: string | null;
  /** The sentence an empty week says instead of news. */
  readonly emptyWeek: string | null;
  /** What a week with one or two stories says of itself; null in a fuller one. */
  readonly thinWeek: string | null;
  readonly brief: readonly QuoteView[];
  readonly lead: ItemView | null;
  readonly ahead: readonly AheadView[];
  /** The first six rows of `ahead`, the others, and how many those are, as words; null when there are none. */
  readonly aheadFirst: readonly AheadView[];
  readonly aheadRest: readonly AheadView[];
  readonly aheadMore: string | null;
  /** How long the lead's headline is, for its size. */
  readonly leadSize: 'short' | 'medium' | 'long';
  /** The rows of `ahead` within 14 days, at most six: the front page's side. */
  readonly soon: readonly AheadView[];
  readonly documents: readonly DocumentRowView[];
  readonly sections: readonly SectionView[];
  readonly press: SectionView | null;
  /** Dates beyond 30 days, at most ten, and how many more there are, or null. */
  readonly later: readonly AheadView[];
  readonly laterMore: string | null;
  /** Null when no document of the week is about a region. */
  readonly regions: RegionsView | null;
  readonly numbers: readonly NumberView[];
  /** Stories told before without a new document or deadline, with one sentence each. */
  readonly running: readonly RunningView[];
  readonly changes: readonly ChangeView[];
  /** Known documents whose page is gone, moved, refused or could not be reached. */
  readonly fates: readonly FateView[];
  /** There are changed words or fates. */
  readonly hasChanges: boolean;
  readonly rereleased: readonly DocumentView[];
  readonly offTopic: readonly TitleView[];
  readonly offTopicMore: string | null;
  readonly made: MadeView;
  /** The documents shown, numbered in order of first mention. */
  readonly notes: readonly DocumentView[];
  readonly contents: readonly ContentsRow[];
}

/** A sentence in the source's own words. */
export interface QuoteView {
  readonly text: string;
  readonly lang: string;
  /** Its place in the kept copy, relative to the edition's folder. */
  readonly keptHref: string;
  readonly document: DocumentView;
  /** What stands before the next sentence: nothing in Chinese and Japanese, a space, or `……` for words left out. */
  readonly gap: string;
}

export interface DocumentView {
  readonly note: number;
  readonly title: string;
  readonly lang: string;
  /** `英文` when the words are in another language than the edition, else null. */
  readonly foreign: string | null;
  /** The address of the original; null when it is no web address. */
  readonly href: string | null;
  readonly address: string;
  readonly keptHref: string;
  readonly source: string;
  readonly issuers: string;
  readonly documentNumber: string | null;
  readonly type: string | null;
  readonly credit: string | null;
  readonly published: string;
  /** With the year. */
  readonly publishedDay: string;
  readonly issued: string | null;
  /** Without the year. */
  readonly issuedShort: string | null;
  readonly role: string;
  readonly because: string;
  readonly fetched: string;
  /** Without the zone. */
  readonly fetchedMinute: string;
  readonly hash: string;
  readonly attachments: readonly AttachmentView[];
  /** Its first 16 digits, for print. */
  readonly hashShort: string;
}

export interface ItemView {
  readonly anchor: string;
  readonly headline: string;
  readonly lang: string;
  readonly sentences: readonly QuoteView[];
  /** What a language model wrote of it, each sentence with the words it rests on; null where none did. */
  readonly written: {
    readonly by: string;
    readonly sentences: readonly {
      readonly text: string;
      readonly basis: readonly {
        readonly number: number;
        readonly keptHref: string;
        readonly lang: string;
        readonly words: string;
      }[];
    }[];
  } | null;
  readonly document: DocumentView;
  readonly topics: string | null;
  /** Its instruments, technology fields and target groups; null for none. */
  readonly facets: string | null;
  readonly regions: string | null;
  /** `另有 2 处转载、1 篇解读`, null when the story has one document. */
  readonly alsoTold: string | null;
  readonly folded: readonly DocumentView[];
  /** The page that tells the whole story, and a link's words: `此事始末`, for a story told before since when. */
  readonly storyHref: string;
  readonly storyLabel: string;
  /** `2021 年第 23 周曾报道` for what goes on with a story told before, else null. */
  readonly since: string | null;
  readonly score: string;
  readonly why: readonly { readonly term: string; readonly points: string; readonly reason: string }[];
}

export interface SectionView {
  readonly anchor: string;
  readonly title: string;
  readonly items: readonly ItemView[];
  /** `另有 17 件，见往期库`, null when all are told; the titles of those left out. */
  readonly more: string | null;
  readonly moreTitles: readonly TitleView[];
  /** Null while fewer than five weeks are known, and for sections that are no topic. */
  readonly trend: TrendView | null;
}

/** Twelve weeks as a line, and the same in words. */
export interface TrendView extends SparklineView {
  readonly label: string;
}

export interface RegionsView {
  readonly map: TileMapView;
  /** The map in words: at most ten provinces, most documents first. */
  readonly rows: readonly { readonly name: string; readonly count: string; readonly usual: string | null }[];
  readonly isUsualKnown: boolean;
  /** Further provinces with their counts, or null. */
  readonly rest: string | null;
  /** Strategic regions with their counts, or null. */
  readonly strategic: string | null;
  /** What is counted. */
  readonly note: string;
}

export interface NumberView {
  /** As printed, with its unit. */
  readonly value: string;
  /** What it counts, as written; null when the words do not say. */
  readonly measures: string | null;
  /** `目标` for a target, else null. */
  readonly target: string | null;
  readonly period: string | null;
  /** The words before and after the number, and where they stand. */
  readonly quote: QuoteView;
  readonly document: DocumentView;
}

export interface RunningView {
  readonly item: ItemView;
  /** Which edition told it before, or null. */
  readonly since: string | null;
}

export interface AheadView {
  readonly day: string;
  readonly shortDay: string;
  readonly time: string | null;
  readonly kind: string;
  readonly isDeadline: boolean;
  readonly daysLeft: string;
  /** `原页面已撤下` when the date may no longer stand, else null. */
  readonly gone: string | null;
  readonly quote: QuoteView;
  readonly document: DocumentView;
}

export interface DocumentRowView {
  readonly document: DocumentView;
  readonly deadline: string | null;
  readonly effective: string | null;
  /** Where the kept copy says so; null together with the date. */
  readonly deadlineHref: string | null;
  readonly effectiveHref: string | null;
}

export interface ChangeView {
  readonly document: DocumentView;
  readonly revised: string;
  readonly seen: string;
  readonly removed: readonly string[];
  readonly removedMore: string | null;
  readonly added: readonly string[];
  readonly addedMore: string | null;
}

export interface FateView {
  readonly document: DocumentView;
  /** `已撤下`. */
  readonly fate: string;
  readonly seen: string;
  /** Where it lies now; null unless it moved to a web address. */
  readonly movedTo: string | null;
}

/** A file that hangs on a document. */
export interface AttachmentView {
  readonly title: string;
  readonly href: string | null;
  /** `PDF`; null when its kind is not known. */
  readonly kind: string | null;
  /** What became of it: `文字已存`. */
  readonly state: string;
}

export interface TitleView {
  readonly title: string;
  readonly lang: string;
  readonly href: string | null;
  readonly source: string;
  readonly published: string;
}

export interface MadeView {
  readonly covered: string;
  readonly counted: string;
  /** How many documents were left out for which reason, as a sentence; null when none was. */
  readonly leftOut: string | null;
  readonly hasSources: boolean;
  /** Sources that refused or failed, each with what happened. */
  readonly troubles: readonly {
    readonly name: string;
    readonly state: string;
    /** Why, in the edition's language; empty when there is no word for it. */
    readonly what: string;
    readonly detail: string;
  }[];
  /** All other sources by state, as a line: the names with their documents. */
  readonly states: readonly { readonly state: string; readonly names: string }[];
  readonly problems: readonly {
    /** What happened, in the edition's language. */
    readonly what: string;
    readonly source: string;
    readonly title: string;
    readonly href: string | null;
    readonly detail: string;
  }[];
}

export interface ContentsRow {
  readonly anchor: string;
  readonly title: string;
  /** 1 for a part, 2 for a section of a part. */
  readonly level: number;
}
