import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../model/errors.ts';

const LOOK_AGAIN_MS = 250;
/** A collection of all sources may take this long; whoever waits longer is told instead. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** One process works on a data folder at a time; the next waits its turn. */
export interface WorkLock {
  /**
   * Waits for its turn; disposing gives it back.
   * @throws AppError WORK_BUSY after an hour
   */
  take(signal: AbortSignal, onWait: (pid: number) => void): Promise<AsyncDisposable>;
}

/**
 * A file `work.lock` holding the worker's process id. A file whose process is gone was left by a crash and is taken over,
 * so nobody has to clean up after a power cut.
 */
export function createWorkLock(dataDir: string): WorkLock {
  const file = path.join(dataDir, 'work.lock');
  return {
    async take(signal, onWait) {
      await mkdir(dataDir, { recursive: true });
      let hasToldWho = false;
      for (let waitedMs = 0; !(await create(file)); waitedMs += LOOK_AGAIN_MS) {
        const pid = await holderOf(file);
        if (pid === undefined) continue;
        if (waitedMs >= LONGEST_WAIT_MS) {
          throw new AppError(
            'WORK_BUSY',
            `waiting for process ${pid}, which has worked on ${dataDir} for an hour`,
            {
              retryable: true,
            },
          );
        }
        if (!hasToldWho) onWait(pid);
        hasToldWho = true;
        await sleep(LOOK_AGAIN_MS, undefined, { signal });
      }
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    },
  };
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(`${process.pid}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The living process that holds the file; undefined when it is free (again), also after clearing what a crash left. */
async function holderOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined); // given back between two looks
  if (text === undefined) return undefined;
  const pid = Number.parseInt(text, 10);
  // Just created and not yet written: its maker is alive.
  if (Number.isNaN(pid)) return 0;
  if (isAlive(pid)) return pid;
  // Renamed first: of two that find the same leftover only one moves it, and a new holder's file is never removed.
  const aside = `${file}.left-${pid}-${process.pid}`;
  await rename(file, aside).catch(() => undefined); // the other was quicker
  await rm(aside, { force: true });
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, it is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
