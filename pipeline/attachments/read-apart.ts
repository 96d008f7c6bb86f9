import { Worker } from 'node:worker_threads';
import type { ReadableKind } from './kind.ts';
import { FILE_LIMITS } from './limits.ts';
import type { FileText } from './read-text.ts';

const MIB = 1024 * 1024;
const LOOK_EVERY_MS = 10;
const TOO_BIG = 'more memory is needed to read it than one file may take';

export interface ApartLimits {
  readonly ms: number;
  readonly heapBytes: number;
  readonly bufferBytes: Readonly<Record<ReadableKind, number>>;
}

/** The end of the line of files that wait: reading is work for the processor and takes memory, so it is done one by one. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a stranger's file in a thread of its own, which is ended when it takes too long or too much memory: whatever is
 * in the file, the program goes on.
 */
export function readApart(
  bytes: Uint8Array,
  kind: ReadableKind,
  signal?: AbortSignal,
  limits: ApartLimits = FILE_LIMITS,
): Promise<FileText> {
  const turn = last.then(() => readNow(bytes, kind, signal, limits));
  // Whoever asked hears of the error; the next in line only waits.
  last = turn.catch(() => undefined);
  return turn;
}

async function readNow(
  bytes: Uint8Array,
  kind: ReadableKind,
  signal: AbortSignal | undefined,
  limits: ApartLimits,
): Promise<FileText> {
  signal?.throwIfAborted();
  // A copy goes over: the caller's bytes stay his.
  const copy = new Uint8Array(bytes);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { bytes: copy, kind },
    transferList: [copy.buffer],
    resourceLimits: {
      maxOldGenerationSizeMb: limits.heapBytes / MIB,
      maxYoungGenerationSizeMb: 16,
      stackSizeMb: 4,
    },
    stdout: true,
    stderr: true,
  });
  let looking: NodeJS.Timeout | undefined;
  let timeUp: NodeJS.Timeout | undefined;
  try {
    return await new Promise<FileText>((resolve, reject) => {
      const fail = (detail: string) => resolve({ state: 'failed', detail });
      worker.once('message', resolve);
      worker.once('error', (error: Error & { code?: string }) =>
        fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? TOO_BIG : error.message),
      );
      worker.once('exit', () => fail('reading ended without an answer'));
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      timeUp = setTimeout(() => fail(`not read within ${limits.ms / 1000} s`), limits.ms);
      // Buffers lie outside the heap that resourceLimits bounds.
      looking = setInterval(() => {
        worker.getHeapStatistics().then(
          ({ external_memory }) => {
            if (external_memory > limits.bufferBytes[kind] + bytes.byteLength) fail(TOO_BIG);
          },
          // The thread has just ended; its last message or its exit tells why.
          () => undefined,
        );
      }, LOOK_EVERY_MS);
    });
  } finally {
    clearTimeout(timeUp);
    clearInterval(looking);
    await worker.terminate();
  }
}
