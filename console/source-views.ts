import type { SourceState } from '../db/source-states.ts';
import type { SourceId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';

/** Names told of each group; `source list` has them all. */
const MOST_NAMES = 5;

type Standing = 'answered' | 'failed' | 'refused' | 'resting' | 'unseen';

const GROUPS = { failed: 'failed', refused: 'refused us', resting: 'not asked, for their host is resting' };

/** How the sources that are switched on stood at their last visit: how many answered, and who did not. */
export function sourcesView(
  sources: readonly Pick<Source, 'id' | 'name' | 'enabled'>[],
  states: ReadonlyMap<SourceId, SourceState>,
) {
  const enabled = sources.filter((source) => source.enabled);
  const byStanding = Map.groupBy(enabled, ({ id }) => standingOf(states.get(id)));
  const countOf = (standing: Standing) => byStanding.get(standing)?.length ?? 0;
  return {
    enabled: enabled.length,
    answered: countOf('answered'),
    unseen: countOf('unseen'),
    groups: (['failed', 'refused', 'resting'] as const)
      .filter((standing) => countOf(standing) > 0)
      .map((standing) => ({
        count: countOf(standing),
        what: GROUPS[standing],
        named: byStanding
          .get(standing)
          ?.slice(0, MOST_NAMES)
          .map(({ id, name }) => ({ name, detail: states.get(id)?.lastDetail ?? '' })),
        more: Math.max(0, countOf(standing) - MOST_NAMES),
      })),
  };
}

function standingOf(state: SourceState | undefined): Standing {
  const { lastOutcome = 'unseen', lastDetail = '' } = state ?? {};
  switch (lastOutcome) {
    case 'unseen':
    case 'answered':
    case 'refused':
      return lastOutcome;
    default:
      return lastDetail.startsWith('HOST_RESTING') ? 'resting' : 'failed';
  }
}
