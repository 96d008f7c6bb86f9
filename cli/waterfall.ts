import type { Run, RunStep } from '../model/run.ts';
import { unaccounted } from '../model/run.ts';
import { durationText } from '../text/duration.ts';
import { columns, widthOf } from './io.ts';

/** How a run is drawn. */
export interface WaterfallOptions {
  /** What a source is called; its id where it is not known any more. */
  nameOf(sourceId: string): string;
  /** Every source, in place of those that failed and the slowest. */
  readonly isAll: boolean;
  /** The end of a run that still runs. */
  readonly now: string;
}

const BAR = 32;
const LABEL = 30;
/** Of the sources that answered, so many are shown: those that took longest. */
const SLOWEST = 8;
const MARKS = { finished: ' ', running: '…', failed: '✗', abandoned: '■' } as const;

/** The steps of a run against its time: one line each, one for each source below `fetch`. */
export function waterfall(run: Run, steps: readonly RunStep[], options: WaterfallOptions): string {
  const start = Date.parse(run.startedAt);
  const end = Date.parse(run.finishedAt ?? options.now);
  const barOf = (step: RunStep, fill: string) => bar(step, { start, end, fill, now: options.now });
  const rows: string[][] = [['', 'step', 'took', axis(end - start), 'in → out', 'left out']];
  const sources = sourcesOf(steps);
  for (const step of steps) {
    if (step.name === 'list' || step.name === 'read') continue;
    const subject = step.subject === '' || step.subject === run.subject ? '' : ` ${step.subject}`;
    rows.push([
      MARKS[step.state],
      cut(`${step.name}${subject}`),
      durationText(tookMs(step, options.now)),
      barOf(step, '█'),
      countsText(step),
      restText(step),
    ]);
    if (step.name !== 'fetch') continue;
    const shown = options.isAll ? sources : worthALook(sources, options.now);
    for (const { id, list, read } of shown) {
      const bars = [
        ...(list === undefined ? [] : [barOf(list, '▓')]),
        ...(read === undefined ? [] : [barOf(read, '░')]),
      ];
      rows.push([
        MARKS[list?.state ?? 'finished'],
        cut(`  ${options.nameOf(id)}`),
        durationText(tookMs(list, options.now) + tookMs(read, options.now)),
        overlay(bars),
        [
          ...(list === undefined ? [] : [`${countsText(list)} entries`]),
          ...(read === undefined ? [] : [`${countsText(read)} pages`]),
        ].join(', '),
        list?.state === 'failed'
          ? `${id}: ${list.detail ?? 'failed'}`
          : [list, read]
              .flatMap((one) => (one === undefined ? [] : [restText(one)]))
              .filter(Boolean)
              .join(', '),
      ]);
    }
    const hidden = sources.length - shown.length;
    if (hidden > 0) rows.push([' ', `  … ${hidden} more sources`, '', '', '', '--all shows them']);
  }
  return columns(rows);
}

interface SourceSteps {
  readonly id: string;
  list?: RunStep;
  read?: RunStep;
}

/** The list and the pages of each source together, in the order in which they came. */
function sourcesOf(steps: readonly RunStep[]): SourceSteps[] {
  const byId = new Map<string, SourceSteps>();
  for (const step of steps) {
    if (step.name !== 'list' && step.name !== 'read') continue;
    const source = byId.get(step.subject) ?? { id: step.subject };
    byId.set(step.subject, source);
    source[step.name] = step;
  }
  return [...byId.values()];
}

function worthALook(sources: readonly SourceSteps[], now: string): SourceSteps[] {
  const took = ({ list, read }: SourceSteps) => tookMs(list, now) + tookMs(read, now);
  const answered = sources.filter(({ list }) => list?.state !== 'failed');
  const slowest = new Set([...answered].sort((one, other) => took(other) - took(one)).slice(0, SLOWEST));
  return sources.filter((source) => source.list?.state === 'failed' || slowest.has(source));
}

function bar(
  step: RunStep,
  { start, end, fill, now }: { start: number; end: number; fill: string; now: string },
): string {
  const whole = Math.max(1, end - start);
  const at = (instant: string) => Math.min(1, Math.max(0, (Date.parse(instant) - start) / whole)) * BAR;
  const from = Math.min(BAR - 1, Math.floor(at(step.startedAt)));
  const to = Math.max(from + 1, Math.round(at(step.finishedAt ?? now)));
  return ' '.repeat(from) + fill.repeat(to - from) + ' '.repeat(BAR - to);
}

/** Bars of one line, the first on top. */
function overlay([top = '', below]: readonly string[]): string {
  if (below === undefined) return top;
  return [...top].map((character, index) => (character === ' ' ? (below[index] ?? ' ') : character)).join('');
}

function axis(ms: number): string {
  const end = durationText(ms);
  return `0 ${'─'.repeat(Math.max(1, BAR - 3 - end.length))} ${end}`;
}

function countsText(step: RunStep): string {
  return step.state === 'running' ? '' : `${step.in} → ${step.out}`;
}

function restText(step: RunStep): string {
  if (step.name !== 'list' && step.detail !== undefined) return step.detail;
  const parts = Object.entries(step.dropped).flatMap(([why, count]) =>
    count === 0 ? [] : [`${count} ${wordsOf(why)}`],
  );
  const rest = step.state === 'finished' ? unaccounted(step) : 0;
  return [...parts, ...(rest === 0 ? [] : [`${rest} UNACCOUNTED FOR`])].join(', ');
}

/** `queuedBefore` → `queued before`. */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function tookMs(step: RunStep | undefined, now: string): number {
  return step === undefined ? 0 : Date.parse(step.finishedAt ?? now) - Date.parse(step.startedAt);
}

/** At most LABEL columns; Han characters take two. */
function cut(text: string): string {
  if (widthOf(text) <= LABEL) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > LABEL - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
