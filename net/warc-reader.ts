import { createReadStream } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AsyncIterReader, WARCParser, type WARCRecord } from 'warcio';
import { AppError } from '../model/errors.ts';
import type { RunId, SnapshotId, SourceId } from '../model/ids.ts';
import type { Snapshot } from '../model/page.ts';
import { idFrom, sha256 } from '../text/hash.ts';
import { decodeBody } from './decode.ts';
import type { Exchange } from './exchange.ts';
import {
  MOVED_FOR_GOOD,
  ORIGINAL,
  REFERS_TO_PLACE,
  RENDERED,
  REQUEST_BODY_HASH,
  REQUESTED_URI,
  RUN_ID,
  SOURCE_ID,
} from './warc-record.ts';

/** A response or revisit record: what was asked and answered, where it lies, and its body once decoded. */
export interface KeptResponse {
  readonly exchange: Exchange;
  readonly snapshot: Snapshot;
  /** SHA-256 of the body that was sent with a POST. */
  readonly requestBodyHash?: string;
}

/** Where a response lies, with what its own record does not say. */
type Place = Pick<Snapshot, 'file' | 'offset' | 'length' | 'requestLength'>;

/** A foreign archive may hold anything; what decodes to more than this is not read. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads one kept response; a revisit record gives the body it refers to.
 * @throws AppError SNAPSHOT_BROKEN when the bytes at that place are not the record that was written there
 */
export async function readKept(folder: string, place: Place): Promise<KeptResponse> {
  const bytes = await readMember(folder, place);
  try {
    const record = await WARCParser.parse([bytes], { keepHeadersCase: false });
    const kept = record === null ? undefined : await toKept(folder, record, place);
    if (kept !== undefined) return kept;
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'SNAPSHOT_BROKEN') throw cause;
    throw broken(place, 'the record cannot be read', cause);
  }
  throw broken(place, 'it holds no response');
}

/**
 * All responses of a WARC file, ours or another program's, gzip per record or plain. A torn last record (the program was
 * killed while writing) ends the file quietly; it was never handed out.
 * @param from where a record begins; what lies before is not read
 */
export async function* readWarc(folder: string, file: string, from = 0): AsyncGenerator<KeptResponse> {
  const stream = createReadStream(join(folder, file), { start: from });
  const parser = new WARCParser(stream);
  let request: { readonly end: number; readonly length: number } | undefined;
  try {
    for (;;) {
      const record = await parser.parse();
      if (record === null) return;
      const offset = from + parser.offset;
      const kept = await toKept(folder, record, { file, offset, length: 0 });
      // The length of the gzip member is known only once the record has been read to its end.
      await record.skipFully();
      const length = parser.recordLength;
      const requestLength = request?.end === offset ? { requestLength: request.length } : {};
      request = record.warcType === 'request' ? { end: offset + length, length } : undefined;
      if (kept !== undefined) yield { ...kept, snapshot: { ...kept.snapshot, length, ...requestLength } };
    }
  } finally {
    stream.destroy();
  }
}

