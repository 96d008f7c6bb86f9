import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { VERSION } from '../../app.ts';
import { exportEvidence } from '../../jobs/snapshots-export.ts';
import { pruneSnapshots } from '../../jobs/snapshots-prune.ts';
import { verifySnapshots } from '../../jobs/snapshots-verify.ts';
import { UsageError } from '../../model/errors.ts';
import type { DigestId } from '../../model/ids.ts';
import { counted } from '../../text/counted.ts';
import { parseWeeks } from '../digests.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

/** `snapshots verify|export|prune`: the kept pages behind the editions. */
export function snapshotsCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const snapshots = program.command('snapshots').description('the kept pages that editions rest on');

  snapshots
    .command('verify')
    .description('read kept pages back and hold them against their hashes; ends with 1 when one is broken')
    .option('-a, --all', 'every kept answer, not only those that editions and documents rest on')
    .option('--json', 'print one JSON object')
    .action(async (options: { all?: boolean; json?: boolean }) => {
      await using app = await openApp(io);
      const { counts, broken } = await app.run(verifySnapshots, { which: options.all ? 'all' : 'needed' });
      app.progress.end();
      if (broken.length > 0) io.exit(1);
      const head = `${counted(counts.checked, 'kept page')} read back, ${counts.broken} broken, ${counts.recovered} indexed again.`;
      const rows = broken.map(({ file, url, reason }) => [file, url, reason]);
      report(io, options.json, { counts, broken }, rows.length === 0 ? head : `${head}\n${columns(rows)}`);
    });

  snapshots
    .command('export <digest> <week>')
    .description('write the kept pages that an edition rests on as one file')
    .addOption(
      new Option('-f, --format <format>', 'wacz opens in ReplayWeb.page; warc is for other programs')
        .choices(['wacz', 'warc'])
        .default('wacz'),
    )
    .option('-o, --out <file>', 'where to write it; <digest>-<week>.<format> when absent')
    .option('--json', 'print one JSON object')
    .action(
      async (
        id: string,
        week: string,
        options: { format: 'warc' | 'wacz'; out?: string; json?: boolean },
      ) => {
        await using app = await openApp(io);
        const [one = week] = parseWeeks(week);
        const published = await app.store.editions.ofWeek(id as DigestId, one);
        if (published === undefined)
          throw new UsageError('EDITION_UNKNOWN', `there is no edition ${id} ${week}; \`rebuild\` makes one`);
        const { format } = options;
        const { bytes, records } = await exportEvidence(app, published, {
          format,
          software: `policy-digest/${VERSION}`,
        });
        const file = path.resolve(options.out ?? `${id}-${one}.${format === 'warc' ? 'warc.gz' : 'wacz'}`);
        await writeFile(file, bytes);
        report(
          io,
          options.json,
          { file, format, records, bytes: bytes.length },
          `${counted(records, 'kept page')}, ${bytes.length} bytes: ${file}`,
        );
      },
    );

  snapshots
    .command('prune')
    .description('remove old files of kept answers that no edition and no document rests on')
    .requiredOption('--older-than <days>', 'only files whose newest answer is older', parseDays)
    .option('--dry-run', 'say what would go, remove nothing')
    .option('--json', 'print one JSON object')
    .action(async (options: { olderThan: number; dryRun?: boolean; json?: boolean }) => {
      await using app = await openApp(io);
      const { counts, removed } = await app.run(pruneSnapshots, {
        olderThanDays: options.olderThan,
        isDryRun: options.dryRun ?? false,
      });
      const verb = options.dryRun ? 'would go' : 'removed';
      const text = `${counts.removed} of ${counted(counts.files, 'file')} ${verb}: ${counted(counts.records, 'record')}, ${counts.bytes} bytes.`;
      report(io, options.json, { counts, removed }, [text, ...removed].join('\n'));
    });
}

function parseDays(value: string): number {
  const days = Number(value);
  if (!Number.isInteger(days) || days < 0)
    throw new UsageError('DAYS_INVALID', `--older-than takes a whole number of days, not "${value}"`);
  return days;
}
