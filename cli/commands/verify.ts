import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type VerifyEditionsResult, verifyEditions } from '../../jobs/verify-editions.ts';
import { UsageError } from '../../model/errors.ts';
import type { ArchivedEdition } from '../../reports/archive.ts';
import { MANIFEST_FILE } from '../../reports/manifest.ts';
import type { Check } from '../../reports/verify.ts';
import { counted } from '../../text/counted.ts';
import { parseWeeks } from '../digests.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

const SIGNS = { ok: '✓', fault: '✗', skipped: '–' } as const;

/** `verify <week|folder|all>`: published editions against their manifests, the chain, the database and a fresh build. */
export function verifyCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('verify <edition>')
    .description(
      'check editions: a week or range, an edition’s folder, or all; files, chain, sentences, and a fresh build. Ends with 1 on any fault',
    )
    .option('-d, --digest <id...>', 'only these digests')
    .option('--no-rebuild', 'do not build the week again to compare')
    .option('--json', 'print one JSON object')
    .action(async (target: string, options: { digest?: string[]; rebuild: boolean; json?: boolean }) => {
      await using app = await openApp(io);
      const { archiveDir, selects } = await choose(target, app.config.archiveDir);
      const result = await app.run(verifyEditions, {
        target,
        isWhole: target === 'all',
        archiveDir,
        press: app.press,
        isRebuilt: options.rebuild,
        selects: (edition) =>
          selects(edition) && (options.digest?.includes(edition.manifest.edition.digestId) ?? true),
      });
      app.progress.end();
      if (result.counts.editions === 0 && result.archiveFaults.length === 0)
        throw new UsageError('EDITION_UNKNOWN', `there is no edition ${target} in ${archiveDir}`);
      if (result.counts.faults > 0) io.exit(1);
      report(io, options.json, jsonOf(result), textOf(result));
    });
}

/** An edition's folder names its archive as well: a copy can be checked wherever it lies. */
async function choose(
  target: string,
  ownArchive: string,
): Promise<{ archiveDir: string; selects(edition: ArchivedEdition): boolean }> {
  if (target === 'all') return { archiveDir: ownArchive, selects: () => true };
  for (const folder of [path.resolve(target), path.resolve(ownArchive, target)]) {
    if (!(await isFile(path.join(folder, MANIFEST_FILE)))) continue;
    const parts = folder.split(path.sep);
    const name = parts.slice(-3).join('/');
    const archiveDir = path.resolve(folder, '../../..');
    return { archiveDir, selects: (edition) => edition.folder === name };
  }
  const weeks = new Set(parseWeeks(target));
  return { archiveDir: ownArchive, selects: ({ manifest }) => weeks.has(manifest.edition.week) };
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (entry) => entry.isFile(),
    // Not there, or not for us to see: then it is no edition.
    () => false,
  );
}

function textOf({ counts, editions, archiveFaults }: VerifyEditionsResult): string {
  const rows = editions.map(({ edition, checks }) => [edition.folder, ...checks.map(cellOf)]);
  const head = ['edition', ...(editions[0]?.checks.map(({ name }) => name) ?? [])];
  const faults = editions.flatMap(({ edition, checks }) =>
    checks.flatMap((check) => check.faults.map((fault) => `✗ ${edition.folder} ${check.name}: ${fault}`)),
  );
  const notes = editions.flatMap(({ edition, checks }) =>
    checks
      .filter(({ name, detail }) => name === 'rebuild' && detail.startsWith('differs'))
      .map(({ detail }) => `– ${edition.folder} rebuild: ${detail}`),
  );
  const verdict = counts.faults === 0 ? 'no fault' : counted(counts.faults, 'fault');
  const pages = counts.pages === 0 ? '' : ` and ${counted(counts.pages, 'page')} of the archive`;
  return [
    ...(rows.length === 0 ? [] : [columns([head, ...rows])]),
    ...faults,
    ...archiveFaults.map((fault) => `✗ ${fault}`),
    ...notes,
    `${counted(counts.editions, 'edition')}${pages} checked: ${verdict}.`,
  ].join('\n');
}

function cellOf({ state, checked, faults }: Check): string {
  if (state === 'skipped') return SIGNS.skipped;
  return state === 'ok' ? `${SIGNS.ok} ${checked}` : `${SIGNS.fault} ${faults.length}`;
}

function jsonOf({ counts, editions, archiveFaults }: VerifyEditionsResult): object {
  return {
    counts,
    archiveFaults,
    editions: editions.map(({ edition, checks }) => ({
      digest: edition.manifest.edition.digestId,
      week: edition.manifest.edition.week,
      revision: edition.manifest.edition.revision,
      folder: edition.folder,
      checks,
    })),
  };
}
