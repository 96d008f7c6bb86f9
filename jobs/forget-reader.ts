import type { ReaderRecord } from '../db/reader-records.ts';
import { UsageError } from '../model/errors.ts';
import type { JobContext } from './context.ts';

type Context = Pick<JobContext, 'store' | 'clock'>;

export interface Forgotten {
  /** How many became numbers without a name. */
  readonly deliveries: number;
  /** False when another process was reading: until the next upkeep the database's log may hold what was deleted. */
  readonly isErased: boolean;
}

/**
 * Deletes all that is kept of an address but numbers of deliveries and a hash on the suppression list, which keeps
 * later imports from bringing it back unknowingly.
 */
export async function forgetReader({ store, clock }: Context, email: string): Promise<Forgotten> {
  const at = clock.now().toISOString();
  const deliveries = await store.transaction(async (tables) => {
    await known(tables.readerRecords.everything(email), email);
    const deleted = await tables.readerRecords.forget(email);
    await tables.suppressions.anonymise(email, at);
    return deleted;
  });
  return { deliveries, isErased: await store.emptyLog() };
}

/** Everything that is kept of an address, to be handed to its owner; that it was handed out is noted. */
export function exportReader({ store, clock }: Context, email: string): Promise<ReaderRecord> {
  const at = clock.now().toISOString();
  return store.transaction(async (tables) => {
    const record = await known(tables.readerRecords.everything(email), email);
    const recipient = await tables.recipients.byEmail(email);
    if (recipient !== undefined)
      await tables.recipientEvents.add({
        recipientId: recipient.id,
        at,
        kind: 'exported',
        by: 'operator',
        detail: '',
      });
    return record;
  });
}

/** @throws UsageError RECIPIENT_UNKNOWN when there is nothing of the address */
async function known(reading: Promise<ReaderRecord>, email: string): Promise<ReaderRecord> {
  const record = await reading;
  if (Object.values(record).every((rows) => rows.length === 0))
    throw new UsageError('RECIPIENT_UNKNOWN', `nothing is kept about ${email}`);
  return record;
}
