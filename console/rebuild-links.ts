import type { Store } from '../db/store.ts';
import { hashOfDraft } from '../jobs/drafts.ts';
import type { RebuildQueue, RebuildView } from '../jobs/rebuild-queue.ts';
import type { RebuildRequest } from '../model/rebuild.ts';
import { NotFound } from './server.ts';

/** True when nothing of it will change any more. */
export function isOver({ state }: RebuildRequest): boolean {
  return state === 'done' || state === 'failed';
}

/** Folder of the rebuild's own draft under which the console serves it; undefined when it has none, or none any more. */
export function draftHref(
  { digestId, week, outcome }: RebuildRequest,
  draftsDir: string,
): string | undefined {
  if (outcome === undefined || outcome.isPublished) return undefined;
  if (hashOfDraft(draftsDir, digestId, week) !== outcome.contentHash) return undefined;
  return draftFolderHref({ digestId, week });
}

/**
 * Where the draft of a later look at the same week is shown, when it has taken the place of this rebuild's own: the page
 * of that look, or the draft itself when it was made on the command line. Undefined when there is none.
 */
export async function newerDraftHref(
  { digestId, week, outcome }: RebuildRequest,
  { store, draftsDir }: { readonly store: Store; readonly draftsDir: string },
): Promise<string | undefined> {
  if (outcome === undefined || outcome.isPublished) return undefined;
  const hash = hashOfDraft(draftsDir, digestId, week);
  if (hash === undefined || hash === outcome.contentHash) return undefined;
  const newest = await store.rebuilds.newestLook(digestId, week);
  return newest?.outcome?.contentHash === hash
    ? `/rebuilds/${newest.id}`
    : `${draftFolderHref({ digestId, week })}index.html`;
}

function draftFolderHref({ digestId, week }: Pick<RebuildRequest, 'digestId' | 'week'>): string {
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
