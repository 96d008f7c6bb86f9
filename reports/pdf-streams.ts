import { inflateSync } from 'node:zlib';
import { decodePDFRawStream, PDFArray, type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';

const FLATE = PDFName.of('FlateDecode');
/** Of a table of characters: `<0012> <0031>` for one glyph, `<0011> <0013> <0030>` for a run; Type 3 has `<12>`. */
const GLYPH = /^<([0-9A-F]{2,4})> <((?:[0-9A-F]{4})+)>$/gim;
const GLYPH_RUN = /^<([0-9A-F]{2,4})> <([0-9A-F]{2,4})> <([0-9A-F]{4})>$/gim;
const TABLE_START = 'endcodespacerange';

/** The bytes of a stream as text, a character each. */
export function streamText(stream: PDFRawStream): string {
  const { dict, contents } = stream;
  const isFlate = dict.get(PDFName.of('Filter')) === FLATE && !dict.has(PDFName.of('DecodeParms'));
  // What browsers write is inflated by Node itself, several times sooner than by the library.
  const bytes = isFlate ? inflateSync(contents) : decodePDFRawStream(stream).decode();
  return Buffer.from(bytes).toString('latin1');
}

/** The streams that draw a page, in their order. */
export function streamsOf(contents: unknown): readonly PDFRawStream[] {
  if (contents instanceof PDFRawStream) return [contents];
  if (!(contents instanceof PDFArray)) return [];
  return contents.asArray().flatMap((_, index) => streamsOf(contents.lookup(index)));
}

/** The characters of a font by the number of their glyph: those it was embedded with. */
export function charactersByGlyph(font: PDFDict | undefined): ReadonlyMap<number, string> {
  const table = font?.lookup(PDFName.of('ToUnicode'));
  if (!(table instanceof PDFRawStream)) return new Map();
  const whole = streamText(table);
  const text = whole.slice(whole.indexOf(TABLE_START));
  const hex = (digits = ''): number => Number.parseInt(digits, 16);
  const singles = [...text.matchAll(GLYPH)].map(([, glyph, code = '']): [number, string] => [
    hex(glyph),
    Buffer.from(code, 'hex').swap16().toString('utf16le'),
  ]);
  const runs = [...text.matchAll(GLYPH_RUN)].flatMap(([, from, to, code]) =>
    Array.from({ length: hex(to) - hex(from) + 1 }, (_, index): [number, string] => [
      hex(from) + index,
      String.fromCharCode(hex(code) + index),
    ]),
  );
  return new Map([...singles, ...runs]);
}
