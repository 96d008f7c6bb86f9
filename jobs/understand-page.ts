import type { ListedEntry, Validators } from '../db/entries.ts';
import type { Document, DocumentDraft, Extract } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Page, Snapshot } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import type { OwnFile } from '../pipeline/attachments/own-text.ts';
import { extractEntry, extractPage } from '../pipeline/extract/extract-page.ts';
import type { FurtherPage } from '../pipeline/extract/paging.ts';
import { type Normalised, normalise } from '../pipeline/normalise.ts';
import { canonicalUrl } from '../text/urls.ts';
import type { JobContext } from './context.ts';
import { textOf } from './fetch-further-pages.ts';
import { fileOf, keepWords } from './own-words.ts';
import { type ReadAttachments, readAttachments } from './read-attachments.ts';
import { nextReading } from './reading-rhythm.ts';

export interface UnderstandInput {
  readonly source: Source;
  readonly listed: ListedEntry;
  /** Absent when the list itself carries the whole text; `snapshot` is then the list's. */
  readonly page: Page | undefined;
  readonly snapshot: Snapshot;
  /** Pages of the article after its first one. */
  readonly further?: readonly FurtherPage[];
  /** A view of the whole article on one page. */
  readonly whole?: FurtherPage;
  /** The file that has its words, once that is read. */
  readonly file?: OwnFile;
  /** False for pages that were handed in: the network is not asked for them nor for their files. */
  readonly readAgain: boolean;
}

/** What became of a page that was there. */
export type Understood = 'added' | 'revised' | 'unchanged' | 'unreadable';

/** Anything else (a PDF, an image, an archive) is kept, but has no words to read here. */
const READABLE = /^(?:text\/|application\/(?:xhtml|xml|json|rss|atom)|application\/[a-z.+-]*(?:xml|json)|$)/i;

/** True for a page of words, as against a file. */
export function isReadable(page: Page): boolean {
  return READABLE.test(page.snapshot.contentType);
}

/**
 * A kept page and the files that hang on it → document, revision or findings, written together so that a stop leaves
 * all or nothing.
 */
export async function understandPage(context: JobContext, input: UnderstandInput): Promise<Understood> {
  const { source, listed, page, snapshot, readAgain } = input;
  const { entry } = listed;
  const pageAlone = draftsOf(context, input);
  const onPage = pageAlone.normalised.document;
  const known = onPage && (await context.store.documents.byCanonicalUrl(onPage.canonicalUrl));
  const files = await filesOf(context, input, { onPage, known });
  const file = fileOf(onPage, files.rows);
  const { normalised, standIn } = file === undefined ? pageAlone : draftsOf(context, { ...input, file });
  const findings = [...normalised.findings, ...standIn];
  // A known text is not changed into the list's summary because its page has lost it.
  const document = standIn.length > 0 && listed.documentId !== undefined ? undefined : normalised.document;
  const nextPageAt = nextReading(listed.pageReads, context.clock.now());
  const again = readAgain && page !== undefined && nextPageAt !== undefined ? { nextPageAt } : {};

  return context.store.transaction(async (tables) => {
    for (const finding of [...findings, ...files.findings])
      await tables.findings.add({ ...finding, runId: context.runId });
    if (document === undefined || onPage === undefined) {
      const detail = findings.map((finding) => finding.seen).join('; ');
      await tables.entries.settlePage(listed.id, { state: 'unreadable', detail, ...again });
      return 'unreadable';
    }
    const saved = await keepWords(tables, { onPage, document, known });
    for (const side of normalised.sides) await tables.documents.save(side);
    const { id: documentId, revision, title } = saved.document;
    await tables.attachments.save(documentId, files.rows);
    const about = {
      sourceId: source.id,
      documentId,
      url: entry.url,
      snapshotId: snapshot.id,
      runId: context.runId,
      at: context.clock.now().toISOString(),
    };
    if (saved.outcome === 'revised') {
      const expected = `the words of revision ${revision - 1}`;
      const seen = `revision ${revision}: ${title}`;
      await tables.findings.add({ ...about, code: 'DOCUMENT_CHANGED', expected, seen });
    }
    if (page !== undefined && hasMoved(listed, page))
      await tables.findings.add({ ...about, code: 'PAGE_MOVED', expected: entry.url, seen: page.finalUrl });
    await tables.entries.settlePage(listed.id, {
      state: 'read',
      documentId,
      validators: file === undefined ? validatorsOf(input, files) : {},
      ...again,
    });
    return saved.outcome;
  });
}

