import type { BounceWords } from './bounce.ts';

/** A word or phrase that speaks for a topic; longer and rarer phrases weigh more. */
export interface TopicWord {
  readonly word: string;
  readonly weight: number;
  /**
   * `alone`: counts only when no other topic speaks from the title (科技创新 is everywhere); `beside`: only when another
   * one does (专项资金 of what?).
   */
  readonly only?: 'alone' | 'beside';
}

/** A subject of innovation policy: one entry in vocabulary/topics.yml. */
export interface Topic {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly words: readonly TopicWord[];
  /** Phrases that contain one of the words but mean something else (新材料 in 报送新材料清单). */
  readonly not: readonly string[];
}

/** A type of document, told by the tail of its title: one entry in vocabulary/document-types.yml. */
export interface DocumentType {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Patterns (flag u) on the cleaned title; the first type that matches, in file order, wins. */
  readonly title: readonly string[];
  /** How much such a document weighs in ranking, 0–10. */
  readonly weight: number;
}

/** A body that issues documents: one entry in vocabulary/issuers.yml. */
export interface Issuer {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly aliases: readonly string[];
  readonly level: 'central' | 'province' | 'city' | 'foreign';
  /** Letters that open its document numbers (国发, 国办发). */
  readonly numberPrefixes: readonly string[];
}

/** A province or strategic region: one entry in vocabulary/regions.yml. */
export interface Region {
  /** ISO 3166-2 for provinces, a short id for strategic regions. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly aliases: readonly string[];
  /** Provinces of a strategic region. */
  readonly members: readonly string[];
  /** Cities and zones by which the text may name it. */
  readonly places: readonly string[];
  /** The character that stands for a province (京). */
  readonly short?: string;
  /** Square on the tile map. */
  readonly tile?: { readonly col: number; readonly row: number };
}

/** How numbers are counted: vocabulary/figures.yml. */
export interface FigureWords {
  /** Word → ISO 4217. */
  readonly currencies: Readonly<Record<string, string>>;
  readonly time: readonly string[];
  readonly physical: readonly string[];
  readonly latin: readonly string[];
  readonly classifiers: readonly string[];
  /** Classifiers that count only behind Arabic digits or behind 等. */
  readonly bound: readonly string[];
  /** Unit → characters behind it with which it is another word (家 in 家庭). */
  readonly compounds: Readonly<Record<string, string>>;
  readonly idioms: readonly string[];
  /** Words at which a counted noun ends. */
  readonly nounEnds: readonly string[];
}

/** What names of people are told by: vocabulary/names.yml. */
export interface NameWords {
  readonly surnames: ReadonlySet<string>;
  readonly roles: readonly string[];
  /** Roles of people who are quoted without a name. */
  readonly unnamed: readonly string[];
  /** Titles that follow a name. */
  readonly titles: readonly string[];
  /** Verbs of reported speech. */
  readonly verbs: readonly string[];
}

/** A place below the province or abroad: vocabulary/places.yml. */
export interface Place {
  readonly name: string;
  /** Two-letter code of a country, for its own name. */
  readonly id?: string;
  /** Provinces (or the country) it may lie in; several when the name is not unique. */
  readonly within: readonly string[];
}

/** Days off and working weekends: vocabulary/holidays.yml. */
export interface WorkCalendar {
  readonly years: ReadonlySet<number>;
  /** YYYY-MM-DD. */
  readonly off: ReadonlySet<string>;
  readonly work: ReadonlySet<string>;
}

/** The words by which facts are read in text. */
export interface Lexicon {
  readonly figures: FigureWords;
  readonly names: NameWords;
  readonly places: readonly Place[];
  readonly holidays: WorkCalendar;
}

/** A lexicon that knows no word, for uses that read no facts. */
export const EMPTY_LEXICON: Lexicon = {
  figures: {
    currencies: {},
    time: [],
    physical: [],
    latin: [],
    classifiers: [],
    bound: [],
    compounds: {},
    idioms: [],
    nounEnds: [],
  },
  names: { surnames: new Set(), roles: [], unnamed: [], titles: [], verbs: [] },
  places: [],
  holidays: { years: new Set(), off: new Set(), work: new Set() },
};

/** What a document does, which technology it concerns, or whom: one entry in vocabulary/instruments.yml. */
export interface Facet {
  readonly kind: 'instrument' | 'field' | 'target';
  /** A STIP code (PI024) for instruments, a short id for the others. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly words: readonly string[];
}

/** Everything an operator can teach the program without code. */
export interface Vocabulary {
  readonly topics: readonly Topic[];
  readonly documentTypes: readonly DocumentType[];
  readonly issuers: readonly Issuer[];
  readonly regions: readonly Region[];
  readonly lexicon: Lexicon;
  /** @default none */
  readonly facets?: readonly Facet[];
  /** How returned mail is judged; without it none is read. */
  readonly bounces?: BounceWords;
}
