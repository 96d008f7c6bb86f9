/** Where a text states a fact: `text.slice(start, end) === quote`, UTF-16 offsets into the document's text. */
export interface FactSpan {
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** Which rule read it; shown when somebody asks "why?". */
  readonly rule: string;
}

/**
 * How a number stands to the truth. A goal without a comparator is `target`; growth is `change` with a sign; `class` is
 * a magnitude (千亿级) whose value is its lower bound; `range` has `valueMax`.
 */
export type Qualifier = '=' | '>' | '>=' | '<' | '<=' | '~' | 'range' | 'class' | 'change' | 'target';

/** An amount, count, share, rank or change. */
export interface FigureFact extends FactSpan {
  readonly kind: 'figure';
  /** In base magnitude: 1.2亿千瓦 is 120000000; 30% is 0.3; growth by 1.2 times is 2.2. */
  readonly value: number;
  /** ISO 4217 for money, `ratio`, `pp` (percentage points), `rank`, a measure, a classifier or the counted noun. */
  readonly unit: string;
  readonly qualifier: Qualifier;
  /** The words before it that say what is measured, as written. */
  readonly measures?: string;
  readonly currency?: string;
  readonly valueMax?: number;
  /** The old value of a change from one value to another. */
  readonly from?: number;
  /** The number as printed where `value` is computed (增长2倍 is 3 times; stated 2). */
  readonly stated?: number;
  /** A change that also has a comparator (增长超过3%). */
  readonly isDelta?: true;
  /** A goal that also has a comparator (2020年超过10亿千瓦). */
  readonly isTarget?: true;
  /** One of so many (九大节点之一). */
  readonly isMembership?: true;
}

export interface DateFact extends FactSpan {
  readonly kind: 'date';
  /** YYYY, YYYY-MM, YYYY-MM-DD or `a/b`; absent when only the unknown publication date would tell. */
  readonly iso?: string;
  readonly precision: 'day' | 'month' | 'year' | 'period';
  /** horizon: a target, not an event; other: reporting period, as-of date, expiry. */
  readonly role: 'issued' | 'event' | 'horizon' | 'effective' | 'other';
  /** 年初, 年底: which end of the unit. */
  readonly part?: 'start' | 'end';
  /** The words, when they were resolved from the publication date. */
  readonly relative?: string;
}

/** A day before which somebody must act. */
export interface DeadlineFact extends FactSpan {
  readonly kind: 'deadline';
  /** YYYY-MM-DD; absent when it hangs on an event the text does not date. */
  readonly iso?: string;
  readonly time?: string;
  readonly relative?: string;
  /** Counted in working days beyond the holidays known. */
  readonly isAbout?: true;
}

/** A document that a text names. */
export interface CitationFact extends FactSpan {
  readonly kind: 'citation';
  /** 《意见》 alone is resolved to the full title declared before. */
  readonly title: string;
  readonly alias?: string;
  /** Titles enclosed in this one (关于印发〈办法〉的通知). */
  readonly inner: readonly string[];
  /** Key of the document number in brackets behind it. */
  readonly numberKey?: string;
}

export interface DocumentNumberFact extends FactSpan {
  readonly kind: 'documentNumber';
  /** 发文字号, or another register: Federal Register, docket, CELEX, Command paper. */
  readonly scheme: 'cn' | 'federal-register' | 'docket' | 'celex' | 'command-paper' | 'com' | 'public-law';
  /** letters|year|serial; the year is empty where there is none. */
  readonly key: string;
  readonly letters: string;
  readonly year?: number;
  readonly serial: string;
  /** The document's own, as against one it cites. */
  readonly isOwn: boolean;
}

/** A region at its first mention that stands for itself, not inside the name of an organisation. */
export interface RegionFact extends FactSpan {
  readonly kind: 'region';
  /** An id of vocabulary/regions.yml, or a two-letter country code. */
  readonly id?: string;
  readonly name: string;
  /** The province that contains it. */
  readonly province?: string;
}

export interface OrganisationFact extends FactSpan {
  readonly kind: 'organisation';
  readonly name: string;
  readonly issuerId?: string;
}

/** A person whose statement is reported; the span holds the attribution. */
export interface SpeakerFact extends FactSpan {
  readonly kind: 'speaker';
  /** Absent for 相关负责人, 业内人士. */
  readonly name?: string;
  readonly organisation?: string;
  readonly roles: readonly string[];
}

export interface CreditFact extends FactSpan {
  readonly kind: 'credit';
  readonly medium?: string;
  readonly form: 'source' | 'reprint' | 'byline' | 'caption' | 'editor' | 'self' | 'originalTitle';
  readonly authors?: readonly string[];
}

/** 新华社北京6月21日电. */
export interface DatelineFact extends FactSpan {
  readonly kind: 'dateline';
  readonly medium: string;
  readonly place?: string;
  /** YYYY-MM-DD, or --MM-DD when no year is known. */
  readonly on?: string;
  readonly reporters: readonly string[];
}

/** Something a text states, with the place where it does. */
export type Fact =
  | FigureFact
  | DateFact
  | DeadlineFact
  | CitationFact
  | DocumentNumberFact
  | RegionFact
  | OrganisationFact
  | SpeakerFact
  | CreditFact
  | DatelineFact;
