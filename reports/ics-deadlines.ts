import type { Document } from '../model/document.ts';
import type { AheadRow, Edition } from '../model/edition.ts';
import type { DocumentId, SourceId } from '../model/ids.ts';
import { instantOf } from '../text/calendar.ts';
import { webAddress } from './document-view.ts';
import { type Calendar, type CalendarEvent, writeCalendar } from './ics.ts';
import { WORDING } from './wording.ts';

/** The calendar file in an edition's folder. */
export const CALENDAR_FILE = 'deadlines.ics';

export interface CalendarInput {
  readonly edition: Edition;
  /** The events that readers have from the revision or edition before; empty for the first. */
  readonly before: readonly CalendarEvent[];
  /** Newest words of the documents behind `before`; a document that is not here keeps the events it has. */
  readonly documents: ReadonlyMap<DocumentId, Pick<Document, 'sourceId' | 'dates'>>;
  /** Documents that their publisher has taken down: their dates no longer stand. @default none */
  readonly gone?: ReadonlySet<DocumentId>;
  /** The zone in which a source's times of day are meant. */
  zoneOf(sourceId: SourceId): string;
}

type Kind = AheadRow['kind'];

/** A date that stands now, to be told under an old or a new name. */
interface Standing {
  readonly start: string;
  readonly row?: AheadRow;
}

const UID = /^(?<documentId>.+)-(?<kind>deadline|effective)-(?<ordinal>\d+)@policy-digest$/;

/** `deadlines.ics`: the edition's dates ahead, told as changes to what its readers already have. */
export function deadlinesFile(input: CalendarInput): string {
  return writeCalendar(deadlinesCalendar(input));
}

/**
 * The dates ahead as a calendar. An event keeps its name for as long as its document sets such a date; its sequence
 * rises when the date moves, is withdrawn, goes with its page or comes back. Building again upon its own outcome changes nothing.
 */
export function deadlinesCalendar(input: CalendarInput): Calendar {
  const { edition, before, gone } = input;
  const standing = [...edition.ahead, ...edition.later].filter(
    ({ document }) => gone?.has(document.documentId) !== true,
  );
  const rows = Map.groupBy(standing, (row) => keyOf(row.document.documentId, row.kind));
  const known = Map.groupBy(before.filter(isOurs), ({ uid }) => keyOf(...partsOf(uid)));
  const keys = [...new Set([...rows.keys(), ...known.keys()])];
  const events = keys.flatMap((key) => eventsOf(known.get(key) ?? [], rows.get(key) ?? [], input));
  const ahead = events.filter(({ start }) => isAhead(start, edition));
  return {
    name: edition.title,
    stampedAt: edition.period.to,
    events: ahead.sort((left, right) => (left.start + left.uid < right.start + right.uid ? -1 : 1)),
  };
}

/** The events of one document and kind: first those whose date stands, then those that moved, new ones, and the rest. */
function eventsOf(
  known: readonly CalendarEvent[],
  rows: readonly AheadRow[],
  input: CalendarInput,
): CalendarEvent[] {
  const standing = [...rows.map((row) => standingOf(row, input)), ...beyond(known, rows, input)];
  const events: CalendarEvent[] = [];
  const left = new Set(known);
  const place = (event: CalendarEvent | undefined, at: Standing, uid: string): void => {
    if (event !== undefined) left.delete(event);
    events.push(told(event, at, uid, input));
  };
  const moved: Standing[] = [];
  for (const at of standing) {
    const same = [...left].find(({ start }) => start === at.start);
    if (same === undefined) moved.push(at);
    else place(same, at, same.uid);
  }
  for (const at of moved) {
    const event = [...left].find((one) => !one.isCancelled) ?? [...left][0];
    // A further date far ahead is told by the edition in whose view it comes.
    if (event !== undefined) place(event, at, event.uid);
    else if (at.row !== undefined) place(undefined, at, freeUid(at.row, [...known, ...events]));
  }
  return [...events, ...[...left].map((event) => withdrawn(event, input))];
}

