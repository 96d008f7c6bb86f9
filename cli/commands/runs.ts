import { type Command, Option } from 'commander';
import type { App } from '../../app.ts';
import { UsageError } from '../../model/errors.ts';
import type { Run, RunState } from '../../model/run.ts';
import { minuteOf } from '../../text/calendar.ts';
import { durationText } from '../../text/duration.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';
import { waterfall } from '../waterfall.ts';

interface ListOptions {
  readonly job?: string;
  readonly state?: RunState;
  readonly limit: string;
  readonly json?: boolean;
}

/** `runs list` and `runs show <id>`: what the program did, when, and what became of all that went in. */
export function runsCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const runs = program.command('runs').description('what ran, when and with what outcome');
  runs
    .command('list')
    .description('the newest runs')
    .option('-j, --job <name>', 'only runs of this job (edition, collect, build, deliver, maintenance, …)')
    .addOption(
      new Option('-s, --state <state>', 'only runs in this state').choices([
        'running',
        'finished',
        'failed',
        'abandoned',
      ]),
    )
    .option('-n, --limit <count>', 'at most so many', '20')
    .option('--json', 'print one JSON object')
    .action(async (options: ListOptions) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1)
        throw new UsageError('COUNT_INVALID', `--limit ${options.limit}: give a whole number of at least 1`);
      await using app = await openApp(io);
      await closeLeftRuns(app);
      const { job, state } = options;
      const found = await app.store.runs.list({
        limit,
        ...(job === undefined ? {} : { job }),
        ...(state === undefined ? {} : { state }),
      });
      const now = app.clock.now().toISOString();
      report(
        io,
        options.json,
        { runs: found },
        found.length === 0 ? 'No run on record.' : listText(found, now),
      );
    });
  runs
    .command('show <id>')
    .description(
      'the steps of a run against its time; the beginning of its id is enough, `last` is the newest',
    )
    .option('-a, --all', 'every source, in place of those that failed and the slowest')
    .option('--json', 'print one JSON object')
    .action(async (id: string, options: { all?: boolean; json?: boolean }) => {
      await using app = await openApp(io);
      await closeLeftRuns(app);
      const run = await oneRun(app.store.runs, id);
      const steps = await app.store.runSteps.ofRun(run.id);
      const names = new Map<string, string>(app.sources.map((source) => [source.id, source.name]));
      const now = app.clock.now().toISOString();
      const drawing = {
        nameOf: (sourceId: string) => names.get(sourceId) ?? sourceId,
        isAll: options.all ?? false,
        now,
      };
      const body = steps.length === 0 ? 'No steps on record.' : waterfall(run, steps, drawing);
      report(io, options.json, { run, steps }, `${headText(run, now)}\n\n${body}`);
    });
}

/** A turn in which nothing is done: where nobody works, no run is under way, and none is to be shown so. */
async function closeLeftRuns({ lock }: Pick<App, 'lock'>): Promise<void> {
  await using _turn = await lock.takeIfFree('work');
}

/** @throws UsageError RUN_UNKNOWN */
async function oneRun(
  runs: { latest(limit: number): Promise<Run[]>; byIdStart(start: string): Promise<Run[]> },
  id: string,
): Promise<Run> {
  const [run, other] = id === 'last' ? await runs.latest(1) : await runs.byIdStart(id);
  if (run === undefined)
    throw new UsageError(
      'RUN_UNKNOWN',
      `no run has an id that begins with "${id}"; \`runs list\` shows them`,
    );
  if (other !== undefined)
    throw new UsageError(
      'RUN_UNKNOWN',
      `several runs begin with "${id}", ${run.id} and ${other.id} among them; give more of it`,
    );
  return run;
}

function listText(runs: readonly Run[], now: string): string {
  const rows = runs.map((run) => [
    minuteOf(run.startedAt, 'UTC'),
    run.state,
    run.job,
    run.subject,
    durationText(tookMs(run, now)),
    run.id,
    run.error === undefined ? countsText(run) : firstLine(run.error),
  ]);
  return columns([['started (UTC)', 'state', 'job', 'on', 'took', 'id', 'outcome'], ...rows]);
}

function headText(run: Run, now: string): string {
  const end = run.finishedAt === undefined ? 'still running' : `took ${durationText(tookMs(run, now))}`;
  return [
    `${run.job} ${run.subject}: ${run.state}`,
    `${run.id}, started ${minuteOf(run.startedAt, 'UTC')} UTC, ${end}`,
    ...(run.error === undefined ? [] : [run.error]),
    ...(Object.keys(run.counts).length === 0 ? [] : [countsText(run)]),
  ].join('\n');
}

function countsText({ counts }: Run): string {
  return Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

function tookMs(run: Run, now: string): number {
  return Date.parse(run.finishedAt ?? now) - Date.parse(run.startedAt);
}
