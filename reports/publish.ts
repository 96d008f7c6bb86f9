import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Edition } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import { isAlive } from '../model/process.ts';
import { sha256 } from '../text/hash.ts';
import { type ArchivedEdition, editionFolder, editionsOf } from './archive.ts';
import {
  type ChainLink,
  holdsSame,
  MANIFEST_FILE,
  type Manifest,
  manifestEdition,
  manifestFiles,
  type Versions,
} from './manifest.ts';
import { stableJson } from './stable-json.ts';
import { syncFolder, writeSynced } from './write-synced.ts';

/** What is put into an edition's folder. */
export interface PublishFiles {
  /** Content by path within the folder. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly versions: Versions;
  /** What a new revision holds besides or in another form: it says which one it is and how it differs. @default nothing */
  revisionFiles?(
    before: ArchivedEdition,
    revision: number,
  ): Promise<ReadonlyMap<string, string | Uint8Array>>;
  /**
   * Given what is ready, still under its temporary name; `put` moves it into its place. An error thrown in place of that
   * leaves the archive as it was. Asked for an unchanged edition as well, where `put` has nothing to do. @default put()
   */
  commit?(made: Published, put: () => Promise<void>): Promise<void>;
}

export interface Published {
  /** `unchanged`: the newest revision has the same bytes, nothing was written. */
  readonly state: 'new' | 'revised' | 'unchanged';
  readonly revision: number;
  /** The edition's folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
}

const SAFE_NAME = /^\w[\w.-]*$/;
const SAFE_FILE = /^(?:[\w%][\w%.-]*\/)?[\w%][\w%.-]*$/;
const TEMPORARY = /^\.(?<week>.+)\.tmp-(?<pid>\d+)$/;

/**
 * Puts an edition into `<archive>/<digest>/<year>/<week>/` in one step: everything is written under a temporary name
 * beside it, synced and renamed. The same bytes change nothing; different ones become `<week>-r2` beside the first.
 * @throws AppError `ARCHIVE_PATH` for a name that could leave the folder, `ARCHIVE_TAKEN` when the place is taken
 */
export async function publish(
  archiveDir: string,
  edition: Edition,
  { files, versions, revisionFiles, commit = (_made, put) => put() }: PublishFiles,
): Promise<Published> {
  const { week } = edition.period;
  for (const name of [edition.digestId, week]) if (!SAFE_NAME.test(name)) throw pathError(name);
  for (const path of files.keys()) if (!SAFE_FILE.test(path) || path === MANIFEST_FILE) throw pathError(path);
  const ofDigest = await editionsOf(archiveDir, edition.digestId);
  const revisions = ofDigest.filter(({ manifest }) => manifest.edition.week === week);
  const newest = revisions.at(-1);
  const listed = manifestFiles(files);
  if (newest !== undefined && holdsSame(newest.manifest, listed)) {
    const { manifest, manifestHash } = newest;
    const folder = join(archiveDir, newest.folder);
    const same: Published = {
      state: 'unchanged',
      revision: manifest.edition.revision,
      folder,
      manifest,
      manifestHash,
    };
    await commit(same, async () => undefined);
    return same;
  }
  const revision = (newest?.manifest.edition.revision ?? 0) + 1;
  const besides = newest === undefined ? undefined : await revisionFiles?.(newest, revision);
  const all = new Map([...files, ...(besides ?? [])]);
  const before = ofDigest.filter(({ manifest }) => manifest.edition.week < week).at(-1);
  const manifest: Manifest = {
    schema: 1,
    edition: manifestEdition(edition, revision),
    files: besides === undefined ? listed : manifestFiles(all),
    versions,
    previous: linkTo(before),
    revises: linkTo(newest),
  };
  const text = stableJson(manifest);
  const parent = join(archiveDir, edition.digestId, week.slice(0, 4));
  const folder = join(archiveDir, editionFolder({ digestId: edition.digestId, week, revision }));
  const made: Published = {
    state: revision === 1 ? 'new' : 'revised',
    revision,
    folder,
    manifest,
    manifestHash: sha256(text),
  };
  const to = { parent, week, folder, files: [...all, [MANIFEST_FILE, text]] as const };
  await writeFolder({ ...to, commit: (put) => commit(made, put) });
  return made;
}

async function writeFolder(to: {
  readonly parent: string;
  readonly week: string;
  readonly folder: string;
  readonly files: readonly (readonly [string, string | Uint8Array])[];
  commit(put: () => Promise<void>): Promise<void>;
}): Promise<void> {
  await mkdir(to.parent, { recursive: true });
  await removeStale(to.parent, to.week);
  const temporary = join(to.parent, `.${to.week}.tmp-${process.pid}`);
  try {
    for (const [path, content] of to.files) await writeSynced(join(temporary, path), content);
    await syncFolder(temporary);
    await to.commit(() => rename(temporary, to.folder));
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw cause;
    throw new AppError(
      'ARCHIVE_TAKEN',
      `publishing ${to.folder}: a folder that is not this edition is in its place`,
      {
        cause,
        retryable: true,
      },
    );
  }
  await syncFolder(to.parent);
}

/** Removes what a process that is gone left of this week. */
async function removeStale(parent: string, week: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const groups = TEMPORARY.exec(name)?.groups;
    if (groups?.week !== week) continue;
    const pid = Number(groups.pid);
    if (pid === process.pid || !isAlive(pid)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function linkTo(edition: ArchivedEdition | undefined): ChainLink | null {
  if (edition === undefined) return null;
  const [, ...rest] = edition.folder.split('/');
  return { folder: rest.join('/'), manifestHash: edition.manifestHash };
}

function pathError(name: string): AppError {
  return new AppError('ARCHIVE_PATH', `publishing an edition: "${name}" is not a name the archive allows`);
}
