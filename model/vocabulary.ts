/** A word or phrase that speaks for a topic; longer and rarer phrases weigh more. */
export interface TopicWord {
  readonly word: string;
  readonly weight: number;
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
  /** Square on the tile map. */
  readonly tile?: { readonly col: number; readonly row: number };
}

/** Everything an operator can teach the program without code. */
export interface Vocabulary {
  readonly topics: readonly Topic[];
  readonly documentTypes: readonly DocumentType[];
  readonly issuers: readonly Issuer[];
  readonly regions: readonly Region[];
}
