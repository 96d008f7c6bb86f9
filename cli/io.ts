import type { Terminal } from './progress.ts';

/** What the command line talks through; tests give their own. */
export interface CommandIo {
  readonly out: Terminal;
  readonly err: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project's folder: where sources, templates and defaults lie. */
  readonly baseDir: string;
  readonly signal: AbortSignal;
  /** Sets the process's exit code; the highest asked for wins. */
  exit(code: number): void;
}

/** Plain text for people or, with `--json`, one JSON object as the last line. */
export function report(io: CommandIo, isJson: boolean | undefined, value: object, text: string): void {
  io.out.write(isJson ? `${JSON.stringify(value)}\n` : `${text}\n`);
}

/** Rows as columns of equal width; Han characters count double. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  return rows
    .map((row) =>
      row
        .map((cell, index) =>
          index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Terminal columns that a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;
