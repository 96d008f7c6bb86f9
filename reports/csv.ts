/** A cell before it is written: numbers stay numbers, absent values become empty cells. */
export type Cell = string | number | boolean | null | undefined;

/** Spreadsheets read such a cell as a formula, some of them behind spaces or in full width as well. */
const FORMULA = /^[\s\p{Cf}\p{Cc}]*[=+\-@|＝＋－＠｜]|^[\t\r\n]/u;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/**
 * A table as RFC 4180 with the mark by which spreadsheets know UTF-8. No text cell starts a formula: an apostrophe
 * before it makes it plain text, as it does when typed.
 */
export function writeCsv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`);
  return `\uFEFF${lines.join('')}`;
}

/** A cell as it was before `writeCsv` made plain text of it. */
export function readCell(cell: string): string {
  const typed = cell.slice(1);
  return cell.startsWith("'") && FORMULA.test(typed) ? typed : cell;
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  const text = cell.toWellFormed().replaceAll('\0', '');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
