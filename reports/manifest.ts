import type { InterfaceLanguage } from '../model/digest.ts';
import type { Edition, EditionCounts } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import { sha256 } from '../text/hash.ts';
import { stableJson } from './stable-json.ts';

/** The name of the file that makes a folder an edition; written last. */
export const MANIFEST_FILE = 'manifest.json';

/** Only in a revision: they speak of the one before and say nothing of whether anything changed since. */
export const DIFFERENCE_FILE = 'difference.html';
export const ERRATUM_FILE = 'erratum.txt';
const REVISION_FILES = [DIFFERENCE_FILE, ERRATUM_FILE];

/** What an edition's folder holds and where it came from. It has no build time, so equal builds have equal manifests. */
export interface Manifest {
  readonly schema: 1;
  readonly edition: ManifestEdition;
  /** Sorted by path. */
  readonly files: readonly ManifestFile[];
  readonly versions: Versions;
  /** The edition before this one, or for a revision the one it revises: the links of the chain. */
  readonly previous: ChainLink | null;
  readonly revises: ChainLink | null;
}

export interface ManifestEdition {
  readonly digestId: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lang: InterfaceLanguage;
  /** ISO week. */
  readonly week: string;
  readonly zone: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly number: number;
  readonly revision: number;
  readonly asOf: string | null;
  /** The lead's headline; null in an empty week. */
  readonly cover: string | null;
  readonly coverLang: string | null;
  readonly counts: EditionCounts;
  readonly newDocuments: number;
  readonly datesAhead: number;
  readonly sources: {
    readonly due: number;
    readonly answered: number;
    readonly refused: number;
    readonly failed: number;
  };
}

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface Versions {
  readonly program: string;
  /** As the browser names itself; null for an edition without PDF. */
  readonly chromium: string | null;
}

export interface ChainLink {
  /** The edition's folder beside this one's year: `2021/2021-W24`. */
  readonly folder: string;
  /** SHA-256 of its manifest file, hex. */
  readonly manifestHash: string;
}

/** The facts of an edition as its manifest states them. */
export function manifestEdition(edition: Edition, revision: number): ManifestEdition {
  const { due, answered, refused, failed } = edition.coverage;
  return {
    digestId: edition.digestId,
    title: edition.title,
    subtitle: edition.subtitle,
    lang: edition.lang,
    week: edition.period.week,
    zone: edition.period.zone,
    firstDay: edition.period.firstDay,
    lastDay: edition.period.lastDay,
    number: edition.number,
    revision,
    asOf: edition.asOf ?? null,
    cover: edition.lead?.headline ?? null,
    coverLang: edition.lead?.lang ?? null,
    counts: edition.counts,
    newDocuments: edition.newDocuments.length,
    datesAhead: edition.ahead.length,
    sources: { due, answered, refused, failed },
  };
}

/** Size and hash of each file, sorted by path. */
export function manifestFiles(files: ReadonlyMap<string, string | Uint8Array>): ManifestFile[] {
  return [...files]
    .map(([path, content]) => ({ path, bytes: Buffer.byteLength(content), sha256: sha256(content) }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** True when a manifest lists just these files, apart from those that only revisions have. */
export function holdsSame({ files }: Manifest, listed: readonly ManifestFile[]): boolean {
  return stableJson(withoutRevisionFiles(files)) === stableJson(withoutRevisionFiles(listed));
}

/** One hash for all files of an edition, equal for equal bytes; files that only revisions have do not count. */
export function contentHashOf(files: readonly ManifestFile[]): string {
  return sha256(stableJson(withoutRevisionFiles(files)));
}

/** The files of an edition that are made of its own data alone. */
export function withoutRevisionFiles(files: readonly ManifestFile[]): ManifestFile[] {
  return files.filter(({ path }) => !REVISION_FILES.includes(path));
}

/** @throws AppError `ARCHIVE_MANIFEST_BROKEN` when the text is no manifest of this program */
export function parseManifest(text: string, file: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('ARCHIVE_MANIFEST_BROKEN', `reading ${file}: it is not JSON`, { cause });
  }
  if (!isManifest(value))
    throw new AppError('ARCHIVE_MANIFEST_BROKEN', `reading ${file}: it is not a manifest of schema 1`);
  return value;
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, edition, files } = value as Partial<Manifest>;
  return (
    schema === 1 &&
    Array.isArray(files) &&
    typeof edition === 'object' &&
    typeof edition?.week === 'string' &&
    typeof edition.revision === 'number' &&
    typeof edition.counts === 'object'
  );
}
