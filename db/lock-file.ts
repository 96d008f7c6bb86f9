import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isAlive } from '../model/process.ts';

// A file that names the process whose turn it is, and when that process began. A file whose process is gone was left by a
// crash and is taken over, so nobody has to clean up after a power cut, also where the same id belongs to another process
// by then: a container gives its service the same one each time.

/**
 * Locks that this process holds or is about to, and what goes on under each: a file with our own process id that is not
 * here was left by an earlier life of it.
 */
const heldHere = new Map<string, Held>();

interface Held {
  readonly lanes: Set<string>;
  /** False while the file is being written or removed, and until what comes before all work is done. */
  isStanding: boolean;
}

/** False where another process, or another of this lane in this one, has its turn. */
export async function enter(file: string, lane: string, beforeWork: () => Promise<void>): Promise<boolean> {
  const held = heldHere.get(file);
  if (held === undefined) return create(file, lane, beforeWork);
  if (!held.isStanding || held.lanes.has(lane)) return false;
  held.lanes.add(lane);
  return true;
}

/** The last to leave removes the file. */
export async function leave(file: string, lane: string): Promise<void> {
  const held = heldHere.get(file);
  held?.lanes.delete(lane);
  if (held === undefined || held.lanes.size > 0) return;
  held.isStanding = false;
  await rm(file, { force: true }).finally(() => heldHere.delete(file));
}

/** In one step: neither a crash nor a full disk leaves a file that names nobody. */
async function create(file: string, lane: string, beforeWork: () => Promise<void>): Promise<boolean> {
  // Who waits for days must not write a file at each look.
  if (existsSync(file)) return false;
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
export async function holderOf(file: string): Promise<number | undefined> {
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
