import type { WorkLane } from '../db/work-lock.ts';
import { AppError, errorText } from '../model/errors.ts';
import type { RunId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import type { JobContext } from './context.ts';
import { faultOf } from './machine-faults.ts';

/** A named unit of work. It reads what is due from the tables, so it can be stopped and repeated at any point. */
export interface Job<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }> {
  readonly name: string;
  /** A run that takes longer is stopped and fails. @default 60 */
  readonly timeLimitMinutes?: number;
  /** `mail` goes on beside other work of this process. @default 'work' */
  readonly lane?: WorkLane;
  /** What this execution works on, for the run's row. */
  subject(args: Arguments): string;
  run(context: JobContext, args: Arguments): Promise<Result>;
}

const DEFAULT_LIMIT_MINUTES = 60;
/** Work that is told to stop has this long to stand still before its run ends without it. */
const STANDSTILL_MS = 15_000;

/**
 * Executes a job as a run: a row at the start, counts or the error at the end. Errors go on to the caller. A second
 * process on the same data waits for its turn, and a second job of one lane in this process.
 * @throws AppError RUN_OVER_TIME, DISK_FULL, DATABASE_DAMAGED, or what the job throws
 */
export async function runJob<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }>(
  base: Omit<JobContext, 'runId'>,
  job: Job<Arguments, Result>,
  args: Arguments,
): Promise<Result> {
  await using _turn = await base.lock?.take(job.lane ?? 'work', base.signal, (pid) => {
    base.progress.step(`… waiting for process ${pid}, which is working on the same data`);
    base.log.info('Waiting for another process', { pid });
  });
  const { store, log } = base;
  const startedAt = now(base);
  const subject = job.subject(args);
  const runId = await newRunId(base, job.name, subject, startedAt);
  await store.runs.start({ id: runId, job: job.name, subject, startedAt });
  log.info('Run started', { job: job.name, runId, subject });
  using limit = timeLimit(job, subject);
  const context: JobContext = { ...base, signal: AbortSignal.any([base.signal, limit.signal]), runId };
  try {
    const result = await untilStandstill(job.run(context, args), limit.signal);
    limit.signal.throwIfAborted();
    await store.runs.finish(runId, { state: 'finished', at: now(base), counts: result.counts });
    log.info('Run finished', { job: job.name, runId, durationMs: took(base, startedAt), ...result.counts });
    return result;
  } catch (thrown) {
    const error = limit.signal.aborted ? limit.signal.reason : faultOf(thrown);
    const state = base.signal.aborted ? 'abandoned' : 'failed';
    const message = base.signal.aborted ? 'stopped before its end; what was done is kept' : errorText(error);
    await store.runs
      .finish(runId, { state, at: now(base), counts: {}, error: message })
      .catch((second: unknown) =>
        // The disk or database that failed the run also keeps its end from being noted.
        log.error('End of a run not noted', { runId, error: errorText(second) }),
      );
    log.info(state === 'failed' ? 'Run failed' : 'Run stopped', {
      job: job.name,
      runId,
      durationMs: took(base, startedAt),
    });
    throw error;
  } finally {
    await base.evidence.finish(runId);
  }
}

/** Aborts when the time of the job is over; disposing ends the wait. */
function timeLimit(
  { name, timeLimitMinutes = DEFAULT_LIMIT_MINUTES }: Pick<Job<never, never>, 'name' | 'timeLimitMinutes'>,
  subject: string,
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(
      new AppError(
        'RUN_OVER_TIME',
        `${name} ${subject}: stopped after its limit of ${timeLimitMinutes} minutes; what was done is kept`,
        { retryable: true },
      ),
    );
  }, timeLimitMinutes * 60_000);
  return { signal: controller.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

/** The outcome of the work; after `limit` the work has a while to stand still, then its run goes on without it. */
async function untilStandstill<T>(work: Promise<T>, limit: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => {
      timer = setTimeout(() => reject(limit.reason), STANDSTILL_MS);
    });
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Readable and unique: two runs of one job in the same instant (a fixed clock) are numbered apart. */
async function newRunId(
  base: Omit<JobContext, 'runId'>,
  name: string,
  subject: string,
  startedAt: string,
): Promise<RunId> {
  const stamp = startedAt.replace(/[-:.]/g, '');
  const before = await base.store.runs.countAt(name, startedAt);
  return `${stamp}-${name}-${idFrom(subject, String(before)).slice(0, 6)}` as RunId;
}

function took(base: Pick<JobContext, 'clock'>, since: string): number {
  return base.clock.now().getTime() - Date.parse(since);
}

function now(base: Pick<JobContext, 'clock'>): string {
  return base.clock.now().toISOString();
}
