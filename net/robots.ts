import robotsParser from 'robots-parser';
import type { Clock } from '../model/clock.ts';

/** What robots.txt was found to be. */
export type RobotsAnswer =
  | { readonly kind: 'text'; readonly text: string }
  /** 4xx: there are no rules. */
  | { readonly kind: 'none' }
  /** 5xx, time-out, no connection, refused redirect: the rules are not known now. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly detail: string };

export type RobotsVerdict =
  | { readonly verdict: 'allowed'; readonly gapMs: number }
  | { readonly verdict: 'disallowed'; readonly line: number }
  | { readonly verdict: 'unknown'; readonly code: string; readonly detail: string };

export interface RobotsOptions {
  readonly clock: Clock;
  /** Product token and more, as sent; rules are matched against the token before the slash. */
  readonly userAgent: string;
  readonly fetchRobots: (url: string, signal?: AbortSignal) => Promise<RobotsAnswer>;
  /** @default 6 h; RFC 9309 2.4 allows 24 */
  readonly keepMs?: number;
  /** How long "unreachable" is believed. @default 10 min */
  readonly retryMs?: number;
  /** A Crawl-delay beyond this is not waited for. @default 10 s */
  readonly maxDelayMs?: number;
}

/** The package is CommonJS and its types claim an ES default: the import itself is the function. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

interface Remembered {
  readonly at: number;
  readonly answer: Promise<RobotsAnswer>;
}

/**
 * Asks robots.txt once per origin and judges addresses by it, after RFC 9309: every 4xx means "no rules" (2.3.1.3; also
 * 401 and 403, which older practice read as a refusal), everything 5xx or unreachable means "not now" (2.3.1.4).
 */
export function createRobots(options: RobotsOptions): {
  check(url: string, signal?: AbortSignal): Promise<RobotsVerdict>;
} {
  const { clock, userAgent, keepMs = 6 * 3_600_000, retryMs = 600_000, maxDelayMs = 10_000 } = options;
  const known = new Map<string, Remembered>();

  async function answerFor(origin: string, signal?: AbortSignal): Promise<RobotsAnswer> {
    const now = clock.now().getTime();
    const remembered = known.get(origin);
    if (remembered !== undefined) {
      // The one who asked first may have been stopped; that is no answer for us.
      const answer = await remembered.answer.catch(() => undefined);
      signal?.throwIfAborted();
      if (answer === undefined) return answerFor(origin, signal);
      if (now - remembered.at < (answer.kind === 'unreachable' ? retryMs : keepMs)) return answer;
    }
    const answer = options.fetchRobots(`${origin}/robots.txt`, signal);
    known.set(origin, { at: now, answer });
    // Whoever gave up waiting decides nothing for the next one.
    answer.catch(() => {
      if (known.get(origin)?.answer === answer) known.delete(origin);
    });
    return answer;
  }

  return {
    async check(url, signal) {
      const { origin } = new URL(url);
      const answer = await answerFor(origin, signal);
      if (answer.kind === 'none') return { verdict: 'allowed', gapMs: 0 };
      if (answer.kind === 'unreachable')
        return { verdict: 'unknown', code: answer.code, detail: answer.detail };
      const rules = parseRobots(`${origin}/robots.txt`, answer.text);
      if (rules.isAllowed(url, userAgent) === false)
        return { verdict: 'disallowed', line: rules.getMatchingLineNumber(url, userAgent) };
      const delayMs = (rules.getCrawlDelay(userAgent) ?? 0) * 1000;
      return { verdict: 'allowed', gapMs: Number.isFinite(delayMs) ? Math.min(delayMs, maxDelayMs) : 0 };
    },
  };
}
