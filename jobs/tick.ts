import type { Digest } from '../model/digest.ts';
import type { Slot } from '../model/run.ts';
import type { JobContext } from './context.ts';
import { dueMoments, latestMoment } from './schedule.ts';

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;
const PAUSE_AFTER_FAILURE_MS = 15 * 60_000;

/** A claim on a slot. Ask `isHeld` before publishing: a worker that slept through its lease must not. */
export interface Claim {
  readonly slot: Slot;
  readonly digest: Digest;
  isHeld(): Promise<boolean>;
}

/** Notes every moment that has come since the last one on record, wanted or not. */
export async function noteDueSlots(
  context: Pick<JobContext, 'store' | 'clock' | 'digests' | 'log'>,
): Promise<number> {
  const now = context.clock.now();
  let noted = 0;
  for (const digest of context.digests) {
    const latest = await context.store.slots.latest(digest.id);
    if (latest === undefined) {
      // A schedule seen for the first time has no past to make up: its newest moment is the point to count from.
      const anchor = latestMoment(digest, now);
      if (anchor !== undefined) await note(context, digest, { ...anchor, isWanted: false });
      continue;
    }
    for (const moment of dueMoments(digest, new Date(latest.dueAt), now)) {
      if (await note(context, digest, moment)) noted += 1;
    }
  }
  return noted;
}

/** Works every open slot that this process can claim; one at a time, oldest first. */
export async function workOpenSlots(
  context: Pick<JobContext, 'store' | 'clock' | 'digests' | 'log' | 'signal'>,
  work: (claim: Claim) => Promise<string>,
): Promise<number> {
  let worked = 0;
  for (const open of await context.store.slots.open(context.clock.now().toISOString())) {
    if (context.signal.aborted) break;
    const digest = context.digests.find((candidate) => candidate.id === open.scheduleId);
    if (digest === undefined) continue; // its file was taken away; the slot waits for it to come back
    const slot = await context.store.slots.claim(open, context.clock.now().toISOString(), leaseEnd(context));
    if (slot === undefined) continue;
    await workSlot(
      context,
      { slot, digest, isHeld: () => context.store.slots.extend(slot, leaseEnd(context)) },
      work,
    );
    worked += 1;
  }
  return worked;
}

async function workSlot(
  context: Pick<JobContext, 'store' | 'clock' | 'log'>,
  claim: Claim,
  work: (claim: Claim) => Promise<string>,
): Promise<void> {
  const { slot } = claim;
  const heartbeat = setInterval(() => {
    claim
      .isHeld()
      .catch((error: unknown) => context.log.warn('Lease not extended', { error: String(error) }));
  }, HEARTBEAT_MS);
  try {
    const detail = await work(claim);
    await context.store.slots.settle(slot, 'done', detail);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    // The slot stays claimed until the lease ends, then it is open again: a pause before the next try.
    const pauseEnd = new Date(context.clock.now().getTime() + PAUSE_AFTER_FAILURE_MS).toISOString();
    await context.store.slots.extend(slot, pauseEnd);
    context.log.error('Scheduled edition failed', {
      scheduleId: slot.scheduleId,
      week: slot.periodKey,
      error: detail,
    });
  } finally {
    clearInterval(heartbeat);
  }
}

async function note(
  context: Pick<JobContext, 'store' | 'log'>,
  digest: Digest,
  moment: { week: string; dueAt: string; isWanted: boolean },
): Promise<boolean> {
  const isNew = await context.store.slots.note({
    scheduleId: digest.id,
    periodKey: moment.week,
    dueAt: moment.dueAt,
    state: moment.isWanted ? 'due' : 'skipped',
  });
  if (isNew && moment.isWanted) context.log.info('Edition due', { digestId: digest.id, week: moment.week });
  return isNew && moment.isWanted;
}

function leaseEnd(context: Pick<JobContext, 'clock'>): string {
  return new Date(context.clock.now().getTime() + LEASE_MS).toISOString();
}
