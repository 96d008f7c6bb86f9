// Builders for editions in tests: give what matters, the rest is filled in and always the same.
import type { Digest } from '../../model/digest.ts';
import type { DatedFact, Document } from '../../model/document.ts';
import type { ComposeInput, RankedStory, RankTerm, Sentence } from '../../model/edition.ts';
import type { Fact, FigureFact } from '../../model/facts.ts';
import type { DigestId, DocumentId, SnapshotId, SourceId, StoryId } from '../../model/ids.ts';
import type { Snapshot } from '../../model/page.ts';
import type { Source, Trust } from '../../model/source.ts';
import type { StoryRole } from '../../model/story.ts';
import { EMPTY_LEXICON, type Region, type Vocabulary } from '../../model/vocabulary.ts';
import { addDays, periodOfWeek, startOfDay } from '../../text/calendar.ts';
import { idFrom, sha256 } from '../../text/hash.ts';

export interface SourceParts {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly trust?: Trust;
  readonly country?: string;
  readonly region?: string;
  readonly lang?: string;
}

export interface DocumentParts {
  readonly source: string;
  readonly title: string;
  readonly text: string;
  /** YYYY-MM-DD. */
  readonly on: string;
  /** When it was first seen, YYYY-MM-DD. @default the day after `on` */
  readonly seenOn?: string;
  readonly url?: string;
  readonly lang?: string;
  readonly topics?: readonly string[];
  readonly regions?: readonly string[];
  readonly issuers?: readonly string[];
  readonly number?: string;
  readonly type?: string;
  readonly issuedOn?: string;
  readonly credit?: string;
  /** Kind, day and the words of the text that say so. */
  readonly dates?: readonly (readonly [kind: DatedFact['kind'], on: string, quote: string])[];
  readonly revision?: number;
  /** Words of the text that hold a number, the number, and what it measures. */
  readonly figures?: readonly (readonly [quote: string, parts: Partial<FigureFact>])[];
}

/** A source as the catalogue would give it. */
export function madeUpSource(parts: SourceParts): Source {
  const host = `https://${parts.id.replaceAll('/', '-')}.example`;
  return {
    id: parts.id as SourceId,
    name: parts.name,
    nameEn: parts.nameEn ?? parts.name,
    publisher: parts.name,
    country: parts.country ?? 'CN',
    ...(parts.region === undefined ? {} : { region: parts.region }),
    lang: parts.lang ?? 'zh',
    zone: 'Asia/Shanghai',
    trust: parts.trust ?? 'government',
    enabled: true,
    url: `${host}/list`,
    scrape: { kind: 'feed' },
    article: {},
    everyMinutes: 60,
    expect: { minEntries: 1, maxAgeDays: 30 },
    evidence: [],
  };
}

/** A normalised document; its id, hashes and address follow from its source and title. */
export function madeUpDocument(parts: DocumentParts): Document & { readonly facts: readonly Fact[] } {
  const id = idFrom(parts.source, parts.title) as DocumentId;
  const published = startOfDay(parts.on, 'Asia/Shanghai');
  const fetchedAt = startOfDay(parts.seenOn ?? addDays(parts.on, 1), 'Asia/Shanghai');
  const url = parts.url ?? `https://${parts.source}.example/${parts.on.replaceAll('-', '')}/${id}.html`;
  return {
    id,
    sourceId: parts.source as SourceId,
    url,
    canonicalUrl: url,
    title: parts.title,
    lang: parts.lang ?? 'zh',
    published: { on: parts.on, at: published, precision: 'day', rule: 'list' },
    text: parts.text,
    bodyHtml: '',
    contentHash: sha256(`${parts.title}\n${parts.text}`),
    revision: parts.revision ?? 1,
    snapshotId: `snapshot-${id}` as SnapshotId,
    firstSeenAt: fetchedAt,
    fetchedAt,
    revisedAt: fetchedAt,
    topics: (parts.topics ?? []).map((topic) => ({ topic, weight: 1, words: [topic] })),
    regions: parts.regions ?? [],
    issuers: parts.issuers ?? [],
    ...(parts.number === undefined ? {} : { documentNumber: parts.number }),
    ...(parts.issuedOn === undefined ? {} : { issuedOn: parts.issuedOn }),
    ...(parts.type === undefined ? {} : { documentType: parts.type }),
    ...(parts.credit === undefined ? {} : { credit: parts.credit }),
    attachments: [],
    dates: (parts.dates ?? []).map(([kind, on, quote]) => ({
      kind,
      on,
      ...spanOf(parts.text, quote),
      rule: 'made up',
    })),
    trace: [],
    facts: (parts.figures ?? []).map(([quote, figure]) => ({
      kind: 'figure' as const,
      ...spanOf(parts.text, quote),
      rule: 'made up',
      value: 1,
      unit: 'CNY',
      qualifier: '=' as const,
      ...figure,
    })),
  };
}

/** The words of a text with the place where they stand. */
function spanOf(text: string, quote: string): { quote: string; start: number; end: number } {
  const start = text.indexOf(quote);
  if (start < 0) throw new RangeError(`"${quote}" is not in the text`);
  return { quote, start, end: start + quote.length };
}

/** A sentence of a document; throws when the document does not say it. */
export function madeUpSentence(document: Document, words: string): Sentence {
  const { start, end } = spanOf(document.text, words);
  return {
    text: words,
    documentId: document.id,
    revision: document.revision,
    start,
    end,
    contentHash: document.contentHash,
  };
}

