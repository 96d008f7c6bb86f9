import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Digest } from '../model/digest.ts';
import type { RebuildOutcome } from '../model/rebuild.ts';
import { newestUntil } from '../reports/archive.ts';
import { contentHashOf, holdsSame, manifestFiles } from '../reports/manifest.ts';
import { writeSynced } from '../reports/write-synced.ts';
import { makeEdition } from './build-edition.ts';
import { draftFolderOf, markDraft, removeDraft } from './drafts.ts';
import { type EditionPress, revisionFiles } from './edition-files.ts';
import type { Job } from './run.ts';

export interface DraftArguments {
  readonly digest: Digest;
  readonly week: string;
  readonly press: EditionPress;
  /** Where drafts are kept until they are looked at. */
  readonly draftsDir: string;
}

export interface DraftResult extends RebuildOutcome {
  /** Of the draft, absolute; of the published edition when nothing changed. */
  readonly draftFolder: string;
}

/**
 * Makes an edition as it would be published and lays it beside the archive, where a person can look at it and at what
 * differs from the published revision. The archive stays as it is.
 */
export const draftEdition: Job<DraftArguments, DraftResult> = {
  name: 'draft',
  subject: ({ digest, week }) => `${digest.id} ${week}`,
  async run(context, { digest, week, press, draftsDir }) {
    const { edition, input, files } = await makeEdition(
      context,
      { digest, week, press },
      context.clock.now(),
    );
    const newest = await newestUntil(press.archiveDir, digest.id, week);
    const published = newest?.manifest.edition.week === week ? newest : undefined;
    const listed = manifestFiles(files);
    const found = { contentHash: contentHashOf(listed), counts: { ...edition.counts }, isPublished: false };
    const draftFolder = draftFolderOf(draftsDir, digest.id, week);
    // A draft of an earlier look says nothing of the data as they are now.
    await removeDraft(draftsDir, digest.id, week);
    if (published !== undefined && holdsSame(published.manifest, listed)) {
      const { folder, manifest } = published;
      return {
        ...found,
        state: 'unchanged',
        revision: manifest.edition.revision,
        isPublished: true,
        folder,
        draftFolder: path.join(press.archiveDir, folder),
      };
    }
    const revision = (published?.manifest.edition.revision ?? 0) + 1;
    const drafted =
      published === undefined
        ? files
        : await revisionFiles(context, press, { edition, input }, { before: published, revision });
    await mkdir(draftFolder, { recursive: true });
    for (const [name, content] of drafted) await writeSynced(path.join(draftFolder, name), content);
    await markDraft(draftFolder, found.contentHash);
    return {
      ...found,
      state: revision === 1 ? 'new' : 'revised',
      revision,
      draftFolder,
    };
  },
};
