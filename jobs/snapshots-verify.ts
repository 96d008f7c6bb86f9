import type { Tables } from '../db/store.ts';
import { AppError } from '../model/errors.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/page.ts';
import { readKept } from '../net/warc-reader.ts';
import { type JobContext, noteFinding } from './context.ts';
import type { Job } from './run.ts';
import { recoverSnapshots } from './snapshots-recover.ts';

export interface VerifyArguments {
  /** `needed`: what editions and documents rest on; `all`: every record of the index. */
  readonly which: 'needed' | 'all';
}

export interface VerifyResult {
  readonly counts: Readonly<Record<'checked' | 'broken' | 'recovered', number>>;
  readonly broken: readonly BrokenSnapshot[];
}

export interface BrokenSnapshot {
  readonly snapshotId: SnapshotId;
  readonly url: string;
  readonly file: string;
  readonly reason: string;
}

const BATCH = 500;

/** Reads kept records back and holds them against their hashes; each that fails is a finding. */
export const verifySnapshots: Job<VerifyArguments, VerifyResult> = {
  name: 'verify-snapshots',
  subject: ({ which }) => `${which} snapshots`,
  async run(context, { which }) {
    const { store, signal, progress } = context;
    const recovered = await recoverSnapshots(context, 'all');
    const needed = which === 'all' ? undefined : await neededSnapshots(store);
    const broken: BrokenSnapshot[] = [];
    let checked = 0;
    progress.phase('snapshots', needed?.size ?? (await store.snapshots.count()));
    for (
      let part = await store.snapshots.after('', BATCH);
      part.length > 0;
      part = await store.snapshots.after(part.at(-1)?.id ?? '', BATCH)
    ) {
      for (const snapshot of part) {
        signal.throwIfAborted();
        if (needed !== undefined && !needed.has(snapshot.id)) continue;
        checked += 1;
        const reason = await faultOf(context, snapshot);
        progress.step(reason);
        if (reason !== undefined) broken.push(await told(context, snapshot, reason));
      }
    }
    for (const id of needed ?? []) {
      if ((await store.snapshots.byId(id)) === undefined)
        broken.push(await told(context, { id, url: '', file: '' }, 'it is not in the index'));
    }
    return { counts: { checked, broken: broken.length, recovered }, broken };
  },
};

/** Everything that an edition or a revision of a document rests on. */
export async function neededSnapshots(
  tables: Pick<Tables, 'attachments' | 'documents' | 'editions'>,
): Promise<Set<SnapshotId>> {
  return new Set([
    ...(await tables.documents.snapshotIds()),
    ...(await tables.attachments.snapshotIds()),
    ...(await tables.editions.snapshotIds()),
  ]);
}

async function faultOf(context: JobContext, snapshot: Snapshot): Promise<string | undefined> {
  try {
    const read = await readKept(context.evidence.folder, snapshot);
    return read.snapshot.contentHash === snapshot.contentHash ? undefined : 'another body lies there';
  } catch (error) {
    if (error instanceof AppError && error.code === 'SNAPSHOT_BROKEN') return error.message;
    throw error;
  }
}

async function told(
  context: JobContext,
  snapshot: Pick<Snapshot, 'id' | 'url' | 'file' | 'sourceId'>,
  reason: string,
): Promise<BrokenSnapshot> {
  const { id: snapshotId, url, file, sourceId } = snapshot;
  const about = { ...(sourceId && { sourceId }), ...(url !== '' && { url }) };
  const expected = 'the bytes that were kept';
  await noteFinding(context, { code: 'SNAPSHOT_BROKEN', snapshotId, ...about, expected, seen: reason });
  return { snapshotId, url, file, reason };
}
