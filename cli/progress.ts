import type { Progress } from '../jobs/context.ts';
import { widthOf } from './io.ts';

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;

/**
 * A line for each thing worth one and, on a terminal, a bar that stays below them; plain lines elsewhere.
 */
export function createProgress(terminal: Terminal): Progress {
  return terminal.isTTY === true ? liveProgress(terminal) : plainProgress(terminal);
}

function plainProgress(terminal: Terminal): Progress {
  return {
    phase(name, total) {
      terminal.write(`${name} (${total})\n`);
    },
    grow: () => undefined,
    step(line) {
      if (line !== undefined) terminal.write(`  ${line}\n`);
    },
    end: () => undefined,
  };
}

function liveProgress(terminal: Terminal): Progress {
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
    grow(count) {
      total += count;
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

/** A line must not wrap, or the bar below it would be drawn over twice. */
function clip(line: string, columns: number): string {
  if (widthOf(line) < columns) return line;
  let kept = '';
  for (const character of line) {
    if (widthOf(kept + character) > columns - 2) break;
    kept += character;
  }
  return `${kept}…`;
}
