import path from 'node:path';
import type { Command } from 'commander';
import type { CollectResult } from '../../jobs/collect.ts';
import { collect } from '../../jobs/collect.ts';
import { JOBS } from '../../jobs/index.ts';
import { UsageError } from '../../model/errors.ts';
import { dayOf, weekOfDay } from '../../text/calendar.ts';
import { counted } from '../../text/counted.ts';
import { buildWeeks } from '../build-weeks.ts';
import { chooseDigests, parseWeeks } from '../digests.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface RunOptions {
  readonly digest?: string[];
  readonly week?: string;
  readonly all?: boolean;
  readonly replay?: string[];
  readonly json?: boolean;
}

/** `run` (also without a name): read the sources that are due and make the week's edition; with a name: that job. */
export function runCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('run [job]', { isDefault: true })
    .description(
      'read the sources that are due, then make the edition of the current week (the default command); with the name of a job: only that one',
    )
    .addHelpText('after', `\nJobs:\n${columns(JOBS.map(({ name, help }) => [`  ${name}`, help]))}`)
    .option('-d, --digest <id...>', 'only these digests')
    .option('-w, --week <week>', 'make the edition of this week instead (2026-W47)')
    .option('-a, --all', 'read every enabled source, also those not due yet')
    .option('--replay <file...>', 'answer from these WARC files instead of the network')
    .option('--json', 'print one JSON object')
    .action(async (job: string | undefined, options: RunOptions) => {
      if (job !== undefined) return runNamed(io, openApp, job, options);
      const weeks = options.week === undefined ? undefined : parseWeeks(options.week);
      const replay = options.replay?.map((file) => path.resolve(file));
      await using app = await openApp(io, replay === undefined ? {} : { replay });
      const digests = chooseDigests(app.digests, options.digest);
      const collected = await app.run(collect, { which: options.all ? 'all' : 'due' });
      app.progress.end();
      if (!options.json) io.out.write(`${coverageText(collected)}\n`);
      const { sources = 0, answered = 0 } = collected.counts;
      if (sources > 0 && answered === 0) {
        io.exit(1);
        report(io, options.json, { coverage: coverageJson(collected), editions: [] }, NOBODY_ANSWERED);
        return;
      }
      for (const digest of digests) {
        const week = weeks ?? [weekOfDay(dayOf(app.clock.now(), digest.zone))];
        await buildWeeks(app, io, {
          digests: [digest],
          weeks: week,
          isJson: options.json,
          writer: app.writer,
          also: { coverage: coverageJson(collected) },
        });
      }
    });
}

/** @throws UsageError JOB_UNKNOWN, JOB_OPTION */
async function runNamed(io: CommandIo, openApp: OpenApp, name: string, options: RunOptions): Promise<void> {
  const job = JOBS.find((one) => one.name === name);
  if (job === undefined) {
    const known = JOBS.map((one) => one.name).join(', ');
    throw new UsageError('JOB_UNKNOWN', `there is no command and no job "${name}"; the jobs are: ${known}`);
  }
  const { json, replay, ...others } = options;
  const [foreign] = Object.keys(others);
  if (foreign !== undefined)
    throw new UsageError(
      'JOB_OPTION',
      `--${foreign} belongs to \`run\` without a job; a job takes --json and --replay`,
    );
  await using app = await openApp(
    io,
    replay === undefined ? {} : { replay: replay.map((file) => path.resolve(file)) },
  );
  const counts = await job.run(app);
  app.progress.end();
  const text = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  report(io, json, { job: name, counts }, `${name}: ${text.join(', ')}`);
}

const NOBODY_ANSWERED =
  'No source answered, so no edition was made; what is kept stays as it is.\n' +
  'Check the network, then run the same command again. `rebuild <week>` works without a network.';

/** Who was asked and what came of it, failures first. */
export function coverageText({ lines, counts }: CollectResult): string {
  const { sources = 0, answered = 0, refused = 0, failed = 0 } = counts;
  if (sources === 0) return 'Coverage: no source was due.';
  const head = `Coverage: ${counted(sources, 'source')} asked, ${answered} answered, ${refused} refused, ${failed} failed.`;
  const bad = lines.filter((line) => line.outcome !== 'answered');
  if (bad.length === 0) return head;
  return `${head}\n${columns(bad.map((line) => [`  ${line.outcome}`, line.source.id, line.detail]))}`;
}

/** The same for machines. */
export function coverageJson({ lines, counts }: CollectResult): object {
  return {
    counts,
    sources: lines.map(({ source, outcome, detail, newEntries }) => ({
      id: source.id,
      outcome,
      detail,
      newEntries,
    })),
  };
}
