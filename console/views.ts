import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';

export type View = (context: object) => string;

/** Compiles a page of `templates/console/`: strict, escaped. */
export async function loadView(templatesDir: string, name: string): Promise<View> {
  const source = await readFile(path.join(templatesDir, 'console', `${name}.hbs`), 'utf8');
  return Handlebars.create().compile(source, { strict: true, knownHelpersOnly: true });
}
