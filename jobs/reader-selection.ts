import { access } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedEdition } from '../db/editions.ts';
import type { Recipient } from '../model/delivery.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Region } from '../model/vocabulary.ts';
import { mailedErratum } from '../reports/difference-view.ts';
import { DIFFERENCE_FILE } from '../reports/manifest.ts';
import { renderReaderMail, renderWholeMail } from '../reports/reader-mail.ts';
import { loadTemplate, type RenderOptions, type Template } from '../reports/render.ts';
import {
  type DocumentSubjects,
  documentsToLookUp,
  type ReaderSelection,
  type SelectedEdition,
  selectForReader,
} from '../reports/select-for-reader.ts';
import type { JobContext } from './context.ts';
import type { EditionMail, StoredEditionMail } from './edition-mail.ts';
import type { Mailing } from './mailing.ts';

type Context = Pick<JobContext, 'store' | 'vocabulary'>;
type Choice = Pick<Recipient, 'topics' | 'regions'>;

/** The choice of whoever made none. */
export const EVERYTHING: Choice = { topics: [], regions: [] };

/** Cuts an edition to what readers chose, once for each choice however many readers made it. */
export interface SelectionDesk {
  /** Undefined for a reader who wants everything. */
  selected(published: PublishedEdition, reader: Choice): Promise<SelectedEdition | undefined>;
  /**
   * The mail for a reader: the one in the archive, or its part that the reader chose. Its links lead to where the archive
   * is read today, also when the edition was published for another address.
   */
  mailFor(mail: StoredEditionMail, reader: Choice): Promise<EditionMail>;
}

export function createSelectionDesk(
  { store, vocabulary }: Context,
  { templatesDir, archiveDir, archiveUrl }: Pick<Mailing, 'templatesDir' | 'archiveDir' | 'archiveUrl'>,
): SelectionDesk {
  const subjectsOf = once(
    (published: PublishedEdition) => readSubjects(store, published),
    ({ id }) => id,
  );
  const selectedOf = once(
    async ({ published, selection }: { published: PublishedEdition; selection: ReaderSelection }) =>
      selectForReader(published.edition, selection, await subjectsOf(published)),
    ({ published, selection }) => keyOf(published, selection),
  );
  const lookOf = async (published: PublishedEdition): Promise<[Template, RenderOptions]> => {
    const publicUrl = publicUrlOf(published, archiveUrl);
    const hasDifference = await isThere(path.join(archiveDir, published.folder, DIFFERENCE_FILE));
    return [
      await loadTemplate(path.join(templatesDir, published.edition.template)),
      {
        revision: { number: published.revision, hasDifference },
        ...(publicUrl === undefined ? {} : { publicUrl }),
      },
    ];
  };
  const renderedOf = once(
    async ({ published, selection }: { published: PublishedEdition; selection: ReaderSelection }) => {
      const [template, options] = await lookOf(published);
      return renderReaderMail(template, await selectedOf({ published, selection }), options);
    },
    ({ published, selection }) => keyOf(published, selection),
  );
  const wholeOf = once(
    async (mail: StoredEditionMail): Promise<EditionMail> => {
      const { published } = mail;
      if (publicUrlIn(mail.html, published) === publicUrlOf(published, archiveUrl)) return mail;
      const [template, options] = await lookOf(published);
      return { ...mail, ...renderWholeMail(template, published.edition, options) };
    },
    ({ published }) => published.id,
  );
  return {
    async selected(published, reader) {
      const selection = selectionOf(reader, vocabulary.regions);
      return selection === undefined ? undefined : selectedOf({ published, selection });
    },
    async mailFor(stored, reader) {
      const { published, erratum } = stored;
      const mail = {
        ...stored,
        erratum: erratum && mailedErratum(erratum, publicUrlOf(published, archiveUrl)),
      };
      const selection = selectionOf(reader, vocabulary.regions);
      if (selection === undefined) return wholeOf(mail);
      const { edition } = await selectedOf({ published, selection });
      return {
        ...mail,
        ...(await renderedOf({ published, selection })),
        published: { ...published, edition },
      };
    },
  };
}

/** Where an edition's folder is read on the web; undefined where it is not. */
function publicUrlOf({ folder }: PublishedEdition, archiveUrl: string): string | undefined {
  return archiveUrl === '' ? undefined : new URL(`${folder}/`, archiveUrl).href;
}

/** The same as it was when the mail in the archive was made: what its links say. */
function publicUrlIn(html: string, { folder }: PublishedEdition): string | undefined {
  const links = html.matchAll(/\bhref="(?<address>[^"#]+)/g);
  return [...links].map(({ groups }) => groups?.address).find((address) => address?.endsWith(`/${folder}/`));
}

/** A strategic region stands for itself and its provinces. */
function selectionOf({ topics, regions }: Choice, known: readonly Region[]): ReaderSelection | undefined {
  if (topics.length === 0 && regions.length === 0) return undefined;
  const members = known.filter(({ id }) => regions.includes(id)).flatMap((region) => region.members);
  return { topics, regions: [...new Set([...regions, ...members])] };
}

function keyOf({ id }: PublishedEdition, { topics, regions }: ReaderSelection): string {
  return JSON.stringify([id, [...topics].sort(), [...regions].sort()]);
}

async function readSubjects(
  store: JobContext['store'],
  { edition }: PublishedEdition,
): Promise<ReadonlyMap<DocumentId, DocumentSubjects>> {
  const documents = await store.documents.byIds(documentsToLookUp(edition));
  return new Map(
    documents.map(({ id, topics, regions }) => [id, { topics: topics.map(({ topic }) => topic), regions }]),
  );
}

/** A function that works once for each key. */
function once<Input, Output>(
  work: (input: Input) => Promise<Output>,
  key: (input: Input) => string,
): (input: Input) => Promise<Output> {
  const known = new Map<string, Promise<Output>>();
  return (input) => {
    const found = known.get(key(input)) ?? work(input);
    known.set(key(input), found);
    return found;
  };
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
