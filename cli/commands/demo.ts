import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { startDemoWeb } from '../../demo/server.ts';
import { DEMO_VISITS, DEMO_WEEK } from '../../demo/week.ts';
import { type BuildResult, buildEdition } from '../../jobs/build-edition.ts';
import { type CollectResult, collect } from '../../jobs/collect.ts';
import { deliver, queueDeliveries } from '../../jobs/deliver.ts';
import type { Clock } from '../../model/clock.ts';
import { AppError } from '../../model/errors.ts';
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
        await using app = await openApp(io, {
          clock,
          config: {
            dataDir,
            databaseUrl: '',
            sourcesDir: path.join(io.baseDir, 'demo', 'sources'),
            digestsDir: path.join(io.baseDir, 'demo', 'digests'),
            hostMap: `*.example=127.0.0.1:${web.port}`,
            hostGapMs: 0,
            smtpUrl: '',
          },
        });
        const [digest] = app.digests;
        if (digest === undefined) throw new AppError('DIGEST_UNKNOWN', 'demo/digests holds no digest');
        const at = clock.now().toISOString();
        await app.store.transaction(async (tables) => {
          for (const email of READERS)
            await tables.recipients.add({ email, digestIds: [digest.id], attachPdf: true }, at);
        });
        await app.run(collect, { which: 'all' });
        clock.move(DEMO_VISITS.monday);
        const collected = await app.run(collect, { which: 'all' });
        app.progress.phase('edition', 1);
        const built = await app.run(buildEdition, { digest, week: DEMO_WEEK, press: app.press });
        await queueDeliveries(app, built.published, app.mailing.from);
        const mailed = await app.run(deliver, app.mailing);
        app.progress.end();
        const seconds = Math.round((performance.now() - started) / 100) / 10;
        const findings = await app.store.findings.count();
        const summary = {
          ...summaryOf(built),
          sources: collected.counts,
          findings,
          mailed: mailed.counts,
          seconds,
        };
        const folder = path.join(app.config.archiveDir, built.published.folder);
        report(
          io,
          options.json,
          summary,
          demoText({ collected, built, findings, folder, seconds, outbox: path.join(dataDir, 'outbox') }),
        );
      } finally {
        await web.close();
      }
    });
}

interface DemoEnd {
  readonly collected: CollectResult;
  readonly built: BuildResult;
  readonly findings: number;
  readonly folder: string;
  readonly outbox: string;
  readonly seconds: number;
}

function demoText({ collected, built, findings, folder, outbox, seconds }: DemoEnd): string {
  const { seen, shown, folded, leftOut, stories } = built.published.edition.counts;
  return [
    '',
    coverageText(collected),
    `Edition ${built.published.week} (${built.state}): ${seen} documents in ${stories} stories; ${shown} shown, ${folded} folded under them, ${leftOut} left out with reasons; ${findings} findings; ${built.pages} pages; ${seconds} s.`,
    '',
    filesText(folder),
    `  mails     ${outbox}`,
    `  archive   ${path.join(path.resolve(folder, '..', '..', '..'), 'index.html')}`,
  ].join('\n');
}

function openDataDir(io: CommandIo): string {
  return path.resolve(io.baseDir, io.env['DATA_DIR']?.trim() || 'data');
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
