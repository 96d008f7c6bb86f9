import type { Document } from '../../model/document.ts';
import type { DocumentId, SnapshotId, SourceId } from '../../model/ids.ts';
import type { Source } from '../../model/source.ts';
import { contentHash } from '../../pipeline/identity.ts';
import { startOfDay } from '../../text/calendar.ts';

/** A document of 21 June 2021 with what a test sets; the rest is plain. */
export function document(id: string, fields: Partial<Document> & { on?: string } = {}): Document {
  const { on = '2021-06-21', ...rest } = fields;
  const title = rest.title ?? `标题${id}`;
  const text = rest.text ?? '';
  return {
    // Ids are text; the brand only exists for the compiler.
    id: id as DocumentId,
    sourceId: 'most' as SourceId,
    url: `https://x.example/${id}`,
    canonicalUrl: `x.example/${id}`,
    lang: 'zh-CN',
    published: { on, at: startOfDay(on, 'Asia/Shanghai'), precision: 'day', rule: 'test' },
    bodyHtml: '',
    contentHash: contentHash(title, text),
    revision: 1,
    snapshotId: 'snap' as SnapshotId,
    firstSeenAt: '2021-06-21T00:00:00.000Z',
    fetchedAt: '2021-06-21T00:00:00.000Z',
    revisedAt: '2021-06-21T00:00:00.000Z',
    issuers: [],
    dates: [],
    topics: [],
    regions: [],
    attachments: [],
    trace: [],
    ...rest,
    title,
    text,
  };
}

/** A source with an id, a publisher and a trust; nothing else of it matters to stories. */
export function source(id: string, publisher: string, trust: Source['trust']): readonly [SourceId, Source] {
  const value: Source = {
    id: id as SourceId,
    name: publisher,
    nameEn: publisher,
    publisher,
    country: 'CN',
    lang: 'zh-CN',
    zone: 'Asia/Shanghai',
    trust,
    enabled: true,
    url: `https://${id}.example/`,
    scrape: { kind: 'feed' },
    article: {},
    everyMinutes: 60,
    expect: { minEntries: 1, maxAgeDays: 30 },
    evidence: [],
  };
  return [value.id, value];
}

export const SOURCES: ReadonlyMap<SourceId, Source> = new Map([
  source('most', '科学技术部', 'government'),
  source('portal', '某门户', 'government'),
  source('daily', '某某日报', 'stateMedia'),
  source('evening', '某某晚报', 'media'),
]);
