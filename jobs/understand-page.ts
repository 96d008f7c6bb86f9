import type { ListedEntry } from '../db/entries.ts';
import type { Extract } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Page, Snapshot } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import { extractEntry, extractPage } from '../pipeline/extract/extract-page.ts';
import { normalise } from '../pipeline/normalise.ts';
import { decodePage } from '../text/charset.ts';
import type { JobContext } from './context.ts';
import { nextReading } from './reading-rhythm.ts';

export interface UnderstandInput {
  readonly source: Source;
  readonly listed: ListedEntry;
  /** Absent when the list itself carries the whole text; `snapshot` is then the list's. */
  readonly page: Page | undefined;
  readonly snapshot: Snapshot;
  /** False for pages that were handed in: the network is not asked for them. */
  readonly readAgain: boolean;
}

/** What became of a page that was there. */
export type Understood = 'added' | 'revised' | 'unchanged' | 'unreadable';

/** Anything else (a PDF, an image, an archive) is kept, but has no words to read here. */
const READABLE = /^(?:text\/|application\/(?:xhtml|xml|json|rss|atom)|application\/[a-z.+-]*(?:xml|json)|$)/i;

/** A kept page → document, revision or findings, written together so that a stop leaves all or nothing. */
export async function understandPage(
  context: JobContext,
  { source, listed, page, snapshot, readAgain }: UnderstandInput,
): Promise<Understood> {
  const { entry } = listed;
  const extract = readExtract(context, source, listed, page);
  const { document, findings } = normalise({
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
  const nextPageAt = nextReading(listed.pageAttempts, context.clock.now());
  const again = readAgain && page !== undefined && nextPageAt !== undefined ? { nextPageAt } : {};
  return context.store.transaction(async (tables) => {
    for (const finding of [...findings, ...standIn(context, source, extract, page)])
      await tables.findings.add({ ...finding, runId: context.runId });
    if (document === undefined) {
      const detail = findings.map((finding) => finding.seen).join('; ');
      await tables.entries.settlePage(listed.id, { state: 'unreadable', detail, ...again });
      return 'unreadable';
    }
    const saved = await tables.documents.save(document);
    if (saved.outcome === 'revised') {
      await tables.findings.add({
        code: 'DOCUMENT_CHANGED',
        sourceId: source.id,
        documentId: saved.document.id,
        url: entry.url,
        snapshotId: snapshot.id,
        expected: `the words of revision ${saved.document.revision - 1}`,
        seen: `revision ${saved.document.revision}: ${saved.document.title}`,
        runId: context.runId,
        at: context.clock.now().toISOString(),
      });
    }
    await tables.entries.settlePage(listed.id, { state: 'read', documentId: saved.document.id, ...again });
    return saved.outcome;
  });
}

function readExtract(
  context: JobContext,
  source: Source,
  listed: ListedEntry,
  page: Page | undefined,
): Extract {
  const { entry } = listed;
  const { vocabulary } = context;
  if (page === undefined) return extractEntry({ url: entry.url, source, entry, vocabulary });
  if (!READABLE.test(page.snapshot.contentType)) return fileOnly(listed, page);
  const { text } = decodePage(
    page.body,
    page.headers,
    source.encoding === undefined ? {} : { override: source.encoding },
  );
  return extractPage({ html: text, url: page.finalUrl, source, entry, vocabulary });
}

/** A link that leads straight to a file: what the list said of it, and the file as its attachment. */
function fileOnly({ entry }: ListedEntry, page: Page): Extract {
  return {
    ...(entry.title === '' ? {} : { title: entry.title }),
    ...(entry.published === undefined ? {} : { published: entry.published }),
    fields: { issuers: entry.issuer === undefined ? [] : [entry.issuer], dates: [] },
    attachments: [{ url: page.finalUrl, title: entry.title }],
    trace: [{ step: 'page', rule: 'content-type', value: page.snapshot.contentType }],
  };
}

/** The page had no words and the list's summary stands in: the document is kept, and somebody should look. */
function standIn(context: JobContext, source: Source, extract: Extract, page: Page | undefined): Finding[] {
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
