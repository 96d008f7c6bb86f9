import { PDFDict, PDFName, type PDFPage, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import type { ReadPages } from './pdf-finish.ts';
import { charactersByGlyph, streamText } from './pdf-streams.ts';

/**
 * Two equal digits that stand by themselves, as the browser sets them: after the font and the place, each digit by the
 * number of its glyph, the second one digit's width further on.
 */
const TWO_DIGITS =
  /(?<=BT\n\/(\w+) [\d.]+ Tf\n[-\d. ]+ Tm\n)<([0-9A-F]{4})> Tj\n([\d.]+ 0 Td) <\2> Tj(?=\nET)/g;
const MOST_PAGES = 99;

/**
 * Writes page numbers over the `00` that the contents of a print hold, row by row, which saves printing it again.
 * @returns false, and nothing is changed, when the print leaves a doubt: not as many `00` as rows, a digit that the
 *   font was embedded without, a hundred pages
 */
export function numberContents({ print, anchors, pages }: ReadPages): boolean {
  const linking = print.getPages().filter((page) => linkedFrom(page).length > 0);
  const numbers = [...new Set(linking.flatMap(linkedFrom))].map((anchor) => anchors.get(anchor));
  let row = 0;
  let isSure = pages <= MOST_PAGES;
  const numbered = linking.map((page): readonly [PDFRef, string] | undefined => {
    const ref = page.node.get(PDFName.of('Contents'));
    const stream = page.node.Contents();
    if (!(ref instanceof PDFRef && stream instanceof PDFRawStream)) return undefined;
    const fonts = new Map<string, ReadonlyMap<number, string>>();
    const text = streamText(stream).replace(TWO_DIGITS, (set, font: string, glyph: string, step: string) => {
      if (!fonts.has(font)) fonts.set(font, charactersByGlyph(fontOf(page, font)));
      const zero = Number.parseInt(glyph, 16);
      if (fonts.get(font)?.get(zero) !== '0') return set;
      const number = [...String(numbers[row] ?? '')];
      row += 1;
      // A font has its ten digits side by side.
      isSure &&= number.length > 0 && number.every((one) => fonts.get(font)?.get(zero + Number(one)) === one);
      const shown = number.map((one) => `<${hex(zero + Number(one))}> Tj`);
      return [...shown.slice(0, -1), `${step} ${shown.at(-1)}`].join('\n');
    });
    return [ref, text];
  });
  if (!isSure || row !== numbers.length || numbered.includes(undefined)) return false;
  for (const [ref, text] of numbered.filter((edit) => edit !== undefined))
    print.context.assign(ref, print.context.flateStream(Buffer.from(text, 'latin1')));
  return true;
}

/** The anchors that a page's links lead to, in the order of its rows. */
function linkedFrom(page: PDFPage): readonly string[] {
  const links = page.node.Annots();
  return Array.from({ length: links?.size() ?? 0 }, (_, index) => index).flatMap((index) => {
    const target = links?.lookupMaybe(index, PDFDict)?.get(PDFName.of('Dest'));
    return target instanceof PDFName ? [target.decodeText()] : [];
  });
}

function fontOf(page: PDFPage, name: string): PDFDict | undefined {
  return page.node
    .Resources()
    ?.lookupMaybe(PDFName.of('Font'), PDFDict)
    ?.lookupMaybe(PDFName.of(name), PDFDict);
}

function hex(glyph: number): string {
  return glyph.toString(16).toUpperCase().padStart(4, '0');
}
