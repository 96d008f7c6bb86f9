import type { Document, DocumentDraft, Revision } from '../model/document.ts';
import { AppError } from '../model/errors.ts';
import type { DocumentId, SnapshotId } from '../model/ids.ts';
import type { FetchResult, Http, Page, Snapshot } from '../model/page.ts';
import { outcomeOf, pageOf } from '../net/outcome.ts';
import { readKept } from '../net/warc-reader.ts';
import type { Normalised } from '../pipeline/normalise.ts';
import { periodOfWeek } from '../text/calendar.ts';
import { type JobContext, noteFinding } from './context.ts';
import { type Further, fetchFurtherPages } from './fetch-further-pages.ts';
import { sourceById } from './imported-source.ts';
import { fileOf } from './own-words.ts';
import type { Job } from './run.ts';
import { draftsOf, isReadable } from './understand-page.ts';

export interface RereadArguments {
  readonly weeks: readonly string[];
  /** Weeks begin at midnight of these zones. */
  readonly zones: readonly string[];
}

/** What became of a document: `words` and `values` were put right, `broken` and `unreadable` left as they are. */
type Outcome = 'unchanged' | 'values' | 'words' | 'broken' | 'unreadable';

export interface RereadResult {
  readonly counts: Readonly<Record<Outcome | 'documents', number>>;
}

const BATCH = 200;

/**
 * Reads the documents of some weeks again from their kept pages, by the rules of today. What comes out otherwise
 * replaces what was stored: it is a better reading of the same bytes, not an edit by the publisher. No network.
 */
export const rereadDocuments: Job<RereadArguments, RereadResult> = {
  name: 'reread',
  subject: ({ weeks }) => [...new Set([weeks[0], weeks.at(-1)])].join('..'),
  async run(context, { weeks, zones }) {
    const { store, signal, progress } = context;
    const ids = new Set<DocumentId>();
    for (const week of weeks)
      for (const zone of new Set(zones)) {
        const { from, to } = periodOfWeek(week, zone);
        for (const id of await store.documents.idsWithin(from, to)) ids.add(id);
      }
    const counts = { documents: ids.size, unchanged: 0, values: 0, words: 0, broken: 0, unreadable: 0 };
    progress.phase('documents', ids.size);
    const all = [...ids];
    for (let start = 0; start < all.length; start += BATCH) {
      for (const document of await store.documents.byIds(all.slice(start, start + BATCH))) {
        signal.throwIfAborted();
        counts[await rereadOne(context, document)] += 1;
        progress.step();
      }
    }
    return { counts };
  },
};

/** Every revision of a document: one alone, read better, would look like an edit of the others. */
async function rereadOne(context: JobContext, document: Document): Promise<Outcome> {
  const revisions = await context.store.documents.revisionsOf(document.id);
  const readings: {
    readonly revision: Revision;
    readonly draft: DocumentDraft;
    readonly sides: Normalised['sides'];
  }[] = [];
  for (const revision of revisions) {
    const read = await readingOf(context, document, revision);
    if (read === 'kept') continue;
    if (typeof read === 'string') return read;
    readings.push({ revision, ...read });
  }
  return context.store.transaction(async ({ documents }) => {
    let outcome: Outcome = 'unchanged';
    for (const { revision, draft, sides } of readings) {
      if (revision.number !== document.revision) {
        if (await documents.rewordRevision(revision, draft)) outcome = 'words';
        continue;
      }
      const done = await documents.rederive(document, draft);
      if (outcome === 'unchanged') outcome = done;
      // Known ones are read in their own turn.
      for (const side of sides)
        if ((await documents.byCanonicalUrl(side.canonicalUrl)) === undefined) {
          await documents.save(side);
          outcome = 'words';
        }
    }
    return outcome;
  });
}

interface Reading {
  readonly draft: DocumentDraft;
  readonly sides: Normalised['sides'];
}

