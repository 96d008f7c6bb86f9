import type { RunId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import type { JobContext } from './context.ts';

/** A named unit of work. It reads what is due from the tables, so it can be stopped and repeated at any point. */
export interface Job<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }> {
  readonly name: string;
  /** What this execution works on, for the run's row. */
  subject(args: Arguments): string;
  run(context: JobContext, args: Arguments): Promise<Result>;
}

/**
 * Executes a job as a run: a row at the start, counts or the error at the end. Errors go on to the caller. A second
 * process on the same data waits for its turn.
 */
export async function runJob<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }>(
  base: Omit<JobContext, 'runId'>,
  job: Job<Arguments, Result>,
  args: Arguments,
): Promise<Result> {
  await using _turn = await base.lock?.take(base.signal, (pid) => {
    base.progress.step(`… waiting for process ${pid}, which is working on the same data`);
    base.log.info('Waiting for another process', { pid });
  });
  const startedAt = base.clock.now().toISOString();
  const subject = job.subject(args);
  const runId = await newRunId(base, job.name, subject, startedAt);
  const context: JobContext = { ...base, runId };
  await base.store.runs.start({ id: runId, job: job.name, subject, startedAt });
  base.log.info('Run started', { job: job.name, runId, subject });
  try {
    const result = await job.run(context, args);
    await base.store.runs.finish(runId, { state: 'finished', at: now(base), counts: result.counts });
    base.log.info('Run finished', { job: job.name, runId, ...result.counts });
    return result;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await base.store.runs.finish(runId, { state: 'failed', at: now(base), counts: {}, error: message });
    throw error;
  } finally {
    await base.evidence.finish(runId);
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

function now(base: Omit<JobContext, 'runId'>): string {
  return base.clock.now().toISOString();
}
