import type { Clock } from '../model/clock.ts';
import { AppError } from '../model/errors.ts';
import type { FetchResult, Http, HttpRequest } from '../model/page.ts';
import { type AddressGuard, AddressRefused } from './address-guard.ts';
import { type Answer, createAsk, isRedirect, NET_LIMITS, type NetLimits } from './ask.ts';
import { Budget } from './budget.ts';
import { createCookies } from './cookies.ts';
import type { Exchange, Keep } from './exchange.ts';
import { createRobotsFetch } from './fetch-robots.ts';
import { firstHop, type Hop, MAX_REDIRECTS, nextHop } from './hops.ts';
import type { HostMap } from './host-map.ts';
import { outcomeOf } from './outcome.ts';
import { type Politeness, systemTimer, type Timer } from './politeness.ts';
import { createRobots } from './robots.ts';

export interface HttpOptions {
  readonly clock: Clock;
  readonly keep: Keep;
  /** `Product/1.0 (+contact)`. */
  readonly userAgent: string;
  readonly guard: AddressGuard;
  readonly politeness: Politeness;
  readonly hostMap?: HostMap;
  readonly limits?: Partial<NetLimits>;
  /** Back-off before the first repeat, doubled for the second. @default 1000 */
  readonly backOffMs?: number;
  /** @default 2 */
  readonly maxRetries?: number;
  /** A longer Retry-After ends the fetch as failed. @default 20 s */
  readonly maxRetryAfterMs?: number;
  readonly timer?: Timer;
}

const RETRYABLE_STATUS = new Set([429, 500, 502, 503, 504]);

