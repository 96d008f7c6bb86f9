import { type Document, isRerelease } from '../model/document.ts';
import type { RankTerm } from '../model/edition.ts';
import type { Source } from '../model/source.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { daysBetween } from '../text/calendar.ts';
import { findIssuer, issuerOfNumber } from './fields/issuers.ts';

/** What ranking looks at besides the story's documents. */
export interface RankContext {
  readonly vocabulary: Vocabulary;
  /** The source of each document, in the same order; undefined where it is no longer declared. */
  readonly sources: readonly (Pick<Source, 'publisher' | 'trust' | 'country'> | undefined)[];
  /** YYYY-MM-DD; deadlines are near or far as seen from here. */
  readonly asOf: string;
}

const AUTHORITY = { central: 10, province: 6, foreign: 6, city: 4 } as const;
const TRUST = { government: 5, stateMedia: 3, media: 1 } as const;
/** Points of a story that was written long ago: below everything else, so that it leads nothing. */
const RERELEASED = -1000;
const MOST_TOPIC_POINTS = 10;
const MOST_BREADTH_POINTS = 8;
const NEAR_DAYS = 14;
const FAR_DAYS = 45;
const AMOUNT =
  /(?:\d[\d,.]*|[一二两三四五六七八九十百千]+)\s*(?:余|多)?\s*(?:万亿|亿|万)?(?:元|美元|欧元|家|项|个百分点)|\d+(?:\.\d+)?%|(?:US\$|\$|€|£)\s?\d[\d,.]*(?:\s?(?:million|billion|trillion|bn|m))?/u;
const OPENING_LENGTH = 800;

/** The published sum of a story: named terms, each with its reason. The lead is the first document. */
export function rank(documents: readonly Document[], context: RankContext): readonly RankTerm[] {
  const lead = documents[0];
  if (lead === undefined) return [];
  return [
    authority(lead, context),
    documentType(lead, context),
    topics(lead),
    breadth(documents, context),
    deadline(documents, context.asOf),
    figures(lead),
    rereleased(lead),
  ].filter((term) => term !== undefined);
}

/** The score of a story: the sum of its terms. */
export function scoreOf(terms: readonly RankTerm[]): number {
  return terms.reduce((sum, { points }) => sum + points, 0);
}

function authority(lead: Document, { vocabulary, sources }: RankContext): RankTerm {
  const trust = sources[0]?.trust ?? 'media';
  const known =
    lead.issuers.map((name) => findIssuer(name, vocabulary.issuers)).find((issuer) => issuer !== undefined) ??
    issuerOfNumber(lead.documentNumber ?? '', vocabulary.issuers) ??
    findIssuer(sources[0]?.publisher ?? '', vocabulary.issuers);
  // A newspaper that names a ministry does not speak with the ministry's voice.
  if (known !== undefined && trust === 'government')
    return { term: 'authority', points: AUTHORITY[known.level], reason: `${known.zh} · ${known.level}` };
  return {
    term: 'authority',
    points: TRUST[trust],
    reason: `${sources[0]?.publisher ?? lead.sourceId} · ${trust}`,
  };
}

function documentType(lead: Document, { vocabulary, sources }: RankContext): RankTerm | undefined {
  const type = vocabulary.documentTypes.find(({ id }) => id === lead.documentType);
  if (type === undefined || sources[0]?.trust !== 'government') return undefined;
  return { term: 'documentType', points: type.weight, reason: `${type.zh} · ${type.en}` };
}

function topics(lead: Document): RankTerm | undefined {
  const [best] = lead.topics;
  if (best === undefined) return undefined;
  const points = Math.min(MOST_TOPIC_POINTS, Math.round(best.weight / 4));
  return { term: 'topics', points, reason: `${best.topic}: ${best.words.slice(0, 3).join(', ')}` };
}

function breadth(documents: readonly Document[], { sources }: RankContext): RankTerm | undefined {
  const publishers = new Set(
    documents.map((document, index) => sources[index]?.publisher ?? document.sourceId),
  );
  if (publishers.size < 2) return undefined;
  const points = Math.min(MOST_BREADTH_POINTS, 2 * (publishers.size - 1));
  return {
    term: 'breadth',
    points,
    reason: `${publishers.size} × ${[...publishers].slice(0, 4).join(', ')}`,
  };
}

function deadline(documents: readonly Document[], asOf: string): RankTerm | undefined {
  const ahead = documents
    .flatMap((document) => document.dates)
    .filter(({ kind }) => kind === 'deadline')
    .map(({ on }) => ({ on, days: daysBetween(asOf, on) }))
    .filter(({ days }) => days >= 0 && days <= FAR_DAYS)
    .sort((left, right) => left.days - right.days)[0];
  if (ahead === undefined) return undefined;
  return {
    term: 'deadline',
    points: ahead.days <= NEAR_DAYS ? 6 : 4,
    reason: `${ahead.on} · ${ahead.days} d`,
  };
}

function figures(lead: Document): RankTerm | undefined {
  const amount = AMOUNT.exec(`${lead.title}\n${lead.text.slice(0, OPENING_LENGTH)}`)?.[0];
  return amount === undefined ? undefined : { term: 'figures', points: 2, reason: amount };
}

function rereleased(lead: Document): RankTerm | undefined {
  if (!isRerelease(lead)) return undefined;
  return { term: 'rereleased', points: RERELEASED, reason: `${lead.issuedOn} → ${lead.published?.on}` };
}
