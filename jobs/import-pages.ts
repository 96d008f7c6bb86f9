import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ListedEntry } from '../db/entries.ts';
import { AppError } from '../model/errors.ts';
import type { Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import type { Exchange, Keep } from '../net/exchange.ts';
import { pageOf } from '../net/outcome.ts';
import { readWarc } from '../net/warc-reader.ts';
import { weekOfDay } from '../text/calendar.ts';
import { sha256 } from '../text/hash.ts';
import { absoluteUrl, canonicalUrl } from '../text/urls.ts';
import type { JobContext } from './context.ts';
import { sourceOfPage } from './imported-source.ts';
import type { Job } from './run.ts';
import { type Understood, understandPage } from './understand-page.ts';

export interface ImportArguments {
  /** A folder with manifest.json, a folder of WARC files, or one WARC file. Absolute. */
  readonly path: string;
  readonly keep: Keep;
}

type Counted = Understood | 'skipped';

export interface ImportResult {
  readonly counts: Readonly<Record<Counted | 'pages', number>>;
  /** ISO weeks of the earliest and latest publication date read. */
  readonly weeksSeen: { readonly first: string; readonly last: string } | undefined;
}

/** Takes saved pages through the same path as fetched ones: kept as WARC records, listed, read, stored. */
export const importPages: Job<ImportArguments, ImportResult> = {
  name: 'import',
  subject: (args) => path.basename(args.path),
  async run(context, args) {
    const counts = { pages: 0, added: 0, revised: 0, unchanged: 0, unreadable: 0, skipped: 0 };
    const days: string[] = [];
    for await (const saved of savedPages(context, args.path)) {
      context.signal.throwIfAborted();
      counts.pages += 1;
      const outcome = await importOne(context, args.keep, saved);
      counts[outcome] += 1;
      context.progress.step(
        outcome === 'skipped' ? `– ${saved.url}: not a page (status ${saved.status})` : undefined,
      );
      const document = await context.store.documents.byCanonicalUrl(canonicalUrl(saved.url));
      if (document?.published !== undefined) days.push(document.published.on);
    }
    days.sort();
    const [first, last] = [days[0], days.at(-1)];
    const weeksSeen =
      first === undefined || last === undefined
        ? undefined
        : { first: weekOfDay(first), last: weekOfDay(last) };
    return { counts, weeksSeen };
  },
};

async function importOne(context: JobContext, keep: Keep, exchange: Exchange): Promise<Counted> {
  if (exchange.status !== 200 || exchange.method !== 'GET') return 'skipped';
  const { store } = context;
  const known = await store.snapshots.byContent(exchange.url, sha256(exchange.body));
  const source = sourceOfPage(context.sources, exchange.url);
  const snapshot = known ?? (await keep({ ...exchange, runId: context.runId, sourceId: source.id }));
  const page = pageOf(exchange, snapshot);
  const listed = await listPage(context, source, page);
  return understandPage(context, {
    source,
    listed,
    page: { ...page, fetchedAt: snapshot.fetchedAt },
    snapshot,
    readAgain: false,
  });
}

/** An imported page is an entry too, so that it has a state and is found again; nobody asks the network for it. */
async function listPage(context: JobContext, source: Source, page: Page): Promise<ListedEntry> {
  const entry = { sourceId: source.id, url: page.url, title: '' };
  const at = context.clock.now().toISOString();
  return context.store.transaction(async (tables) => {
    await tables.entries.list([entry], at);
    return tables.entries.byUrl(source.id, page.url);
  });
}

/** @throws AppError IMPORT_NOTHING, IMPORT_MANIFEST */
async function* savedPages(context: JobContext, place: string): AsyncGenerator<Exchange> {
  const info = await stat(place).catch((cause: unknown) => {
    throw new AppError('IMPORT_NOTHING', `there is nothing at ${place}`, { cause });
  });
  if (info.isFile()) return yield* warcPages(context, [place]);
  const names = (await readdir(place)).sort();
  if (names.includes('manifest.json')) return yield* manifestPages(context, place);
  const warcs = names.filter((name) => /\.warc(?:\.gz)?$/.test(name)).map((name) => path.join(place, name));
  if (warcs.length === 0) {
    throw new AppError('IMPORT_NOTHING', `${place} holds neither manifest.json nor a .warc or .warc.gz file`);
  }
  yield* warcPages(context, warcs);
}

async function* warcPages(context: JobContext, files: readonly string[]): AsyncGenerator<Exchange> {
  for (const file of files) {
    context.progress.phase(path.basename(file), 0);
    for await (const { exchange } of readWarc(path.dirname(file), path.basename(file))) yield exchange;
  }
}

interface ManifestRow {
  readonly file: string;
  readonly url: string;
}

async function* manifestPages(context: JobContext, folder: string): AsyncGenerator<Exchange> {
  const rows = parseManifest(folder, await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  context.progress.phase('saved pages', rows.length);
  const fetchedAt = context.clock.now().toISOString();
  for (const { file, url } of rows) {
    const bytes = await readFile(path.join(folder, file));
    yield {
      url,
      finalUrl: url,
      method: 'GET',
      requestHeaders: {},
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: file.endsWith('.gz') ? gunzipSync(bytes) : bytes,
      fetchedAt,
    };
  }
}

/** The rows of a manifest that name a file inside the folder and a web address; anything else is told, all at once. */
function parseManifest(folder: string, text: string): ManifestRow[] {
  const fail = (reason: string, cause?: unknown) =>
    new AppError('IMPORT_MANIFEST', `${path.join(folder, 'manifest.json')}: ${reason}`, { cause });
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (cause) {
    throw fail('this is not JSON', cause);
  }
  if (!Array.isArray(rows)) throw fail('a list of {file, url} is expected');
  const faults: string[] = [];
  const read = rows.flatMap((row: unknown, index): ManifestRow[] => {
    const { file, url } = (typeof row === 'object' && row !== null ? row : {}) as Partial<
      Record<'file' | 'url', unknown>
    >;
    const address = typeof url === 'string' ? absoluteUrl(url, 'about:blank') : undefined;
    const isInside =
      typeof file === 'string' && !path.relative(folder, path.resolve(folder, file)).startsWith('..');
    if (isInside && address !== undefined) return [{ file, url: address }];
    faults.push(
      `row ${index + 1}: ${isInside ? 'url is no web address' : 'file does not lie in this folder'}`,
    );
    return [];
  });
  if (faults.length > 0) throw fail(faults.join('; '));
  return read;
}
