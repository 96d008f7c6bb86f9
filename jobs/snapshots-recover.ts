import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../model/errors.ts';
import { readWarc } from '../net/warc-reader.ts';
import { type JobContext, noteFinding } from './context.ts';

/** Months whose files are looked at when a run begins; what an older kill left, a check of all finds. */
const NEWEST_MONTHS = 2;

/**
 * Indexes records that were written but never entered in the index: the program was killed between the two. Only the end
 * of a file can hold such records, since one file is written and indexed in order.
 * @returns how many were found
 */
export async function recoverSnapshots(
  context: Pick<JobContext, 'store' | 'evidence' | 'clock' | 'runId' | 'log'>,
  which: 'newest' | 'all',
): Promise<number> {
  const { store, evidence, log } = context;
  const files = await warcFiles(evidence.folder);
  // Files lie in <yyyy>/<mm>/, so the order of names is that of months.
  const months = [...new Set(files.map(({ file }) => path.posix.dirname(file)))].sort();
  const since = which === 'all' ? '' : (months.at(-NEWEST_MONTHS) ?? '');
  const known = new Map((await store.snapshots.files(since)).map(({ file, end }) => [file, end]));
  let recovered = 0;
  for (const { file, size } of files.filter((one) => one.file >= since)) {
    const end = known.get(file) ?? 0;
    if (size <= end) continue;
    const before = await store.snapshots.count();
    try {
      for await (const { snapshot } of readWarc(evidence.folder, file, end))
        await store.snapshots.add(snapshot);
    } catch (error) {
      const seen = errorText(error);
      await noteFinding(context, { code: 'SNAPSHOT_BROKEN', expected: 'a whole record', seen });
    }
    recovered += (await store.snapshots.count()) - before;
  }
  if (recovered > 0) log.info('Snapshots indexed again', { count: recovered });
  return recovered;
}

/** The WARC files of a snapshot folder with their sizes, named as the index names them; none when there is no folder. */
export async function warcFiles(folder: string): Promise<{ file: string; size: number }[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.warc.gz')).sort();
  return Promise.all(
    files.map(async (name) => ({
      file: name.split(path.sep).join('/'),
      size: (await stat(path.join(folder, name))).size,
    })),
  );
}
