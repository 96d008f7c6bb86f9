import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InterfaceLanguage } from '../model/digest.ts';
import { type ArchivedEdition, listEditions } from './archive.ts';
import { render, type Template } from './render.ts';
import { WORDING, type Wording } from './wording.ts';
import { replaceSynced } from './write-synced.ts';

/** What the archive's front door shows, see docs/add-a-template.md. */
export interface ArchiveView {
  readonly lang: InterfaceLanguage;
  readonly labels: Wording['labels'];
  readonly digests: readonly {
    readonly title: string;
    readonly subtitle: string;
    readonly lang: InterfaceLanguage;
    readonly years: readonly { readonly year: string; readonly editions: readonly ArchiveRow[] }[];
  }[];
}

export interface ArchiveRow {
  readonly href: string;
  readonly pdfHref: string | null;
  readonly number: string;
  readonly week: string;
  readonly days: string;
  readonly cover: string;
  readonly coverLang: string;
  readonly isEmpty: boolean;
  readonly counts: string;
  readonly coverage: string;
  /** `修订版 2`; null for a first printing. */
  readonly revision: string | null;
  /** Earlier revisions of the week, newest first. */
  readonly earlier: readonly { readonly href: string; readonly label: string }[];
}

/**
 * Writes `index.html` over all editions found; the same archive gives the same bytes.
 * @param lang the page's own language while there is no edition; later it is that of the digest with most editions
 */
export async function writeArchiveIndex(
  archiveDir: string,
  template: Template,
  lang: InterfaceLanguage,
): Promise<{ readonly file: string; readonly editions: number; readonly state: 'written' | 'unchanged' }> {
  const editions = await listEditions(archiveDir);
  const html = render(template, 'index', archiveView(editions, lang));
  const file = join(archiveDir, 'index.html');
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (before === html) return { file, editions: editions.length, state: 'unchanged' };
  await replaceSynced(file, html);
  return { file, editions: editions.length, state: 'written' };
}

/** Groups editions by digest and year, newest first; a week's newest revision stands for it. */
export function archiveView(editions: readonly ArchivedEdition[], lang: InterfaceLanguage): ArchiveView {
  const byDigest = Map.groupBy(editions, ({ manifest }) => manifest.edition.digestId);
  const digests = [...byDigest.values()].flatMap((ofDigest) => {
    const weeks = [...Map.groupBy(ofDigest, ({ manifest }) => manifest.edition.week).values()].toReversed();
    const newest = ofDigest.at(-1)?.manifest.edition;
    if (newest === undefined) return [];
    const years = Map.groupBy(weeks, ([first]) => first?.manifest.edition.week.slice(0, 4) ?? '');
    return {
      title: newest.title,
      subtitle: newest.subtitle,
      lang: newest.lang,
      years: [...years].map(([year, rows]) => ({
        year,
        editions: rows.flatMap((revisions) => rowOf(revisions)),
      })),
    };
  });
  const [most] = [...byDigest.values()].sort((left, right) => right.length - left.length);
  const own = most?.at(-1)?.manifest.edition.lang ?? lang;
  return { lang: own, labels: WORDING[own].labels, digests };
}

function rowOf(revisions: readonly ArchivedEdition[]): ArchiveRow[] {
  const newest = revisions.at(-1);
  if (newest === undefined) return [];
  const { edition, files } = newest.manifest;
  const words = WORDING[edition.lang];
  const label = (revision: number): string => `${words.labels.revision} ${revision}`;
  return [
    {
      href: `${newest.folder}/index.html`,
      pdfHref: files.some(({ path }) => path === 'digest.pdf') ? `${newest.folder}/digest.pdf` : null,
      number: words.editionNumber(edition.number),
      week: words.week(edition.week),
      days: words.days(edition.firstDay, edition.lastDay),
      cover: edition.cover ?? words.labels.emptyTitle,
      coverLang: edition.coverLang ?? edition.lang,
      isEmpty: edition.cover === null,
      counts: words.cover({
        shown: edition.counts.shown,
        documents: edition.newDocuments,
        deadlines: edition.datesAhead,
      }),
      coverage: words.covered(edition.sources),
      revision: edition.revision === 1 ? null : label(edition.revision),
      earlier: revisions
        .slice(0, -1)
        .toReversed()
        .map(({ folder, manifest }) => ({
          href: `${folder}/index.html`,
          label: label(manifest.edition.revision),
        })),
    },
  ];
}
