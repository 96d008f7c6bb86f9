import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RefProxy } from 'pdfjs-dist/types/src/display/api.js';

/** The text of every page of a PDF, as a reader's search would find it. */
export async function pdfPages(pdf: Uint8Array): Promise<string[]> {
  // pdfjs takes the bytes over, so it gets its own.
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  return pages;
}

export async function pdfText(pdf: Uint8Array): Promise<string> {
  return (await pdfPages(pdf)).join('\n');
}

/** Every stretch of text of every page with its height above the page's foot, in points. */
export async function pdfLines(pdf: Uint8Array): Promise<{ readonly text: string; readonly y: number }[][]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: { text: string; y: number }[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str !== '' ? [{ text: item.str, y: Number(item.transform[5]) }] : [],
      ),
    );
  }
  return pages;
}

/** The page, from 1, of every place that a link within the PDF leads to. */
export async function pdfAnchors(pdf: Uint8Array): Promise<ReadonlyMap<string, number>> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  // pdfjs hands out a Map; its types still say object.
  const named = (await document.getDestinations()) as unknown as ReadonlyMap<string, [RefProxy]>;
  const pages = [...named].map(
    async ([anchor, [ref]]): Promise<[string, number]> => [anchor, (await document.getPageIndex(ref)) + 1],
  );
  return new Map(await Promise.all(pages));
}

/** Says that the contents name a title with this page, and no longer number. */
export function hasContentsRow(contents: string, title: string, page: number | undefined): boolean {
  const after = contents.split(`${title.replace(/\s/g, '')}${page}`).slice(1);
  return after.some((rest) => !/^\d/.test(rest));
}
