import type { Clock } from '../model/clock.ts';
import type { Pages } from './server.ts';

/** The alarm rings every minute; without a round that ended well for so long the service is not well. */
const LATE_AFTER_MS = 10 * 60_000;
/** A round that reads all sources and makes editions may take long; jobs have limits of their own below this. */
const LONGEST_ROUND_MS = 6 * 3_600_000;

export interface Ticking {
  readonly clock: Clock;
  /** UTC ISO instant of the last finished tick. */
  lastTickAt(): string | undefined;
  /** UTC ISO instant at which the tick under way began. */
  workingSince(): string | undefined;
}

/** `/health` for probes: 200 well, 503 not. It tells nothing that an outsider may not know. */
export function healthProbe(ticking: Ticking): Pages {
  return (server) => {
    server.get('/health', async (_request, reply) => {
      const isWell = isTicking(ticking);
      return reply.status(isWell ? 200 : 503).send({ isWell, lastTickAt: ticking.lastTickAt() ?? null });
    });
  };
}

/** True while rounds end as often as they should, or one is under way that may still end. */
export function isTicking({ clock, lastTickAt, workingSince }: Ticking): boolean {
  const isWithin = (at: string | undefined, ms: number) =>
    at !== undefined && clock.now().getTime() - Date.parse(at) < ms;
  return isWithin(lastTickAt(), LATE_AFTER_MS) || isWithin(workingSince(), LONGEST_ROUND_MS);
}
