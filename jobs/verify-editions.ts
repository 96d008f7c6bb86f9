import path from 'node:path';
import type { RecordedEdition } from '../db/editions.ts';
import type { Digest } from '../model/digest.ts';
import type { AppError } from '../model/errors.ts';
import { type ArchivedEdition, readEdition, surveyArchive } from '../reports/archive.ts';
import { checkArchiveIndex, loadArchiveLook } from '../reports/archive-index.ts';
import { manifestFiles, withoutRevisionFiles } from '../reports/manifest.ts';
import {
  byDocument,
  type Check,
  checkChain,
  checkFiles,
  checkOf,
  checkSentences,
  nameOf,
  skipped,
} from '../reports/verify.ts';
import { makeEdition } from './build-edition.ts';
import type { JobContext } from './context.ts';
import type { EditionPress } from './edition-files.ts';
import type { Job } from './run.ts';

export interface VerifyEditionsArguments {
  /** What is asked for, as a person typed it. */
  readonly target: string;
  /** The archive's own pages too: front door, stories, lives, feeds. */
  readonly isWhole: boolean;
  /** The archive to look at: the program's own, or a copy that somebody was given. */
  readonly archiveDir: string;
  readonly press: EditionPress;
  /** Build each week's newest revision again and compare. */
  readonly isRebuilt: boolean;
  selects(edition: ArchivedEdition): boolean;
}

export interface VerifiedEdition {
  readonly edition: ArchivedEdition;
  readonly checks: readonly Check[];
}

export interface VerifyEditionsResult {
  /** `pages`: those of the archive itself, looked at when all of it is. */
  readonly counts: Readonly<Record<'editions' | 'pages' | 'checks' | 'faults', number>>;
  readonly editions: readonly VerifiedEdition[];
  /** Faults of no edition: folders that should be one, editions on record that are gone, pages of the archive itself. */
  readonly archiveFaults: readonly string[];
}

/** What one edition is held against. */
interface Surroundings {
  readonly args: VerifyEditionsArguments;
  readonly byFolder: ReadonlyMap<string, ArchivedEdition>;
  readonly records: ReadonlyMap<string, RecordedEdition>;
  /** True for the program's own archive: only there do database and rebuild speak of it. */
  readonly isOwn: boolean;
}

/** Holds published editions against their manifests, each other, the database and a fresh build; writes nothing. */
export const verifyEditions: Job<VerifyEditionsArguments, VerifyEditionsResult> = {
  name: 'verify-editions',
  subject: ({ target }) => target,
  async run(context, args) {
    const { editions: all, broken } = await surveyArchive(args.archiveDir);
    const isOwn = args.archiveDir === args.press.archiveDir;
    const records = isOwn ? await context.store.editions.recorded() : [];
    const surroundings: Surroundings = {
      args,
      byFolder: new Map(all.map((edition) => [edition.folder, edition])),
      records: new Map(records.map((record) => [record.folder, record])),
      isOwn,
    };
    const chosen = all.filter((edition) => args.selects(edition));
    const editions: VerifiedEdition[] = [];
    context.progress.phase('editions', chosen.length);
    for (const edition of chosen) {
      context.signal.throwIfAborted();
      editions.push({ edition, checks: await checksOf(context, edition, surroundings) });
      context.progress.step();
    }
    const pages = await checkPages(context, args, isOwn);
    const archiveFaults = [
      ...broken.map(({ error }) => messageOf(error)),
      ...records
        .filter(
          ({ folder }) => !surroundings.byFolder.has(folder) && !broken.some((one) => one.folder === folder),
        )
        .map(({ folder }) => `${folder}: published, but no longer in the archive`),
      ...pages.faults,
    ];
    const checks = editions.flatMap((one) => one.checks);
    const faults = checks.reduce((sum, { faults: own }) => sum + own.length, archiveFaults.length);
    const counts = { editions: editions.length, pages: pages.checked, checks: checks.length, faults };
    return { counts, editions, archiveFaults };
  },
};

/** The archive's own pages are what its editions make. */
async function checkPages(
  { vocabulary }: JobContext,
  { archiveDir, press, isWhole }: VerifyEditionsArguments,
  isOwn: boolean,
): Promise<{ readonly checked: number; readonly faults: readonly string[] }> {
  if (!isWhole || !isOwn) return { checked: 0, faults: [] };
  const look = await loadArchiveLook(path.join(press.templatesDir, 'archive'));
  // The language is that of an archive without editions, where nothing is asked to be verified.
  return checkArchiveIndex(archiveDir, look, { lang: 'en', archiveUrl: press.archiveUrl, vocabulary });
}