/** The network: guarded, polite, bounded; every answer with a body is kept before it is handed out. */
export function createHttp(options: HttpOptions): Http & { close(): Promise<void> } {
  const { clock, guard, politeness, hostMap, timer = systemTimer } = options;
  const { backOffMs = 1000, maxRetries = 2, maxRetryAfterMs = 20_000 } = options;
  const limits = { ...NET_LIMITS, ...options.limits };
  const wire = createAsk({ guard, limits, ...(hostMap === undefined ? {} : { hostMap }) });
  const cookies = createCookies(() => clock.now().getTime());
  const { userAgent } = options;
  const fetchRobots = createRobotsFetch({
    ...{ clock, politeness, timer, userAgent, addressRefusal },
    ask: wire.ask,
    wholeMs: limits.wholeMs,
  });
  const robots = createRobots({ clock, userAgent, fetchRobots });

  async function fetch(request: HttpRequest, signal?: AbortSignal): Promise<FetchResult> {
    const budget = new Budget(limits.wholeMs, timer);
    for (let attempt = 0; ; attempt++) {
      const { result, mayPass } = await attemptOnce(request, budget, signal);
      const wait = mayPass && attempt < maxRetries ? waitFor(result, attempt) : undefined;
      if (wait === undefined || wait >= budget.leftMs) return result;
      await budget.spend(() => timer.sleep(wait, signal));
    }
  }

  /** Milliseconds to wait before asking again; undefined when asking again is of no use. */
  function waitFor(result: FetchResult, attempt: number): number | undefined {
    if (result.outcome !== 'failed') return undefined;
    const wait = Math.max(result.retryAfterMs ?? 0, backOffMs * 2 ** attempt);
    return wait <= maxRetryAfterMs ? wait : undefined;
  }

  /** One attempt as a value; `mayPass` when asking again at once may end better. */
  async function attemptOnce(
    request: HttpRequest,
    budget: Budget,
    signal?: AbortSignal,
  ): Promise<{ readonly result: FetchResult; readonly mayPass: boolean }> {
    const { url } = request;
    try {
      const result = await follow(request, budget, signal);
      const status = result.outcome === 'failed' ? result.status : undefined;
      return { result, mayPass: status !== undefined && RETRYABLE_STATUS.has(status) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AddressRefused)
        return {
          result: { outcome: 'refused', url, reason: 'address', detail: error.reason },
          mayPass: false,
        };
      if (!(error instanceof AppError) || !/^(?:FETCH|ROBOTS)_/.test(error.code)) throw error;
      const { code, reason: detail, retryable } = error;
      return { result: { outcome: 'failed', url, code, detail }, mayPass: retryable };
    }
  }

  async function follow(request: HttpRequest, budget: Budget, signal?: AbortSignal): Promise<FetchResult> {
    const scope = request.runId ?? '';
    let hop = firstHop(request, userAgent);
    let isForGood = true;
    for (let count = 0; ; ) {
      const refusal = addressRefusal(hop.url.href);
      if (refusal !== undefined) throw new AddressRefused(hop.url.href.slice(0, 200), refusal);
      const rules = await robots.check(hop.url.href, signal);
      if (rules.verdict === 'disallowed')
        return {
          outcome: 'refused',
          url: request.url,
          reason: 'robots',
          detail: `robots.txt of ${hop.url.host} disallows it in line ${rules.line}`,
        };
      // Not retryable: the answer is remembered, and asking for the page regardless would be rude.
      if (rules.verdict === 'unknown')
        throw new AppError(rules.code, `robots.txt of ${hop.url.host}: ${rules.detail}`);
      const { host, hostname } = hop.url;
      const turn = { gapMs: rules.gapMs, ...(signal === undefined ? {} : { signal }) };
      const step = await politeness.run(
        hostname,
        // Redirects within a host belong to its turn; another host has turns and rules of its own.
        async () => {
          for (;;) {
            const answer = await budget.spend(() => send(hop, request, scope, budget, signal));
            cookies.take(scope, hop.url, answer.headers['set-cookie']);
            if (!isRedirect(answer.status)) return { answer };
            if (++count > MAX_REDIRECTS)
              throw new AppError('FETCH_REDIRECTS', `more than ${MAX_REDIRECTS} redirects`);
            isForGood &&= answer.status === 301 || answer.status === 308;
            hop = nextHop(hop, answer, userAgent);
            if (hop.url.host !== host || addressRefusal(hop.url.href) !== undefined) return {};
          }
        },
        turn,
      );
      if (step.answer === undefined) continue;
      return conclude(request, hop, step.answer, count > 0 && isForGood);
    }
  }

  function send(
    hop: Hop,
    request: HttpRequest,
    scope: string,
    budget: Budget,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const cookie = cookies.give(scope, hop.url);
    return wire.ask({
      url: hop.url.href,
      method: hop.method,
      headers: { ...hop.headers, ...(cookie === undefined ? {} : { cookie }) },
      leftMs: budget.leftMs,
      ...(hop.body === undefined ? {} : { body: hop.body }),
      ...(request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async function conclude(
    request: HttpRequest,
    hop: Hop,
    answer: Answer,
    movedForGood: boolean,
  ): Promise<FetchResult> {
    const asked = request.etag !== undefined || request.lastModified !== undefined;
    if (answer.status === 304 && asked) return { outcome: 'notModified', url: request.url };
    const { authorization: _, ...requestHeaders } = hop.headers;
    const exchange: Exchange = {
      url: request.url,
      finalUrl: hop.url.href,
      ...(movedForGood ? { movedForGood } : {}),
      method: request.method ?? 'GET',
      requestHeaders,
      status: answer.status,
      headers: answer.headers,
      body: answer.body,
      fetchedAt: clock.now().toISOString(),
      ...(request.body === undefined ? {} : { requestBody: request.body }),
      ...(request.runId === undefined ? {} : { runId: request.runId }),
      ...(request.sourceId === undefined ? {} : { sourceId: request.sourceId }),
    };
    const result = outcomeOf(exchange, await options.keep(exchange));
    if (result.outcome === 'failed' && result.retryAfterMs !== undefined)
      politeness.holdBack(hop.url.hostname, Math.min(result.retryAfterMs, maxRetryAfterMs));
    return result;
  }

  function addressRefusal(url: string): string | undefined {
    const refusal = guard.refusal(url);
    if (refusal === undefined) return undefined;
    const { protocol, hostname, username } = URL.parse(url) ?? {};
    const mapped = hostname === undefined ? undefined : hostMap?.(hostname);
    return mapped !== undefined && /^https?:$/.test(protocol ?? '') && username === '' ? undefined : refusal;
  }

  return { fetch, close: () => wire.close() };
}