async function readingOf(
  context: JobContext,
  document: Document,
  revision: Revision,
): Promise<Reading | 'broken' | 'unreadable' | 'kept'> {
  const told = async (code: 'SNAPSHOT_BROKEN' | 'PAGE_UNREADABLE', expected: string, seen: string) => {
    const { id: documentId, sourceId, url } = document;
    await noteFinding(context, {
      code,
      documentId,
      sourceId,
      url,
      snapshotId: revision.snapshotId,
      expected,
      seen,
    });
    return code === 'SNAPSHOT_BROKEN' ? 'broken' : 'unreadable';
  };
  const source = sourceById(context.sources, document.sourceId);
  try {
    const page = await keptPage(context, revision.snapshotId);
    const isList = source.article.fromEntry === true && page.url === source.url;
    const own = isList ? undefined : page;
    const listed = { entry: await entryOf(context, document) };
    const further = await furtherOf(context, document, own);
    const input = {
      source,
      listed,
      page: own,
      snapshot: page.snapshot,
      further: further.pages,
      ...(further.whole === undefined ? {} : { whole: further.whole }),
    };
    const pageAlone = draftsOf(context, input);
    const files = await context.store.attachments.ofDocument(document.id);
    const file = fileOf(pageAlone.normalised.document, files);
    // The words of the newest file are kept, and those alone: an earlier revision had another one.
    if (file !== undefined && revision.number !== document.revision) return 'kept';
    const { normalised, standIn } = file === undefined ? pageAlone : draftsOf(context, { ...input, file });
    const drafts = normalised.document === undefined ? [] : [normalised.document, ...normalised.sides];
    const draft = drafts.find(({ canonicalUrl }) => canonicalUrl === document.canonicalUrl);
    if (draft === undefined)
      return await told('PAGE_UNREADABLE', 'the document that was read from it', 'none');
    const isOther = draft.contentHash !== revision.contentHash;
    if (isOther && standIn.length > 0)
      return await told('PAGE_UNREADABLE', 'the text that was read from it', 'the summary of the list');
    if (isOther && further.missing.length > 0 && draft.text.length < revision.text.length)
      return await told('SNAPSHOT_BROKEN', 'every page of the article', further.missing.join('; '));
    return { draft, sides: draft === normalised.document ? normalised.sides : [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SNAPSHOT_BROKEN') throw error;
    return told('SNAPSHOT_BROKEN', 'the bytes that were kept', error.message);
  }
}

/** @throws AppError SNAPSHOT_BROKEN */
async function keptPage(context: JobContext, id: SnapshotId): Promise<Page> {
  const snapshot = await context.store.snapshots.byId(id);
  if (snapshot === undefined)
    throw new AppError('SNAPSHOT_BROKEN', `reading snapshot ${id}: it is not in the index`);
  const { exchange } = await intact(context, snapshot);
  return { ...pageOf(exchange, snapshot), fetchedAt: snapshot.fetchedAt };
}

/** @throws AppError SNAPSHOT_BROKEN */
async function intact({ evidence }: JobContext, snapshot: Snapshot): ReturnType<typeof readKept> {
  const kept = await readKept(evidence.folder, snapshot);
  if (kept.snapshot.contentHash === snapshot.contentHash) return kept;
  throw new AppError('SNAPSHOT_BROKEN', `${snapshot.file} at ${snapshot.offset}: another body lies there`);
}

/** What the list said of the page; of a side article, of the page it stood on. */
async function entryOf({ store }: JobContext, document: Document) {
  const canonicalUrl =
    document.trace.find(({ rule }) => rule === 'side article')?.value ?? document.canonicalUrl;
  const entry = await store.entries.entryAt(document.sourceId, canonicalUrl);
  return entry ?? { sourceId: document.sourceId, url: document.url, title: '' };
}

/** The further pages of an article as they were kept on the same visit. */
async function furtherOf(
  context: JobContext,
  document: Document,
  page: Page | undefined,
): Promise<Extract<Further, { outcome: 'whole' }>> {
  if (page === undefined || !isReadable(page)) return { outcome: 'whole', pages: [], missing: [] };
  const source = sourceById(context.sources, document.sourceId);
  const further = await fetchFurtherPages({ ...context, http: keptHttp(context, page) }, source, page);
  // Kept answers are there or gone; nothing is to be tried later.
  return further.outcome === 'whole'
    ? further
    : { outcome: 'whole', pages: [], missing: [`${further.result.url}: ${further.result.detail}`] };
}

/** Kept pages in place of the network: what was first fetched of an address from then on. */
function keptHttp(context: JobContext, { fetchedAt }: Page): Http {
  return {
    async fetch({ url }): Promise<FetchResult> {
      const snapshot = await context.store.snapshots.nextAt(url, fetchedAt);
      if (snapshot === undefined) return { outcome: 'gone', url, status: 404 };
      return outcomeOf((await intact(context, snapshot)).exchange, snapshot);
    },
  };
}
