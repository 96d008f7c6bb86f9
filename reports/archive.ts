import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Edition } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import { sha256 } from '../text/hash.ts';
import { MANIFEST_FILE, type Manifest, type ManifestEdition, parseManifest } from './manifest.ts';

/** The file that holds the whole edition. */
const EDITION_FILE = 'edition.json';
const EDITION_NAME = /^\d{4}-W\d{2}(?:-r\d+)?$/;

/** An edition found in the archive. */
export interface ArchivedEdition {
  /** Relative to the archive, with `/`: `weekly/2021/2021-W25-r2`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
}

/** Every edition of the archive: by digest, then week, then revision, oldest first. */
export async function listEditions(archiveDir: string): Promise<ArchivedEdition[]> {
  const digests = await foldersIn(archiveDir);
  const found = await Promise.all(digests.map((digestId) => editionsOf(archiveDir, digestId)));
  return found.flat();
}

/** The newest edition of a digest up to a week: its own newest revision where there is one, else the week before's. */
export async function newestUntil(
  archiveDir: string,
  digestId: string,
  week: string,
): Promise<ArchivedEdition | undefined> {
  const ofDigest = await editionsOf(archiveDir, digestId);
  return ofDigest.filter(({ manifest }) => manifest.edition.week <= week).at(-1);
}

/** Where an edition lies in the archive, with `/`: `weekly/2021/2021-W25-r2`. */
export function editionFolder({
  digestId,
  week,
  revision,
}: Pick<ManifestEdition, 'digestId' | 'week' | 'revision'>): string {
  return `${digestId}/${week.slice(0, 4)}/${week}${revision === 1 ? '' : `-r${revision}`}`;
}

/** A text file of an edition; undefined when it is not there. */
export function readArchived(
  archiveDir: string,
  { folder }: Pick<ArchivedEdition, 'folder'>,
  path: string,
): Promise<string | undefined> {
  return readIfThere(join(archiveDir, folder, path));
}

/** What editions of earlier versions of the program do not have. */
const LATER_FIELDS = { later: [], numbers: [], running: [], regions: [], weeks: [], fates: [] };

/** The whole edition as it was published; undefined when its file is gone or broken, which `verify` tells. */
export async function readEdition(
  archiveDir: string,
  archived: Pick<ArchivedEdition, 'folder'>,
): Promise<Edition | undefined> {
  const text = await readArchived(archiveDir, archived, EDITION_FILE);
  try {
    return text === undefined ? undefined : { ...LATER_FIELDS, ...(JSON.parse(text) as Edition) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** All that lies in an archive, the unreadable included. */
export interface ArchiveSurvey {
  readonly editions: readonly ArchivedEdition[];
  /** Folders that should be editions and are none, with the reason. */
  readonly broken: readonly { readonly folder: string; readonly error: AppError }[];
}

/** Every edition, and every folder in an edition's place that is none: for those who look after the archive. */
export async function surveyArchive(archiveDir: string): Promise<ArchiveSurvey> {
  const digests = await foldersIn(archiveDir);
  const surveys = await Promise.all(digests.map((digestId) => surveyDigest(archiveDir, digestId)));
  return {
    editions: surveys.flatMap(({ editions }) => editions),
    broken: surveys.flatMap(({ broken }) => broken),
  };
}

/** The editions of one digest by week, then revision, oldest first. */
export async function editionsOf(archiveDir: string, digestId: string): Promise<readonly ArchivedEdition[]> {
  const { editions, broken } = await surveyDigest(archiveDir, digestId);
  const unreadable = broken.find(({ error }) => error.code === 'ARCHIVE_MANIFEST_BROKEN');
  if (unreadable !== undefined) throw unreadable.error;
  return editions;
}

async function surveyDigest(archiveDir: string, digestId: string): Promise<ArchiveSurvey> {
  const editions: ArchivedEdition[] = [];
  const broken: { folder: string; error: AppError }[] = [];
  for (const year of await foldersIn(join(archiveDir, digestId)))
    for (const name of await foldersIn(join(archiveDir, digestId, year))) {
      const folder = [digestId, year, name].join('/');
      const file = `${folder}/${MANIFEST_FILE}`;
      const text = await readIfThere(join(archiveDir, file));
      if (text === undefined) {
        // Without a manifest it is no edition: somebody else's folder, or a copy that stopped half-way.
        if (EDITION_NAME.test(name))
          broken.push({
            folder,
            error: new AppError('ARCHIVE_MANIFEST_MISSING', `reading ${file}: it is not there`),
          });
        continue;
      }
      try {
        editions.push({ folder, manifest: parseManifest(text, file), manifestHash: sha256(text) });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        broken.push({ folder, error });
      }
    }
  return { editions: editions.sort(byWeekAndRevision), broken };
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function byWeekAndRevision(left: ArchivedEdition, right: ArchivedEdition): number {
  const [one, other] = [left.manifest.edition, right.manifest.edition];
  if (one.week !== other.week) return one.week < other.week ? -1 : 1;
  return one.revision - other.revision;
}
