import { fileURLToPath } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { FILE_LIMITS, FileRefused } from './limits.ts';
import { linesToText, type PdfLine } from './pdf-lines.ts';

/** Fewer characters a page than this are stamps and page numbers on pictures. */
const SCANNED_BELOW = 10;

export interface PdfText {
  readonly text: string;
  readonly pages: number;
  /** Pages, but no text layer to speak of. */
  readonly isScanned: boolean;
  /** Pages beyond the limit. */
  readonly pagesLeft: number;
}

/**
 * The text layer of a PDF, page after page. Scripts and actions in it are never run, fonts and pictures never drawn.
 * @throws FileRefused for a file that asks for a password
 */
export async function pdfText(bytes: Uint8Array): Promise<PdfText> {
  const folder = new URL('./', import.meta.resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    // pdfjs takes the bytes over.
    data: bytes,
    verbosity: 0,
    // Chinese fonts without a table of their own name one of Adobe's.
    cMapUrl: fileURLToPath(new URL('cmaps/', folder)),
    cMapPacked: true,
    standardFontDataUrl: fileURLToPath(new URL('standard_fonts/', folder)),
    useSystemFonts: false,
    disableFontFace: true,
    maxImageSize: 1,
  });
  task.onPassword = () => {
    throw new FileRefused('it asks for a password');
  };
  try {
    const document = await task.promise;
    const count = Math.min(document.numPages, FILE_LIMITS.pages);
    const texts: string[] = [];
    let length = 0;
    for (let number = 1; number <= count && length <= FILE_LIMITS.characters; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = linesToText(items.flatMap((item): PdfLine[] => ('str' in item ? [lineOf(item)] : [])));
      page.cleanup();
      texts.push(text);
      length += text.length;
    }
    const text = texts.filter((page) => page !== '').join('\n');
    return {
      text,
      pages: document.numPages,
      isScanned: text.replace(/\s/g, '').length < SCANNED_BELOW * texts.length,
      pagesLeft: document.numPages - texts.length,
    };
  } finally {
    await task.destroy();
  }
}

function lineOf(item: {
  str: string;
  transform: unknown[];
  width: number;
  height: number;
  hasEOL: boolean;
}): PdfLine {
  const [, , , scale, x, y] = item.transform.map(Number);
  return {
    text: item.str,
    x: x ?? 0,
    y: y ?? 0,
    width: item.width,
    height: item.height || Math.abs(scale ?? 0),
    endsLine: item.hasEOL,
  };
}
