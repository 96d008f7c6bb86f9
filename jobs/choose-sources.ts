import type { SourceState } from '../db/source-states.ts';
import type { SourceId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';

/**
 * `due`: only sources whose time has come; `all`: every enabled one; `unread`: those that have not answered since an
 * instant, so that a reading that was broken off goes on where it stood.
 */
export type Choice =
  | { readonly which: 'due' }
  | { readonly which: 'all' }
  | { readonly which: 'unread'; readonly since: string };

/** The enabled sources that are to be visited at `now` (UTC ISO). */
export function chooseSources(
  sources: readonly Source[],
  states: ReadonlyMap<SourceId, SourceState>,
  choice: Choice,
  now: string,
): Source[] {
  return sources.filter(({ id, enabled }) => enabled && isChosen(states.get(id), choice, now));
}

function isChosen(state: SourceState | undefined, choice: Choice, now: string): boolean {
  if (state === undefined || choice.which === 'all') return true;
  const { lastFetchedAt = '', lastOutcome, nextFetchAt } = state;
  // A visit in the future: the clock has been put back since, and its "next time" may lie years ahead.
  if (lastFetchedAt > now) return true;
  if (choice.which === 'due') return nextFetchAt <= now;
  return lastOutcome !== 'answered' || lastFetchedAt < choice.since;
}
