import type { DuePage } from '../db/entries.ts';
import type { SourceState } from '../db/source-states.ts';
import type { SourceId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import { hostOf } from '../text/urls.ts';
import { type Choice, chooseSources } from './choose-sources.ts';
import { type JobContext, noteFinding } from './context.ts';
import { inLanes } from './lanes.ts';
import { type PageCounts, readPage } from './read-pages.ts';
import { restingHosts } from './resting-hosts.ts';
import type { Job } from './run.ts';
import { recoverSnapshots } from './snapshots-recover.ts';
import { silenceOf } from './source-rhythm.ts';
import { addListStep, countPages } from './source-steps.ts';
import { recordStep } from './steps.ts';
import { visitSource } from './visit-source.ts';

export interface SourceLine {
  readonly source: Source;
  readonly outcome: 'answered' | 'refused' | 'failed';
  readonly detail: string;
  readonly newEntries: number;
}

export interface CollectResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly SourceLine[];
}

type Task = { readonly source: Source } | { readonly page: DuePage };

/** Addresses held at once; what is due beyond that is asked for right after. */
const BATCH = 20_000;
const MARKS = { answered: '✓', refused: '⊘', failed: '✗' } as const;

/**
 * Visits sources and reads the pages of what they listed. Hosts go side by side, one host never against itself. The
 * pages of a list that lie on its own host follow at once; pages elsewhere wait until all lists are read, so that a page
 * that several sources list always belongs to the same one.
 */
export const collect: Job<Choice, CollectResult> = {
  name: 'collect',
  timeLimitMinutes: 120,
  subject: ({ which }) => `${which} sources`,
  async run(context, choice) {
    await recoverSnapshots(context, 'newest');
    const states = await context.store.sourceStates.all();
    const chosen = chooseSources(context.sources, states, choice, context.clock.now().toISOString());
    return recordStep(
      context,
      { name: 'fetch' },
      () => readSources(context, chosen, states),
      ({ counts: { answered = 0, refused = 0, failed = 0 } }) => ({
        in: chosen.length,
        out: answered,
        dropped: { refused, failed },
      }),
    );
  },
};

async function readSources(
  context: JobContext,
  chosen: readonly Source[],
  states: ReadonlyMap<SourceId, SourceState>,
): Promise<CollectResult> {
  const { store, progress, signal, clock } = context;
  const polite: JobContext = { ...context, http: restingHosts(context.http) };
  const sources = new Map(context.sources.map((source) => [source.id, source]));
  const lines: SourceLine[] = [];
  const counts = { added: 0, revised: 0, unchanged: 0, unreadable: 0, notRead: 0 };
  const pages = countPages(context);
  const taken = new Set<string>();

  const duePages = async (sourceId?: SourceId): Promise<{ page: DuePage }[]> => {
    // The time has gone on since the run began: what a list has just shown is due now.
    const due = await store.entries.duePages(clock.now().toISOString(), BATCH, sourceId);
    return due.filter((page) => !taken.has(page.id)).map((page) => ({ page }));
  };
  const take = (tasks: readonly { page: DuePage }[]) => {
    for (const { page } of tasks) taken.add(page.id);
    return tasks;
  };
  const isAtHome = ({ page }: { page: DuePage }) =>
    hostOf(page.url) === hostOf(sources.get(page.sourceId)?.url ?? '');
  const work = async (task: Task, add: (tasks: readonly Task[]) => void): Promise<void> => {
    if (signal.aborted) return;
    if ('source' in task) {
      const startedAt = clock.now().toISOString();
      const visit = await visitSource(polite, task.source, states.get(task.source.id));
      await addListStep(context, task.source.id, startedAt, visit);
      lines.push({ source: task.source, ...visit });
      progress.step(`${MARKS[visit.outcome]} ${task.source.name}: ${visit.detail}`);
      const found = take((await duePages(task.source.id)).filter(isAtHome));
      progress.grow(found.length);
      add(found);
    } else {
      const listed = await store.entries.byId(task.page.id);
      if (listed === undefined) return;
      const end = pages.begin(task.page.sourceId);
      const outcome = await readPage(polite, sources.get(task.page.sourceId), listed);
      end(outcome);
      counts[outcome] += 1;
      progress.step();
    }
  };
  const keyOf = (task: Task) => hostOf('source' in task ? task.source.url : task.page.url);

  try {
    const left = take((await duePages()).filter(isAtHome));
    progress.phase('sources and their pages', chosen.length + left.length);
    await inLanes<Task>([...chosen.map((source) => ({ source })), ...left], keyOf, work);
    for (let due = await duePages(); due.length > 0 && !signal.aborted; due = await duePages()) {
      progress.phase('pages elsewhere', due.length);
      await inLanes<Task>(take(due), keyOf, work);
    }
    signal.throwIfAborted();
  } finally {
    await pages.keep();
  }
  await noteSilence(context, lines);
  lines.sort((one, other) => (one.source.id < other.source.id ? -1 : 1));
  return { counts: { ...countOutcomes(lines), ...(counts satisfies PageCounts) }, lines };
}

/** Asked once its pages are read: a list that answers as ever may have stood still. */
async function noteSilence(context: JobContext, lines: readonly SourceLine[]): Promise<void> {
  const calendar = context.vocabulary.lexicon.holidays;
  for (const { source, outcome } of lines) {
    if (outcome !== 'answered') continue;
    const silent = await silenceOf(context.store, source, context.clock.now().toISOString(), calendar);
    if (silent === undefined) continue;
    const { usualDays, limitDays, lastOn } = silent;
    await noteFinding(context, {
      code: 'SOURCE_SILENT',
      sourceId: source.id,
      url: source.url,
      expected: `something new within ${limitDays} working days; usually every ${usualDays}`,
      seen: `nothing since ${lastOn}`,
    });
  }
}

function countOutcomes(lines: readonly SourceLine[]): Record<string, number> {
  const count = (outcome: SourceLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  return {
    sources: lines.length,
    answered: count('answered'),
    refused: count('refused'),
    failed: count('failed'),
    newEntries: lines.reduce((sum, line) => sum + line.newEntries, 0),
  };
}
