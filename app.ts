import path from 'node:path';
import { readCatalogue } from './catalogue.ts';
import type { Config } from './config.ts';
import { createServiceLock, type ServiceLock } from './db/service-lock.ts';
import { openStore, type Store } from './db/store.ts';
import { createWorkLock, type WorkLock } from './db/work-lock.ts';
import type { JobContext } from './jobs/context.ts';
import { type Evidence, type Log, noProgress, type Progress } from './jobs/context.ts';
import type { EditionPress } from './jobs/edition-files.ts';
import type { Mailing } from './jobs/mailing.ts';
import type { Upkeep } from './jobs/maintain.ts';
import type { ReturnedMailboxes } from './jobs/read-bounces.ts';
import { type Job, runJob } from './jobs/run.ts';
import { faultOfCron } from './jobs/schedule.ts';
import type { Watch } from './jobs/tell-operator.ts';
import { createFolderMailbox } from './mail/bounces/folder-mailbox.ts';
import { createImapMailbox } from './mail/bounces/imap-mailbox.ts';
import { type Clock, systemClock } from './model/clock.ts';
import type { Digest } from './model/digest.ts';
import { configError } from './model/errors.ts';
import type { Browser, Http } from './model/page.ts';
import type { Writer } from './model/writer.ts';
import { createAddressGuard } from './net/address-guard.ts';
import { createBrowser } from './net/browser.ts';
import { type Chromium, findChromium } from './net/chromium.ts';
import type { Keep } from './net/exchange.ts';
import { parseHostMap } from './net/host-map.ts';
import { createHttp } from './net/http.ts';
import { createPoliteness } from './net/politeness.ts';
import { createReplay } from './net/replay.ts';
import { createWarcWriter } from './net/warc.ts';
import { createWriter } from './net/writer.ts';
import { openMailing, openReaderKeys } from './open-mailing.ts';
import type { LinkKey } from './text/reader-tokens.ts';

/** The version told to hosts, in manifests and on the command line. */
export const VERSION = '0.1.0';

export interface AppOptions {
  readonly config: Config;
  /** Where templates, fonts and caches lie. */
  readonly baseDir: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly progress?: Progress;
  readonly clock?: Clock;
  /** Answer from these WARC files instead of the network. */
  readonly replay?: readonly string[];
}

/** Every part of the program, built once; `await using` closes it in reverse. */
export interface App extends Omit<JobContext, 'runId'>, AsyncDisposable {
  readonly config: Config;
  readonly lock: WorkLock;
  readonly serviceLock: ServiceLock;
  readonly keep: Keep;
  readonly press: EditionPress;
  /** Editions made to be looked at before they are published. */
  readonly draftsDir: string;
  readonly mailing: Mailing;
  /** Absent without WRITER_URL. */
  readonly writer?: Writer;
  readonly watch: Watch;
  readonly upkeep: Upkeep;
  /** Absent where no mailbox for returned mail is set. */
  readonly returnedMail?: ReturnedMailboxes;
  /** What readers' links are made of; absent without PUBLIC_URL. */
  readonly linkKey: LinkKey | undefined;
  run<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }>(
    job: Job<Arguments, Result>,
    args: Arguments,
  ): Promise<Result>;
}

