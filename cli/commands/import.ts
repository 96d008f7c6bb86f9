import path from 'node:path';
import type { Command } from 'commander';
import { importPages } from '../../jobs/import-pages.ts';
import { counted } from '../../text/counted.ts';
import { buildWeeks } from '../build-weeks.ts';
import { chooseDigests, parseWeeks } from '../digests.ts';
import { type CommandIo, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface ImportOptions {
  readonly build?: string;
  readonly digest?: string[];
  readonly json?: boolean;
}

/** `import <path>`: saved pages through the same path as fetched ones. */
export function importCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('import <path>')
    .description('take in saved pages: a folder with manifest.json, a folder of WARC files, or one WARC file')
    .option('-b, --build <week>', 'then build this week or range of weeks (2018-W45..2019-W07)')
    .option('-d, --digest <id...>', 'with --build: only these digests')
    .option('--json', 'print one JSON object')
    .action(async (place: string, options: ImportOptions) => {
      const weeks = options.build === undefined ? [] : parseWeeks(options.build);
      await using app = await openApp(io);
      const { counts, weeksSeen } = await app.run(importPages, { path: path.resolve(place), keep: app.keep });
      app.progress.end();
      const text = [
        `Imported ${counted(counts.pages, 'page')}: ${counted(counts.added, 'document')} new, ${counts.revised} revised, ${counts.unchanged} known, ${counts.unreadable} unreadable, ${counts.skipped} skipped.`,
        weeksSeen === undefined
          ? 'No page has a publication date.'
          : `Published in weeks ${weeksSeen.first} to ${weeksSeen.last}.`,
      ];
      if (weeks.length === 0) {
        report(io, options.json, { counts, weeksSeen }, text.join('\n'));
        return;
      }
      if (!options.json) io.out.write(`${text.join('\n')}\n`);
      const digests = chooseDigests(app.digests, options.digest);
      await buildWeeks(app, io, { digests, weeks, isJson: options.json, also: { counts, weeksSeen } });
    });
}
