/** A day or moment in a calendar, as one edition of it tells the event. */
export interface CalendarEvent {
  readonly uid: string;
  /** YYYY-MM-DD, or a UTC ISO instant when the time of day is known. */
  readonly start: string;
  /** Counts up whenever the event moves, is cancelled or comes back. */
  readonly sequence: number;
  readonly isCancelled: boolean;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly category: string;
}

export interface Calendar {
  readonly name: string;
  /** UTC ISO instant that stands for the making of every event: never the machine's clock. */
  readonly stampedAt: string;
  readonly events: readonly CalendarEvent[];
}

const PRODUCT = '-//Policy Digest//Deadlines//EN';
/** RFC 5545, 3.1: a line holds at most 75 octets, without its break. */
const LINE_OCTETS = 75;

/** The calendar as a file of RFC 5545. */
export function writeCalendar({ name, stampedAt, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => eventLines(event, stampedAt)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Reads back the events of a file that `writeCalendar` wrote; anything else has none. */
export function readCalendar(text: string): CalendarEvent[] {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const events: CalendarEvent[] = [];
  let event: Map<string, string> | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    const [name = ''] = line.slice(0, colon).split(';');
    const value = line.slice(colon + 1);
    if (line === 'BEGIN:VEVENT') event = new Map();
    else if (line === 'END:VEVENT' && event !== undefined) {
      events.push(eventOf(event));
      event = undefined;
    } else event?.set(name, value);
  }
  return events.filter(({ uid, start }) => uid !== '' && start !== '');
}

function eventLines(event: CalendarEvent, stampedAt: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${basicTime(stampedAt)}`,
    event.start.includes('T')
      ? `DTSTART:${basicTime(event.start)}`
      : `DTSTART;VALUE=DATE:${event.start.replaceAll('-', '')}`,
    `SEQUENCE:${event.sequence}`,
    `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    ...(event.url === '' ? [] : [`URL:${oneLine(event.url)}`]),
    `CATEGORIES:${escaped(event.category)}`,
    // A date to know of, not an hour that is taken.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

function eventOf(properties: ReadonlyMap<string, string>): CalendarEvent {
  const text = (name: string): string => unescaped(properties.get(name) ?? '');
  return {
    uid: text('UID'),
    start: startOf(properties.get('DTSTART') ?? ''),
    sequence: Number(properties.get('SEQUENCE') ?? 0),
    isCancelled: properties.get('STATUS') === 'CANCELLED',
    summary: text('SUMMARY'),
    description: text('DESCRIPTION'),
    url: properties.get('URL') ?? '',
    category: text('CATEGORIES'),
  };
}

function startOf(value: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/.exec(value);
  if (match === null) return '';
  const [, year, month, day, hour, minute, second] = match;
  const on = `${year}-${month}-${day}`;
  return hour === undefined ? on : `${on}T${hour}:${minute}:${second}.000Z`;
}

function basicTime(at: string): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return printable(text)
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n?|\n/g, '\\n');
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** An address stands as it is, so it must not break the line or begin another property. */
function oneLine(text: string): string {
  return printable(text).replaceAll(/\s/g, '%20');
}

/** Without control characters other than tab and line breaks, which the format does not allow, and lone surrogates. */
function printable(text: string): string {
  return text.toWellFormed().replaceAll(/[^\P{Cc}\t\r\n]/gu, '');
}

/** Breaks a line between characters so that no piece is longer than the format allows. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    // The space that opens a further piece counts as well.
    if (octets + size > LINE_OCTETS - (pieces.length === 0 ? 0 : 1)) {
      pieces.push(piece);
      piece = '';
      octets = 0;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}