/**
 * The only place where parts meet their settings.
 * @throws ConfigError for files and variables that cannot be used, AppError DATABASE_UNUSABLE
 */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, baseDir, log, signal, clock = systemClock, progress = noProgress } = options;
  const catalogue = await readCatalogue(config);
  refuseUnusableHours(catalogue.digests);
  const hostMap = parseHostMap(config.hostMap);
  const readerKeys = await openReaderKeys(config);
  // Closes what is open already when a later part cannot be built.
  await using building = new AsyncDisposableStack();
  const mailing = await openMailing(config, path.join(baseDir, 'templates'), readerKeys);
  building.defer(() => mailing.transport.close());
  const store = await openStore(config.databaseUrl, config.dataDir);
  building.defer(() => store.close());
  const outside = openOutside({ ...options, clock, hostMap, store });
  building.defer(() => outside.close());
  const { writerUrl, writerModel: model, writerKey: key } = config;
  const writer = writerUrl === '' ? undefined : createWriter({ url: writerUrl, model, key });
  building.defer(async () => writer?.close());
  const closeLeftRuns = async () => {
    const count = await store.runs.abandonOpen();
    if (count > 0) log.warn('Runs of a process that is gone closed', { count });
  };
  const context = {
    ...catalogue,
    store,
    http: outside.http,
    browser: outside.browser,
    evidence: outside.evidence,
    lock: createWorkLock(config.dataDir, closeLeftRuns),
    clock,
    log,
    progress,
    signal,
  };
  const parts = {
    ...context,
    config,
    serviceLock: createServiceLock(config.dataDir),
    keep: outside.keep,
    press: {
      templatesDir: path.join(baseDir, 'templates'),
      archiveDir: config.archiveDir,
      archiveUrl: config.archiveUrl,
      version: VERSION,
      chromium: outside.chromium,
    },
    draftsDir: path.join(config.dataDir, 'drafts'),
    mailing,
    ...(writer === undefined ? {} : { writer }),
    watch: {
      operatorMail: config.operatorMail,
      lateMinutes: config.lateMinutes,
      sourcesFailingPercent: config.sourcesFailingPercent,
      tellAllWell: config.operatorAllWell,
      mailsCanBeLeft:
        config.smtpUrl === '' || mailing.linkKey !== undefined || mailing.leaveByMail !== undefined,
      folders: [config.dataDir, config.archiveDir],
      logged: new Set<string>(),
    },
    upkeep: { backupDir: config.backupDir, backupKeep: config.backupKeep },
    ...returnedMailOf(config, baseDir, readerKeys.readerKey),
    linkKey: readerKeys.linkKey,
  };
  const open = building.move();
  return {
    ...parts,
    run: (job, args) => runJob(context, job, args),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** One hour that never comes would keep every digest from its own. @throws ConfigError DIGESTS_INVALID */
function refuseUnusableHours(digests: readonly Digest[]): void {
  const faults = digests.flatMap(({ id, cron, zone }) => {
    const reason = faultOfCron(cron, zone);
    return reason === undefined ? [] : [{ file: `digests/${id}.yml`, key: 'cron', reason }];
  });
  if (faults.length > 0) throw configError('DIGESTS_INVALID', 'These digests cannot be used:', faults);
}

function returnedMailOf(
  { bounceDir, bounceImapUrl }: Config,
  baseDir: string,
  readerKey: Uint8Array | undefined,
): { readonly returnedMail?: ReturnedMailboxes } {
  const makers = [
    ...(bounceDir === '' ? [] : [() => createFolderMailbox(path.resolve(baseDir, bounceDir))]),
    ...(bounceImapUrl === '' ? [] : [() => createImapMailbox(bounceImapUrl)]),
  ];
  if (makers.length === 0 || readerKey === undefined) return {};
  const open = () => makers.map((make) => make());
  return {
    returnedMail: {
      names: open()
        .map(({ name }) => name)
        .join(' and '),
      readerKey,
      open,
    },
  };
}

interface Outside {
  readonly http: Http;
  readonly browser: Browser;
  readonly keep: Keep;
  readonly evidence: Evidence;
  readonly chromium: () => Promise<Chromium>;
  close(): Promise<void>;
}

/** The world beyond this machine: the network and a browser, or WARC files in their place. */
function openOutside(
  options: AppOptions & {
    readonly clock: Clock;
    readonly hostMap: ReturnType<typeof parseHostMap>;
    readonly store: Store;
  },
): Outside {
  const { config, baseDir, clock, hostMap, store } = options;
  const folder = path.join(config.dataDir, 'snapshots');
  const warc = createWarcWriter({
    folder,
    clock,
    software: `policy-digest/${VERSION}`,
    known: (finalUrl, contentHash) => store.snapshots.holding(finalUrl, contentHash),
  });
  const evidence: Evidence = { folder, finish: (runId) => warc.finish(runId) };
  const keep: Keep = async (exchange) => {
    const snapshot = await warc.keep(exchange);
    await store.snapshots.add(snapshot);
    return snapshot;
  };
  let found: Promise<Chromium> | undefined;
  const chromium = () => {
    found ??= findChromium({
      setting: config.chromiumPath,
      cacheFolder: path.join(baseDir, '.cache', 'chromium'),
    });
    // Looked for again the next time: somebody may have installed one meanwhile.
    found.catch(() => {
      found = undefined;
    });
    return found;
  };
  if (options.replay !== undefined) {
    const replay = createReplay({ folder: '/', files: options.replay });
    return { http: replay, browser: replay, keep, evidence, chromium, close: () => warc.close() };
  }
  const guard = createAddressGuard({ allowLoopback: config.allowLoopback });
  const userAgent = userAgentOf(config.contact);
  const common = { clock, keep, userAgent, guard, hostMap, limits: { wholeMs: config.requestTimeoutMs } };
  const total = config.fetchConcurrency;
  const http = createHttp({ ...common, politeness: createPoliteness({ gapMs: config.hostGapMs, total }) });
  // What one page loads is one visit: its scripts and data come without a pause between them.
  const resources = createHttp({ ...common, politeness: createPoliteness({ gapMs: 0, perHost: 4, total }) });
  const browser = createBrowser({ chromium, clock, keep, userAgent, http, resources });
  return {
    http,
    browser,
    keep,
    evidence,
    chromium,
    async close() {
      await browser.close();
      await resources.close();
      await http.close();
      await warc.close();
    },
  };
}

/** Says who we are and how to reach us; never pretends to be a browser. */
function userAgentOf(contact: string): string {
  return `PolicyDigest/${VERSION}${contact === '' ? '' : ` (+${contact})`}`;
}
