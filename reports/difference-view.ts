import type { InterfaceLanguage } from '../model/digest.ts';
import type { DocumentRef, Edition } from '../model/edition.ts';
import { ARCHIVE_WORDING, type ArchiveWording } from './archive-wording.ts';
import {
  type ChangedText,
  type CountName,
  type DateChange,
  differenceOf,
  type EditionDifference,
  type PlacedItem,
} from './difference.ts';
import { DIFFERENCE_FILE, ERRATUM_FILE, type ManifestFile, withoutRevisionFiles } from './manifest.ts';
import { render, type Template } from './render.ts';
import { WORDING } from './wording.ts';

/** One of the two editions compared. */
export interface Compared {
  readonly edition: Edition;
  readonly revision: number;
  readonly files: readonly ManifestFile[];
  /** Where the older one lies, relative to the newer. */
  readonly href: string;
}

/** What `difference.hbs` and `erratum-text.hbs` of templates/archive see. */
export interface DifferenceView {
  readonly lang: InterfaceLanguage;
  readonly labels: ArchiveWording['difference'];
  readonly edition: string;
  readonly week: string;
  readonly heading: string;
  readonly beforeHref: string;
  /** The sentence that sums it up. */
  readonly summary: string;
  readonly isSame: boolean;
  readonly added: readonly TitleRow[];
  readonly removed: readonly TitleRow[];
  readonly moved: readonly { readonly title: string; readonly lang: string; readonly words: string }[];
  readonly rewritten: readonly {
    readonly title: string;
    readonly lang: string;
    readonly before: readonly ChangedText[];
    readonly after: readonly ChangedText[];
    /** The lines that differ, for readers of plain text. */
    readonly changes: readonly { readonly before: string; readonly after: string }[];
  }[];
  readonly dates: readonly {
    readonly title: string;
    readonly lang: string;
    readonly kind: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly tables: readonly { readonly sign: string; readonly title: string; readonly lang: string }[];
  readonly counts: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  readonly files: readonly { readonly sign: string; readonly path: string }[];
}

interface TitleRow {
  readonly title: string;
  readonly lang: string;
  readonly source: string;
  readonly place: string;
}

/**
 * What a revision tells of itself beside its own files: the difference as a page and, when words changed, an erratum
 * for those who have the revision before.
 */
export function differenceFiles(template: Template, before: Compared, after: Compared): Map<string, string> {
  const view = differenceView(before, after);
  const page: [string, string] = [DIFFERENCE_FILE, render(template, 'difference', view)];
  if (view.isSame) return new Map([page]);
  return new Map([page, [ERRATUM_FILE, render(template, 'erratum-text', view)]]);
}

/** The last line of `erratum-text.hbs`, which names the page beside it. */
const BESIDE = /\n{1,2}[^\n]* difference\.html\s*$/;

/** An erratum as it is mailed: away from its folder the name of a file leads nowhere, so it becomes a link or goes. */
export function mailedErratum(erratum: string, publicUrl: string | undefined): string {
  return publicUrl === undefined
    ? erratum.replace(BESIDE, '\n')
    : erratum.replace(BESIDE, (line) => line.replace(DIFFERENCE_FILE, `${publicUrl}${DIFFERENCE_FILE}`));
}

/** The difference in the newer edition's language. */
export function differenceView(before: Compared, after: Compared): DifferenceView {
  const { lang, title, period } = after.edition;
  const own = ARCHIVE_WORDING[lang];
  const difference = differenceOf(before.edition, after.edition);
  return {
    lang,
    labels: own.difference,
    edition: title,
    week: WORDING[lang].week(period.week),
    heading: own.differenceOf(before.revision, after.revision),
    beforeHref: before.href,
    summary: difference.isSame ? own.difference.sameContent : summaryOf(difference, own),
    isSame: difference.isSame,
    added: difference.added.map((row) => titleRow(row, own)),
    removed: difference.removed.map((row) => titleRow(row, own)),
    moved: difference.moved.map(({ item, from, to }) => ({
      title: item.headline,
      lang: item.lang,
      words: `${placeName(from, own)} ${from.index + 1} → ${placeName(to, own)} ${to.index + 1}`,
    })),
    rewritten: difference.rewritten.map(({ item, lines }) => ({
      title: item.headline,
      lang: item.lang,
      before: lines.flatMap((line) => line.before ?? []),
      after: lines.flatMap((line) => line.after ?? []),
      changes: lines
        .map((line) => ({
          before: textOf(line.before, own),
          after: textOf(line.after, own),
        }))
        .filter((line) => line.before !== line.after),
    })),
    dates: difference.dates.map((change) => dateRow(change, lang)),
    tables: [
      ...difference.documentsAdded.map((document) => signed('+', document)),
      ...difference.documentsRemoved.map((document) => signed('−', document)),
    ],
    counts: difference.counts.map((row) => ({
      name: countName(row.name, lang),
      before: String(row.before),
      after: String(row.after),
    })),
    files: fileChanges(before.files, after.files),
  };
}

function summaryOf({ added, removed, moved, rewritten }: EditionDifference, own: ArchiveWording): string {
  const other = new Set([...moved, ...rewritten].map(({ item }) => item)).size;
  return own.counted({ added: added.length, removed: removed.length, other });
}

function textOf(line: ChangedText | undefined, own: ArchiveWording): string {
  return line === undefined ? own.difference.none : line.head + line.changed + line.tail;
}

function titleRow({ item, place }: PlacedItem, own: ArchiveWording): TitleRow {
  return {
    title: item.headline,
    lang: item.lang,
    source: item.documents[0]?.sourceName ?? '',
    place: placeName(place, own),
  };
}

function placeName(
  { id, title }: { readonly id: string; readonly title: string },
  own: ArchiveWording,
): string {
  if (id === 'lead') return own.difference.lead;
  return id === 'running' ? own.difference.running : title;
}

function dateRow({ document, kind, before, after }: DateChange, lang: InterfaceLanguage) {
  const words = WORDING[lang];
  const { none } = ARCHIVE_WORDING[lang].difference;
  return {
    title: document.title,
    lang: document.lang,
    kind: words.aheadKinds[kind],
    before: before === undefined ? none : words.day(before),
    after: after === undefined ? none : words.day(after),
  };
}

function signed(sign: string, { title, lang }: DocumentRef) {
  return { sign, title, lang };
}

function countName(name: CountName, lang: InterfaceLanguage): string {
  return ARCHIVE_WORDING[lang].countNames[name];
}

/** `+` for a file that came, `−` for one that went, `≠` for one with other bytes. */
function fileChanges(before: readonly ManifestFile[], after: readonly ManifestFile[]) {
  const [old, now] = [before, after].map(
    (files) => new Map(withoutRevisionFiles(files).map(({ path, sha256 }) => [path, sha256])),
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((path) => {
    if (!old.has(path)) return [{ sign: '+', path }];
    if (!now.has(path)) return [{ sign: '−', path }];
    return old.get(path) === now.get(path) ? [] : [{ sign: '≠', path }];
  });
}
