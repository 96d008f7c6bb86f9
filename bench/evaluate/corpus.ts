import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodePage } from '../../text/charset.ts';

/** What an evaluation found: the figures a machine compares, and what a person wants to see besides. */
export interface Evaluation {
  readonly set: string;
  /** How many pages, files or texts were measured. */
  readonly n: number;
  /** By the names of the corpus's own definitions; null where the set states nothing. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** What is behind the figures: each failure, each thing left out and why. */
  readonly notes: readonly string[];
}

export type Evaluator = (dir: string) => Promise<Evaluation>;

/** One row of a set's manifest. */
export interface CorpusPage {
  readonly id: string;
  readonly file: string;
  readonly url: string | null;
  readonly kind?: string;
  readonly lang: string | null;
  readonly expected?: Readonly<Record<string, unknown>>;
}

/** The rows of a set's manifest.json. */
export async function readManifest(dir: string): Promise<readonly CorpusPage[]> {
  // The corpus is not ours to check: a manifest of another shape fails at the first use.
  return JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as CorpusPage[];
}

/** The text of a page, unpacked when it is gzipped, decoded as the program does without HTTP headers. */
export async function readPageText(dir: string, page: Pick<CorpusPage, 'file'>): Promise<string> {
  return decodePage(await readPage(dir, page), {}).text;
}

/** The bytes of a page, unpacked when they are gzipped. */
export async function readPage(dir: string, page: Pick<CorpusPage, 'file'>): Promise<Uint8Array> {
  const bytes = await readFile(join(dir, page.file));
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** Shares from 0 to 1, four digits; null when nothing was asked. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
