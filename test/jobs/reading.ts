// A site of a few pages that answers what a test says, and one reader of it.

import { silentLog } from '../../cli/log.ts';
import type { ListedEntry } from '../../db/entries.ts';
import { openStore, type Store } from '../../db/store.ts';
import type { JobContext } from '../../jobs/context.ts';
import { noProgress } from '../../jobs/context.ts';
import { readPage } from '../../jobs/read-pages.ts';
import type { Document } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { RunId, SnapshotId, SourceId } from '../../model/ids.ts';
import type { FetchResult, HttpRequest, Page } from '../../model/page.ts';
import type { Source } from '../../model/source.ts';
import { idFrom, sha256 } from '../../text/hash.ts';
import { canonicalUrl } from '../../text/urls.ts';
import { VOCABULARY } from '../pipeline/vocabulary.ts';
import { madeUpSource } from '../reports/made-up.ts';

export const SITE = 'http://kjt.example';
export const NOTICE = `${SITE}/tzgg/202106/t20210622_100.html`;

/** What an address answers: a page, a file, or an outcome of fetching. */
export type Answer =
  | string
  | Uint8Array
  | { readonly html: string; readonly headers?: Readonly<Record<string, string>>; readonly movedTo?: string }
  | Exclude<FetchResult, { outcome: 'fetched' }>;

export interface Reading extends AsyncDisposable {
  readonly store: Store;
  readonly web: Map<string, Answer>;
  /** Everything that was asked for, in order. */
  readonly asked: HttpRequest[];
  /** Goes to a day and reads what is due; returns how often each outcome came. */
  readOn(day: string): Promise<string[]>;
  listed(): Promise<ListedEntry>;
  document(): Promise<Document>;
  findings(): Promise<Finding[]>;
}

/** A reader of one source whose list names one page, NOTICE. */
export async function openReading(article: Source['article'] = {}): Promise<Reading> {
  const store = await openStore('sqlite::memory:', '');
  const source: Source = { ...madeUpSource({ id: 'kjt', name: '江东省科学技术厅' }), article };
  const web = new Map<string, Answer>();
  const asked: HttpRequest[] = [];
  let now = new Date('2021-06-22T02:00:00Z');
  const published = {
    on: '2021-06-22',
    at: '2021-06-21T16:00:00.000Z',
    precision: 'day',
    rule: 'list',
  } as const;
  const entry = { sourceId: source.id, url: NOTICE, title: '关于组织申报创新专项的通知', published };
  await store.transaction((tables) => tables.entries.list([entry], now.toISOString()));

  const fetch = async (request: HttpRequest): Promise<FetchResult> => {
    asked.push(request);
    const answer = web.get(request.url);
    if (answer === undefined) return { outcome: 'gone', url: request.url, status: 404 };
    if (typeof answer === 'object' && 'outcome' in answer) return answer;
    const page = pageOf(request.url, answer, now);
    await store.snapshots.add(page.snapshot);
    return { outcome: 'fetched', page };
  };
  const context = (run: string): JobContext => ({
    sources: [source],
    families: [],
    digests: [],
    vocabulary: VOCABULARY,
    store,
    http: { fetch },
    browser: { fetch },
    evidence: { folder: '/', finish: async () => undefined },
    clock: { now: () => now },
    log: silentLog,
    progress: noProgress,
    signal: new AbortController().signal,
    runId: run as RunId,
  });
  return {
    store,
    web,
    asked,
    async readOn(day) {
      now = new Date(day.includes('T') ? day : `${day}T02:00:00Z`);
      const outcomes: string[] = [];
      for (const { id } of await store.entries.duePages(now.toISOString(), 100)) {
        const listed = await store.entries.byId(id);
        if (listed !== undefined) outcomes.push(await readPage(context(day), source, listed));
      }
      return outcomes;
    },
    listed: () => store.entries.byUrl(source.id, NOTICE),
    async document() {
      const document = await store.documents.byCanonicalUrl(canonicalUrl(NOTICE));
      if (document === undefined) throw new Error(`no document at ${NOTICE}`);
      return document;
    },
    findings: () => store.findings.within('', '9999'),
    [Symbol.asyncDispose]: () => store.close(),
  };
}

function pageOf(url: string, answer: Exclude<Answer, { outcome: unknown }>, now: Date): Page {
  const isFile = answer instanceof Uint8Array;
  const shaped = typeof answer === 'string' || isFile ? undefined : answer;
  const html = typeof answer === 'string' ? answer : (shaped?.html ?? '');
  const body = isFile ? answer : new TextEncoder().encode(html);
  const contentType = isFile ? 'application/octet-stream' : 'text/html; charset=utf-8';
  const finalUrl = shaped?.movedTo ?? url;
  const contentHash = sha256(body);
  const fetchedAt = now.toISOString();
  return {
    url,
    finalUrl,
    ...(shaped?.movedTo === undefined ? {} : { movedForGood: true }),
    status: 200,
    headers: { 'content-type': contentType, ...shaped?.headers },
    body,
    fetchedAt,
    snapshot: {
      id: idFrom(url, contentHash, fetchedAt) as SnapshotId,
      url,
      finalUrl,
      method: 'GET',
      status: 200,
      contentType,
      contentHash,
      bytes: body.length,
      fetchedAt,
      file: 'made-up.warc.gz',
      offset: 0,
      length: body.length,
      sourceId: 'kjt' as SourceId,
    },
  };
}

/** A notice as such a site shows it. */
export function noticePage(paragraphs: readonly string[], more = ''): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>关于组织申报创新专项的通知 - 江东省科学技术厅</title>
<meta name="ArticleTitle" content="关于组织申报创新专项的通知"><meta name="PubDate" content="2021-06-22"></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li></ul></div>
<div class="article"><h1>关于组织申报创新专项的通知</h1>
<div class="TRS_Editor">${paragraphs.map((words) => `<p>${words}</p>`).join('\n')}</div>
${more}</div><div class="footer"><p>主办：江东省科学技术厅</p></div></body></html>`;
}

export const PARAGRAPHS = [
  '各有关单位：',
  '为深入实施创新驱动发展战略，现组织申报2021年度创新专项，重点支持集成电路、人工智能和新材料三个方向的跨省联合攻关。',
  '单个项目财政资助不超过300万元，牵头单位自筹资金与财政资金之比不低于2∶1，执行期不超过三年。',
  '申报截止时间为2021年7月20日17时，逾期不予受理。',
] as const;
