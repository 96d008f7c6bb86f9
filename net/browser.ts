import type { BrowserContext, Browser as Chrome, Route } from 'playwright';
import type { Clock } from '../model/clock.ts';
import { AppError } from '../model/errors.ts';
import type { Browser, FetchResult, Http, HttpRequest, Page } from '../model/page.ts';
import type { Chromium } from './chromium.ts';
import type { Exchange, Keep } from './exchange.ts';
import { pageOf } from './outcome.ts';

export interface BrowserOptions {
  /** Found when the first page needs it. */
  readonly chromium: () => Promise<Chromium>;
  readonly clock: Clock;
  readonly keep: Keep;
  readonly userAgent: string;
  /** Fetches the page itself: robots, guard, politeness and evidence are its business. */
  readonly http: Http;
  /** Fetches what the page loads (scripts, data), usually without gaps. @default http */
  readonly resources?: Http;
  /** Pages open at one time. @default 2 */
  readonly maxPages?: number;
  /** How long a page may take to show `waitFor`. @default 20 s */
  readonly waitMs?: number;
  /** Beyond twice `waitMs`, before a page that answers nothing is closed. @default 10 s */
  readonly graceMs?: number;
  /** Cap on the rendered page. @default 10 MB */
  readonly maxBytes?: number;
}

const NEVER_LOADED = new Set([
  'image',
  'font',
  'media',
  'websocket',
  'manifest',
  'texttrack',
  'eventsource',
  'ping',
]);
/** Second levels under which a country's registry sells names. */
const SECOND_LEVEL = /^(?:ac|co|com|edu|go|gob|gouv|gov|govt|mil|net|or|org)$/;
const MAX_SEEN = 160;

/**
 * Shows pages whose list is filled by script. Chromium itself never reaches the network: every request it makes is answered
 * by `http`, so that guard, host map, robots and caps hold for scripts and redirects as well, and its proxy is a dead end.
 */
