import { errorText } from '../model/errors.ts';
import type { RunState, RunStep, StepName, Tally } from '../model/run.ts';
import { unaccounted } from '../model/run.ts';
import type { JobContext } from './context.ts';

type StepContext = Pick<JobContext, 'store' | 'clock' | 'log' | 'runId'> &
  Partial<Pick<JobContext, 'progress'>>;

/**
 * Works a stage of a run and keeps when it began and ended and what became of all that went in. A stage that fails is
 * kept with its reason; the error goes on to the caller.
 */
export async function recordStep<T>(
  context: StepContext,
  { name, subject = '' }: { readonly name: StepName; readonly subject?: string },
  work: () => Promise<T> | T,
  tallyOf: (result: T) => Tally,
): Promise<T> {
  const { store, clock, log, runId } = context;
  const startedAt = clock.now().toISOString();
  log.info('Step started', { runId, step: name });
  context.progress?.stage?.(name);
  const id = await store.runSteps.start({ runId, name, subject, startedAt });
  const finish = async (state: RunState, tally: Tally, detail?: string) => {
    const finishedAt = clock.now().toISOString();
    await store.runSteps.finish(id, {
      ...tally,
      state,
      finishedAt,
      ...(detail === undefined ? {} : { detail }),
    });
    const durationMs = Date.parse(finishedAt) - Date.parse(startedAt);
    log.info('Step ended', { runId, step: name, state, durationMs, in: tally.in, out: tally.out });
  };
  try {
    const result = await work();
    const tally = tallyOf(result);
    await finish('finished', tally);
    if (unaccounted(tally) !== 0)
      log.error('Counts of a step do not add up', { runId, step: name, ...tally });
    return result;
  } catch (error) {
    const detail = errorText(error);
    // A disk that is full keeps this from being noted as well; the first error is the one to tell.
    await finish('failed', { in: 0, out: 0, dropped: {} }, detail).catch(() => undefined);
    throw error;
  }
}

/** Keeps one source's part of a stage, once it is over. */
export async function addSourceStep(
  { store, clock, runId }: Pick<StepContext, 'store' | 'clock' | 'runId'>,
  step: Omit<RunStep, 'runId' | 'finishedAt'>,
): Promise<void> {
  await store.runSteps.add({ ...step, runId, finishedAt: clock.now().toISOString() });
}
