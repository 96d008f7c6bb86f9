import { Readable, type Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { AppError } from '../model/errors.ts';

export interface DecodeOptions {
  readonly maxBytes: number;
  /** Give the first `maxBytes` instead of failing (robots.txt). @default false */
  readonly truncate?: boolean;
}

/**
 * Undoes one content coding while counting what comes out, so that a small bomb never grows beyond the cap.
 * @throws AppError FETCH_ENCODING (unknown, stacked or corrupt coding), FETCH_CUT (ends early), FETCH_TOO_LARGE
 */
export async function decodeBody(
  source: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  options: DecodeOptions,
): Promise<Uint8Array> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 1) throw encoding(`${codings.length} content codings on top of each other`);
  const [coding] = codings;
  return coding === undefined ? collect(source, options) : collect(decompress(source, coding), options);
}

async function* decompress(source: AsyncIterable<Uint8Array>, coding: string): AsyncGenerator<Uint8Array> {
  const input = source[Symbol.asyncIterator]();
  const first = await input.next();
  if (first.done === true) return;
  const decoder = decoderFor(coding, first.value);
  let sourceError: unknown;
  const feed = Readable.from(
    (async function* () {
      try {
        yield first.value;
        for (let next = await input.next(); next.done !== true; next = await input.next()) yield next.value;
      } catch (error) {
        sourceError = error;
        throw error;
      } finally {
        await input.return?.();
      }
    })(),
    { objectMode: false },
  );
  feed.on('error', (error) => decoder.destroy(error));
  try {
    yield* feed.pipe(decoder);
  } catch (error) {
    if (sourceError !== undefined) throw sourceError;
    throw decodeFault(coding, error);
  } finally {
    feed.destroy();
    decoder.destroy();
  }
}

function decoderFor(coding: string, first: Uint8Array): Transform {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      // RFC 9110 8.4.1.2 means zlib (low nibble 8, check multiple of 31); some servers send it raw.
      return ((first[0] ?? 0) & 0x0f) === 8 && (((first[0] ?? 0) << 8) + (first[1] ?? 0)) % 31 === 0
        ? createInflate()
        : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    default:
      throw encoding(`content coding "${coding.slice(0, 40)}" is not known`);
  }
}

function decodeFault(coding: string, cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const isCut = 'code' in cause && cause.code === 'Z_BUF_ERROR';
  if (isCut || /unexpected end|incomplete/i.test(cause.message))
    return new AppError('FETCH_CUT', `the ${coding} body ends early`, { cause, retryable: true });
  return new AppError('FETCH_ENCODING', `the body is not valid ${coding}: ${cause.message}`, { cause });
}

async function collect(source: AsyncIterable<Uint8Array>, options: DecodeOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    const room = options.maxBytes - bytes;
    if (chunk.length > room) {
      if (options.truncate !== true)
        throw new AppError('FETCH_TOO_LARGE', `the body is larger than ${options.maxBytes} bytes`);
      chunks.push(chunk.subarray(0, room));
      break;
    }
    chunks.push(chunk);
    bytes += chunk.length;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function encoding(reason: string): AppError {
  return new AppError('FETCH_ENCODING', reason);
}