export function createBrowser(options: BrowserOptions): Browser & { close(): Promise<void> } {
  const {
    http,
    resources = http,
    maxPages = 2,
    waitMs = 20_000,
    graceMs = 10_000,
    maxBytes = 10 * 1024 * 1024,
  } = options;
  let started: Promise<{ chrome: Chrome; name: string }> | undefined;
  let open = 0;
  const waiting: (() => void)[] = [];

  async function start(): Promise<{ chrome: Chrome; name: string }> {
    const found = await options.chromium();
    // Loaded when it is needed: the package alone takes 75 MB.
    const { chromium } = await import('playwright');
    const chrome = await chromium.launch({
      executablePath: found.executablePath,
      args: [...found.args],
      env: { ...definedEnv(), ...found.env },
      proxy: { server: 'http://127.0.0.1:9' },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    // A browser that died is started anew for the next page.
    chrome.on('disconnected', () => {
      started = undefined;
    });
    return { chrome, name: `Chromium ${chrome.version()}` };
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (open >= maxPages) await new Promise<void>((resolve) => waiting.push(resolve));
    else open++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) open--;
      else next();
    }
  }

  async function render(
    request: HttpRequest & { readonly waitFor: string },
    first: Page,
    signal?: AbortSignal,
  ): Promise<FetchResult> {
    started ??= start().catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    const { chrome, name } = await started;
    const context = await chrome.newContext({
      userAgent: options.userAgent,
      acceptDownloads: false,
      serviceWorkers: 'block',
      locale: 'zh-CN',
    });
    const stop = () => void context.close();
    // A script that never ends blocks every question to the page; closing it is the only way out.
    const deadline = setTimeout(stop, waitMs * 2 + graceMs);
    signal?.addEventListener('abort', stop, { once: true });
    const faults: AppError[] = [];
    try {
      return await show({ request, first, context, name, signal, faults });
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      return { outcome: 'failed', url: request.url, code: 'BROWSER_CRASHED', detail: firstLine(error) };
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', stop);
      await context.close();
    }
  }

  async function show(job: {
    readonly request: HttpRequest & { readonly waitFor: string };
    readonly first: Page;
    readonly context: BrowserContext;
    readonly name: string;
    readonly signal: AbortSignal | undefined;
    /** What stopped the program's own work while it answered the page; thrown once the page is done. */
    readonly faults: AppError[];
  }): Promise<FetchResult> {
    const { request, first, context, name, signal, faults } = job;
    const failed = (code: string, detail: string): FetchResult => ({
      outcome: 'failed',
      url: request.url,
      code,
      detail,
    });
    await context.route('**/*', (route) => answer(route, job));
    const page = await context.newPage();
    try {
      await page.goto(first.finalUrl, { waitUntil: 'domcontentloaded', timeout: waitMs });
      await page.waitForSelector(request.waitFor, { state: 'attached', timeout: waitMs });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
      const shown = await page.evaluate('document.body ? document.body.innerText : ""');
      const seen = String(shown).replace(/\s+/g, ' ').trim().slice(0, MAX_SEEN);
      return failed(
        'BROWSER_NO_LIST',
        `"${request.waitFor}" did not appear in ${waitMs} ms; seen: ${seen || 'nothing'}`,
      );
    }
    if (faults[0] !== undefined) throw faults[0];
    const body = new TextEncoder().encode(await page.content());
    if (body.length > (request.maxBytes ?? maxBytes))
      return failed('FETCH_TOO_LARGE', 'the rendered page is too large');
    const exchange: Exchange = {
      url: request.url,
      finalUrl: page.url(),
      method: 'GET',
      requestHeaders: { 'user-agent': options.userAgent },
      status: first.status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body,
      fetchedAt: options.clock.now().toISOString(),
      rendered: `${name}; waited for ${request.waitFor}; from snapshot ${first.snapshot.id}`,
      ...(request.runId === undefined ? {} : { runId: request.runId }),
      ...(request.sourceId === undefined ? {} : { sourceId: request.sourceId }),
    };
    return { outcome: 'fetched', page: pageOf(exchange, await options.keep(exchange)) };
  }

  async function answer(
    route: Route,
    job: {
      readonly request: HttpRequest;
      readonly first: Page;
      readonly signal: AbortSignal | undefined;
      readonly faults: AppError[];
    },
  ): Promise<void> {
    const { request, first, signal, faults } = job;
    const asked = route.request();
    try {
      if (asked.isNavigationRequest() && sameAddress(asked.url(), first.finalUrl))
        return await fulfil(route, first);
      const method = asked.method();
      const allowed =
        !NEVER_LOADED.has(asked.resourceType()) &&
        (method === 'GET' || method === 'POST') &&
        siteOf(asked.url()) === siteOf(first.finalUrl);
      if (!allowed) return await route.abort('blockedbyclient');
      const body = asked.postData();
      const result = await resources.fetch(
        {
          url: asked.url(),
          method,
          headers: callerFields(asked.headers()),
          ...(body === null ? {} : { body }),
          ...(request.runId === undefined ? {} : { runId: request.runId }),
          ...(request.sourceId === undefined ? {} : { sourceId: request.sourceId }),
        },
        signal,
      );
      return result.outcome === 'fetched' ? await fulfil(route, result.page) : await route.abort('failed');
    } catch (error) {
      if (error instanceof AppError) faults.push(error);
      // Fails when the page was closed meanwhile: nobody waits for this answer any more.
      await route.abort('failed').catch(() => undefined);
    }
  }

  return {
    async fetch(request, signal) {
      const { waitFor: _, ...plain } = request;
      const first = await http.fetch(plain, signal);
      if (first.outcome !== 'fetched') return first;
      return inTurn(() => render(request, first.page, signal));
    },
    async close() {
      const running = started;
      started = undefined;
      if (running !== undefined) await (await running).chrome.close();
    },
  };
}

function fulfil(route: Route, page: Page): Promise<void> {
  const { 'set-cookie': _, 'content-security-policy': __, ...headers } = page.headers;
  return route.fulfill({ status: page.status, headers, body: Buffer.from(page.body) });
}

/** The fields a script may have chosen; the rest is ours to send. */
function callerFields(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['accept', 'content-type', 'x-requested-with', 'referer']) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** The registrable name, near enough: the last two labels, three under `gov.cn` and its like. */
function siteOf(address: string): string {
  const host = URL.parse(address)?.hostname ?? '';
  if (/^[\d.]+$|^\[/.test(host)) return host;
  const labels = host.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  return labels.slice(top.length === 2 && SECOND_LEVEL.test(second) ? -3 : -2).join('.');
}

function sameAddress(left: string, right: string): boolean {
  return left.replace(/#.*$/s, '') === right.replace(/#.*$/s, '');
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
