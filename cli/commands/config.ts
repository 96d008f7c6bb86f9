import type { Command } from 'commander';
import { type Config, describeConfig, loadConfig, readEnvFile } from '../../config.ts';
import { type SettingWarning, settingWarnings } from '../../setting-warnings.ts';
import { type CommandIo, columns, report } from '../io.ts';

/** `config`: the settings in force. */
export function configCommand(program: Command, io: CommandIo): void {
  program
    .command('config')
    .description('show every setting with the value in force; secrets print as ***')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) => {
      const config = loadConfig(io.env, io.baseDir);
      const rows = describeConfig(config);
      const warnings = warningsOf(config, io);
      const text = [
        columns(rows.map((row) => [row.variable, row.value === '' ? '–' : row.value, row.help])),
        ...warnings.map(({ variable, reason }) => `Warning: ${variable}: ${reason}`),
      ];
      report(io, options.json, { settings: rows, warnings }, text.join('\n'));
    });
}

/** What in the settings of this machine a person should look at. */
export function warningsOf(config: Config, { env, baseDir }: CommandIo): SettingWarning[] {
  return settingWarnings(config, Object.keys(env), Object.keys(readEnvFile(baseDir)));
}
