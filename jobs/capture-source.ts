import type { Entry, ScrapeResult } from '../model/entry.ts';
import type { Source } from '../model/source.ts';
import { scrape } from '../scrapers/index.ts';
import { decodePage } from '../text/charset.ts';
import { type LookTools, trySource } from './try-source.ts';

/** A recorded list and what it was read as, for a person to correct; test/scrapers/sources.test.ts holds one to the other. */
export interface Capture {
  /** `list.html`, `list.xml` or `list.json`. */
  readonly file: string;
  readonly body: Uint8Array;
  readonly expected: ExpectedList;
}

export interface ExpectedList {
  /** When it was recorded: dates without a year are read against it. */
  readonly now: string;
  readonly seen: number;
  readonly dropped: readonly string[];
  readonly entries: readonly Readonly<Record<string, string>>[];
}

export type Captured = { readonly capture: Capture } | { readonly detail: string };

/** Records a source's list from its live site. */
export async function captureSource(tools: LookTools, source: Source): Promise<Captured> {
  const tried = await trySource(tools, source);
  if (tried.outcome === 'failed') return { detail: tried.detail };
  return { capture: captureOf(source, tried.page.body, tried.result, tools.clock.now()) };
}

/** The same from the bytes of a page that a person saved. */
export function captureBytes(source: Source, body: Uint8Array, now: Date): Capture {
  const override = source.encoding === undefined ? {} : { override: source.encoding };
  const { text } = decodePage(body, {}, override);
  return captureOf(source, body, scrape(source, { text, url: source.url, now }), now);
}

function captureOf(source: Source, body: Uint8Array, result: ScrapeResult, now: Date): Capture {
  const expected = {
    now: now.toISOString(),
    seen: result.seen,
    dropped: result.dropped.map((one) => one.reason),
    entries: result.entries.map(expectedEntry),
  };
  return { file: `list.${extensionOf(body, source)}`, body, expected };
}

function expectedEntry(entry: Entry): Readonly<Record<string, string>> {
  const { title, url, published, summary, issuer, guid } = entry;
  return {
    title,
    link: url,
    ...(published && { on: published.on }),
    ...(published && published.precision !== 'day' && { at: published.at }),
    ...(published?.rule === 'url' && { rule: 'url' }),
    ...(summary !== undefined && { summary }),
    ...(issuer !== undefined && { issuer }),
    ...(guid !== undefined && { guid }),
  };
}

function extensionOf(body: Uint8Array, source: Source): string {
  const start = new TextDecoder()
    .decode(body.subarray(0, 500))
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^[[{]|^[\w$.]+\s*\(/.test(start)) return 'json';
  if (source.scrape.kind === 'feed' || source.scrape.kind === 'sitemap') return 'xml';
  return start.startsWith('<?xml') && !/<html/i.test(start) ? 'xml' : 'html';
}
