import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type OpmlFeed, readOpml, writeOpml } from '../../catalogue/opml.ts';
import { parseSource } from '../../catalogue/sources.ts';
import { writeSource } from '../../catalogue/write-source.ts';
import { readCatalogue } from '../../catalogue.ts';
import { loadConfig } from '../../config.ts';
import { feedDraft } from '../../jobs/feed-draft.ts';
import { AppError, UsageError } from '../../model/errors.ts';
import type { Source } from '../../model/source.ts';
import { counted } from '../../text/counted.ts';
import { canonicalUrl } from '../../text/urls.ts';
import { type CommandIo, report } from '../io.ts';

interface ImportOptions {
  readonly country?: string;
  readonly json?: boolean;
}

type Row =
  | { readonly outcome: 'added'; readonly url: string; readonly id: string; readonly file: string }
  | { readonly outcome: 'known' | 'skipped'; readonly url: string; readonly detail: string };

/** `source import|export`: subscriptions from and for feed readers. */
export function sourceOpmlCommands(source: Command, io: CommandIo): void {
  source
    .command('export [file]')
    .description('write the enabled feeds as OPML, for a feed reader')
    .option('--json', 'print one JSON object')
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const { sources } = await readCatalogue(loadConfig(io.env, io.baseDir));
      const opml = writeOpml(sources, 'Policy Digest');
      const feeds = (opml.match(/ xmlUrl=/g) ?? []).length;
      if (file !== undefined) await writeFile(path.resolve(file), opml);
      const text = file === undefined ? opml.trimEnd() : `${counted(feeds, 'feed')} written to ${file}.`;
      report(io, options.json, { feeds, file: file ?? null, ...(file === undefined && { opml }) }, text);
    });

  source
    .command('import <file>')
    .description('make a source file, switched off, for each feed of an OPML file')
    .option('--country <code>', 'for feeds whose address does not tell their country')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: ImportOptions) => {
      const config = loadConfig(io.env, io.baseDir);
      const { sources } = await readCatalogue(config);
      const feeds = readOpml(await readGiven(file));
      if (feeds.length === 0) throw new AppError('IMPORT_NOTHING', `${file} names no feed`);
      const rows: Row[] = [];
      const known = new Map(sources.map((one) => [canonicalUrl(one.url), one.id as string]));
      for (const feed of feeds) {
        const row = await addFeed(feed, { known, options, sourcesDir: config.sourcesDir });
        if (row.outcome === 'added') known.set(canonicalUrl(feed.xmlUrl), row.id);
        rows.push(row);
      }
      const added = rows.filter((row) => row.outcome === 'added').length;
      const lines = rows.map((row) =>
        row.outcome === 'added'
          ? `added    ${row.file}`
          : `${row.outcome.padEnd(8)} ${row.url}: ${row.detail}`,
      );
      const text = `${lines.join('\n')}\n${added} of ${counted(feeds.length, 'feed')} added, switched off: look at each with \`source try <id>\`, then take out enabled and disabledReason.`;
      report(io, options.json, { added, feeds: rows }, text);
    });
}

interface Adding {
  readonly known: ReadonlyMap<string, string>;
  readonly options: ImportOptions;
  readonly sourcesDir: string;
}

async function addFeed(feed: OpmlFeed, { known, options, sourcesDir }: Adding): Promise<Row> {
  const url = feed.xmlUrl;
  const twin = known.get(canonicalUrl(url));
  if (twin !== undefined) return { outcome: 'known', url, detail: `it is ${twin}` };
  const taken = new Set(known.values());
  const { country: wanted } = options;
  const draft = feedDraft(
    {
      title: feed.title,
      url,
      ...(feed.htmlUrl !== undefined && { homepage: feed.htmlUrl }),
      ...(feed.lang !== undefined && { lang: feed.lang }),
      ...(wanted !== undefined && { country: wanted }),
    },
    (id) => taken.has(id),
  );
  if (draft === undefined) return { outcome: 'skipped', url, detail: 'say its country with --country' };
  const id = String(draft.id);
  const country = String(draft.country);
  const text = writeSource(draft, []);
  const fault = faultOf(id, country, text);
  if (fault !== undefined) return { outcome: 'skipped', url, detail: fault };
  const file = path.join(sourcesDir, country.toLowerCase(), `${id}.yml`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
  return { outcome: 'added', url, id, file };
}

function faultOf(id: string, country: string, text: string): string | undefined {
  const read: { readonly source: Source } | { readonly faults: readonly { key: string; reason: string }[] } =
    parseSource(`sources/${country.toLowerCase()}/${id}.yml`, text, []);
  return 'source' in read ? undefined : read.faults.map((one) => `${one.key}: ${one.reason}`).join('; ');
}

async function readGiven(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError('FILE_UNREADABLE', `cannot read ${file}`, { cause: error });
  }
}
