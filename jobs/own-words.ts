import type { Tables } from '../db/store.ts';
import type { StoredAttachment } from '../model/attachment.ts';
import type { Document, DocumentDraft } from '../model/document.ts';
import { isToldByFile, leavesToFile, type OwnFile, ownFile } from '../pipeline/attachments/own-text.ts';

/** The file that has the words of a document, where its page leaves them to one of the files it names. */
export function fileOf(
  document: DocumentDraft | undefined,
  rows: readonly StoredAttachment[],
): OwnFile | undefined {
  if (document === undefined || !leavesToFile(document)) return undefined;
  // Kept rows also hold files that the page named earlier; a gateway's link is known again by its words.
  const isNamed = (row: StoredAttachment) =>
    document.attachments.some(({ url, title }) => url === row.url || title === row.title);
  return ownFile(rows.filter(isNamed));
}

export interface Words {
  /** What the page alone says. */
  readonly onPage: DocumentDraft;
  /** The same with the words of its file, if that was read. */
  readonly document: DocumentDraft;
  readonly known: Document | undefined;
}

/**
 * Keeps a document whose words may lie in a file. A file that cannot be had today leaves the known words as they are,
 * and one that can be read for the first time puts them right: neither is an edit by the publisher.
 */
export async function keepWords(
  { documents }: Pick<Tables, 'documents'>,
  { onPage, document, known }: Words,
): Promise<Awaited<ReturnType<Tables['documents']['save']>>> {
  const isRead = isToldByFile(document);
  if (known !== undefined && !isRead && isToldByFile(known) && leavesToFile(onPage))
    return { outcome: 'unchanged', document: known };
  if (known !== undefined && isRead && known.contentHash === onPage.contentHash) {
    await documents.rederive(known, document);
    return { outcome: 'unchanged', document: known };
  }
  return documents.save(document);
}
