import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { AppError } from '../model/errors.ts';

/** Our fonts, by the name within the subset's tag: `ABCDEF+NotoSansSC-Regular`. */
const OURS = /^\/[A-Z]{6}\+(?:Noto(?:Sans|Serif)(?:SC[A-Za-z]*)?-|SourceHanSerif)/;
/** Glyph 0 is the box that stands for a missing character; a shown text is a list of glyph numbers. */
const SHOWN = /<((?:[0-9A-Fa-f]{4})+)>\s*-?[\d.]*\s*(?:Tj|\])/g;
const MISSING = '0000';
/** Fonts that text is set in; the others are parts of a composite one (Type0). Type 3 is what a font becomes that is not ours. */
const SETS_TEXT: ReadonlySet<string> = new Set(['/Type0', '/Type3']);
/** Room that a heading and one line after it need, in points. */
const HEADING_ROOM = 34;
const BOTTOM_MARGIN = 62.4;

/**
 * Holds the fonts of a print against their promise: ours alone, embedded as outlines, a glyph for every character.
 * @throws AppError `PDF_MISSING_GLYPH` with the characters or pages, `PDF_FONT` with the fonts that are not embedded
 */
export function checkFonts(pdf: PDFDocument): void {
  const dicts = pdf.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFDict);
  const descriptors = dicts.filter((dict) => isType(dict, 'FontDescriptor'));
  const bare = [
    ...descriptors.filter((dict) => !dict.has(PDFName.of('FontFile2')) && !dict.has(PDFName.of('FontFile3'))),
    ...dicts.filter((dict) => isType(dict, 'Font') && !isOutlined(dict)),
  ];
  const foreign = dicts.filter((dict) => SETS_TEXT.has(subtypeOf(dict)) && !OURS.test(nameOf(dict)));
  if (foreign.length > 0)
    throw new AppError(
      'PDF_MISSING_GLYPH',
      `printing: not set in our fonts: ${foreign.map((font) => `"${charactersIn(font)}" in ${nameOf(font)}`).join(', ')}; print.css names "Noto Sans SC" or "Noto Serif SC" for everything`,
    );
  if (bare.length > 0)
    throw new AppError('PDF_FONT', `printing: not embedded as outlines: ${bare.map(nameOf).join(', ')}`);
  const pages = pdf.getPages().flatMap(({ node }, index) => (hasMissing(node.Contents()) ? [index + 1] : []));
  if (pages.length > 0)
    throw new AppError(
      'PDF_MISSING_GLYPH',
      `printing: characters without a glyph on page ${pages.join(', ')}`,
    );
}

/** The headings that stand alone at the end of their page, by the bookmarks of the print. */
export function lonelyHeadings(pdf: PDFDocument): string[] {
  const found: string[] = [];
  const visit = (node: PDFDict | undefined): void => {
    for (let one = node; one !== undefined; one = one.lookupMaybe(PDFName.of('Next'), PDFDict)) {
      const y = one.lookupMaybe(PDFName.of('Dest'), PDFArray)?.lookupMaybe(3, PDFNumber)?.asNumber();
      const title = one.lookup(PDFName.of('Title'));
      if (y !== undefined && y < BOTTOM_MARGIN + HEADING_ROOM)
        found.push(title instanceof PDFHexString || title instanceof PDFString ? title.decodeText() : '');
      visit(one.lookupMaybe(PDFName.of('First'), PDFDict));
    }
  };
  visit(pdf.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict)?.lookupMaybe(PDFName.of('First'), PDFDict));
  return found;
}

/** A composite font, or an outline font that says where its outlines are. */
function isOutlined(font: PDFDict): boolean {
  const subtype = subtypeOf(font);
  return subtype === '/Type0' || (subtype !== '/Type3' && font.has(PDFName.of('FontDescriptor')));
}

function subtypeOf(dict: PDFDict): string {
  return String(dict.get(PDFName.of('Subtype')));
}

function isType(dict: PDFDict, type: string): boolean {
  return dict.get(PDFName.of('Type')) === PDFName.of(type);
}

function nameOf(font: PDFDict): string {
  const described = font.lookupMaybe(PDFName.of('FontDescriptor'), PDFDict) ?? font;
  return String(
    font.get(PDFName.of('BaseFont')) ?? described.get(PDFName.of('FontName')) ?? '(without a name)',
  );
}

/** What a font is used for, by its table of characters. */
function charactersIn(font: PDFDict): string {
  const table = font.lookup(PDFName.of('ToUnicode'));
  if (!(table instanceof PDFRawStream)) return 'some characters';
  const codes = [...textOf(table).matchAll(/<[0-9A-F]+> <((?:[0-9A-F]{4})+)>$/gim)].map(([, code = '']) =>
    Buffer.from(code, 'hex').swap16().toString('utf16le'),
  );
  return [...new Set(codes)].filter((one) => one !== '\uFFFF').join('');
}

function hasMissing(contents: unknown): boolean {
  if (contents instanceof PDFArray)
    return contents.asArray().some((_, index) => hasMissing(contents.lookup(index)));
  if (!(contents instanceof PDFRawStream)) return false;
  return [...textOf(contents).matchAll(SHOWN)].some(([, glyphs = '']) =>
    glyphs.match(/.{4}/g)?.some((glyph) => glyph === MISSING),
  );
}

function textOf(stream: PDFRawStream): string {
  return Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
}
