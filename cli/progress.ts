import type { Progress } from '../jobs/context.ts';

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;

/**
 * A line for each thing worth one and, on a terminal, a bar that stays below them; plain lines elsewhere.
 * Call `end` before printing anything else.
 */
export function createProgress(terminal: Terminal): Progress & { end(): void } {
  return terminal.isTTY === true ? liveProgress(terminal) : plainProgress(terminal);
}

function plainProgress(terminal: Terminal): Progress & { end(): void } {
  return {
    phase(name, total) {
      terminal.write(`${name} (${total})\n`);
    },
    step(line) {
      if (line !== undefined) terminal.write(`  ${line}\n`);
    },
    end: () => undefined,
  };
}

function liveProgress(terminal: Terminal): Progress & { end(): void } {
  let name = '';
  let total = 0;
  let done = 0;
  const clear = () => terminal.write('\r\u001B[K');
  const draw = () => {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.round(share * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    terminal.write(`\r\u001B[K${bar} ${done}/${total} ${name}`);
  };
  return {
    phase(next, count) {
      clear();
      name = next;
      total = count;
      done = 0;
      draw();
    },
    step(line) {
      done += 1;
      if (line !== undefined) {
        clear();
        terminal.write(`${clip(line, terminal.columns ?? 80)}\n`);
      }
      draw();
    },
    end: () => clear(),
  };
}

/** A line must not wrap, or the bar below it would be drawn over twice. Han characters take two columns. */
function clip(line: string, columns: number): string {
  let width = 0;
  for (const [index, character] of [...line].entries()) {
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u.test(
        character,
      )
        ? 2
        : 1;
    if (width > columns - 1) return `${[...line].slice(0, Math.max(0, index - 1)).join('')}…`;
  }
  return line;
}
