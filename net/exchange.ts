import type { RunId, SourceId } from '../model/ids.ts';
import type { Snapshot } from '../model/page.ts';

/** A request and its answer, whole, as it is kept: the body is decoded from transfer and content coding. */
export interface Exchange {
  /** As asked for. */
  readonly url: string;
  /** After redirects. */
  readonly finalUrl: string;
  /** There were redirects, and every one of them for good (301, 308). */
  readonly movedForGood?: boolean;
  readonly method: 'GET' | 'POST';
  /** As sent, without cookies and credentials. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly status: number;
  /** As received, lower-case names. */
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  /** UTC ISO instant. */
  readonly fetchedAt: string;
  readonly runId?: RunId;
  readonly sourceId?: SourceId;
  /** The body is what a browser made of the page; says which browser and what it waited for. */
  readonly rendered?: string;
}

export type HeaderFields = Readonly<Record<string, string | readonly string[]>>;

/** Stores an exchange durably and says where it lies. */
export type Keep = (exchange: Exchange) => Promise<Snapshot>;

/** Fields that describe the body as it travelled, not as it is kept. */
const TRAVEL_FIELDS = new Set([
  'content-encoding',
  'transfer-encoding',
  'content-length',
  'connection',
  'keep-alive',
]);

/** The fields that go with the decoded body, one text per name: what `Page.headers` holds. */
export function pageHeaders(headers: HeaderFields): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (TRAVEL_FIELDS.has(name)) continue;
    kept[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

/** The first value of a field. */
export function headerOf(headers: HeaderFields, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}
