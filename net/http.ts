import type { Clock } from '../model/clock.ts';
import { AppError } from '../model/errors.ts';
import type { FetchResult, Http, HttpRequest } from '../model/page.ts';
import { type AddressGuard, AddressRefused } from './address-guard.ts';
import { type Answer, createAsk, isRedirect, NET_LIMITS, type NetLimits } from './ask.ts';
import { createCookies } from './cookies.ts';
import { type Exchange, headerOf, type Keep } from './exchange.ts';
import type { HostMap } from './host-map.ts';
import { outcomeOf, wallOf } from './outcome.ts';
import { type Politeness, systemTimer, type Timer } from './politeness.ts';
import { createRobots, type RobotsAnswer } from './robots.ts';

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

/** What is being asked for, hop by hop. */
interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const MAX_REDIRECTS = 5;
const MAX_URL = 8192;
/** RFC 9309 2.5: at least 500 KiB must be read; what follows is left. */
const MAX_ROBOTS = 512 * 1024;
const ROBOTS_MS = 20_000;
const RETRYABLE_STATUS = new Set([429, 500, 502, 503, 504]);
/** The only caller's fields that another origin gets to see. */
const HARMLESS = /^(?:accept|accept-language|x-requested-with)$/;

/** The network: guarded, polite, bounded; every answer with a body is kept before it is handed out. */
export function createHttp(options: HttpOptions): Http & { close(): Promise<void> } {
  const { clock, guard, politeness, hostMap, timer = systemTimer } = options;
  const { backOffMs = 1000, maxRetries = 2, maxRetryAfterMs = 20_000 } = options;
  const limits = { ...NET_LIMITS, ...options.limits };
  const wire = createAsk({ guard, limits, ...(hostMap === undefined ? {} : { hostMap }) });
  const cookies = createCookies(() => clock.now().getTime());
  const robots = createRobots({ clock, userAgent: options.userAgent, fetchRobots });

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
    let hop = firstHop(request);
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
            hop = nextHop(hop, answer);
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

  function firstHop(request: HttpRequest): Hop {
    const url = URL.parse(request.url);
    if (url === null) throw new AddressRefused(request.url.slice(0, 200), 'not an absolute address');
    if (url.href.length > MAX_URL) throw new AppError('FETCH_PROTOCOL', 'the address is too long');
    const method = request.method ?? 'GET';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const own: Record<string, string> = { ...standingHeaders(), ...(method === 'POST' ? form : {}) };
    for (const [name, value] of Object.entries(request.headers ?? {})) own[name.toLowerCase()] = value;
    if (request.etag !== undefined) own['if-none-match'] = request.etag;
    if (request.lastModified !== undefined) own['if-modified-since'] = request.lastModified;
    return { url, method, headers: own, ...(request.body === undefined ? {} : { body: request.body }) };
  }

  function standingHeaders(): Record<string, string> {
    return {
      'user-agent': options.userAgent,
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
      'accept-encoding': 'gzip, deflate, br',
    };
  }

  function nextHop(hop: Hop, answer: Answer): Hop {
    const location = headerOf(answer.headers, 'location');
    if (location === undefined)
      throw new AppError('FETCH_REDIRECTS', `status ${answer.status} without Location`);
    const url = location.length > MAX_URL ? null : URL.parse(location, hop.url.href);
    if (url === null) throw new AppError('FETCH_REDIRECTS', `status ${answer.status} to no usable address`);
    // RFC 9110 15.4: 303 always turns into GET, 301 and 302 do so in practice.
    const turns = hop.method === 'POST' && [301, 302, 303].includes(answer.status);
    const same = url.origin === hop.url.origin;
    const headers: Record<string, string> = same ? { ...hop.headers } : { ...standingHeaders() };
    if (!same)
      for (const [name, value] of Object.entries(hop.headers)) if (HARMLESS.test(name)) headers[name] = value;
    if (turns) delete headers['content-type'];
    else if (hop.headers['content-type'] !== undefined) headers['content-type'] = hop.headers['content-type'];
    return {
      url,
      method: turns ? 'GET' : hop.method,
      headers,
      ...(turns || hop.body === undefined ? {} : { body: hop.body }),
    };
  }

  async function fetchRobots(url: string, signal?: AbortSignal): Promise<RobotsAnswer> {
    const budget = new Budget(Math.min(ROBOTS_MS, limits.wholeMs), timer);
    let hop: Hop = {
      url: new URL(url),
      method: 'GET',
      headers: { ...standingHeaders(), accept: 'text/plain,*/*' },
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
          () => budget.spend(() => wire.ask({ ...question, leftMs: budget.leftMs })),
          signal === undefined ? {} : { signal },
        );
        if (!isRedirect(answer.status)) return robotsAnswer(url, answer);
        hop = nextHop(hop, answer);
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
  }

  function robotsAnswer(url: string, answer: Answer): RobotsAnswer {
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

  return { fetch, close: () => wire.close() };
}

function unreachable(detail: string, code = 'ROBOTS_UNREACHABLE'): RobotsAnswer {
  return { kind: 'unreachable', code, detail };
}

/** Time used by one fetch, apart from waiting for the host's turn. */
class Budget {
  #usedMs = 0;
  readonly #wholeMs: number;
  readonly #timer: Timer;

  constructor(wholeMs: number, timer: Timer) {
    this.#wholeMs = wholeMs;
    this.#timer = timer;
  }

  get leftMs(): number {
    return this.#wholeMs - this.#usedMs;
  }

  async spend<T>(work: () => Promise<T>): Promise<T> {
    const start = this.#timer.now();
    try {
      return await work();
    } finally {
      this.#usedMs += this.#timer.now() - start;
    }
  }
}
