import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../app.ts';
import { readSourceFamilies } from '../../catalogue/families.ts';
import { parseSource } from '../../catalogue/sources.ts';
import { writeSource } from '../../catalogue/write-source.ts';
import { captureBytes, captureSource } from '../../jobs/capture-source.ts';
import { type Proposed, proposeSource, type SourceDraft } from '../../jobs/propose-source.ts';
import { trySource } from '../../jobs/try-source.ts';
import type { ScrapeResult } from '../../model/entry.ts';
import { AppError, configError, UsageError } from '../../model/errors.ts';
import type { Source, SourceFamily } from '../../model/source.ts';
import { counted } from '../../text/counted.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface TryOptions {
  readonly id?: string;
  readonly country?: string;
  readonly write?: boolean;
  readonly json?: boolean;
}

interface CaptureOptions {
  readonly from?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const SHOWN = 10;

/** `source try|capture`: what a person needs to add a source or to mend one. */
export function sourceTryCommands(source: Command, io: CommandIo, openApp: OpenApp): void {
  source
    .command('try <target>')
    .description('read a source (its id or its file) or propose a source file for an address')
    .option('--id <id>', 'id of the proposed source, for instance cn-most-tztg')
    .option('--country <code>', 'its country, where the address does not tell: ISO 3166-1, EU or OECD')
    .option('--write', 'put the proposed file into the folder of sources instead of printing it')
    .option('--json', 'print one JSON object')
    .action(async (target: string, options: TryOptions) => {
      await using app = await openApp(io);
      if (/^https?:\/\//i.test(target)) {
        await propose(app, io, target, options);
        return;
      }
      const chosen = await chooseSource(app, target);
      const tried = await trySource(app, chosen);
      if (tried.outcome === 'failed') throw new AppError('SOURCE_UNREAD', `${chosen.id}: ${tried.detail}`);
      const { result } = tried;
      report(io, options.json, { id: chosen.id, ...readingOf(result) }, readingText(chosen, result));
      if (result.entries.length < chosen.expect.minEntries) io.exit(1);
    });

  source
    .command('capture <id>')
    .description('record the list of a source as a test fixture, to be read and corrected by a person')
    .option('--from <file>', 'a saved page instead of the live site')
    .option('--out <dir>', 'folder for list.* and expected.json (default: test/fixtures/sources/<id>)')
    .option('--force', 'write over a fixture that is there')
    .option('--json', 'print one JSON object')
    .action(async (id: string, options: CaptureOptions) => {
      await using app = await openApp(io);
      const chosen = await chooseSource(app, id);
      const captured =
        options.from === undefined
          ? await captureSource(app, chosen)
          : { capture: captureBytes(chosen, await readGiven(options.from), app.clock.now()) };
      if ('detail' in captured) throw new AppError('SOURCE_UNREAD', `${chosen.id}: ${captured.detail}`);
      const { file, body, expected } = captured.capture;
      const dir = path.resolve(
        options.out ?? path.join(io.baseDir, 'test', 'fixtures', 'sources', chosen.id),
      );
      await mkdir(dir, { recursive: true });
      const flag = options.force ? 'w' : 'wx';
      await writeNew(path.join(dir, file), body, flag);
      await writeNew(path.join(dir, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`, flag);
      const counts = { dir, file, entries: expected.entries.length, dropped: expected.dropped.length };
      report(
        io,
        options.json,
        counts,
        `Recorded ${file} and expected.json in ${dir}: ${counted(counts.entries, 'item')}, ${counts.dropped} unreadable.\nRead both: cut the page down to a few items, take out names of persons, and correct what was read wrongly.`,
      );
    });
}

async function propose(app: App, io: CommandIo, url: string, options: TryOptions): Promise<void> {
  const families = await readSourceFamilies(app.config.sourcesDir);
  const proposed = await proposeSource(app, {
    url,
    families,
    read: (draft) => readDraft(draft, families),
    ...(options.id !== undefined && { id: options.id }),
    ...(options.country !== undefined && { country: options.country.toUpperCase() }),
  });
  const { draft, source, result, notes } = proposalOf(proposed, url);
  const known = app.sources.filter((one) => one.id === source.id || one.url === source.url);
  const warnings = known.map((one) => `there is already a source ${one.id} (${one.url})`);
  const text = writeSource(draft, notes);
  const file = path.join(app.config.sourcesDir, source.country.toLowerCase(), `${source.id}.yml`);
  if (options.write) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeNew(file, text, 'wx');
  }
  const value = { file, written: options.write === true, source: text, warnings, ...readingOf(result) };
  report(io, options.json, value, options.write ? `Written: ${file}` : text.trimEnd());
  if (options.json) return;
  io.err.write(`${[...warnings, readingText(source, result), TO_CHECK].join('\n')}\n`);
}

const TO_CHECK =
  'Check before you keep it: name, nameEn, publisher, trust, the rules of the list, and robots.txt.';

function proposalOf(proposed: Proposed, url: string) {
  if ('proposal' in proposed) return proposed.proposal;
  throw new AppError('SOURCE_UNREAD', `${url}: ${proposed.detail}`);
}

function readDraft(draft: SourceDraft, families: readonly SourceFamily[]): Source | undefined {
  const file = `sources/${String(draft.country).toLowerCase()}/${String(draft.id)}.yml`;
  const read = parseSource(file, writeSource(draft, []), families);
  return 'source' in read ? read.source : undefined;
}

/** A source by its id, or a file that need not lie in the folder of sources yet. */
async function chooseSource(app: App, target: string): Promise<Source> {
  if (!/\.ya?ml$/.test(target)) {
    const found = app.sources.find((source) => source.id === target);
    if (found !== undefined) return found;
    throw new UsageError('SOURCE_UNKNOWN', `there is no source ${target}; \`source list\` shows all`);
  }
  const text = (await readGiven(target)).toString('utf8');
  const country = /^country:\s*["']?(\w+)/m.exec(text)?.[1]?.toLowerCase() ?? '';
  const file = path.join('sources', country, path.basename(target));
  const read = parseSource(file, text, await readSourceFamilies(app.config.sourcesDir));
  if ('source' in read) return read.source;
  throw configError('SOURCES_INVALID', `${counted(read.faults.length, 'fault')} in ${target}`, read.faults);
}

async function readGiven(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError('FILE_UNREADABLE', `cannot read ${file}`, { cause: error });
  }
}

async function writeNew(file: string, content: string | Uint8Array, flag: 'w' | 'wx'): Promise<void> {
  try {
    await writeFile(file, content, { flag });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError('FILE_EXISTS', `${file} is there already and is left as it is`);
  }
}

function readingOf(result: ScrapeResult) {
  const entries = result.entries.map(({ title, url, published }) => ({
    title,
    url,
    on: published?.on ?? null,
  }));
  return { seen: result.seen, entries, dropped: result.dropped };
}

function readingText(source: Source, { entries, dropped, seen }: ScrapeResult): string {
  const rows = entries
    .slice(0, SHOWN)
    .map(({ title, url, published }) => [published?.on ?? '(no date)', title, url]);
  const undated = entries.filter((entry) => entry.published === undefined).length;
  const more = entries.length > SHOWN ? [`… and ${entries.length - SHOWN} more`] : [];
  const lost = dropped
    .slice(0, SHOWN)
    .map(({ reason, text }) => `  not read: ${reason}: ${text.slice(0, 80)}`);
  const short =
    entries.length < source.expect.minEntries ? `, fewer than the ${source.expect.minEntries} expected` : '';
  return [
    `${source.id} (${source.scrape.kind}) shows ${counted(seen, 'item')}: ${entries.length} read${short}, ${undated} without a date, ${dropped.length} unreadable.`,
    ...(rows.length === 0 ? [] : [columns(rows)]),
    ...more,
    ...lost,
  ].join('\n');
}