/** A ranked story: the first document speaks with its first two sentences. */
export function madeUpStory(
  score: number,
  documents: readonly [Document, ...Document[]],
  roles: readonly StoryRole[] = [],
  follows?: StoryId,
): RankedStory {
  const [lead] = documents;
  const sentences = lead.text.match(/[^。\n]+?(?:。|\.(?= |$))/g)?.slice(0, 2) ?? [];
  const why: RankTerm[] = [
    { term: 'authority', points: Math.round(score * 6) / 10, reason: '发文机关层级' },
    { term: 'type', points: score - Math.round(score * 6) / 10, reason: '文种' },
  ];
  return {
    story: {
      ...(follows === undefined ? {} : { follows }),
      id: `story-${lead.id}` as StoryId,
      members: documents.map(({ id }, index) => ({
        documentId: id,
        role: index === 0 ? 'lead' : (roles[index - 1] ?? 'report'),
        because: index === 0 ? 'first' : 'same text',
      })),
    },
    documents,
    score,
    why,
    sentences: sentences.map((words) => madeUpSentence(lead, words.trim())),
  };
}

export const DIGEST: Digest = {
  id: 'weekly' as DigestId,
  title: '创新政策周报',
  subtitle: '国家与地方创新政策，每周一期',
  lang: 'zh-CN',
  zone: 'Asia/Shanghai',
  cron: '0 8 * * 1',
  misfire: 'once',
  enabled: true,
  template: 'gazette',
  select: {},
  limits: { itemsPerSection: 5, sections: 6 },
};

function madeUpRegion(id: string, zh: string, en: string, parts: Partial<Region>): Region {
  return { id, zh, en, aliases: [], members: [], places: [], ...parts };
}

export const VOCABULARY: Vocabulary = {
  topics: [
    ['science', '科技体制', 'Science system'],
    ['industry', '产业与制造', 'Industry'],
    ['digital', '数字与人工智能', 'Digital and AI'],
    ['energy', '绿色低碳', 'Energy and climate'],
    ['talent', '人才', 'Talent'],
  ].map(([id = '', zh = '', en = '']) => ({ id, zh, en, words: [], not: [] })),
  documentTypes: [
    ['opinions', '意见', 'Opinions', 8],
    ['notice', '通知', 'Notice', 5],
    ['draft', '征求意见稿', 'Draft for comment', 6],
    ['measures', '办法', 'Measures', 7],
    ['news', '动态', 'News', 0],
  ].map(([id, zh, en, weight]) => ({
    id: String(id),
    zh: String(zh),
    en: String(en),
    title: [],
    weight: Number(weight),
  })),
  issuers: [],
  lexicon: EMPTY_LEXICON,
  regions: [
    madeUpRegion('CN-SH', '上海', 'Shanghai', { short: '沪', tile: { col: 3, row: 1 } }),
    madeUpRegion('CN-JS', '江苏', 'Jiangsu', { short: '苏', tile: { col: 2, row: 1 } }),
    madeUpRegion('CN-GD', '广东', 'Guangdong', { short: '粤', tile: { col: 1, row: 3 } }),
    madeUpRegion('CN-YN', '云南', 'Yunnan', { short: '云', tile: { col: 0, row: 2 } }),
    madeUpRegion('yangtze-delta', '长三角', 'Yangtze River Delta', { members: ['CN-SH', 'CN-JS'] }),
  ],
};

/** Everything composing asks for, around the given stories. Coverage is that of the sources given. */
export function madeUpInput(parts: {
  readonly stories: readonly RankedStory[];
  readonly sources: readonly Source[];
  readonly week?: string;
  readonly digest?: Partial<Digest>;
  readonly changes?: ComposeInput['changes'];
  readonly fates?: ComposeInput['fates'];
  readonly gone?: ComposeInput['gone'];
  readonly attachments?: ComposeInput['attachments'];
  readonly stillAhead?: readonly Document[];
  readonly history?: ComposeInput['history'];
  readonly told?: ComposeInput['told'];
  readonly coverage?: Partial<ComposeInput['coverage']>;
}): ComposeInput {
  const documents = [
    ...parts.stories.flatMap((story) => story.documents),
    ...(parts.stillAhead ?? []),
    ...(parts.changes ?? []).map(({ document }) => document),
    ...(parts.fates ?? []).map(({ document }) => document),
  ];
  const digest = { ...DIGEST, ...parts.digest };
  return {
    digest,
    period: periodOfWeek(parts.week ?? '2021-W25', digest.zone),
    number: 25,
    stories: parts.stories,
    changes: parts.changes ?? [],
    fates: parts.fates ?? [],
    ...(parts.gone === undefined ? {} : { gone: parts.gone }),
    attachments: parts.attachments ?? new Map(),
    stillAhead: parts.stillAhead ?? [],
    ...(parts.history === undefined ? {} : { history: parts.history }),
    ...(parts.told === undefined ? {} : { told: parts.told }),
    sources: new Map(parts.sources.map((source) => [source.id, source])),
    snapshots: new Map(documents.map((document) => [document.snapshotId, snapshotOf(document)])),
    vocabulary: VOCABULARY,
    coverage: {
      sources: parts.sources.map((source) => ({
        sourceId: source.id,
        name: source.name,
        state: 'answered',
        entries: documents.filter(({ sourceId }) => sourceId === source.id).length,
        documents: documents.filter(({ sourceId }) => sourceId === source.id).length,
        detail: '',
      })),
      due: parts.sources.length,
      answered: parts.sources.length,
      refused: 0,
      failed: 0,
      problems: [],
      ...parts.coverage,
    },
  };
}

function snapshotOf(document: Document): Snapshot {
  return {
    id: document.snapshotId,
    url: document.url,
    finalUrl: document.url,
    method: 'GET',
    status: 200,
    contentType: 'text/html',
    contentHash: sha256(document.url),
    bytes: 1000,
    fetchedAt: document.fetchedAt,
    file: 'made-up.warc.gz',
    offset: 0,
    length: 1000,
  };
}
