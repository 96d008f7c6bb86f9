import path from 'node:path';
import type { ComposeInput, Edition } from '../model/edition.ts';
import type { DigestId } from '../model/ids.ts';
import type { Chromium } from '../net/chromium.ts';
import {
  type ArchivedEdition,
  editionFolder,
  newestUntil,
  readArchived,
  readEdition,
} from '../reports/archive.ts';
import { DOCUMENTS_FILE, documentsFile } from '../reports/csv-documents.ts';
import { FIGURES_FILE, figuresFile } from '../reports/csv-figures.ts';
import { differenceFiles } from '../reports/difference-view.ts';
import { evidenceOf } from '../reports/evidence.ts';
import { readCalendar } from '../reports/ics.ts';
import { CALENDAR_FILE, deadlinesFile, documentsOf } from '../reports/ics-deadlines.ts';
import { DIFFERENCE_FILE, manifestFiles, type Versions } from '../reports/manifest.ts';
import { printPdf } from '../reports/pdf.ts';
import { loadTemplate, type RevisionInfo, renderEdition } from '../reports/render.ts';
import type { JobContext } from './context.ts';

/** What turns an edition into files. */
export interface EditionPress {
  readonly templatesDir: string;
  readonly archiveDir: string;
  /** Where the archive is read on the web; empty: nowhere. */
  readonly archiveUrl: string;
  readonly version: string;
  chromium(): Promise<Chromium>;
}

/** An edition in all its renditions, not yet in the archive. */
export interface EditionFiles {
  /** Content by path within the edition's folder. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly versions: Versions;
  /** Pages of the PDF. */
  readonly pages: number;
}

/** An edition and what it was composed of. */
export interface MadeEdition {
  readonly edition: Edition;
  readonly input: ComposeInput;
}

const FIRST: RevisionInfo = { number: 1, hasDifference: false };

/** Every file of an edition that follows from its data and its revision: web page, PDF, mail, kept copies, data. */
export async function editionFiles(
  context: Pick<JobContext, 'store' | 'signal'>,
  press: EditionPress,
  made: MadeEdition,
  revision: RevisionInfo,
): Promise<EditionFiles> {
  const { edition, input } = made;
  const template = await loadTemplate(path.join(press.templatesDir, edition.template));
  const { digestId, period } = edition;
  const place = `${editionFolder({ digestId, week: period.week, revision: revision.number })}/`;
  const renditions = renderEdition(
    template,
    { edition, evidence: evidenceOf(edition, input) },
    {
      revision,
      ...(press.archiveUrl === '' ? {} : { publicUrl: new URL(place, press.archiveUrl).href }),
    },
  );
  const facts = {
    title: `${edition.title} ${edition.period.week}`,
    author: edition.title,
    subject: `${edition.period.firstDay} – ${edition.period.lastDay}`,
    lang: edition.lang,
    at: edition.period.to,
  };
  const chromium = await press.chromium();
  const figures = figuresFile(edition);
  const printed = await printPdf({ print: renditions.print, facts }, chromium, context.signal);
  return {
    files: new Map<string, string | Uint8Array>([
      ...renditions.files,
      ['digest.pdf', printed.pdf],
      [CALENDAR_FILE, await calendarFile(context, press, made)],
      [DOCUMENTS_FILE, documentsFile(edition)],
      ...(figures === undefined ? [] : [[FIGURES_FILE, figures] as const]),
    ]),
    pages: printed.pages,
    versions: { program: press.version, chromium: printed.chromium },
  };
}

/** Which revision of its week an edition would be if it came out as the archive has it: the newest, else the first. */
export async function standingRevision(
  { archiveDir }: Pick<EditionPress, 'archiveDir'>,
  digestId: DigestId,
  week: string,
): Promise<RevisionInfo> {
  const last = await newestUntil(archiveDir, digestId, week);
  if (last === undefined || last.manifest.edition.week !== week) return FIRST;
  const { edition, files } = last.manifest;
  return {
    number: edition.revision,
    hasDifference: files.some(({ path: name }) => name === DIFFERENCE_FILE),
  };
}

/** What a new revision holds: the edition that says which revision it is, and how it differs from the one before it. */
export async function revisionFiles(
  context: Pick<JobContext, 'store' | 'signal'>,
  press: EditionPress,
  made: MadeEdition,
  { before, revision }: { readonly before: ArchivedEdition; readonly revision: number },
): Promise<EditionFiles['files']> {
  const older = await readEdition(press.archiveDir, before);
  // Without its data there is nothing to compare with; the chain still leads to what is left of it.
  const hasDifference = older !== undefined;
  const { files } = await editionFiles(context, press, made, { number: revision, hasDifference });
  if (older === undefined) return files;
  const template = await loadTemplate(path.join(press.templatesDir, 'archive'));
  const { manifest, folder } = before;
  const difference = differenceFiles(
    template,
    {
      edition: older,
      revision: manifest.edition.revision,
      files: manifest.files,
      href: `../${path.posix.basename(folder)}/index.html`,
    },
    {
      edition: made.edition,
      revision,
      files: manifestFiles(files),
      href: 'index.html',
    },
  );
  return new Map([...files, ...difference]);
}

/** The dates ahead, told as changes to the calendar that readers have from the edition or revision before. */
async function calendarFile(
  { store }: Pick<JobContext, 'store'>,
  { archiveDir }: EditionPress,
  { edition, input }: { readonly edition: Edition; readonly input: ComposeInput },
): Promise<string> {
  const last = await newestUntil(archiveDir, edition.digestId, edition.period.week);
  const text = last === undefined ? undefined : await readArchived(archiveDir, last, CALENDAR_FILE);
  const before = readCalendar(text ?? '');
  const documents = await store.documents.byIds(documentsOf(before));
  return deadlinesFile({
    edition,
    before,
    documents: new Map(documents.map((document) => [document.id, document])),
    ...(input.gone === undefined ? {} : { gone: input.gone }),
    zoneOf: (sourceId) => input.sources.get(sourceId)?.zone ?? edition.period.zone,
  });
}
