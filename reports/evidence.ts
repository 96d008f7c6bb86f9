import type { AttachmentRef, ComposeInput, DocumentRef, Edition } from '../model/edition.ts';
import { itemsOf, sentencesOf } from './check-edition.ts';

/** The kept words of a document that an edition shows, cut so that quoted stretches can be marked. */
export interface KeptText {
  readonly document: DocumentRef;
  /** Lines of the text; the pieces of a line put together are the line. */
  readonly lines: readonly (readonly KeptPiece[])[];
  /** In the order of `document.attachments`. */
  readonly attachments: readonly KeptAttachment[];
}

/** A file that hangs on a document, with the words that were read from it. */
export interface KeptAttachment extends AttachmentRef {
  readonly lines: readonly string[];
  /** There is more text than is shown. */
  readonly isCut: boolean;
}

/** Characters of a file's text that a kept copy shows; the file itself is a link away. */
const SHOWN_CHARACTERS = 60_000;

export interface KeptPiece {
  readonly text: string;
  readonly isQuoted: boolean;
  /** `s-<start>`, where a quoted sentence begins; links of the edition point to it. */
  readonly anchor: string | undefined;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The kept text of every document the edition shows, each once, in order of first mention. */
export function evidenceOf(
  edition: Edition,
  input: Pick<ComposeInput, 'stories' | 'stillAhead' | 'changes' | 'fates' | 'attachments'>,
): KeptText[] {
  const texts = new Map(
    [
      ...input.stillAhead,
      ...input.changes.map(({ document }) => document),
      ...(input.fates ?? []).map(({ document }) => document),
      ...input.stories.flatMap(({ documents }) => documents),
    ].map(({ id, text }) => [id, text]),
  );
  const quoted = Map.groupBy(sentencesOf(edition), ({ documentId }) => documentId);
  return shownDocuments(edition).map((document) => {
    const text = texts.get(document.documentId);
    if (text === undefined)
      throw new RangeError(`document ${document.documentId} is shown but was not given`);
    const stored = input.attachments?.get(document.documentId) ?? [];
    const words = wordsOnly(text);
    const attachments = document.attachments.map((one) => {
      const own = stored.find(({ url }) => url === one.url)?.text ?? '';
      // A file that is the document has its words above already.
      return { ...one, ...shownText(words.includes(wordsOnly(own)) ? '' : own) };
    });
    return { document, lines: markQuotes(text, quoted.get(document.documentId) ?? []), attachments };
  });
}

function wordsOnly(text: string): string {
  return text.replace(/\s/g, '');
}

function shownText(text: string): Pick<KeptAttachment, 'lines' | 'isCut'> {
  const isCut = text.length > SHOWN_CHARACTERS;
  const shown = isCut ? text.slice(0, text.lastIndexOf('\n', SHOWN_CHARACTERS)) : text;
  return { lines: shown === '' ? [] : shown.split('\n'), isCut };
}

/** Every document an edition shows, each once, in reading order; left out ones are named but not shown. */
export function shownDocuments(edition: Edition): readonly DocumentRef[] {
  const all = [
    ...(edition.lead?.documents ?? []),
    ...edition.ahead.map(({ document }) => document),
    ...edition.newDocuments.map(({ document }) => document),
    ...[...edition.numbers, ...edition.later].map(({ document }) => document),
    ...itemsOf(edition).flatMap(({ documents }) => documents),
    ...edition.changes.map(({ document }) => document),
    ...edition.fates.map(({ document }) => document),
    ...edition.rereleased,
  ];
  return [...new Map(all.toReversed().map((one) => [one.documentId, one])).values()].toReversed();
}

/** Cuts a text into lines and pieces so that each span is covered by quoted pieces, the first one carrying its anchor. */
export function markQuotes(text: string, spans: readonly Span[]): KeptPiece[][] {
  const starts = new Set(spans.map(({ start }) => start));
  const lines: KeptPiece[][] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const to = from + line.length;
    const cuts = [from, to, ...spans.flatMap(({ start, end }) => [start, end])]
      .filter((cut) => cut >= from && cut <= to)
      .sort((left, right) => left - right);
    const edges = [...new Set(cuts)];
    const pieces = edges.slice(0, -1).map((start, index) => ({
      text: text.slice(start, edges[index + 1]),
      isQuoted: spans.some((span) => span.start <= start && start < span.end),
      anchor: starts.has(start) ? `s-${start}` : undefined,
    }));
    if (pieces.length > 0) lines.push(pieces);
    from = to + 1;
  }
  return lines;
}
