import type { RunId, SnapshotId, SourceId } from './ids.ts';

/** One fetched response, decoded from its transfer and content coding but not from its charset. */
export interface Page {
  /** As asked for. */
  readonly url: string;
  /** After redirects. */
  readonly finalUrl: string;
  /** There were redirects, and every one of them for good (301, 308). */
  readonly movedForGood?: boolean;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** UTC ISO instant. */
  readonly fetchedAt: string;
  readonly snapshot: Snapshot;
}

/** A page kept as a WARC record: where it lies and how to know it again. */
export interface Snapshot {
  readonly id: SnapshotId;
  readonly url: string;
  readonly finalUrl: string;
  readonly method: 'GET' | 'POST';
  readonly status: number;
  readonly contentType: string;
  /** SHA-256 of `Page.body`, hex. */
  readonly contentHash: string;
  readonly bytes: number;
  readonly fetchedAt: string;
  /** Path relative to the snapshot folder. */
  readonly file: string;
  /** Byte offset and length of the gzip member holding the response record. */
  readonly offset: number;
  readonly length: number;
  /** Length of the member before it, which holds the request. */
  readonly requestLength?: number;
  /** The file that holds the body, when this record only refers to an earlier one with the same body. */
  readonly bodyFile?: string;
  readonly runId?: RunId;
  readonly sourceId?: SourceId;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Validators of the last answer; a 304 then becomes `notModified`. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Cap on the decoded body. @default 10 MB */
  readonly maxBytes?: number;
  /** Kept with the snapshot. */
  readonly runId?: RunId;
  readonly sourceId?: SourceId;
}

/** Why a host or we ourselves declined: a state that people see, not an error. */
export type Refusal = 'robots' | 'status' | 'address' | 'verification' | 'loginRequired';

/**
 * Expected outcomes are values; a caller must look at all of them.
 * `gone` is the server's word (404, 410); `refused` a no (401, 403, 451, robots.txt, address guard, bot wall);
 * `failed` everything that may be different next time (time-out, reset, 5xx, 429, cut body, too large).
 */
export type FetchResult =
  | { readonly outcome: 'fetched'; readonly page: Page }
  | { readonly outcome: 'notModified'; readonly url: string }
  | {
      readonly outcome: 'gone';
      readonly url: string;
      readonly status: number;
      readonly snapshotId?: SnapshotId;
    }
  | {
      readonly outcome: 'refused';
      readonly url: string;
      readonly reason: Refusal;
      readonly status?: number;
      readonly detail: string;
      /** What the host showed instead, where it showed something. */
      readonly snapshotId?: SnapshotId;
    }
  | {
      readonly outcome: 'failed';
      readonly url: string;
      /** A code of docs/errors.md, for instance FETCH_TIMEOUT. */
      readonly code: string;
      readonly detail: string;
      readonly status?: number;
      readonly retryAfterMs?: number;
      readonly snapshotId?: SnapshotId;
    };

/** The outside world over HTTP, from the network or from WARC files; callers cannot tell. */
export interface Http {
  fetch(request: HttpRequest, signal?: AbortSignal): Promise<FetchResult>;
}

/** A page that needs scripts to show its list, rendered to HTML once `waitFor` is there. */
export interface Browser {
  fetch(request: HttpRequest & { readonly waitFor: string }, signal?: AbortSignal): Promise<FetchResult>;
}
