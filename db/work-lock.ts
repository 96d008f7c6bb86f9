import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../model/errors.ts';
import { isAlive } from '../model/process.ts';

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
 * Locks that this process holds or is about to, and what goes on under each: a file with our own process id that is not
 * here was left by an earlier life of it.
 */
const heldHere = new Map<string, Held>();

interface Held {
  readonly lanes: Set<WorkLane>;
  /** False while the file is being written or removed, and until what comes before all work is done. */
  isStanding: boolean;
}

/**
 * A file `work.lock` holding the worker's process id and when that process began. A file whose process is gone was left by a
 * crash and is taken over, so nobody has to clean up after a power cut, also where the same id belongs to another process by
 * then: a container gives its service the same one each time.
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

async function enter(file: string, lane: WorkLane, beforeWork: () => Promise<void>): Promise<boolean> {
  const held = heldHere.get(file);
  if (held === undefined) return create(file, lane, beforeWork);
  if (!held.isStanding || held.lanes.has(lane)) return false;
  held.lanes.add(lane);
  return true;
}

/** The last to leave removes the file. */
async function leave(file: string, lane: WorkLane): Promise<void> {
  const held = heldHere.get(file);
  held?.lanes.delete(lane);
  if (held === undefined || held.lanes.size > 0) return;
  held.isStanding = false;
  await rm(file, { force: true }).finally(() => heldHere.delete(file));
}

/** In one step: neither a crash nor a full disk leaves a file that names nobody. */
async function create(file: string, lane: WorkLane, beforeWork: () => Promise<void>): Promise<boolean> {
  // Marked before the file is there: another worker of this process must not take it for a leftover.
  const held: Held = { lanes: new Set([lane]), isStanding: false };
  heldHere.set(file, held);
  const written = `${file}.new-${process.pid}`;
  try {
    await writeFile(written, `${process.pid} ${(await startOf(process.pid)) ?? ''}\n`);
    await link(written, file);
  } catch (error) {
    heldHere.delete(file);
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(written, { force: true });
  }
  try {
    await beforeWork();
    held.isStanding = true;
    return true;
  } catch (error) {
    await leave(file, lane);
    throw error;
  }
}

/** The living process that holds the file; undefined when it is free (again), also after clearing what a crash left. */
async function holderOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined); // given back between two looks
  if (text === undefined) return undefined;
  const [pid = Number.NaN, start = Number.NaN] = text.split(' ').map((part) => Number.parseInt(part, 10));
  if (await isHolding(file, pid, start)) return pid;
  // Renamed first: of two that find the same leftover only one moves it, and a new holder's file is never removed.
  const aside = `${file}.left-${pid}-${process.pid}`;
  await rename(file, aside).catch(() => undefined); // the other was quicker
  await rm(aside, { force: true });
  return undefined;
}

async function isHolding(file: string, pid: number, start: number): Promise<boolean> {
  if (pid === process.pid) return heldHere.has(file);
  if (Number.isNaN(pid) || !isAlive(pid)) return false;
  const startNow = Number.isNaN(start) ? undefined : await startOf(pid);
  return startNow === undefined || startNow === start;
}

/** When a process began, in ticks since the machine did; undefined where the system does not tell. */
async function startOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined); // another system, or just ended
  // The 22nd field; the 2nd, a name in brackets, may hold spaces.
  const field = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return field === undefined ? undefined : Number(field);
}
