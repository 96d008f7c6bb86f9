import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ArchiveIndexOptions,
  type ArchiveLook,
  type ArchivePages,
  archivePages,
  FRONT_DOOR_FILE,
  LIVES_FOLDER,
  SCRIPT_FILE,
} from './archive-pages.ts';
import { STORIES_FOLDER } from './archive-stories.ts';
import { loadTemplate } from './render.ts';
import { replaceSynced } from './write-synced.ts';

/** @throws AppError `TEMPLATE_MISSING` when there is no such folder */
export async function loadArchiveLook(folder: string): Promise<ArchiveLook> {
  const template = await loadTemplate(folder);
  return { template, script: await readFile(join(folder, SCRIPT_FILE), 'utf8') };
}

/** Writes the pages that the archive has besides its editions. The same archive gives the same bytes. */
export async function writeArchiveIndex(
  archiveDir: string,
  look: ArchiveLook,
  options: ArchiveIndexOptions,
): Promise<{ readonly file: string; readonly editions: number; readonly state: 'written' | 'unchanged' }> {
  const readKnown = async (path: string) => (await readIfThere(join(archiveDir, path))) ?? '';
  const pages = await archivePages(archiveDir, look, options, readKnown);
  let isWritten = false;
  for (const [path, text] of pages.files)
    isWritten = (await replaceIfOther(join(archiveDir, path), text)) || isWritten;
  for (const path of await strayPages(archiveDir, pages)) {
    await rm(join(archiveDir, path));
    isWritten = true;
  }
  const file = join(archiveDir, FRONT_DOOR_FILE);
  return { file, editions: pages.editions, state: isWritten ? 'written' : 'unchanged' };
}

/** What is wrong with the pages that the archive has besides its editions: each is held against one made anew. */
export async function checkArchiveIndex(
  archiveDir: string,
  look: ArchiveLook,
  options: ArchiveIndexOptions,
): Promise<{ readonly checked: number; readonly faults: readonly string[] }> {
  const pages = await archivePages(archiveDir, look, options, async () => '');
  const faults: string[] = [];
  for (const [path, text] of pages.files) {
    const found = await readIfThere(join(archiveDir, path));
    if (found === undefined) faults.push(`${path}: missing`);
    else if (found !== text) faults.push(`${path}: not what its editions and the template make`);
  }
  for (const path of await strayPages(archiveDir, pages)) faults.push(`${path}: of no edition`);
  return { checked: pages.files.size, faults };
}

/** Pages in the folders of stories and lives that no edition leads to any more. */
async function strayPages(archiveDir: string, { files }: ArchivePages): Promise<string[]> {
  const folders = [...files.keys()].map((path) => dirname(path));
  const own = new Set(
    folders.filter((folder) => folder === LIVES_FOLDER || folder.endsWith(`/${STORIES_FOLDER}`)),
  );
  const stray: string[] = [];
  for (const folder of own)
    for (const name of (await readdir(join(archiveDir, folder)).catch(nothingThere)).sort()) {
      const path = `${folder}/${name}`;
      if (name.endsWith('.html') && !files.has(path)) stray.push(path);
    }
  return stray;
}

async function replaceIfOther(file: string, text: string): Promise<boolean> {
  if ((await readIfThere(file)) === text) return false;
  await replaceSynced(file, text);
  return true;
}

function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function nothingThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
