import type { Tables } from '../db/store.ts';
import type { DocumentFate, FateKind } from '../model/edition.ts';
import type { FindingCode } from '../model/finding.ts';
import type { DocumentId } from '../model/ids.ts';
import type { SeenWindow } from './cutoff.ts';

/** Findings about the page of a known document, as a reader understands them. */
const KINDS: ReadonlyMap<FindingCode, FateKind> = new Map<FindingCode, FateKind>([
  ['PAGE_GONE', 'gone'],
  ['PAGE_MOVED', 'moved'],
  ['PAGE_REFUSED', 'refused'],
  ['PAGE_FAILED', 'unreachable'],
]);

/**
 * Documents that nobody can read where they were published: their page was taken down until then and has not come back,
 * nor does it stand where another source lists it.
 */
export async function goneDocuments(
  tables: Pick<Tables, 'findings' | 'entries'>,
  until: string,
): Promise<ReadonlySet<DocumentId>> {
  const gone = new Set<DocumentId>();
  for (const documentId of await tables.findings.documentsWith('PAGE_GONE', until)) {
    const states = await tables.entries.pageStatesOf(documentId);
    if (states.includes('gone') && !states.includes('read')) gone.add(documentId);
  }
  return gone;
}

/** What became of the pages of known documents, as first noticed in the time that belongs to a week; one row per document and kind. */
export async function fatesWithin(
  tables: Pick<Tables, 'findings' | 'documents'>,
  seen: SeenWindow,
): Promise<DocumentFate[]> {
  const fates = new Map<string, DocumentFate>();
  for (const { code, documentId, at, seen: words } of await tables.findings.within(seen.after, seen.until)) {
    const kind = KINDS.get(code);
    if (kind === undefined || documentId === undefined || at <= seen.after) continue;
    const document = await tables.documents.byId(documentId);
    if (document === undefined) continue;
    const key = `${documentId} ${kind}`;
    if ((fates.get(key)?.seenAt ?? '') >= at) continue;
    fates.set(key, { document, kind, seenAt: at, ...(kind === 'moved' ? { movedTo: words } : {}) });
  }
  return [...fates.values()].sort((one, other) => (one.seenAt < other.seenAt ? -1 : 1));
}
