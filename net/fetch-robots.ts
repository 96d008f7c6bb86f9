import type { Clock } from '../model/clock.ts';
import { AppError } from '../model/errors.ts';
import { AddressRefused } from './address-guard.ts';
import { type Answer, type Ask, isRedirect } from './ask.ts';
import { Budget } from './budget.ts';
import type { Exchange } from './exchange.ts';
import { type Hop, MAX_REDIRECTS, nextHop, standingHeaders } from './hops.ts';
import { wallOf } from './outcome.ts';
import type { Politeness, Timer } from './politeness.ts';
import type { RobotsAnswer } from './robots.ts';

/** RFC 9309 2.5: at least 500 KiB must be read; what follows is left. */
const MAX_ROBOTS = 512 * 1024;
const ROBOTS_MS = 20_000;

export interface RobotsFetchOptions {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly politeness: Politeness;
  readonly timer: Timer;
  readonly userAgent: string;
  /** The longest time of any request. */
  readonly wholeMs: number;
  /** Why an address may not be asked; undefined when it may. */
  addressRefusal(url: string): string | undefined;
}

/** Fetches robots.txt of a host: as politely as any page, and with a short patience of its own. */
export function createRobotsFetch(options: RobotsFetchOptions) {
  const { ask, clock, politeness, timer, userAgent, addressRefusal } = options;
  return async (url: string, signal?: AbortSignal): Promise<RobotsAnswer> => {
    const budget = new Budget(Math.min(ROBOTS_MS, options.wholeMs), timer);
    let hop: Hop = {
      url: new URL(url),
      method: 'GET',
      headers: { ...standingHeaders(userAgent), accept: 'text/plain,*/*' },
    };
    try {
      for (let count = 0; count <= MAX_REDIRECTS; count++) {
        const refusal = addressRefusal(hop.url.href);
        if (refusal !== undefined) return unreachable(refusal);
        const question = {
          url: hop.url.href,
          method: hop.method,
          headers: hop.headers,
          maxBytes: MAX_ROBOTS,
          truncate: true,
          ...(signal === undefined ? {} : { signal }),
        };
        const answer = await politeness.run(
          hop.url.hostname,
          () => budget.spend(() => ask({ ...question, leftMs: budget.leftMs })),
          signal === undefined ? {} : { signal },
        );
        if (!isRedirect(answer.status)) return robotsAnswer(url, answer, clock);
        hop = nextHop(hop, answer, userAgent);
      }
      // RFC 9309 2.3.1.2: after five redirects the file may be taken as unavailable.
      return { kind: 'none' };
    } catch (error) {
      signal?.throwIfAborted();
      // A host without a public address is refused as such, not for its robots.txt.
      if (!(error instanceof AppError) || (error instanceof AddressRefused && hop.url.href === url))
        throw error;
      return unreachable(error.reason, error.code.startsWith('FETCH_') ? error.code : undefined);
    }
  };
}

function robotsAnswer(url: string, answer: Answer, clock: Clock): RobotsAnswer {
  const { status, headers, body } = answer;
  const fetchedAt = clock.now().toISOString();
  const exchange: Exchange = {
    url,
    finalUrl: url,
    method: 'GET',
    requestHeaders: {},
    status,
    headers,
    body,
    fetchedAt,
  };
  if (status >= 200 && status < 300) return { kind: 'text', text: new TextDecoder().decode(body) };
  // A wall that answers 5xx to everybody will say so of the page as well; that is the clearer word.
  if ((status >= 400 && status < 500) || wallOf(exchange) !== undefined) return { kind: 'none' };
  return unreachable(`status ${status}`);
}

function unreachable(detail: string, code = 'ROBOTS_UNREACHABLE'): RobotsAnswer {
  return { kind: 'unreachable', code, detail };
}
