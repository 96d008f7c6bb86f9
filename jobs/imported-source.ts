import type { SourceId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import { hostOf } from '../text/urls.ts';

/** The source a handed-in page belongs to: one of the catalogue on the same site, else one made from its host. */
export function sourceOfPage(sources: readonly Source[], url: string): Source {
  const host = siteOf(url);
  const own = sources.filter(
    (source) => siteOf(source.url) === host || siteOf(source.homepage ?? '') === host,
  );
  return own.find((source) => source.enabled) ?? own[0] ?? importedSource(`import-${host}` as SourceId);
}

/** Finds a source by id, also one that was made for handed-in pages: its id says all there is to know. */
export function sourceById(sources: readonly Source[], id: SourceId): Source {
  return sources.find((source) => source.id === id) ?? importedSource(id);
}

function importedSource(id: SourceId): Source {
  const host = id.replace(/^import-/, '');
  const isChinese = /\.cn$/.test(host);
  return {
    id,
    name: host,
    nameEn: host,
    publisher: host,
    country: isChinese ? 'CN' : '',
    lang: isChinese ? 'zh-CN' : 'en',
    zone: isChinese ? 'Asia/Shanghai' : 'UTC',
    trust: /(?:^|\.)gov(?:\.[a-z]{2})?$/.test(host) ? 'government' : 'media',
    enabled: false,
    disabledReason: 'pages were handed in; nothing is fetched',
    url: `https://${host}/`,
    scrape: { kind: 'feed' },
    article: {},
    everyMinutes: 1440,
    expect: { minEntries: 0, maxAgeDays: 0 },
    evidence: [],
  };
}

function siteOf(url: string): string {
  return hostOf(url).replace(/^www\./, '');
}
