import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { checkFonts, checkHeadings } from './pdf-check.ts';

/** What a PDF says of itself. */
export interface PdfFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly lang: string;
  /** UTC ISO instant written as creation and modification time: the end of the period, never the time of printing. */
  readonly at: string;
}

/** A print that was read back. */
export interface ReadPages {
  readonly print: PDFDocument;
  /** The page number, from 1, of every anchor that a link points to. */
  readonly anchors: ReadonlyMap<string, number>;
  readonly pages: number;
}

/** By default the library rests after every hundred objects, for pages that must stay responsive. */
const WITHOUT_REST = { parseSpeed: ParseSpeeds.Fastest, objectsPerTick: Number.POSITIVE_INFINITY };

/** Reads a print back, once for its page numbers and for finishing it. */
export async function readPages(bytes: Uint8Array): Promise<ReadPages> {
  const pdf = await PDFDocument.load(bytes, { ...WITHOUT_REST, updateMetadata: false });
  const numbers = new Map(pdf.getPages().map((page, index) => [page.ref.toString(), index + 1]));
  const named = pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict);
  const anchors = new Map<string, number>();
  for (const [name, target] of named?.entries() ?? []) {
    const place = pdf.context.lookup(target, PDFArray);
    const page = place.get(0);
    const number = page instanceof PDFRef ? numbers.get(page.toString()) : undefined;
    if (number !== undefined) anchors.set(name.decodeText(), number);
  }
  return { print: pdf, anchors, pages: numbers.size };
}

/**
 * Checks fonts and headings, writes the facts and takes out what differs from print to print, so that the same edition
 * gives the same bytes.
 * @throws AppError `PDF_MISSING_GLYPH`, `PDF_FONT`, `PDF_LONELY_HEADING`
 */
export async function finishPdf(pdf: PDFDocument, facts: PdfFacts): Promise<Uint8Array> {
  checkFonts(pdf);
  checkHeadings(pdf);
  const at = new Date(facts.at);
  pdf.setTitle(facts.title, { showInWindowTitleBar: true });
  pdf.setAuthor(facts.author);
  pdf.setSubject(facts.subject);
  pdf.setLanguage(facts.lang);
  pdf.setCreator('Policy Digest');
  pdf.setCreationDate(at);
  pdf.setModificationDate(at);
  delete pdf.context.trailerInfo.ID;
  renumberNodes(pdf);
  return pdf.save({
    ...WITHOUT_REST,
    useObjectStreams: true,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
}

const NODE = /^node\d+$/;

/**
 * Heads of tables in a tagged PDF are named by the browser's running count of nodes, which starts elsewhere in every print
 * and may give one head its number before another. They get numbers from 1 in the order of the file, and the tree that
 * finds them by name is put in that order.
 */
function renumberNodes(pdf: PDFDocument): void {
  const objects = pdf.context.enumerateIndirectObjects().map(([, object]) => object);
  const names = new Set<string>();
  for (const object of objects) visitNodes(object, (name) => void names.add(name));
  const numbers = new Map(
    [...names].map((name, index) => [name, `node${String(index + 1).padStart(8, '0')}`]),
  );
  for (const object of objects) visitNodes(object, (name) => numbers.get(name));
  sortNames(pdf);
}

/** Puts the names of table heads into one sorted leaf, as readers of a name tree expect. */
function sortNames(pdf: PDFDocument): void {
  const structure = pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  const tree = structure?.lookupMaybe(PDFName.of('IDTree'), PDFDict);
  if (tree === undefined) return;
  const pairs = namesIn(tree).sort(([left], [right]) => (left.asString() < right.asString() ? -1 : 1));
  const kids = tree.lookupMaybe(PDFName.of('Kids'), PDFArray);
  // What other leaves held is in the first one now.
  for (const kid of kids?.asArray().slice(1) ?? []) if (kid instanceof PDFRef) pdf.context.delete(kid);
  const leaf = kids?.lookupMaybe(0, PDFDict) ?? tree;
  leaf.set(PDFName.of('Names'), pdf.context.obj(pairs.flat()));
  if (kids === undefined) return;
  tree.set(PDFName.of('Kids'), pdf.context.obj(kids.asArray().slice(0, 1)));
  const [first] = pairs.at(0) ?? [];
  const [last] = pairs.at(-1) ?? [];
  if (first !== undefined && last !== undefined)
    leaf.set(PDFName.of('Limits'), pdf.context.obj([first, last]));
}

/** Names with what they stand for, of a node of a name tree and all below it. */
function namesIn(node: PDFDict): (readonly [PDFString, PDFObject])[] {
  const kids = node.lookupMaybe(PDFName.of('Kids'), PDFArray);
  const below = Array.from({ length: kids?.size() ?? 0 }, (_, index) => kids?.lookupMaybe(index, PDFDict));
  const own = node.lookupMaybe(PDFName.of('Names'), PDFArray)?.asArray() ?? [];
  const pairs = own.flatMap((name, index): (readonly [PDFString, PDFObject])[] => {
    const value = own[index + 1];
    return index % 2 === 0 && name instanceof PDFString && value !== undefined ? [[name, value]] : [];
  });
  return [...pairs, ...below.flatMap((kid) => (kid === undefined ? [] : namesIn(kid)))];
}

/** Calls `visit` with every node name within a direct object and puts its answer in the name's place. */
function visitNodes(object: PDFObject, visit: (name: string) => string | undefined): void {
  const replaced = (value: PDFObject): PDFObject | undefined => {
    if (value instanceof PDFArray || value instanceof PDFDict) visitNodes(value, visit);
    if (!(value instanceof PDFString) || !NODE.test(value.asString())) return undefined;
    const name = visit(value.asString());
    return name === undefined ? undefined : PDFString.of(name);
  };
  if (object instanceof PDFArray) {
    for (const [index, value] of object.asArray().entries()) {
      const next = replaced(value);
      if (next !== undefined) object.set(index, next);
    }
  } else if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      const next = replaced(value);
      if (next !== undefined) object.set(key, next);
    }
  }
}
