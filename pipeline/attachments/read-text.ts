import { errorText } from '../../model/errors.ts';
import { docxText } from './docx.ts';
import type { ReadableKind } from './kind.ts';
import { cutText, FILE_LIMITS, FileRefused } from './limits.ts';
import { pdfText } from './pdf.ts';
import { xlsxText } from './xlsx.ts';

/** What came of reading a file. */
export type FileText =
  | { readonly state: 'read'; readonly text: string; readonly detail?: string }
  | { readonly state: 'scanned'; readonly detail: string }
  | { readonly state: 'failed'; readonly detail: string };

/** Bytes → text. Never throws: a file that cannot be read says why. For strangers' files use `readApart`. */
export async function readText(bytes: Uint8Array, kind: ReadableKind): Promise<FileText> {
  try {
    if (kind === 'pdf') {
      const { text, pages, pagesLeft, isScanned } = await pdfText(bytes);
      if (isScanned) return { state: 'scanned', detail: `${pages} pages without text` };
      return done(text, pagesLeft === 0 ? undefined : `${pagesLeft} of ${pages} pages left out`);
    }
    return done(kind === 'docx' ? await docxText(bytes) : await xlsxText(bytes));
  } catch (error) {
    if (error instanceof FileRefused) return { state: 'failed', detail: error.message };
    const message = errorText(error);
    return { state: 'failed', detail: `not a sound ${kind} file: ${message.slice(0, 200)}` };
  }
}

function done(whole: string, leftOut?: string): FileText {
  if (whole.trim() === '') return { state: 'failed', detail: 'there are no words in it' };
  const { text, cut } = cutText(whole);
  const detail = cut ? `cut after ${FILE_LIMITS.characters} characters` : leftOut;
  return { state: 'read', text, ...(detail === undefined ? {} : { detail }) };
}
