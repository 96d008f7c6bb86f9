import type { Document } from '../model/document.ts';
import type { ComposeInput, Edition, Item } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Writer, Writing } from '../model/writer.ts';
import { checkWriting } from '../pipeline/writing/check-writing.ts';
import { checkEdition, itemsOf } from '../reports/check-edition.ts';
import { withWritings } from '../reports/written-notes.ts';
import type { JobContext } from './context.ts';

/** The best stories of an edition are told by the writer, the rest by their own sentences alone. */
const MOST_NOTES = 20;
/** A story's first documents say it all; the rest repeats them. */
const MOST_DOCUMENTS = 4;

type Parts = Pick<JobContext, 'store' | 'clock' | 'log' | 'signal' | 'vocabulary'>;

/**
 * Adds what a language model wrote of the edition's stories. What was written before is kept data and is used whether or
 * not there is a writer now; only a writer makes new ones. One that fails costs its note, never the edition.
 */
export async function addNotes(
  context: Parts,
  edition: Edition,
  input: ComposeInput,
  writer: Writer | undefined,
): Promise<Edition> {
  const documents = new Map(input.stories.flatMap((story) => story.documents.map((one) => [one.id, one])));
  const notes = new Map<Item['storyId'], Writing>();
  let asking = writer;
  for (const item of itemsOf(edition).slice(0, MOST_NOTES)) {
    const told = documentsOf(item, documents);
    const hashes = told.map(({ contentHash }) => contentHash);
    const known = await context.store.writings.of(edition.lang, hashes);
    const writing =
      known ?? (asking && (await write(context, asking, { lang: edition.lang, documents: told })));
    // A writer that does not answer would cost its patience again for every story.
    if (writing === undefined) asking = undefined;
    else if (writing.sentences.length > 0) notes.set(item.storyId, writing);
  }
  if (notes.size === 0) return edition;
  const noted = withWritings(edition, notes);
  checkEdition(noted, input);
  return noted;
}

async function write(
  { store, clock, log, signal, vocabulary }: Parts,
  writer: Writer,
  task: { readonly lang: Edition['lang']; readonly documents: readonly Document[] },
): Promise<Writing | undefined> {
  const { lang, documents } = task;
  try {
    const checked = checkWriting(await writer.write(task, signal), documents, vocabulary);
    const writing: Writing = {
      lang,
      contentHashes: documents.map(({ contentHash }) => contentHash),
      writer: writer.name,
      ...checked,
      writtenAt: clock.now().toISOString(),
    };
    await store.writings.keep(writing);
    for (const { because } of checked.dropped) log.info('Written sentence dropped', { because });
    return writing;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    log.warn('Writer failed, the edition goes on without its notes', { error: error.message });
    return undefined;
  }
}

function documentsOf({ documents }: Item, known: ReadonlyMap<DocumentId, Document>): Document[] {
  return documents.slice(0, MOST_DOCUMENTS).flatMap(({ documentId }) => known.get(documentId) ?? []);
}
