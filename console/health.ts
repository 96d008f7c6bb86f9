import type { Clock } from '../model/clock.ts';
import type { Pages } from './server.ts';

/** The alarm rings every minute; without a ring for this long the service is not well. */
const LATE_AFTER_MS = 10 * 60_000;

export interface Ticking {
  readonly clock: Clock;
  /** UTC ISO instant of the last finished tick. */
  lastTickAt(): string | undefined;
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

/** True while rounds end as often as they should. */
export function isTicking({ clock, lastTickAt }: Ticking): boolean {
  const at = lastTickAt();
  return at !== undefined && clock.now().getTime() - Date.parse(at) < LATE_AFTER_MS;
}
