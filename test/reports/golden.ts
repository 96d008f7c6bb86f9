// Writes the golden renditions: the canonical edition through every template. Run by `npm run golden`; review the diff.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { canonicalInput } from './canonical-edition.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export const GOLDEN_FOLDER = join(ROOT, 'test/golden');

/** The golden files by name, made now. */
export async function goldenFiles(): Promise<ReadonlyMap<string, string>> {
  const template = await loadTemplate(join(ROOT, 'templates/gazette'));
  const input = canonicalInput();
  const edition = composeEdition(input);
  const { files, print } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
  const inEnglish = {
    ...input,
    digest: {
      ...input.digest,
      lang: 'en' as const,
      title: 'Innovation Policy Weekly',
      subtitle: 'China and the world',
    },
  };
  const english = composeEdition(inEnglish);
  const englishFiles = renderEdition(
    template,
    { edition: english, evidence: evidenceOf(english, inEnglish) },
    { publicUrl: 'https://digest.example/weekly/2021/2021-W25/' },
  ).files;
  const kept = [...files].filter(([name]) => name.startsWith('kept/')).map(([, content]) => content);
  const brief = renderEdition(
    await loadTemplate(join(ROOT, 'templates/brief')),
    { edition, evidence: evidenceOf(edition, input) },
    {},
  );
  const gazette: [string, string][] = [
    ['web.html', files.get('index.html') ?? ''],
    ['print.html', print(new Map())],
    ['email.html', files.get('email.html') ?? ''],
    ['email.txt', files.get('email.txt') ?? ''],
    ['edition.json', files.get('edition.json') ?? ''],
    ['kept.html', kept[0] ?? ''],
    ['web-en.html', englishFiles.get('index.html') ?? ''],
    ['email-en.txt', englishFiles.get('email.txt') ?? ''],
  ];
  return new Map([
    ...gazette.map(([name, content]): [string, string] => [`gazette/${name}`, content]),
    // Its mail and kept copies are those of the gazette.
    ['brief/web.html', brief.files.get('index.html') ?? ''],
    ['brief/print.html', brief.print(new Map())],
  ]);
}

if (import.meta.main) {
  await rm(GOLDEN_FOLDER, { recursive: true, force: true });
  for (const [name, content] of await goldenFiles()) {
    const path = join(GOLDEN_FOLDER, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
