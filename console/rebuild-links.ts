import { existsSync } from 'node:fs';
import { draftFolderOf } from '../jobs/drafts.ts';
import type { RebuildQueue, RebuildView } from '../jobs/rebuild-queue.ts';
import type { RebuildRequest } from '../model/rebuild.ts';
import { NotFound } from './server.ts';

/** True when nothing of it will change any more. */
export function isOver({ state }: RebuildRequest): boolean {
  return state === 'done' || state === 'failed';
}

/** Folder of the draft under which the console serves it; undefined when there is none to look at, or none any more. */
export function draftHref(
  { digestId, week, outcome }: RebuildRequest,
  draftsDir: string,
): string | undefined {
  if (outcome === undefined || outcome.isPublished) return undefined;
  if (!existsSync(draftFolderOf(draftsDir, digestId, week))) return undefined;
  return `/archive/${digestId}/${week.slice(0, 4)}/${week}-draft/`;
}

/** Folder of the published edition that a rebuild made or found. */
export function publishedHref({ outcome }: RebuildRequest): string | undefined {
  return outcome?.folder === undefined ? undefined : `/archive/${outcome.folder}/`;
}

/** @throws NotFound */
export async function foundRebuild(queue: Pick<RebuildQueue, 'view'>, id: string): Promise<RebuildView> {
  const view = await queue.view(id);
  if (view === undefined) throw new NotFound('There is no such rebuild.');
  return view;
}
