import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DigestId } from '../model/ids.ts';
import { writeSynced } from '../reports/write-synced.ts';
import type { JobContext } from './context.ts';

/** A look older than this says little of the data as they are now; the next one takes seconds. */
const KEPT_MS = 30 * 86_400_000;
const SUFFIX = '-draft';
/** Tells of which look a draft is: a later look at the week lays another one in its place. */
const HASH_FILE = 'draft-hash.txt';

/** Laid out as in the archive, so that a draft's links to published editions lead to them when both are served as one. */
export function draftFolderOf(draftsDir: string, digestId: string, week: string): string {
  return path.join(draftsDir, digestId, week.slice(0, 4), `${week}${SUFFIX}`);
}

/** Says of which look the draft is; written last, so that what a stop left half done is nobody's draft. */
export function markDraft(folder: string, contentHash: string): Promise<void> {
  return writeSynced(path.join(folder, HASH_FILE), `${contentHash}\n`);
}

/** Content hash of the draft that lies there for a week; undefined when there is none. */
export function hashOfDraft(draftsDir: string, digestId: string, week: string): string | undefined {
  const file = path.join(draftFolderOf(draftsDir, digestId, week), HASH_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Once its week is published, a draft is either in the archive or outdated. */
export async function removeDraft(draftsDir: string, digestId: string, week: string): Promise<void> {
  await rm(draftFolderOf(draftsDir, digestId, week), { recursive: true, force: true });
}

/** Removes drafts whose week was published since they were made, and those of more than 30 days ago; gives how many. */
export async function removeOldDrafts(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  draftsDir: string,
): Promise<number> {
  let removed = 0;
  const oldest = clock.now().getTime() - KEPT_MS;
  for (const folder of await draftsIn(draftsDir)) {
    const [digestId = '', , name = ''] = folder.split(path.sep);
    const week = name.slice(0, -SUFFIX.length);
    const { mtimeMs } = await stat(path.join(draftsDir, folder));
    const published = await store.editions.ofWeek(digestId as DigestId, week);
    const isOutdated = published !== undefined && Date.parse(published.publishedAt) > mtimeMs;
    if (!isOutdated && mtimeMs >= oldest) continue;
    await removeDraft(draftsDir, digestId, week);
    removed += 1;
  }
  return removed;
}

/** `weekly/2026/2026-W47-draft`, each below the drafts' folder. */
async function draftsIn(draftsDir: string): Promise<string[]> {
  try {
    const all = await readdir(draftsDir, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isDirectory() && entry.name.endsWith(SUFFIX))
      .map((entry) => path.relative(draftsDir, path.join(entry.parentPath, entry.name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // nobody has asked for a look yet
    throw error;
  }
}
