import { parentPort, workerData } from 'node:worker_threads';
import type { ReadableKind } from './kind.ts';
import { readText } from './read-text.ts';

// The thread that readApart starts: reads one file, says what came of it, and ends.
const { bytes, kind } = workerData as { readonly bytes: Uint8Array; readonly kind: ReadableKind };
parentPort?.postMessage(await readText(bytes, kind));
