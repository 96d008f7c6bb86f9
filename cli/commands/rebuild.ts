import type { Command } from 'commander';
import { buildWeeks } from '../build-weeks.ts';
import { chooseDigests, parseWeeks } from '../digests.ts';
import type { CommandIo } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface RebuildOptions {
  readonly digest?: string[];
  readonly json?: boolean;
}

/** `rebuild <week>`: a week again from what is kept, without the network and without mailing anybody. */
export function rebuildCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('rebuild <week>')
    .description(
      'make the edition of a week (2026-W47) or of weeks (2018-W45..2019-W07) again from kept data; mails nobody',
    )
    .option('-d, --digest <id...>', 'only these digests')
    .option('--json', 'print one JSON object')
    .action(async (week: string, options: RebuildOptions) => {
      const weeks = parseWeeks(week);
      await using app = await openApp(io);
      await buildWeeks(app, io, {
        digests: chooseDigests(app.digests, options.digest),
        weeks,
        isJson: options.json,
      });
    });
}
