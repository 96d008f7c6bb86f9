import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type Added, addRecipients, previewRecipients } from '../../jobs/add-recipients.ts';
import { type RecipientFile, readRecipientFile } from '../../jobs/recipient-file.ts';
import { errorText, UsageError } from '../../model/errors.ts';
import { charsetNamed } from '../../text/charset.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface ImportOptions {
  readonly apply?: boolean;
  readonly consent?: string;
  readonly encoding?: string;
  readonly json?: boolean;
}

/** More of them are counted, not listed: the file has them all. */
const MOST_SHOWN = 50;
/** Rows shown of what would be imported: enough to see whether names came out right. */
const FIRST_ROWS = 5;

/** `recipient import <file>`: shows what a table would bring; with `--apply` brings it, all of it or nothing. */
export function recipientImportCommand(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('import <file>')
    .description('look at a CSV table of recipients; with --apply subscribe them, all or none')
    .option('--apply', 'subscribe them; without it nothing is changed')
    .option('--consent <note>', 'where and when these people agreed to be mailed; needed with --apply')
    .option('--encoding <name>', 'charset of the file, for instance gb18030 or windows-1252')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: ImportOptions) => {
      const { apply = false, consent } = options;
      if (apply && !consent?.trim()) {
        throw new UsageError(
          'CONSENT_MISSING',
          'say where these people agreed to be mailed, for instance --consent "sign-up sheet, annual meeting, 12 Nov 2026"; it is kept with each of them',
        );
      }
      const told = options.encoding === undefined ? undefined : charsetOf(options.encoding);
      const bytes = await readTable(path.resolve(file));
      await using app = await openApp(io);
      const table = readRecipientFile(bytes, app, told);
      if (table.faults.length > 0) return tellFaults(io, file, table, options);
      const recipients = table.lines.map(({ recipient: one }) => ({
        ...one,
        ...(consent === undefined ? {} : { consent }),
      }));
      const results = apply
        ? await addRecipients(app, recipients, {
            kind: 'imported',
            by: 'operator',
            detail: `${path.basename(file)}; ${consent}`,
          })
        : await previewRecipients(app, recipients);
      report(
        io,
        options.json,
        { file, isApplied: apply, ...table.read, counts: countsOf(results), recipients: results },
        resultText(file, results, table, apply),
      );
    });
}

/** @throws UsageError ENCODING_UNKNOWN */
function charsetOf(label: string): string {
  const known = charsetNamed(label);
  if (known !== undefined) return known;
  throw new UsageError(
    'ENCODING_UNKNOWN',
    `--encoding "${label}" is no charset; write for instance utf-8, gb18030, big5 or windows-1252`,
  );
}

async function readTable(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const said = errorText(error);
    throw new UsageError('FILE_UNREADABLE', `reading ${file}: ${said}`);
  }
}

function tellFaults(
  io: CommandIo,
  file: string,
  { faults, read }: RecipientFile,
  { json }: ImportOptions,
): void {
  const shown = faults.slice(0, MOST_SHOWN).map(({ line, fault }) => `  line ${line}: ${fault}`);
  const more = faults.length > MOST_SHOWN ? [`  … and ${faults.length - MOST_SHOWN} more`] : [];
  const head = `${file}: nothing was imported. Correct these and run it again:`;
  const text = [head, ...shown, ...more, ...readText(read)].join('\n');
  report(io, json, { file, isApplied: false, ...read, faults }, text);
  io.exit(1);
}

function countsOf(results: readonly Added[]): Record<Added['outcome'], number> {
  const counts = { added: 0, extended: 0, known: 0, suppressed: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

function resultText(
  file: string,
  results: readonly Added[],
  { lines, read }: RecipientFile,
  isApplied: boolean,
): string {
  const { added, extended, known, suppressed } = countsOf(results);
  const head = isApplied
    ? `${file}: ${added} added, ${extended} extended, ${known} known already, ${suppressed} left out.`
    : `${file}: ${added} would be added, ${extended} extended, ${known} are known already, ${suppressed} would be left out. Nothing was changed; add --apply --consent "…" to subscribe them.`;
  const out = results.flatMap(({ outcome, suppression, withheld, email }, at) => {
    const line = lines[at]?.line ?? 0;
    if (outcome === 'suppressed')
      return [
        `  line ${line}: ${email} is suppressed (${suppression?.reason}, ${suppression?.at.slice(0, 10)})`,
      ];
    return withheld.length === 0 ? [] : [`  line ${line}: ${email} had left ${withheld.join(', ')}`];
  });
  const more = out.length > MOST_SHOWN ? [`  … and ${out.length - MOST_SHOWN} more`] : [];
  const shown = isApplied ? [] : firstRows(lines);
  return [head, ...out.slice(0, MOST_SHOWN), ...more, ...readText(read), ...shown].join('\n');
}

/** How the file was read: a wrong charset makes other words of names, and no fault. */
function readText(read: RecipientFile['read']): string[] {
  if (read === undefined) return [];
  return read.isGuess
    ? [
        `Read as ${read.encoding}, by the look of its bytes. If names are not right, name its charset with --encoding.`,
      ]
    : [`Read as ${read.encoding}.`];
}

function firstRows(lines: RecipientFile['lines']): string[] {
  const rows = lines
    .slice(0, FIRST_ROWS)
    .map(({ line, recipient: { email, name = '', digestIds, topics = [], regions = [] } }) => [
      `  line ${line}:`,
      email,
      // A quoted cell may hold line breaks.
      name.replace(/[\s\p{Cc}]+/gu, ' '),
      digestIds.join(', '),
      [...topics, ...regions].join(', '),
    ]);
  if (rows.length === 0) return [];
  return [
    lines.length > rows.length ? `The first ${rows.length} of ${lines.length}:` : 'Its rows:',
    columns(rows),
  ];
}
