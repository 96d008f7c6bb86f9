import type { Progress } from '../jobs/context.ts';
import type { Terminal } from './progress.ts';

/** One call of a progress as a line: what `--events` prints and whoever started this program reads. */
export type ProgressEvent =
  | { readonly event: 'phase'; readonly name: string; readonly total: number }
  | { readonly event: 'grow'; readonly count: number }
  | { readonly event: 'step'; readonly line?: string }
  | { readonly event: 'stage'; readonly name: string }
  | { readonly event: 'end' };

/** Writes progress as JSON lines. */
export function eventProgress(terminal: Terminal): Progress {
  const write = (event: ProgressEvent) => terminal.write(`${JSON.stringify(event)}\n`);
  return {
    phase: (name, total) => write({ event: 'phase', name, total }),
    grow: (count) => write({ event: 'grow', count }),
    step: (line) => write(line === undefined ? { event: 'step' } : { event: 'step', line }),
    stage: (name) => write({ event: 'stage', name }),
    end: () => write({ event: 'end' }),
  };
}

/** Hands a line on to `progress`; false for a line that is no event. */
export function replayEvent(line: string, progress: Progress): boolean {
  if (!line.startsWith('{"event":')) return false;
  const event = JSON.parse(line) as ProgressEvent;
  switch (event.event) {
    case 'phase':
      progress.phase(event.name, event.total);
      break;
    case 'grow':
      progress.grow(event.count);
      break;
    case 'step':
      progress.step(event.line);
      break;
    case 'stage':
      progress.stage?.(event.name);
      break;
    case 'end':
      progress.end();
      break;
  }
  return true;
}
