import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';

export type View = (context: object) => string;

/**
 * Compiles a page of `templates/console/`: strict, escaped. Its partials are the files of `partials/` there; `page` is the
 * frame every page stands in: `{{#> page pageTitle="…" lang="en"}} … {{/page}}`.
 */
export async function loadView(templatesDir: string, name: string): Promise<View> {
  const folder = path.join(templatesDir, 'console');
  const engine = Handlebars.create();
  for (const file of await readdir(path.join(folder, 'partials'))) {
    const partial = await readFile(path.join(folder, 'partials', file), 'utf8');
    engine.registerPartial(path.basename(file, '.hbs'), partial);
  }
  const source = await readFile(path.join(folder, `${name}.hbs`), 'utf8');
  return engine.compile(source, { strict: true, knownHelpersOnly: true });
}
