import type { Browser, FetchResult, Http, HttpRequest, Snapshot } from '../model/page.ts';
import { sha256 } from '../text/hash.ts';
import { outcomeOf } from './outcome.ts';
import { readKept, readWarc } from './warc-reader.ts';

export interface ReplayOptions {
  /** The snapshot folder. */
  readonly folder: string;
  /** WARC files relative to it. */
  readonly files: readonly string[];
  /** Only what was fetched at or before this UTC ISO instant; the newest of it answers. @default no limit */
  readonly until?: string;
}

type Place = Pick<Snapshot, 'file' | 'offset' | 'length' | 'requestLength' | 'fetchedAt'>;

/**
 * Answers from WARC files instead of the network, with the same outcomes; what was never kept fails as REPLAY_MISSING.
 * A request with `waitFor` gets the page as the browser had rendered it. The files are indexed at the first request.
 */
export function createReplay(options: ReplayOptions): Http & Browser {
  let index: Promise<ReadonlyMap<string, Place>> | undefined;
  return {
    async fetch(
      request: HttpRequest & { readonly waitFor?: string },
      signal?: AbortSignal,
    ): Promise<FetchResult> {
      signal?.throwIfAborted();
      index ??= readIndex(options);
      const bodyHash = request.method === 'POST' ? sha256(request.body ?? '') : undefined;
      const place = (await index).get(keyOf(request.url, bodyHash, request.waitFor !== undefined));
      if (place === undefined)
        return {
          outcome: 'failed',
          url: request.url,
          code: 'REPLAY_MISSING',
          detail: `no kept answer${options.until === undefined ? '' : ` up to ${options.until}`}`,
        };
      const { exchange, snapshot } = await readKept(options.folder, place);
      return outcomeOf({ ...exchange, url: request.url }, { ...snapshot, url: request.url });
    },
  };
}

async function readIndex(options: ReplayOptions): Promise<ReadonlyMap<string, Place>> {
  const asked = new Map<string, Place>();
  /** Where redirects led; answers only for an address that was never asked for itself. */
  const reached = new Map<string, Place>();
  for (const file of options.files)
    for await (const { exchange, snapshot, requestBodyHash } of readWarc(options.folder, file)) {
      const { fetchedAt, url, finalUrl, rendered } = exchange;
      if (options.until !== undefined && fetchedAt > options.until) continue;
      const { offset, length, requestLength } = snapshot;
      const place = { file, offset, length, fetchedAt, ...(requestLength && { requestLength }) };
      for (const [index, address] of [
        [asked, url],
        [reached, finalUrl],
      ] as const) {
        const key = keyOf(address, requestBodyHash, rendered !== undefined);
        const known = index.get(key);
        if (known === undefined || known.fetchedAt <= fetchedAt) index.set(key, place);
      }
    }
  return new Map([...reached, ...asked]);
}

function keyOf(address: string, bodyHash: string | undefined, rendered: boolean): string {
  const url = URL.parse(address);
  if (url !== null) url.hash = '';
  return `${rendered ? 'rendered' : (bodyHash ?? '')} ${url?.href ?? address}`;
}
