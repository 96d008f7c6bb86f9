import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { JobContext } from './context.ts';
import type { Job } from './run.ts';
import { recoverSnapshots, warcFiles } from './snapshots-recover.ts';
import { neededSnapshots } from './snapshots-verify.ts';

export interface PruneArguments {
  /** Files whose newest record is older than this many days may go. */
  readonly olderThanDays: number;
  /** Say what would go, remove nothing. */
  readonly isDryRun: boolean;
}

export interface PruneResult {
  readonly counts: Readonly<Record<'files' | 'removed' | 'records' | 'bytes', number>>;
  readonly removed: readonly string[];
}

/**
 * Clears away old evidence that nothing rests on: never a file with a page behind an edition or a revision, never one
 * whose body a record in a remaining file refers to. A file goes as a whole, so that no record is ever rewritten.
 */
export const pruneSnapshots: Job<PruneArguments, PruneResult> = {
  name: 'prune-snapshots',
  subject: ({ olderThanDays }) => `older than ${olderThanDays} days`,
  async run(context, { olderThanDays, isDryRun }) {
    await recoverSnapshots(context, 'all');
    const { store, evidence, clock } = context;
    const before = new Date(clock.now().getTime() - olderThanDays * 86_400_000).toISOString();
    const files = await store.snapshots.files();
    const remaining = await remainingFiles(
      context,
      files.filter(({ newestAt }) => newestAt >= before),
    );
    const sizes = new Map((await warcFiles(evidence.folder)).map(({ file, size }) => [file, size]));
    const removed: string[] = [];
    let [records, bytes] = [0, 0];
    for (const { file, records: count } of files) {
      if (remaining.has(file)) continue;
      removed.push(file);
      records += count;
      bytes += sizes.get(file) ?? 0;
      if (isDryRun) continue;
      // The index first: a file without rows is found again at the next start, a row without its file would be a loss.
      await store.snapshots.forgetFile(file);
      await rm(path.join(evidence.folder, file), { force: true });
    }
    return { counts: { files: files.length, removed: removed.length, records, bytes }, removed };
  },
};

async function remainingFiles(
  { store }: Pick<JobContext, 'store'>,
  recent: readonly { readonly file: string }[],
): Promise<Set<string>> {
  const remaining = new Set(recent.map(({ file }) => file));
  const needed = await store.snapshots.byIds([...(await neededSnapshots(store))]);
  for (const { file } of needed.values()) remaining.add(file);
  const references = await store.snapshots.references();
  // A body may be held by a file that itself remains only for that: until nothing more is added.
  for (let size = -1; size !== remaining.size; ) {
    size = remaining.size;
    for (const { from, to } of references) if (remaining.has(from)) remaining.add(to);
  }
  return remaining;
}