/** Dates that known documents set outside the edition's view: an event may have moved there. */
function beyond(
  known: readonly CalendarEvent[],
  rows: readonly AheadRow[],
  { edition, documents, gone, zoneOf }: CalendarInput,
): Standing[] {
  const [first] = known;
  if (first === undefined) return [];
  const [documentId, kind] = partsOf(first.uid);
  const document = documents.get(documentId);
  if (document === undefined || gone?.has(documentId)) return [];
  const taken = new Set(rows.map(({ on }) => on));
  return document.dates
    .filter((fact) => fact.kind === kind && !taken.has(fact.on))
    .map((fact) => ({ start: startOf(fact, zoneOf(document.sourceId)) }))
    .filter(({ start }) => isAhead(start, edition));
}

function standingOf(row: AheadRow, { zoneOf }: CalendarInput): Standing {
  return { start: startOf(row, zoneOf(row.document.sourceId)), row };
}

function startOf({ on, time }: { readonly on: string; readonly time?: string }, zone: string): string {
  // 24:00 is the day's end; as a moment it would stand on the next day.
  return time === undefined || time === '24:00' ? on : instantOf(on, time, zone);
}

function isAhead(start: string, { period }: Edition): boolean {
  return start.includes('T') ? start >= period.to : start > period.lastDay;
}

function told(
  event: CalendarEvent | undefined,
  at: Standing,
  uid: string,
  input: CalendarInput,
): CalendarEvent {
  const changed = event !== undefined && (event.start !== at.start || event.isCancelled);
  const sequence = (event?.sequence ?? 0) + (changed ? 1 : 0);
  const words = at.row === undefined ? event : wordsOf(at.row, input.edition);
  if (words === undefined) throw new RangeError(`event ${uid} has no words`);
  const { summary, description, url, category } = words;
  return { uid, start: at.start, sequence, isCancelled: false, summary, description, url, category };
}

/** An event whose date no document sets any longer; without a word from its document it stays as it was. */
function withdrawn(event: CalendarEvent, { documents }: CalendarInput): CalendarEvent {
  const [documentId] = partsOf(event.uid);
  if (event.isCancelled || !documents.has(documentId)) return event;
  return { ...event, isCancelled: true, sequence: event.sequence + 1 };
}

function wordsOf(
  { kind, document, quote }: AheadRow,
  { lang }: Edition,
): Pick<CalendarEvent, 'summary' | 'description' | 'url' | 'category'> {
  const words = WORDING[lang];
  const category = words.aheadKinds[kind];
  const issuer = document.issuers[0] ?? document.publisher;
  return {
    summary: lang === 'en' ? `${category}: ${document.title}` : `${category}：${document.title}`,
    description: [quote.text, [issuer, document.documentNumber].filter(Boolean).join(' '), document.url].join(
      '\n',
    ),
    url: webAddress(document.url) ?? '',
    category,
  };
}

function freeUid({ document, kind }: AheadRow, taken: readonly CalendarEvent[]): string {
  const uids = new Set(taken.map(({ uid }) => uid));
  for (let ordinal = 1; ; ordinal += 1) {
    const uid = `${document.documentId}-${kind}-${ordinal}@policy-digest`;
    if (!uids.has(uid)) return uid;
  }
}

function isOurs({ uid }: CalendarEvent): boolean {
  return UID.test(uid);
}

/** The documents that events speak of. */
export function documentsOf(events: readonly CalendarEvent[]): DocumentId[] {
  return [...new Set(events.filter(isOurs).map(({ uid }) => partsOf(uid)[0]))];
}

function partsOf(uid: string): [DocumentId, Kind] {
  const groups = UID.exec(uid)?.groups;
  // The names of the groups are those of the pattern, and only its own uids come here.
  return [groups?.documentId as DocumentId, groups?.kind as Kind];
}

function keyOf(documentId: DocumentId, kind: Kind): string {
  return `${documentId} ${kind}`;
}
