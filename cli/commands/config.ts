import type { Command } from 'commander';
import { describeConfig, loadConfig } from '../../config.ts';
import { type CommandIo, columns, report } from '../io.ts';

/** `config`: the settings in force. */
export function configCommand(program: Command, io: CommandIo): void {
  program
    .command('config')
    .description('show every setting with the value in force; secrets print as ***')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) => {
      const rows = describeConfig(loadConfig(io.env, io.baseDir));
      const text = columns(rows.map((row) => [row.variable, row.value === '' ? '–' : row.value, row.help]));
      report(io, options.json, { settings: rows }, text);
    });
}
