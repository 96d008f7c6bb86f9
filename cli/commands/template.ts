import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { InterfaceLanguage } from '../../model/digest.ts';
import { UsageError } from '../../model/errors.ts';
import type { CommandIo } from '../io.ts';
import { previewTemplate } from '../template-preview.ts';

const LAST_PORT = 65_535;

/** `template preview`: the look of an edition while somebody works on it. */
export function templateCommand(program: Command, io: CommandIo): void {
  const template = program.command('template').description('the look of editions');

  template
    .command('preview [name]')
    .description('show a made-up edition in a template, renewed whenever one of its files is saved')
    .option('-p, --port <number>', 'port on 127.0.0.1; 0 for any that is free', portOf, 0)
    .addOption(new Option('-l, --lang <lang>', 'language').choices(['zh-CN', 'en']).default('zh-CN'))
    .action(async (name: string = 'gazette', options: { port: number; lang: InterfaceLanguage }) => {
      const templatesDir = path.join(io.baseDir, 'templates');
      await checkName(name, templatesDir);
      const preview = await previewTemplate({ templatesDir, name, ...options });
      io.out.write(`${preview.url}  (Ctrl+C ends it)\n`);
      try {
        await new Promise<void>((resolve) => {
          if (io.signal.aborted) resolve();
          io.signal.addEventListener('abort', () => resolve(), { once: true });
        });
      } finally {
        await preview.close();
      }
    });
}

/** A look for editions has a print page; the archive and the console have templates of another kind. */
async function checkName(name: string, templatesDir: string): Promise<void> {
  const folders = await readdir(templatesDir);
  const looks: string[] = [];
  for (const folder of folders.sort())
    if ((await readdir(path.join(templatesDir, folder))).includes('print.hbs')) looks.push(folder);
  if (!looks.includes(name))
    throw new UsageError(
      'TEMPLATE_UNKNOWN',
      `there is no template ${name} for editions; there is ${looks.join(', ')}`,
    );
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > LAST_PORT)
    throw new InvalidArgumentError(`give a whole number up to ${LAST_PORT}`);
  return port;
}
