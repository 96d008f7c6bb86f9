import { CsvError, parse } from 'csv-parse/sync';
import type { NewRecipient } from '../db/recipients.ts';
import type { Recipient } from '../model/delivery.ts';
import type { Digest, InterfaceLanguage } from '../model/digest.ts';
import type { DigestId } from '../model/ids.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { readCell, writeCsv } from '../reports/csv.ts';
import { isEmailAddress, normalAddress } from '../text/address.ts';
import { type DecodedTable, decodeTable } from '../text/table-charset.ts';

/** A line of the file that can be imported. */
export interface RecipientLine {
  readonly line: number;
  readonly recipient: NewRecipient;
}

/** What is wrong with a line, and what to do about it. */
export interface LineFault {
  readonly line: number;
  readonly fault: string;
}

export interface RecipientFile {
  /** How the bytes were read; absent when no way fits. */
  readonly read?: Pick<DecodedTable, 'encoding' | 'isGuess'>;
  readonly lines: readonly RecipientLine[];
  readonly faults: readonly LineFault[];
}

/** What the cells of a file may name. */
export interface FileContext {
  readonly digests: readonly Pick<Digest, 'id' | 'title'>[];
  readonly vocabulary: Pick<Vocabulary, 'topics' | 'regions'>;
}

/** Column → names it goes by; the first is ours. */
const COLUMNS = {
  email: ['email', 'e-mail', 'mail', '邮箱', '电子邮箱', '邮件地址'],
  name: ['name', '姓名', '名称'],
  digests: ['digests', 'digest', '简报', '周报'],
  pdf: ['pdf', '附件'],
  lang: ['lang', 'language', '语言'],
  topics: ['topics', 'topic', '主题'],
  regions: ['regions', 'region', '地区', '区域'],
} as const;

type Column = keyof typeof COLUMNS;
type Cells = Partial<Record<Column, string>>;

const MOST_LINES = 100_000;
const YES = /^(?:|yes|y|true|1|on|是|有)$/i;
const NO = /^(?:no|n|false|0|off|否|无|link)$/i;

/** Readers as a table that `readRecipientFile` reads; a reader without a digest is left out: there, that means all of them. */
export function writeRecipientFile(
  readers: readonly Pick<
    Recipient,
    'email' | 'name' | 'digestIds' | 'attachPdf' | 'lang' | 'topics' | 'regions'
  >[],
): string {
  const rows = readers
    .filter(({ digestIds }) => digestIds.length > 0)
    .map(({ email, name, digestIds, attachPdf, lang, topics, regions }) => [
      ...[email, name, digestIds.join('|'), attachPdf ? 'yes' : 'no', lang],
      ...[topics.join('|'), regions.join('|')],
    ]);
  return writeCsv(Object.keys(COLUMNS), rows);
}

/**
 * Reads a table of recipients in the charset told, else in the one that it is in (see `decodeTable`); commas, semicolons
 * or tabs between cells. Every fault is told, with its line.
 */
export function readRecipientFile(bytes: Uint8Array, context: FileContext, told?: string): RecipientFile {
  const decoded = decodeTable(bytes, told);
  if (decoded === undefined) {
    const fault =
      told === undefined
        ? 'neither UTF-8 nor GB18030 nor Windows-1252; save the file as "CSV UTF-8", or name its charset with --encoding'
        : `not ${told} throughout; leave out --encoding, or name another`;
    return onlyFault(1, fault);
  }
  const { text, encoding, isGuess } = decoded;
  return { ...readText(text, context), read: { encoding, isGuess } };
}

function readText(text: string, context: FileContext): RecipientFile {
  const table = tableOf(text);
  if ('faults' in table) return table;
  const [head, ...rows] = table.rows;
  if (head === undefined)
    return onlyFault(1, 'the file is empty; its first line names the columns, email first');
  if (rows.length > MOST_LINES) return onlyFault(MOST_LINES, `more than ${MOST_LINES} lines; split the file`);
  const columns = columnsOf(head);
  if ('faults' in columns) return columns;
  return linesOf(rows, columns.columns, context);
}

interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

function tableOf(text: string): { readonly rows: readonly TableRow[] } | RecipientFile {
  const rows: TableRow[] = [];
  let ended = 0;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      trim: true,
      on_record(cells: string[], { lines }) {
        // A quoted cell may hold line breaks: a row is named by the line it begins on.
        const row = { line: ended + 1, cells };
        ended = lines;
        if (cells.some((cell) => cell !== '')) rows.push(row);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The reader itself names the line where it gave up: for a quotation mark that is not closed the last of the file.
    const [what] = error.message.split(':', 1);
    return onlyFault(
      ended + 1,
      `not a table from here on (${what}); look for a quotation mark that is not closed`,
    );
  }
  return { rows };
}

