import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InterfaceLanguage } from '../model/digest.ts';
import { type ArchivedEdition, listEditions, readEdition } from './archive.ts';
import { archiveView, byDigest, livesViews } from './archive-index-view.ts';
import { feedFiles } from './feeds.ts';
import { loadTemplate, render, type Template } from './render.ts';
import {
  type IndexedEdition,
  indexEdition,
  readSearchIndex,
  SEARCH_INDEX_FILE,
  searchIndexFile,
} from './search-index.ts';
import { replaceSynced } from './write-synced.ts';

/** The look of the archive's own pages: `templates/archive/`. */
export interface ArchiveLook {
  readonly template: Template;
  /** The front door's script, as it is written beside it. */
  readonly script: string;
}

export interface ArchiveIndexOptions {
  /** The page's own language while there is no edition; later it is that of the digest with most editions. */
  readonly lang: InterfaceLanguage;
  /** Where the archive is read on the web, ending in `/`; empty: nowhere, then links in feeds are relative. */
  readonly archiveUrl: string;
}

const SCRIPT_FILE = 'archive.js';
/** Not the name of a digest: those lie beside it and hold years of editions. */
const LIVES_FOLDER = 'documents';

/** @throws AppError `TEMPLATE_MISSING` when there is no such folder */
export async function loadArchiveLook(folder: string): Promise<ArchiveLook> {
  const template = await loadTemplate(folder);
  return { template, script: await readFile(join(folder, SCRIPT_FILE), 'utf8') };
}

/**
 * Writes the front door over all editions found (`index.html` with its script and search data) and each digest's
 * feeds. The same archive gives the same bytes.
 */
export async function writeArchiveIndex(
  archiveDir: string,
  look: ArchiveLook,
  { lang, archiveUrl }: ArchiveIndexOptions,
): Promise<{ readonly file: string; readonly editions: number; readonly state: 'written' | 'unchanged' }> {
  const editions = await listEditions(archiveDir);
  const indexed = await indexEditions(archiveDir, editions);
  const feeds = [...byDigest(editions)].flatMap(([digestId, ofDigest]) => {
    const url = archiveUrl === '' ? '' : new URL(`${digestId}/`, archiveUrl).href;
    return [...feedFiles(ofDigest, url)].map(([name, text]): [string, string] => [
      `${digestId}/${name}`,
      text,
    ]);
  });
  const view = archiveView(editions, lang, indexed);
  const lives = livesViews(view, indexed).map((one): [string, string] => [
    `${LIVES_FOLDER}/${one.year}.html`,
    render(look.template, 'lives', one),
  ]);
  // The page comes last: what it leads to is there when it is.
  const files: [string, string][] = [
    ...feeds,
    ...lives,
    [SEARCH_INDEX_FILE, searchIndexFile(indexed)],
    [SCRIPT_FILE, look.script],
    ['index.html', render(look.template, 'index', view)],
  ];
  let isWritten = false;
  for (const [name, text] of files)
    isWritten = (await replaceIfOther(join(archiveDir, name), text)) || isWritten;
  const file = join(archiveDir, 'index.html');
  return { file, editions: editions.length, state: isWritten ? 'written' : 'unchanged' };
}

/** The newest revision of every week as a search finds it; what the last search data hold is not read again. */
async function indexEditions(
  archiveDir: string,
  editions: readonly ArchivedEdition[],
): Promise<IndexedEdition[]> {
  const known = readSearchIndex(await readIfThere(join(archiveDir, SEARCH_INDEX_FILE)));
  const weeks = Map.groupBy(editions, ({ manifest: { edition } }) => `${edition.digestId} ${edition.week}`);
  const indexed: IndexedEdition[] = [];
  for (const revisions of weeks.values()) {
    const newest = revisions.at(-1);
    if (newest === undefined) continue;
    const before = known.get(newest.manifestHash);
    if (before !== undefined && before.folder === newest.folder) {
      indexed.push(before);
      continue;
    }
    // Without its data an edition is listed all the same; `verify` tells what is wrong with it.
    const edition = await readEdition(archiveDir, newest);
    if (edition !== undefined) indexed.push(indexEdition(edition, newest));
  }
  return indexed.sort((left, right) => (left.week + left.folder > right.week + right.folder ? -1 : 1));
}

async function replaceIfOther(file: string, text: string): Promise<boolean> {
  if ((await readIfThere(file)) === text) return false;
  await replaceSynced(file, text);
  return true;
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}