async function toKept(folder: string, record: WARCRecord, place: Place): Promise<KeptResponse | undefined> {
  const { warcType, httpHeaders, warcTargetURI } = record;
  if ((warcType !== 'response' && warcType !== 'revisit') || httpHeaders === null || !warcTargetURI)
    return undefined;
  const field = (name: string) => record.warcHeader(name) ?? undefined;
  const status = Number(httpHeaders.statusCode);
  if (!Number.isInteger(status) || !/^https?:/.test(warcTargetURI)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of httpHeaders.headers) headers[name.toLowerCase()] = value;
  const earlier = warcType === 'revisit' ? earlierPlace(field(REFERS_TO_PLACE), place) : undefined;
  if (warcType === 'revisit' && earlier === undefined) return undefined;
  const body =
    earlier === undefined
      ? await bodyOf(record, headers)
      : (await readKept(await folderOf(folder, place.file, earlier.file), earlier)).exchange.body;
  const contentHash = sha256(body);
  const digest = field('WARC-Payload-Digest');
  if (
    digest?.startsWith('sha256:') &&
    /^[0-9a-f]{64}$/.test(digest.slice(7)) &&
    digest.slice(7) !== contentHash &&
    headers['content-encoding'] === undefined
  )
    throw broken(place, 'the body does not match its digest');
  const url = field(REQUESTED_URI) ?? warcTargetURI;
  const fetchedAt = new Date(record.warcDate ?? '').toISOString();
  const requestBodyHash = field(REQUEST_BODY_HASH);
  const rendered = field(RENDERED);
  const sourceId = field(SOURCE_ID) as SourceId | undefined;
  const method = requestBodyHash === undefined ? 'GET' : 'POST';
  const runId = field(RUN_ID) as RunId | undefined;
  const common = {
    url,
    finalUrl: warcTargetURI,
    method,
    status,
    fetchedAt,
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(runId === undefined ? {} : { runId }),
  } as const;
  const parts = [
    ...(requestBodyHash === undefined ? [] : [requestBodyHash]),
    ...(rendered === undefined ? [] : [rendered]),
  ];
  return {
    exchange: {
      ...common,
      requestHeaders: {},
      ...(field(MOVED_FOR_GOOD) === undefined ? {} : { movedForGood: true }),
      headers: asReceived(headers),
      body,
      ...(rendered === undefined ? {} : { rendered }),
    },
    snapshot: {
      ...common,
      id: idFrom(url, contentHash, fetchedAt, ...parts) as SnapshotId,
      contentType: headers['content-type'] ?? '',
      contentHash,
      bytes: body.length,
      file: place.file,
      offset: place.offset,
      length: place.length,
      ...(place.requestLength === undefined ? {} : { requestLength: place.requestLength }),
      ...(earlier === undefined ? {} : { bodyFile: earlier.file }),
    },
    ...(requestBodyHash === undefined ? {} : { requestBodyHash }),
  };
}

async function bodyOf(record: WARCRecord, headers: Record<string, string>): Promise<Uint8Array> {
  const chunked = /chunked/i.test(headers['transfer-encoding'] ?? '');
  // warcio undoes chunks; content codings are undone by the same code, with the same cap, as on the network.
  const source: AsyncIterable<Uint8Array> = chunked
    ? new AsyncIterReader(record.reader, null, true)
    : toAsync(record.reader);
  return decodeBody(source, headers['content-encoding'] ?? '', { maxBytes: MAX_BYTES });
}

/** Another program's revisit names no place (undefined); its original is a record of its own. */
function earlierPlace(
  reference: string | undefined,
  place: { readonly file: string; readonly offset: number },
): Pick<Snapshot, 'file' | 'offset' | 'length'> | undefined {
  const match = /^(\S+) (\d+) (\d+)$/.exec(reference ?? '');
  if (match === null) return undefined;
  const earlier = { file: match[1] ?? '', offset: Number(match[2]), length: Number(match[3]) };
  const same = earlier.file === place.file && earlier.offset >= place.offset;
  if (same || earlier.file.split('/').includes('..')) throw broken(place, 'it refers to no earlier record');
  return earlier;
}

/** The snapshot folder that `earlier` is named by: `folder`, or, when a single file is read, two levels above that file. */
async function folderOf(folder: string, file: string, earlier: string): Promise<string> {
  const above = join(folder, dirname(file), '..', '..');
  for (const candidate of [folder, above]) {
    const isThere = await access(join(candidate, earlier)).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return folder;
}

/** The fields as the server sent them, from the names under which the record keeps them. */
function asReceived(headers: Readonly<Record<string, string>>): Record<string, string> {
  const received: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (name !== 'content-length') received[name] = value;
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith(ORIGINAL)) {
      delete received[name];
      received[name.slice(ORIGINAL.length)] = value;
    }
  return received;
}

/**
 * The bytes of one record as they lie in the file.
 * @throws AppError SNAPSHOT_BROKEN when the file does not hold them
 */
export async function readMember(
  folder: string,
  place: Pick<Snapshot, 'file' | 'offset' | 'length'>,
): Promise<Buffer> {
  try {
    const handle = await open(join(folder, place.file));
    try {
      const { bytesRead, buffer } = await handle.read(
        Buffer.alloc(place.length),
        0,
        place.length,
        place.offset,
      );
      if (bytesRead < place.length) throw broken(place, 'the file ends before the record does');
      return buffer;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw broken(place, 'the file cannot be read', cause);
  }
}

async function* toAsync(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* source;
}

function broken(
  place: { readonly file: string; readonly offset: number },
  reason: string,
  cause?: unknown,
): AppError {
  return new AppError('SNAPSHOT_BROKEN', `${place.file} at ${place.offset}: ${reason}`, { cause });
}
