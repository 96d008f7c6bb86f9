import type { Source } from '../model/source.ts';
import { hostOf } from '../text/urls.ts';
import { readDuePages } from './read-pages.ts';
import type { Job } from './run.ts';
import { sideBySide } from './side-by-side.ts';
import { visitSource } from './visit-source.ts';

export interface CollectArguments {
  /** `due`: only sources whose time has come; `all`: every enabled one. */
  readonly which: 'due' | 'all';
}

export interface SourceLine {
  readonly source: Source;
  readonly outcome: 'answered' | 'refused' | 'failed';
  readonly detail: string;
  readonly newEntries: number;
}

export interface CollectResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly SourceLine[];
}

/** Visits sources and reads the pages of what they listed. Hosts go side by side, one host never against itself. */
export const collect: Job<CollectArguments, CollectResult> = {
  name: 'collect',
  subject: ({ which }) => `${which} sources`,
  async run(context, { which }) {
    const states = await context.store.sourceStates.all();
    const now = context.clock.now().toISOString();
    const enabled = context.sources.filter((source) => source.enabled);
    const chosen = enabled.filter(
      (source) => which === 'all' || (states.get(source.id)?.nextFetchAt ?? '') <= now,
    );

    context.progress.phase('sources', chosen.length);
    const lines: SourceLine[] = [];
    await sideBySide(
      chosen,
      (source) => hostOf(source.url),
      async (source) => {
        if (context.signal.aborted) return;
        const visit = await visitSource(context, source, states.get(source.id));
        lines.push({ source, ...visit });
        context.progress.step(`${MARKS[visit.outcome]} ${source.name}: ${visit.detail}`);
      },
    );
    const pages = await readDuePages(context);
    lines.sort((left, right) => (left.source.id < right.source.id ? -1 : 1));
    return { counts: { ...countOutcomes(lines), ...pages }, lines };
  },
};

const MARKS = { answered: '✓', refused: '⊘', failed: '✗' } as const;

function countOutcomes(lines: readonly SourceLine[]): Record<string, number> {
  const count = (outcome: SourceLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  return {
    sources: lines.length,
    answered: count('answered'),
    refused: count('refused'),
    failed: count('failed'),
    newEntries: lines.reduce((sum, line) => sum + line.newEntries, 0),
  };
}
