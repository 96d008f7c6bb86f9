import type { SourceId } from '../model/ids.ts';
import type { JobContext } from './context.ts';
import type { PageOutcome } from './read-pages.ts';
import { addSourceStep } from './steps.ts';
import type { VisitOutcome } from './visit-source.ts';

type StepContext = Pick<JobContext, 'store' | 'clock' | 'runId'>;

/** What a source's list brought: entries that were new, and those known before. */
export function addListStep(
  context: StepContext,
  sourceId: SourceId,
  startedAt: string,
  { outcome, detail, entries, newEntries }: VisitOutcome,
): Promise<void> {
  return addSourceStep(context, {
    name: 'list',
    subject: sourceId,
    state: outcome === 'answered' ? 'finished' : 'failed',
    startedAt,
    in: entries,
    out: newEntries,
    dropped: entries === newEntries ? {} : { known: entries - newEntries },
    detail,
  });
}

/** Counts the pages of each source while they are read, in whatever order they come. */
export function countPages(context: StepContext) {
  const sources = new Map<SourceId, { startedAt: string; counts: Map<PageOutcome, number> }>();
  return {
    /** Call before a page is read; give what came of it to the function that comes back. */
    begin(sourceId: SourceId): (outcome: PageOutcome) => void {
      const source = sources.get(sourceId) ?? {
        startedAt: context.clock.now().toISOString(),
        counts: new Map<PageOutcome, number>(),
      };
      sources.set(sourceId, source);
      return (outcome) => source.counts.set(outcome, (source.counts.get(outcome) ?? 0) + 1);
    },

    /** Keeps the counts as one step for each source. */
    async keep(): Promise<void> {
      for (const [sourceId, { startedAt, counts }] of sources) {
        const {
          added = 0,
          revised = 0,
          ...dropped
        }: Partial<Record<PageOutcome, number>> = Object.fromEntries(counts);
        const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
        await addSourceStep(context, {
          name: 'read',
          subject: sourceId,
          state: 'finished',
          startedAt,
          in: all,
          out: added + revised,
          dropped,
        });
      }
    },
  };
}
