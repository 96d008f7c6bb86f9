import type { AttachmentKind, StoredAttachment } from '../model/attachment.ts';
import type { Attachment, DocumentDraft } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { FetchResult, Page } from '../model/page.ts';
import { isReadable, kindOfFile, kindOfName } from '../pipeline/attachments/kind.ts';
import { FILE_LIMITS } from '../pipeline/attachments/limits.ts';
import { readApart } from '../pipeline/attachments/read-apart.ts';
import type { JobContext } from './context.ts';

/** Files of one document that are fetched; what a page names beyond that is named and no more. */
const MAX_FILES = 12;
/** Time for all files of one document together. */
const DOCUMENT_MS = 180_000;

export interface AttachmentsInput {
  readonly document: DocumentDraft;
  /** The words of the page are new or changed: its files are fetched again. */
  readonly isChanged: boolean;
  /** False for pages that were handed in: the network is not asked. */
  readonly mayFetch: boolean;
  /** The document's own page, when that is a file itself. */
  readonly page: Page | undefined;
}

export interface ReadAttachments {
  readonly rows: readonly StoredAttachment[];
  readonly findings: readonly Finding[];
}

/** Fetches the files that hang on a document, keeps them, and reads the text of those that have one. */
export async function readAttachments(
  context: JobContext,
  input: AttachmentsInput,
): Promise<ReadAttachments> {
  const { document } = input;
  const known = await context.store.attachments.ofDocument(document.id);
  const timeUp = AbortSignal.timeout(DOCUMENT_MS);
  const signal = AbortSignal.any([context.signal, timeUp]);
  const rows: StoredAttachment[] = [];
  const findings: Finding[] = [];
  for (const [index, attachment] of document.attachments.entries()) {
    const before = findKnown(known, attachment);
    if (before !== undefined && isSettled(before) && !input.isChanged) {
      rows.push({ ...before, title: attachment.title });
      continue;
    }
    const named = unfetched(document, attachment);
    const own = input.page?.finalUrl === attachment.url ? input.page : undefined;
    if (own === undefined && !input.mayFetch) {
      rows.push(before ?? named);
      continue;
    }
    if (own === undefined && (index >= MAX_FILES || timeUp.aborted)) {
      const detail = timeUp.aborted ? 'no time was left for it' : `only ${MAX_FILES} files are fetched`;
      rows.push(before ?? { ...named, detail });
      continue;
    }
    const row = await fetchAndRead(context, document, { attachment, before, own }, signal).catch(
      (error: unknown): StoredAttachment => {
        context.signal.throwIfAborted();
        if (!timeUp.aborted) throw error;
        return { ...named, state: 'failed', detail: 'no time was left for it' };
      },
    );
    rows.push(row);
    findings.push(...findingOf(context, document, row));
  }
  return { rows, findings };
}

interface OneFile {
  readonly attachment: Attachment;
  readonly before: StoredAttachment | undefined;
  readonly own: Page | undefined;
}

async function fetchAndRead(
  context: JobContext,
  document: DocumentDraft,
  { attachment, before, own }: OneFile,
  signal: AbortSignal,
): Promise<StoredAttachment> {
  const named = unfetched(document, attachment);
  const request = {
    url: attachment.url,
    runId: context.runId,
    sourceId: document.sourceId,
    maxBytes: FILE_LIMITS.bytes,
  };
  const result: FetchResult =
    own === undefined ? await context.http.fetch(request, signal) : { outcome: 'fetched', page: own };
  // What was read once stays: publishers take files down after the notice period.
  if (result.outcome !== 'fetched')
    return before !== undefined && isSettled(before)
      ? before
      : { ...named, state: 'failed', detail: reasonOf(result) };
  const { page } = result;
  const kept = {
    ...named,
    contentHash: page.snapshot.contentHash,
    snapshotId: page.snapshot.id,
    fetchedAt: page.fetchedAt,
  };
  if (before?.contentHash === kept.contentHash && isSettled(before))
    return { ...before, title: attachment.title };
  const kind = kindOfFile(page.body, nameKind(named.kind, page));
  if (kind === undefined)
    return before?.state === 'read'
      ? before
      : { ...kept, state: 'failed', detail: 'a web page came in its place' };
  if (!isReadable(kind)) return { ...kept, kind, state: 'kept' };
  const read = await readApart(page.body, kind, signal);
  // Its older words stay until there are others: a scan in their place has none.
  return before?.state === 'read' && read.state !== 'read' ? before : { ...kept, kind, ...read };
}

function unfetched(document: DocumentDraft, { url, title }: Attachment): StoredAttachment {
  return { documentId: document.id, url, title, kind: kindOfName(url, title), state: 'named', text: '' };
}

/** The address, or where that is good for a while only, the name: a gateway's links differ with every visit. */
function findKnown(
  known: readonly StoredAttachment[],
  { url, title }: Attachment,
): StoredAttachment | undefined {
  const sameUrl = known.find((one) => one.url === url);
  if (sameUrl !== undefined || !/[?&]/.test(url)) return sameUrl;
  const sameTitle = known.filter((one) => one.title === title && pathOf(one.url) === pathOf(url));
  return sameTitle.length === 1 ? sameTitle[0] : undefined;
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/, '');
}

function isSettled({ state }: StoredAttachment): boolean {
  return state === 'read' || state === 'kept' || state === 'scanned';
}

/** The server's own name for the file, where neither address nor words tell. */
function nameKind(kind: AttachmentKind, { headers, finalUrl }: Page): AttachmentKind {
  return kind === 'other'
    ? kindOfName(finalUrl, (headers['content-disposition'] ?? '').replaceAll('"', ' '))
    : kind;
}

function reasonOf(result: Exclude<FetchResult, { outcome: 'fetched' }>): string {
  switch (result.outcome) {
    case 'gone':
      return `gone (status ${result.status})`;
    case 'refused':
      return `refused (${result.reason}): ${result.detail}`;
    case 'failed':
      return `${result.code}: ${result.detail}`;
    case 'notModified':
      return 'status 304 to a request without validators';
  }
}

function findingOf(context: JobContext, document: DocumentDraft, row: StoredAttachment): Finding[] {
  if (row.state !== 'scanned' && row.state !== 'failed') return [];
  const isScanned = row.state === 'scanned';
  return [
    {
      code: isScanned ? 'ATTACHMENT_SCANNED' : 'ATTACHMENT_FAILED',
      sourceId: document.sourceId,
      documentId: document.id,
      url: row.url,
      ...(row.snapshotId === undefined ? {} : { snapshotId: row.snapshotId }),
      expected: isScanned ? 'pages with a text layer' : 'a file that can be read',
      seen: `${row.title}: ${row.detail ?? ''}`,
      at: context.clock.now().toISOString(),
    },
  ];
}