async function checksOf(
  context: JobContext,
  archived: ArchivedEdition,
  around: Surroundings,
): Promise<Check[]> {
  const { archiveDir } = around.args;
  return [
    await checkFiles(archiveDir, archived),
    checkChain(archived, around.byFolder),
    await checkSentences(archiveDir, archived),
    checkRecord(archived, around),
    await checkWords(context, archiveDir, archived),
    await checkRebuild(context, archived, around),
  ];
}

/** The database names the same manifest: a whole edition cannot be exchanged. */
function checkRecord({ folder, manifestHash }: ArchivedEdition, { records, isOwn }: Surroundings): Check {
  if (!isOwn) return skipped('record', 'another archive than the program’s own');
  const record = records.get(folder);
  if (record === undefined) return skipped('record', 'not published from this database');
  const isSame = record.manifestHash === manifestHash;
  return checkOf('record', 1, isSame ? [] : ['manifest.json is not the one that was published']);
}

/** Every sentence stands in the stored words of its document's version. */
async function checkWords(
  context: JobContext,
  archiveDir: string,
  archived: ArchivedEdition,
): Promise<Check> {
  const edition = await readEdition(archiveDir, archived);
  if (edition === undefined) return skipped('words', 'edition.json is missing or broken');
  const faults: string[] = [];
  let checked = 0;
  for (const [documentId, sentences] of byDocument(edition)) {
    const revisions = await context.store.documents.revisionsOf(documentId);
    for (const sentence of sentences) {
      const stored = revisions.find(({ number }) => number === sentence.revision);
      if (stored === undefined) continue;
      checked += 1;
      const stands = stored.text.slice(sentence.start, sentence.end) === sentence.text;
      if (!stands || stored.contentHash !== sentence.contentHash)
        faults.push(`document ${documentId} revision ${sentence.revision}: ${nameOf(sentence)}`);
    }
  }
  return checked === 0
    ? skipped('words', 'its documents are not in this database')
    : checkOf('words', checked, faults);
}

/** A fresh build of the same week has the same bytes, file by file. */
async function checkRebuild(
  context: JobContext,
  archived: ArchivedEdition,
  around: Surroundings,
): Promise<Check> {
  const { args, records, byFolder, isOwn } = around;
  const { edition, files, versions } = archived.manifest;
  if (!args.isRebuilt) return skipped('rebuild', 'not asked for');
  if (!isOwn || !records.has(archived.folder)) return skipped('rebuild', 'not published from this database');
  const isRevised = [...byFolder.values()].some(
    ({ manifest: { edition: other } }) =>
      other.digestId === edition.digestId && other.week === edition.week && other.revision > edition.revision,
  );
  if (isRevised) return skipped('rebuild', 'a newer revision stands for the week');
  const digest = context.digests.find(({ id }) => id === edition.digestId);
  if (digest === undefined) return skipped('rebuild', `the digest ${edition.digestId} is no longer declared`);
  const made = await rebuilt(context, digest, edition.week, args.press);
  const faults = differences(
    new Map(withoutRevisionFiles(files).map((file) => [file.path, file.sha256])),
    new Map(manifestFiles(made.files).map((file) => [file.path, file.sha256])),
  );
  const [then, now] = [versions, made.versions].map(
    ({ program, chromium }) => `program ${program}, ${chromium ?? 'no browser'}`,
  );
  if (faults.length > 0 && then !== now)
    return skipped('rebuild', `differs in ${faults.length} files: made with ${then}; here is ${now}`);
  return checkOf('rebuild', made.files.size, faults);
}

function rebuilt(context: JobContext, digest: Digest, week: string, press: EditionPress) {
  return makeEdition(context, { digest, week, press }, context.clock.now());
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((file) => {
    if (!after.has(file)) return [`${file}: a fresh build has no such file`];
    if (!before.has(file)) return [`${file}: only in a fresh build`];
    return before.get(file) === after.get(file) ? [] : [`${file}: a fresh build has other bytes`];
  });
}

function messageOf(error: AppError): string {
  return error.message;
}
