import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../model/errors.ts';
import { enter, holderOf, leave } from './lock-file.ts';

const LOOK_AGAIN_MS = 250;
/** A collection of all sources may take this long; whoever waits longer is told instead. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** What may go on at once in the process whose turn it is: one work, and beside it one sending of mail. */
export type WorkLane = 'work' | 'mail';

/** One process works on a data folder at a time; the next waits its turn. */
export interface WorkLock {
  /**
   * Waits for its turn; disposing gives it back.
   * @param lane waits for others of its own lane in this process, and for every other process
   * @throws AppError WORK_BUSY after an hour
   */
  take(lane: WorkLane, signal: AbortSignal, onWait: (pid: number) => void): Promise<AsyncDisposable>;
  /** As `take`, but undefined where it would have to wait. */
  takeIfFree(lane: WorkLane): Promise<AsyncDisposable | undefined>;
}

/**
 * A file `work.lock`, see lock-file.ts.
 * @param beforeWork done each time this process gets its turn, while nobody works anywhere
 */
export function createWorkLock(dataDir: string, beforeWork: () => Promise<void>): WorkLock {
  const file = path.join(dataDir, 'work.lock');
  const enterHere = (lane: WorkLane) => enter(file, lane, beforeWork);
  const turnOf = (lane: WorkLane) => ({ [Symbol.asyncDispose]: () => leave(file, lane) });
  return {
    async take(lane, signal, onWait) {
      await mkdir(dataDir, { recursive: true });
      let hasToldWho = false;
      for (let waitedMs = 0; !(await enterHere(lane)); waitedMs += LOOK_AGAIN_MS) {
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
      return turnOf(lane);
    },
    async takeIfFree(lane) {
      await mkdir(dataDir, { recursive: true });
      if (await enterHere(lane)) return turnOf(lane);
      // What a crash left is cleared by looking whose it is.
      const isLeftover = (await holderOf(file)) === undefined;
      return isLeftover && (await enterHere(lane)) ? turnOf(lane) : undefined;
    },
  };
}
