import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../app.ts';
import type { Config } from '../../config.ts';
import { startDemoWeb } from '../../demo/server.ts';
import { DEMO_VISITS, DEMO_WEEK } from '../../demo/week.ts';
import { type BuildResult, buildEdition } from '../../jobs/build-edition.ts';
import { type CollectResult, collect } from '../../jobs/collect.ts';
import { deliver } from '../../jobs/deliver.ts';
import { queueDeliveries } from '../../jobs/queue-mail.ts';
import type { Clock } from '../../model/clock.ts';
import { AppError } from '../../model/errors.ts';
import { counted } from '../../text/counted.ts';
import { filesText, summaryOf } from '../build-weeks.ts';
import { type CommandIo, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';
import { coverageText } from './run.ts';

interface DemoOptions {
  readonly json?: boolean;
}

/** Readers of the demo edition; their mails become files, nothing leaves the machine. */
const READERS = ['analyst@reader.example', 'zone-office@reader.example'];

/** `demo`: the whole main job on a made-up web of June 2021, over real HTTP on loopback. */
export function demoCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('demo')
    .description('make a digest of a made-up week (June 2021) from a small web served on this machine')
    .option('--json', 'print one JSON object')
    .action(async (options: DemoOptions) => {
      const started = performance.now();
      const dataDir = path.join(openDataDir(io), 'demo');
      // A demo always starts from nothing, so that it shows the same each time. Only its own folder is emptied.
      await rm(dataDir, { recursive: true, force: true });
      const clock = movableClock(DEMO_VISITS.thursday);
      const web = await startDemoWeb({ clock });
      try {
        const overrides = { clock, config: demoConfig(io, dataDir, web.port) };
        await visit(await openApp(io, overrides));
        clock.move(DEMO_VISITS.monday);
        await using app = await openApp(io, overrides);
        const end = await makeEdition(app);
        const seconds = Math.round((performance.now() - started) / 100) / 10;
        const summary = {
          ...summaryOf(end.built),
          sources: end.collected.counts,
          findings: end.findings,
          mailed: end.mailed,
          seconds,
        };
        report(io, options.json, summary, demoText(app, end, seconds));
      } finally {
        await web.close();
      }
    });
}

/** Thursday: the first look, as its own run of the program. */
async function visit(opened: App): Promise<void> {
  await using app = opened;
  const digestIds = app.digests.map((digest) => digest.id);
  const at = app.clock.now().toISOString();
  await app.store.transaction(async (tables) => {
    for (const email of READERS) await tables.recipients.add({ email, digestIds, attachPdf: true }, at);
  });
  await app.run(collect, { which: 'all' });
}

/** Monday: the second look, the edition, the mails. */
async function makeEdition(app: App): Promise<DemoEnd> {
  const [digest] = app.digests;
  if (digest === undefined) throw new AppError('DIGEST_UNKNOWN', 'demo/digests holds no digest');
  const collected = await app.run(collect, { which: 'all' });
  app.progress.phase('edition', 1);
  const built = await app.run(buildEdition, { digest, week: DEMO_WEEK, press: app.press });
  await queueDeliveries(app, built.published, app.mailing);
  const mailed = await app.run(deliver, app.mailing);
  app.progress.end();
  return { collected, built, mailed: mailed.counts, findings: await app.store.findings.count() };
}

/** The demo keeps its own database and asks nobody but the web on this machine. */
function demoConfig(io: CommandIo, dataDir: string, port: number): Partial<Config> {
  return {
    dataDir,
    databaseUrl: '',
    sourcesDir: path.join(io.baseDir, 'demo', 'sources'),
    digestsDir: path.join(io.baseDir, 'demo', 'digests'),
    vocabularyDir: path.join(io.baseDir, 'vocabulary'),
    hostMap: `*.example=127.0.0.1:${port}`,
    hostGapMs: 0,
    smtpUrl: '',
    mailFrom: 'Policy Digest <digest@demo.example>',
  };
}

interface DemoEnd {
  readonly collected: CollectResult;
  readonly built: BuildResult;
  readonly mailed: Readonly<Record<string, number>>;
  readonly findings: number;
}

function demoText(app: App, { collected, built, findings }: DemoEnd, seconds: number): string {
  const { edition, folder, week } = built.published;
  const { seen, shown, folded, leftOut, stories } = edition.counts;
  return [
    '',
    coverageText(collected),
    `Edition ${week} (${built.state}): ${counted(seen, 'document')} in ${counted(stories, 'story', 'stories')}; ${shown} shown, ${folded} folded under them, ${leftOut} left out with reasons.`,
    `${counted(findings, 'finding')} for a person to look at; ${counted(built.pages, 'page')}; ${seconds} s.`,
    '',
    filesText(path.join(app.config.archiveDir, folder)),
    `  archive   ${path.join(app.config.archiveDir, 'index.html')}`,
    `  mails     ${path.join(app.config.dataDir, 'outbox')}`,
  ].join('\n');
}

function openDataDir(io: CommandIo): string {
  return path.resolve(io.baseDir, io.env.DATA_DIR?.trim() || 'data');
}

/** A clock that stands still until it is moved: the demo lives on two mornings in June 2021. */
function movableClock(start: string): Clock & { move(to: string): void } {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    move(to) {
      at = Date.parse(to);
    },
  };
}
