import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { AppError } from '../model/errors.ts';
import { type AddressGuard, AddressRefused } from './address-guard.ts';
import { decodeBody } from './decode.ts';
import { type HeaderFields, headerOf } from './exchange.ts';
import type { HostMap } from './host-map.ts';

/** How long and how much one request may take. */
export interface NetLimits {
  /** Name, TCP and TLS. @default 10 s */
  readonly connectMs: number;
  /** From the request to the end of the answer's head. @default 15 s */
  readonly headersMs: number;
  /** Between two pieces of the body. @default 15 s */
  readonly idleMs: number;
  /** All attempts, redirects and pauses together; robots.txt and waiting for the host's turn are not counted. @default 60 s */
  readonly wholeMs: number;
  /** Decoded body. @default 10 MB */
  readonly maxBytes: number;
  /** Decoded body of a PDF. @default 30 MB */
  readonly maxPdfBytes: number;
}

export const NET_LIMITS: NetLimits = {
  connectMs: 10_000,
  headersMs: 15_000,
  idleMs: 15_000,
  wholeMs: 60_000,
  maxBytes: 10 * 1024 * 1024,
  maxPdfBytes: 30 * 1024 * 1024,
};

/** One request on the wire; redirects are the caller's business. */
export interface Question {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly maxBytes?: number;
  /** Give the first `maxBytes` of a longer body instead of failing. */
  readonly truncate?: boolean;
  /** What is left of the whole time. */
  readonly leftMs: number;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: HeaderFields;
  /** Empty for a redirect: its body is not read. */
  readonly body: Uint8Array;
}

/** Asks and reads the whole answer. @throws AppError FETCH_…, AddressRefused, or the signal's reason */
export type Ask = (question: Question) => Promise<Answer>;

/** The connections: every one goes to an address that the guard has just checked, or to the mapped one. */
export function createAsk(options: {
  readonly guard: AddressGuard;
  readonly hostMap?: HostMap;
  readonly limits: NetLimits;
}): { readonly ask: Ask; close(): Promise<void> } {
  const { limits } = options;
  const agent = new Agent({
    connect: guardedConnector(options),
    // The usual 16 KB is too little for some portals' policy fields; 32 KB still stops a flood.
    maxHeaderSize: 32 * 1024,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
  });
  return { ask: (question) => ask(agent, limits, question), close: () => agent.destroy() };
}

function guardedConnector(options: {
  readonly guard: AddressGuard;
  readonly hostMap?: HostMap;
  readonly limits: NetLimits;
}): buildConnector.connector {
  // Connecting to what was checked, not to the name, leaves a second answer of the name server no chance.
  const lookup: LookupFunction = (host, asked, done) => {
    options.guard.resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (asked.all === true) done(null, [...addresses]);
        else done(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    );
  };
  const connect = buildConnector({ timeout: options.limits.connectMs, allowH2: false, lookup });
  return (to, done) => {
    const mapped = options.hostMap?.(to.hostname);
    if (mapped !== undefined) {
      const servername = to.protocol === 'https:' ? { servername: to.hostname } : {};
      connect({ ...to, hostname: mapped.address, port: String(mapped.port), ...servername }, done);
      return;
    }
    const literal = to.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) === 0) {
      connect(to, done);
      return;
    }
    // Literals never reach `lookup`.
    options.guard.resolve(literal).then(
      () => connect({ ...to, hostname: literal }, done),
      (error: Error) => done(error, null),
    );
  };
}

async function ask(agent: Dispatcher, limits: NetLimits, question: Question): Promise<Answer> {
  const whole = AbortSignal.timeout(Math.max(1, Math.ceil(question.leftMs)));
  const patience = new Patience();
  const signal = AbortSignal.any([
    whole,
    patience.signal,
    ...(question.signal === undefined ? [] : [question.signal]),
  ]);
  patience.wait(limits.connectMs + limits.headersMs, 'no answer');
  let status: number | undefined;
  try {
    const { method, url, headers, body = null } = question;
    const response = await request(url, { dispatcher: agent, method, headers, body, signal });
    status = response.statusCode;
    const fields = lowerCase(response.headers);
    if (fields['content-length'] !== undefined && fields['transfer-encoding'] !== undefined) {
      response.body.destroy();
      // RFC 9112 6.3: may be an attempt at smuggling.
      throw new AppError('FETCH_PROTOCOL', 'the answer states its length in two ways');
    }
    if (isRedirect(status) || status === 304) {
      await response.body.dump({ limit: 64 * 1024, signal });
      return { status, headers: fields, body: new Uint8Array() };
    }
    const type = headerOf(fields, 'content-type') ?? '';
    const maxBytes = question.maxBytes ?? (/\bpdf\b/i.test(type) ? limits.maxPdfBytes : limits.maxBytes);
    const coding = [fields['content-encoding'] ?? ''].flat().join(',');
    const decoded = await decodeBody(patience.watch(response.body, limits.idleMs), coding, {
      maxBytes,
      truncate: question.truncate ?? false,
    });
    return { status, headers: fields, body: decoded };
  } catch (error) {
    question.signal?.throwIfAborted();
    if (patience.signal.aborted) throw patience.signal.reason;
    if (whole.aborted)
      throw new AppError('FETCH_TIMEOUT', 'the time for the whole request is over', {
        cause: error,
        retryable: true,
      });
    throw faultOf(error, status !== undefined);
  } finally {
    patience.end();
  }
}

/** Ends a request that has been silent for too long; undici's own timers are kept as well but are only exact to a second. */
class Patience {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  wait(ms: number, what: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new AppError('FETCH_TIMEOUT', `${what} in ${ms} ms`, { retryable: true }));
    }, ms);
  }

  async *watch(body: AsyncIterable<Uint8Array>, idleMs: number): AsyncGenerator<Uint8Array> {
    this.wait(idleMs, 'no more of the body');
    for await (const chunk of body) {
      this.wait(idleMs, 'no more of the body');
      yield chunk;
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** True for the statuses that name another address. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function lowerCase(headers: Record<string, string | string[] | undefined>): HeaderFields {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) fields[name.toLowerCase()] = value;
  return fields;
}

/** Names what went wrong; `answered` when the head of the answer had been read. */
function faultOf(error: unknown, answered: boolean): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if (error.cause instanceof AddressRefused) return error.cause;
  const code = 'code' in error ? String(error.code) : '';
  const fault = (kind: string, retryable: boolean) =>
    new AppError(
      kind,
      code === '' || error.message.includes(code) ? error.message : `${code}: ${error.message}`,
      {
        cause: error,
        retryable,
      },
    );
  if (/^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/.test(code))
    return fault('FETCH_TIMEOUT', true);
  if (/^ENOTFOUND$|^EAI_|^ENODATA$/.test(code)) return fault('FETCH_DNS', true);
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/.test(code))
    return fault('FETCH_TLS', false);
  // undici words a parser's complaint about the head as a length mismatch when a length was stated.
  const isMismatch = code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  if (code === 'HPE_INVALID_EOF_STATE' || (isMismatch && answered)) return fault('FETCH_CUT', true);
  const isMalformed =
    isMismatch ||
    error.name === 'HTTPParserError' ||
    /^HPE_|^UND_ERR_(?:HEADERS_OVERFLOW|INVALID_ARG)$/.test(code);
  if (isMalformed) return fault('FETCH_PROTOCOL', false);
  if (answered) return fault('FETCH_CUT', true);
  return fault('FETCH_CONNECT', true);
}
