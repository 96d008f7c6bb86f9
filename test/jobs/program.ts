// The collect job with all that is real but the sources: network client, files, database.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { silentLog } from '../../cli/log.ts';
import { openStore } from '../../db/store.ts';
import { type JobContext, noProgress } from '../../jobs/context.ts';
import type { Clock } from '../../model/clock.ts';
import type { SourceId } from '../../model/ids.ts';
import type { FetchResult, Http } from '../../model/page.ts';
import type { Source, SourceFamily } from '../../model/source.ts';
import { createAddressGuard, type Resolve } from '../../net/address-guard.ts';
import type { NetLimits } from '../../net/ask.ts';
import type { Keep } from '../../net/exchange.ts';
import { parseHostMap } from '../../net/host-map.ts';
import { createHttp } from '../../net/http.ts';
import { createPoliteness } from '../../net/politeness.ts';
import { createWarcWriter, type WarcWriter } from '../../net/warc.ts';
import { VOCABULARY } from '../pipeline/vocabulary.ts';

export type Base = Omit<JobContext, 'runId'>;

export interface ProgramOptions {
  readonly sources: readonly Source[];
  readonly clock: Clock;
  readonly families?: readonly SourceFamily[];
  /** `NET_HOST_MAP`. */
  readonly hostMap?: string;
  readonly resolve?: Resolve;
  readonly limits?: Partial<NetLimits>;
  readonly gapMs?: number;
  /** In place of the network. */
  readonly http?: Http;
}

export interface Program {
  readonly base: Base;
  readonly warc: WarcWriter;
  readonly keep: Keep;
}

/** Everything a run needs, in a folder that goes with the test. */
export async function openProgram(t: TestContext, options: ProgramOptions): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'policy-digest-jobs-'));
  const store = await openStore('', folder);
  const { clock, sources } = options;
  const snapshots = join(folder, 'snapshots');
  const warc = createWarcWriter({ folder: snapshots, clock, known: store.snapshots.holding });
  const keep: Keep = async (exchange) => {
    const snapshot = await warc.keep(exchange);
    await store.snapshots.add(snapshot);
    return snapshot;
  };
  const network = createHttp({
    clock,
    keep,
    userAgent: 'PolicyDigest/0.1',
    guard: createAddressGuard(options.resolve === undefined ? {} : { resolve: options.resolve }),
    hostMap: parseHostMap(options.hostMap ?? ''),
    politeness: createPoliteness({ gapMs: options.gapMs ?? 0, total: 32 }),
    backOffMs: 1,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  t.after(async () => {
    await network.close();
    await warc.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const none = async (): Promise<FetchResult> => {
    throw new Error('no test here needs a browser');
  };
  const base = {
    sources,
    families: options.families ?? [],
    digests: [],
    vocabulary: VOCABULARY,
    store,
    http: options.http ?? network,
    browser: { fetch: none },
    evidence: { folder: snapshots, finish: warc.finish },
    clock,
    log: silentLog,
    progress: noProgress,
    signal: new AbortController().signal,
  };
  return { base, warc, keep };
}

/** A source whose list is `<ul><li><a>`, at `/` of a host. */
export function listSource(id: string, url: string, more: Partial<Source> = {}): Source {
  return {
    id: id as SourceId,
    name: id,
    nameEn: id,
    publisher: id,
    country: 'CN',
    lang: 'zh-CN',
    zone: 'Asia/Shanghai',
    trust: 'government',
    enabled: true,
    url,
    scrape: { kind: 'listing', list: { item: 'ul li', title: ['a'], link: ['a'], date: ['span'] } },
    article: {},
    everyMinutes: 240,
    expect: { minEntries: 1, maxAgeDays: 60 },
    evidence: [],
    ...more,
  };
}
