import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { AppError } from '../model/errors.ts';
import { charactersByGlyph, streamsOf, streamText } from './pdf-streams.ts';

/** Our fonts, by the name within the subset's tag: `ABCDEF+NotoSansSC-Regular`. */
const OURS = /^\/[A-Z]{6}\+(?:Noto(?:Sans|Serif)(?:SC[A-Za-z]*)?-|SourceHanSerif)/;
/** Glyph 0 is the box that stands for a missing character; a shown text is a list of glyph numbers. */
const SHOWN = /<((?:[0-9A-Fa-f]{4})+)>\s*-?[\d.]*\s*(?:Tj|\])/g;
const MISSING = '0000';
/** Fonts that text is set in; the others are parts of a composite one (Type0). Type 3 is what a font becomes that is not ours. */
const SETS_TEXT: ReadonlySet<string> = new Set(['/Type0', '/Type3']);

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

/**
 * Holds the print against the promise that no heading ends a page: what follows it in reading order begins below it.
 * @throws AppError `PDF_LONELY_HEADING` with the headings and their pages
 */
export function checkHeadings(pdf: PDFDocument): void {
  const lonely: PDFRef[] = [];
  let last: PieceOfText | undefined;
  for (const piece of textOf(pdf, pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict))) {
    const isAfter = last?.heading !== undefined && last.heading !== piece.heading;
    if (isAfter && last?.page !== undefined && last.page !== piece.page) lonely.push(last.page);
    last = piece;
  }
  if (lonely.length === 0) return;
  const titles = lastTitles(pdf);
  const pages = new Map(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const named = lonely.map((page) => `"${titles.get(page) ?? ''}" on page ${pages.get(page)}`);
  throw new AppError(
    'PDF_LONELY_HEADING',
    `printing: a heading stands alone at the end of its page: ${named.join(', ')}; print.css gives headings break-after: avoid`,
  );
}

interface PieceOfText {
  readonly page: PDFRef | undefined;
  /** The heading it belongs to. */
  readonly heading: PDFDict | undefined;
}

const HEADING = /^\/H[1-6]$/;

/** The text of a tagged print in reading order. Marked content beside other elements is the drawing of a box: no text. */
function* textOf(pdf: PDFDocument, element?: PDFDict, inherited?: PieceOfText): Generator<PieceOfText> {
  if (element === undefined) return;
  const own = element.get(PDFName.of('Pg'));
  const page = own instanceof PDFRef ? own : inherited?.page;
  const heading = HEADING.test(String(element.get(PDFName.of('S')))) ? element : inherited?.heading;
  const kids = element.lookup(PDFName.of('K'));
  const all = (kids instanceof PDFArray ? kids.asArray() : [kids]).map((kid) => pdf.context.lookup(kid));
  const elements = all.filter((kid) => kid instanceof PDFDict && kid.has(PDFName.of('S')));
  for (const kid of elements.length > 0 ? elements : all) {
    if (kid instanceof PDFNumber) yield { page, heading };
    else if (!(kid instanceof PDFDict)) continue;
    else if (kid.has(PDFName.of('S'))) yield* textOf(pdf, kid, { page, heading });
    else if (kid.has(PDFName.of('MCID'))) {
      const other = kid.get(PDFName.of('Pg'));
      yield { page: other instanceof PDFRef ? other : page, heading };
    }
  }
}

/** The last bookmark on every page. */
function lastTitles(pdf: PDFDocument): ReadonlyMap<PDFRef, string> {
  const found = new Map<PDFRef, string>();
  const visit = (node: PDFDict | undefined): void => {
    for (let one = node; one !== undefined; one = one.lookupMaybe(PDFName.of('Next'), PDFDict)) {
      const page = one.lookupMaybe(PDFName.of('Dest'), PDFArray)?.get(0);
      const title = one.lookup(PDFName.of('Title'));
      if (page instanceof PDFRef && (title instanceof PDFHexString || title instanceof PDFString))
        found.set(page, title.decodeText());
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
  const characters = [...new Set(charactersByGlyph(font).values())].join('');
  return characters === '' ? 'some characters' : characters;
}

function hasMissing(contents: unknown): boolean {
  return streamsOf(contents).some((stream) =>
    [...streamText(stream).matchAll(SHOWN)].some(([, glyphs = '']) =>
      glyphs.match(/.{4}/g)?.some((glyph) => glyph === MISSING),
    ),
  );
}
