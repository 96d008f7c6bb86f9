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
const LEVEL_NAMES = {
  central: '中央部门 · national body',
  province: '省级 · provincial',
  foreign: '境外机构 · foreign body',
  city: '市县 · city or county',
} as const;
const TRUST_NAMES = {
  government: '政府网站 · government site',
  stateMedia: '官方媒体 · state media',
  media: '媒体 · media',
} as const;
const TRUST = { government: 5, stateMedia: 3, media: 1 } as const;
/** Points of a story that was written long ago: below everything else, so that it leads nothing. */
const RERELEASED = -1000;
const MOST_TOPIC_POINTS = 10;
const MOST_BREADTH_POINTS = 9;
const BREADTH_POINTS = 3;
/** A measure for the whole country concerns more readers than one of a city; so does one for several provinces. */
const NATIONAL_POINTS = 3;
const SEVERAL_POINTS = 2;
const SEVERAL_REGIONS = 3;
/** Bodies that the vocabulary does not know tell their level by their name; cities and zones first: 某省某市 is a city. */
const LEVELS = [
  [
    'city',
    /(?:市|区|县|州|盟|旗|新区|管委会|管理委员会)(?:[\u4e00-\u9fff]{2,14}(?:局|委|委员会|办公室|中心))?$/u,
  ],
  ['province', /^[\u4e00-\u9fff]{2,4}(?:省|自治区)|^(?:北京|上海|天津|重庆)市/u],
  ['central', /^(?:国家|国务院|中共中央|中央|全国|中国)|^[\u4e00-\u9fff]{2,8}(?:部|总局|署)$/u],
  ['foreign', /\p{Script=Latin}/u],
] as const;
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
    reach(lead, context),
    topics(lead, context),
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

type Level = keyof typeof AUTHORITY;

/** Who speaks and on which level; undefined where no official body does. */
function speaker(
  lead: Document,
  { vocabulary, sources }: RankContext,
): { readonly name: string; readonly level: Level } | undefined {
  const [source] = sources;
  // A newspaper that names a ministry does not speak with the ministry's voice.
  if (source?.trust !== 'government') return undefined;
  const names = [...lead.issuers, source.publisher];
  for (const name of names) {
    const known = findIssuer(name, vocabulary.issuers);
    if (known !== undefined) return { name: known.zh, level: known.level };
  }
  for (const name of names) {
    const level = LEVELS.find(([, pattern]) => pattern.test(name))?.[0];
    if (level !== undefined) return { name, level };
  }
  const byNumber = issuerOfNumber(lead.documentNumber ?? '', vocabulary.issuers);
  return byNumber === undefined ? undefined : { name: byNumber.zh, level: byNumber.level };
}

function authority(lead: Document, context: RankContext): RankTerm {
  const who = speaker(lead, context);
  if (who !== undefined)
    return {
      term: 'authority',
      points: AUTHORITY[who.level],
      reason: `${who.name} · ${LEVEL_NAMES[who.level]}`,
    };
  const [source] = context.sources;
  const trust = source?.trust ?? 'media';
  return {
    term: 'authority',
    points: TRUST[trust],
    reason: `${source?.publisher ?? lead.sourceId} · ${TRUST_NAMES[trust]}`,
  };
}

/** How far the measure reaches. */
function reach(lead: Document, context: RankContext): RankTerm | undefined {
  if (speaker(lead, context)?.level === 'central')
    return { term: 'reach', points: NATIONAL_POINTS, reason: '全国 · national' };
  if (lead.regions.length < SEVERAL_REGIONS) return undefined;
  return {
    term: 'reach',
    points: SEVERAL_POINTS,
    reason: `多个地区 · ${lead.regions.length} regions: ${lead.regions.slice(0, 4).join(', ')}`,
  };
}

function documentType(lead: Document, { vocabulary, sources }: RankContext): RankTerm | undefined {
  const type = vocabulary.documentTypes.find(({ id }) => id === lead.documentType);
  if (type === undefined || sources[0]?.trust !== 'government') return undefined;
  return { term: 'documentType', points: type.weight, reason: `${type.zh} · ${type.en}` };
}

function topics(lead: Document, { vocabulary }: RankContext): RankTerm | undefined {
  const [best] = lead.topics;
  if (best === undefined) return undefined;
  const points = Math.min(MOST_TOPIC_POINTS, Math.round(best.weight / 4));
  const topic = vocabulary.topics.find(({ id }) => id === best.topic);
  const name = topic === undefined ? best.topic : `${topic.zh} · ${topic.en}`;
  return { term: 'topics', points, reason: `${name}: ${best.words.slice(0, 3).join(', ')}` };
}

function breadth(documents: readonly Document[], { sources }: RankContext): RankTerm | undefined {
  const publishers = new Set(
    documents.map((document, index) => sources[index]?.publisher ?? document.sourceId),
  );
  if (publishers.size < 2) return undefined;
  const points = Math.min(MOST_BREADTH_POINTS, BREADTH_POINTS * (publishers.size - 1));
  return {
    term: 'breadth',
    points,
    reason: `${publishers.size} 家 · publishers: ${[...publishers].slice(0, 4).join(', ')}`,
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
    reason: `${ahead.on} · 还有 ${ahead.days} 天 · in ${ahead.days} days`,
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
