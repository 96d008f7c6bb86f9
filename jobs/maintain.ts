import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Schedule } from '../model/schedule.ts';
import { clearOld } from './clear-old.ts';
import type { Job } from './run.ts';
import { recordStep } from './steps.ts';

/** Where backups go and how many stay. */
export interface Upkeep {
  readonly backupDir: string;
  readonly backupKeep: number;
}

export interface MaintainArguments extends Upkeep {
  /** Where drafts are kept until they are looked at. */
  readonly draftsDir: string;
}

/** Sunday morning, when no edition is due. No digest can have this id. */
export const MAINTENANCE: Schedule = {
  id: '@maintenance',
  cron: '30 3 * * 0',
  zone: 'UTC',
  misfire: 'once',
  enabled: true,
};

const BACKUP = /^digest-\d{8}T\d{9}Z\.sqlite$/;

/**
 * Checks every page of the database, deletes what is kept for a time only, also from the log beside the database,
 * copies the database while it is in use and removes the oldest copies beyond `backupKeep`.
 */
export const maintain: Job<MaintainArguments, { counts: Record<string, number>; backup: string }> = {
  name: 'maintenance',
  timeLimitMinutes: 60,
  subject: () => 'database',
  async run(context, { backupDir, backupKeep, draftsDir }) {
    const { store, clock, log, runId } = context;
    await recordStep(
      context,
      { name: 'check' },
      () => store.checkWhole(),
      () => ({ in: 1, out: 1, dropped: {} }),
    );
    // Before the copy: what is not kept is not copied either.
    const { cleared } = await recordStep(
      context,
      { name: 'clear' },
      async () => {
        const dropped = await clearOld(context, draftsDir);
        // Addresses of strangers are among it: they stay in no file.
        if (!(await store.emptyLog())) log.warn('Log of the database could not be emptied', { runId });
        return { dropped, cleared: Object.values(dropped).reduce((sum, count) => sum + count, 0) };
      },
      (result) => ({ in: result.cleared, out: 0, dropped: result.dropped }),
    );
    const backup = path.join(backupDir, `digest-${clock.now().toISOString().replace(/[-:.]/g, '')}.sqlite`);
    const { bytes, copies, removed } = await recordStep(
      context,
      { name: 'backup' },
      async () => {
        await mkdir(backupDir, { recursive: true });
        const size = await store.backUp(backup);
        return { bytes: size, ...(await removeOldest(backupDir, backupKeep)) };
      },
      (result) => ({
        in: result.copies,
        out: result.copies - result.removed,
        dropped: { oldest: result.removed },
      }),
    );
    return { counts: { bytes, copies: copies - removed, removed, cleared }, backup };
  },
};

async function removeOldest(folder: string, keep: number): Promise<{ copies: number; removed: number }> {
  const copies = (await readdir(folder)).filter((name) => BACKUP.test(name)).sort();
  const old = copies.slice(0, Math.max(0, copies.length - keep));
  for (const name of old) await rm(path.join(folder, name));
  return { copies: copies.length, removed: old.length };
}