/** The separator that stands most often in the first line. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function columnsOf(head: TableRow): { readonly columns: readonly Column[] } | RecipientFile {
  const known = Object.entries(COLUMNS) as [Column, readonly string[]][];
  const columns: Column[] = [];
  const faults: string[] = [];
  for (const cell of head.cells) {
    const found = known.find(([, names]) => names.includes(cell.toLowerCase()))?.[0];
    if (found === undefined)
      faults.push(`"${cell}" is no column; they are ${Object.keys(COLUMNS).join(', ')}`);
    else if (columns.includes(found)) faults.push(`the column ${found} stands twice; keep one`);
    else columns.push(found);
  }
  if (head.cells.some((cell) => isEmailAddress(cell)))
    return onlyFault(head.line, 'the first line holds an address; put the names of the columns above it');
  if (!faults.length && !columns.includes('email')) faults.push('there is no column email; add it');
  return faults.length === 0
    ? { columns }
    : { lines: [], faults: faults.map((fault) => ({ line: head.line, fault })) };
}

function linesOf(rows: readonly TableRow[], columns: readonly Column[], context: FileContext): RecipientFile {
  const lines: RecipientLine[] = [];
  const faults: LineFault[] = [];
  const seen = new Map<string, number>();
  const names = namesOf(context);
  for (const { line, cells } of rows) {
    const read = recipientOf(cells, columns, names);
    const own = [...read.faults];
    const email = normalAddress(read.recipient.email);
    const before = seen.get(email);
    if (before !== undefined) own.push(`${email} stands on line ${before} already; keep one of them`);
    else seen.set(email, line);
    if (own.length === 0) lines.push({ line, recipient: read.recipient });
    faults.push(...own.map((fault) => ({ line, fault })));
  }
  return { lines, faults };
}

function recipientOf(
  cells: readonly string[],
  columns: readonly Column[],
  names: Names,
): { readonly recipient: NewRecipient; readonly faults: readonly string[] } {
  const faults: string[] = [];
  if (cells.length > columns.length)
    faults.push(
      `${cells.length} cells for ${columns.length} columns; put a cell with a comma into quotation marks`,
    );
  const row: Cells = Object.fromEntries(columns.map((column, at) => [column, readCell(cells[at] ?? '')]));
  const { email = '', name = '', pdf = '', lang = '' } = row;
  if (!isEmailAddress(email))
    faults.push(email === '' ? 'the address is missing' : `"${email}" is no e-mail address`);
  if (!YES.test(pdf) && !NO.test(pdf)) faults.push(`pdf is "${pdf}"; write yes or no`);
  const language = languageOf(lang);
  if (language === 'unknown') faults.push(`lang is "${lang}"; write zh-CN or en, or leave it empty`);
  const listed = (column: 'digests' | 'topics' | 'regions'): string[] =>
    listOf(row[column] ?? '').flatMap((word) => {
      const id = names[column].get(word.toLowerCase());
      if (id === undefined) faults.push(`${column}: "${word}" is not known; ${hintFor(column, names)}`);
      return id === undefined ? [] : [id];
    });
  const digestIds = listed('digests') as DigestId[];
  return {
    recipient: {
      email,
      ...(name === '' ? {} : { name: name.slice(0, 200) }),
      // An empty cell means all, as `recipient add` does.
      digestIds: digestIds.length > 0 ? digestIds : names.all,
      attachPdf: !NO.test(pdf),
      ...(language === undefined || language === 'unknown' ? {} : { lang: language }),
      topics: listed('topics'),
      regions: listed('regions'),
    },
    faults,
  };
}

interface Names {
  readonly all: readonly DigestId[];
  readonly digests: ReadonlyMap<string, string>;
  readonly topics: ReadonlyMap<string, string>;
  readonly regions: ReadonlyMap<string, string>;
}

/** Ids and what people call them, in lower case. */
function namesOf({ digests, vocabulary }: FileContext): Names {
  const map = (entries: readonly (readonly [string, readonly string[]])[]) =>
    new Map(
      entries.flatMap(([id, words]) => [id, ...words].map((word) => [word.toLowerCase(), id] as const)),
    );
  return {
    all: digests.map(({ id }) => id),
    digests: map(digests.map(({ id, title }) => [id, [title]])),
    topics: map(vocabulary.topics.map(({ id, zh, en }) => [id, [zh, en]])),
    regions: map(vocabulary.regions.map(({ id, zh, en, aliases }) => [id, [zh, en, ...aliases]])),
  };
}

function hintFor(column: 'digests' | 'topics' | 'regions', names: Names): string {
  return column === 'digests'
    ? `the digests are ${names.all.join(', ')}`
    : `see vocabulary/${column}.yml, and put | between several`;
}

function listOf(cell: string): string[] {
  return cell
    .split(/[|、，,;；]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function languageOf(cell: string): InterfaceLanguage | undefined | 'unknown' {
  if (cell === '') return undefined;
  if (/^(?:zh|zh-cn|中文|汉语|简体中文)$/i.test(cell)) return 'zh-CN';
  return /^(?:en|en-\w+|english|英文|英语)$/i.test(cell) ? 'en' : 'unknown';
}

function onlyFault(line: number, fault: string): RecipientFile {
  return { lines: [], faults: [{ line, fault }] };
}