/** What a kept page says, by the rules of today; `standIn` is told when the list's summary had to serve as its text. */
export function draftsOf(
  context: Pick<JobContext, 'vocabulary' | 'clock'>,
  input: Omit<UnderstandInput, 'listed' | 'readAgain'> & { readonly listed: Pick<ListedEntry, 'entry'> },
): { readonly normalised: Normalised; readonly standIn: readonly Finding[] } {
  const { source, listed, page, snapshot } = input;
  const { entry } = listed;
  const extract = readExtract(context, input);
  const normalised = normalise({
    extract,
    source,
    entry,
    vocabulary: context.vocabulary,
    page: {
      url: entry.url,
      finalUrl: page?.finalUrl ?? entry.url,
      fetchedAt: page?.fetchedAt ?? snapshot.fetchedAt,
      snapshot,
    },
  });
  return { normalised, standIn: standInFinding(context, source, extract, page) };
}

/** A file that is the document is fetched at every reading: the page says nothing of whether it has changed. */
async function filesOf(
  context: JobContext,
  { page, readAgain }: UnderstandInput,
  { onPage, known }: { readonly onPage: DocumentDraft | undefined; readonly known: Document | undefined },
): Promise<ReadAttachments> {
  if (onPage === undefined || onPage.attachments.length === 0) return { rows: [], findings: [] };
  return readAttachments(context, {
    document: onPage,
    isChanged: known?.contentHash !== onPage.contentHash,
    mayFetch: readAgain,
    page,
  });
}

/** A known page whose server says for good that it lies elsewhere now. Its document stays the same one. */
function hasMoved({ documentId, entry }: ListedEntry, page: Page): boolean {
  return (
    documentId !== undefined &&
    page.movedForGood === true &&
    canonicalUrl(page.finalUrl) !== canonicalUrl(entry.url)
  );
}

/**
 * Kept only where a 304 would mean that nothing at all has changed: an article of several pages answers for its first
 * one alone, and a file that failed is to be fetched again.
 */
function validatorsOf({ page, further = [], whole }: UnderstandInput, { rows }: ReadAttachments): Validators {
  if (
    page === undefined ||
    further.length > 0 ||
    whole !== undefined ||
    rows.some(({ state }) => state === 'failed')
  )
    return {};
  const { etag, 'last-modified': lastModified } = page.headers;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function readExtract(
  context: Pick<JobContext, 'vocabulary'>,
  { source, listed, page, further = [], whole, file }: Parameters<typeof draftsOf>[1],
): Extract {
  const { entry } = listed;
  const { vocabulary } = context;
  const words = file === undefined ? {} : { file };
  if (page === undefined) return extractEntry({ url: entry.url, source, entry, vocabulary, ...words });
  // A link that leads straight to a file: what the list said of it, and the file as its attachment.
  if (!isReadable(page)) {
    const { bodyHtml: _body, summary: _summary, ...listedOnly } = entry;
    const { trace, ...extract } = extractEntry({
      url: page.finalUrl,
      source,
      entry: listedOnly,
      vocabulary,
      ...words,
    });
    const step = { step: 'page', rule: 'content-type', value: page.snapshot.contentType };
    return { ...extract, attachments: [{ url: page.finalUrl, title: entry.title }], trace: [step, ...trace] };
  }
  return extractPage({
    html: textOf(page, source),
    url: page.finalUrl,
    source,
    entry,
    vocabulary,
    further,
    ...(whole === undefined ? {} : { whole }),
    ...words,
  });
}

/** The page had no words and the list's summary stands in: the document is kept, and somebody should look. */
function standInFinding(
  context: Pick<JobContext, 'clock'>,
  source: Source,
  extract: Extract,
  page: Page | undefined,
): Finding[] {
  if (page === undefined || !extract.trace.some(({ step, rule }) => step === 'body' && rule === 'summary'))
    return [];
  return [
    {
      code: 'PAGE_UNREADABLE',
      sourceId: source.id,
      url: page.url,
      snapshotId: page.snapshot.id,
      expected: 'a text on the page',
      seen: `none; the summary of the list stands in (${page.body.length} bytes)`,
      at: context.clock.now().toISOString(),
    },
  ];
}
