import type { Store } from '../db/store.ts';
import type { WorkLock } from '../db/work-lock.ts';
import type { Clock } from '../model/clock.ts';
import type { Digest } from '../model/digest.ts';
import type { Finding } from '../model/finding.ts';
import type { RunId } from '../model/ids.ts';
import type { Browser, Http } from '../model/page.ts';
import type { Source, SourceFamily } from '../model/source.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

/** Constant sentences, values in camelCase fields. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Told to whoever watches a run: a terminal, a log, nobody. */
export interface Progress {
  /** A phase with a known number of steps begins. */
  phase(name: string, total: number): void;
  /** The running phase has found `count` further steps. */
  grow(count: number): void;
  /** One step is done; `line` is shown when it is worth a line. */
  step(line?: string): void;
  /** What a step with no count of its own is at: `render`. */
  stage?(name: string): void;
  /** Nothing more will come: a bar that stands below the lines is taken away. */
  end(): void;
}

export const noProgress: Progress = {
  phase: () => undefined,
  grow: () => undefined,
  step: () => undefined,
  end: () => undefined,
};

/** What the program knows from its files. */
export interface Knowledge {
  readonly sources: readonly Source[];
  readonly families: readonly SourceFamily[];
  readonly digests: readonly Digest[];
  readonly vocabulary: Vocabulary;
}

/** Where fetched pages are kept. */
export interface Evidence {
  /** The folder of the WARC files. Absolute. */
  readonly folder: string;
  /** Ends the files of a run. */
  finish(runId: RunId): Promise<void>;
}

/** What a job works with. Only jobs see it; stages get values. */
export interface JobContext extends Knowledge {
  readonly store: Store;
  readonly http: Http;
  readonly browser: Browser;
  readonly evidence: Evidence;
  /** Held for the time of a run, where several processes share a data folder. */
  readonly lock?: WorkLock;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly runId: RunId;
}

/** Notes a finding with the run's own id and time. */
export async function noteFinding(
  context: Pick<JobContext, 'store' | 'clock' | 'runId' | 'log'>,
  finding: Omit<Finding, 'at' | 'runId'>,
): Promise<void> {
  await context.store.findings.add({
    ...finding,
    runId: context.runId,
    at: context.clock.now().toISOString(),
  });
  context.log.warn('Finding noted', {
    code: finding.code,
    sourceId: finding.sourceId,
    url: finding.url,
    seen: finding.seen,
  });
}
