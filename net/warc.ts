import { access, type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { AppError } from '../model/errors.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/page.ts';
import { idFrom, sha256 } from '../text/hash.ts';
import { type Exchange, headerOf } from './exchange.ts';
import { type EarlierRecord, exchangeRecords, warcinfoRecord } from './warc-record.ts';

export interface WarcOptions {
  /** The snapshot folder; files are named relative to it. */
  readonly folder: string;
  readonly clock: Clock;
  /** A new file is begun once one holds this much. @default 256 MB */
  readonly maxBytes?: number;
  /** Named in every file's first record. @default policy-digest */
  readonly software?: string;
  /** The snapshot that already holds the same body for that address: a revisit record then saves the body. */
  readonly known?: (finalUrl: string, contentHash: string) => Promise<Snapshot | undefined>;
}

export interface WarcWriter {
  /** Appends request and response, and returns once both are on the disk. */
  keep(exchange: Exchange): Promise<Snapshot>;
  /** Ends the files of a run. */
  finish(runId: string): Promise<void>;
  close(): Promise<void>;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly file: string;
  size: number;
}

/**
 * Writes `<yyyy>/<mm>/<runId>-<n>.warc.gz` under the folder. An existing file is never touched again: a run that goes on
 * after a crash begins the next number, and a torn tail stays where it was.
 */
export function createWarcWriter(options: WarcOptions): WarcWriter {
  const runs = new Map<string, RunFile>();
  const of = (runId: string): RunFile => {
    const known = runs.get(runId);
    if (known !== undefined) return known;
    const run = new RunFile(runId, options);
    runs.set(runId, run);
    return run;
  };
  return {
    keep: (exchange) => of(exchange.runId ?? 'no-run').keep(exchange),
    async finish(runId) {
      await runs.get(runId)?.close();
      runs.delete(runId);
    },
    async close() {
      for (const run of runs.values()) await run.close();
      runs.clear();
    },
  };
}

class RunFile {
  readonly #name: string;
  readonly #options: WarcOptions;
  #open: OpenFile | undefined;
  #number = 0;
  /** Writes of one run go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(runId: string, options: WarcOptions) {
    this.#name = runId.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_');
    this.#options = options;
  }

  keep(exchange: Exchange): Promise<Snapshot> {
    return this.#inTurn(() => this.#keep(exchange));
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#open?.handle.close();
      this.#open = undefined;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // The next write must not fail because this one did; its caller is told.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #keep(exchange: Exchange): Promise<Snapshot> {
    const contentHash = sha256(exchange.body);
    const earlier = await this.#earlier(exchange, contentHash);
    const { request, response } = exchangeRecords(exchange, earlier);
    const target = await this.#target();
    const offset = target.size + request.length;
    const bodyFile = earlier === undefined ? {} : { bodyFile: earlier.file };
    await this.#append(target, Buffer.concat([request, response]));
    const rendered = exchange.rendered === undefined ? [] : [exchange.rendered];
    const asked = exchange.requestBody === undefined ? [] : [sha256(exchange.requestBody)];
    return {
      id: idFrom(exchange.url, contentHash, exchange.fetchedAt, ...asked, ...rendered) as SnapshotId,
      url: exchange.url,
      finalUrl: exchange.finalUrl,
      method: exchange.method,
      status: exchange.status,
      contentType: headerOf(exchange.headers, 'content-type') ?? '',
      contentHash,
      bytes: exchange.body.length,
      fetchedAt: exchange.fetchedAt,
      file: target.file,
      offset,
      length: response.length,
      requestLength: request.length,
      ...bodyFile,
      ...(exchange.runId === undefined ? {} : { runId: exchange.runId }),
      ...(exchange.sourceId === undefined ? {} : { sourceId: exchange.sourceId }),
    };
  }

  async #earlier(exchange: Exchange, contentHash: string): Promise<EarlierRecord | undefined> {
    if (exchange.body.length === 0) return undefined;
    const known = await this.#options.known?.(exchange.finalUrl, contentHash);
    // What the index names may have been cleared away since.
    if (known === undefined || !(await isThere(join(this.#options.folder, known.file)))) return undefined;
    return {
      file: known.file,
      targetUri: known.finalUrl,
      date: known.fetchedAt,
      place: `${known.file} ${known.offset} ${known.length}`,
    };
  }

  async #target(): Promise<OpenFile> {
    const { maxBytes = 256 * 1024 * 1024 } = this.#options;
    if (this.#open !== undefined && this.#open.size < maxBytes) return this.#open;
    await this.#open?.handle.close();
    this.#open = undefined;
    this.#open = await this.#begin();
    return this.#open;
  }

  async #begin(): Promise<OpenFile> {
    const at = this.#options.clock.now().toISOString();
    const folder = `${at.slice(0, 4)}/${at.slice(5, 7)}`;
    await mkdir(join(this.#options.folder, folder), { recursive: true });
    for (;;) {
      this.#number++;
      const file = `${folder}/${this.#name}-${this.#number}.warc.gz`;
      const handle = await openNew(join(this.#options.folder, file));
      if (handle === undefined) continue;
      await syncFolder(dirname(join(this.#options.folder, file)));
      const opened: OpenFile = { handle, file, size: 0 };
      const info = { software: this.#options.software ?? 'policy-digest', format: 'WARC file version 1.1' };
      try {
        await this.#append(opened, warcinfoRecord(file.slice(folder.length + 1), at, info));
      } catch (error) {
        // No room even for its head: the next answer begins another file.
        await handle.close();
        throw error;
      }
      return opened;
    }
  }

  async #append(target: OpenFile, bytes: Buffer): Promise<void> {
    try {
      await target.handle.write(bytes, 0, bytes.length, target.size);
      await target.handle.datasync();
    } catch (cause) {
      // A torn record is cut off again, so that the file stays readable once there is room.
      await target.handle.truncate(target.size);
      throw new AppError('SNAPSHOT_WRITE', `${target.file} could not be written`, { cause, retryable: true });
    }
    target.size += bytes.length;
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function openNew(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of its entries.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
