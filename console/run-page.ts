import type { Store } from '../db/store.ts';
import type { Clock } from '../model/clock.ts';
import type { RunId } from '../model/ids.ts';
import { type Run, type RunStep, unaccounted } from '../model/run.ts';
import type { Source } from '../model/source.ts';
import { minuteOf } from '../text/calendar.ts';
import { durationText } from '../text/duration.ts';
import { type Pages, sayFault } from './server.ts';
import type { View } from './views.ts';

export interface RunPageInput {
  readonly store: Store;
  readonly sources: readonly Pick<Source, 'id' | 'name'>[];
  readonly clock: Clock;
  readonly view: View;
}

/** `/runs/<id>`: the steps of a run against its time, and what became of all that went in. */
export function runPage({ store, sources, clock, view }: RunPageInput): Pages {
  const names = new Map<string, string>(sources.map(({ id, name }) => [id, name]));
  return (server) => {
    server.get<{ Params: { id: string } }>('/runs/:id', async (request, reply) => {
      const [run] = await store.runs.byIdStart(request.params.id);
      if (run?.id !== request.params.id) return sayFault(request, reply, 404, 'There is no such run.');
      const steps = await store.runSteps.ofRun(run.id as RunId);
      const now = clock.now().toISOString();
      return reply.type('text/html; charset=utf-8').send(view(pageOf(run, steps, names, now)));
    });
  };
}

function pageOf(run: Run, steps: readonly RunStep[], names: ReadonlyMap<string, string>, now: string) {
  const start = Date.parse(run.startedAt);
  const end = Date.parse(run.finishedAt ?? now);
  const shareOf = (ms: number) =>
    Math.min(100, Math.max(0, (ms / Math.max(1, end - start)) * 100)).toFixed(2);
  return {
    job: run.job,
    subject: run.subject,
    state: run.state,
    isBad: isBad(run),
    id: run.id,
    started: minuteOf(run.startedAt, 'UTC'),
    took: durationText(end - start),
    error: run.error ?? '',
    counts: countsText(run.counts),
    steps: steps.map((step) => {
      const [from, to] = [Date.parse(step.startedAt), Date.parse(step.finishedAt ?? now)];
      return {
        name: step.name,
        isOfSource: step.name === 'list' || step.name === 'read',
        subject: step.subject === run.subject ? '' : (names.get(step.subject) ?? step.subject),
        isBad: isBad(step),
        state: step.state,
        took: durationText(to - from),
        from: shareOf(from - start),
        width: shareOf(to - from),
        counts: step.state === 'running' ? '' : `${step.in} → ${step.out}`,
        rest: restText(step),
      };
    }),
  };
}

function isBad({ state }: Pick<Run, 'state'>): boolean {
  return state === 'failed' || state === 'abandoned';
}

function restText(step: RunStep): string {
  const missing = step.state === 'finished' ? unaccounted(step) : 0;
  return [step.detail ?? '', countsText(step.dropped), missing === 0 ? '' : `${missing} not accounted for`]
    .filter((part) => part !== '')
    .join('; ');
}

function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}
