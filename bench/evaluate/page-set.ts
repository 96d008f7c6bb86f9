import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getEncoding } from 'encoding-sniffer';
import iconv from 'iconv-lite';

/** A page of a set with what a perfect reader finds in it. */
export interface ExpectedPage {
  readonly id: string;
  readonly file: string;
  readonly url?: string | null;
  readonly lang?: string;
  readonly expected: {
    readonly title?: string;
    readonly publishedAt?: string;
    readonly author?: string;
    readonly body?: string;
    readonly issuer?: string;
    readonly documentNumber?: string;
    readonly writtenAt?: string;
    readonly indexNumber?: string;
  };
}

/** The manifest of a page set. */
export async function readManifest(dir: string): Promise<readonly ExpectedPage[]> {
  return JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
}

/** A page's HTML, decoded as a browser would without a Content-Type header. */
export async function readPage(dir: string, page: ExpectedPage): Promise<string> {
  const raw = await readFile(join(dir, page.file));
  const bytes = page.file.endsWith('.gz') ? gunzipSync(raw) : raw;
  // Some pages were saved as UTF-8 and still declare the charset they were served in.
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return iconv.decode(
    bytes,
    getEncoding(bytes, { defaultEncoding: page.lang?.startsWith('zh') ? 'gb18030' : 'windows-1252' }),
  );
}
