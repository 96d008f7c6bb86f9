import path from 'node:path';
import type { Store } from '../db/store.ts';
import { readErratum } from '../jobs/edition-mail.ts';
import type { Mailing } from '../jobs/mailing.ts';
import { queueErrata } from '../jobs/queue-mail.ts';
import type { Clock } from '../model/clock.ts';
import { UsageError } from '../model/errors.ts';
import type { RebuildRequest } from '../model/rebuild.ts';

export interface CorrectionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly mailing: Pick<Mailing, 'from' | 'archiveDir'>;
}

/** How many were sent an earlier revision, or are about to be, and would get the correction; undefined where there is none to send. */
export async function readersToTell(
  { digestId, week, outcome }: RebuildRequest,
  { store, mailing }: CorrectionParts,
): Promise<number | undefined> {
  if (outcome?.folder === undefined || outcome.state !== 'revised') return undefined;
  const erratum = await readErratum(path.join(mailing.archiveDir, outcome.folder));
  if (erratum === undefined) return undefined;
  return (await store.deliveries.receivedBefore(digestId, week, outcome.revision)).length;
}

/**
 * Puts the correction into the outbox of those who had an earlier revision; gives how many are new.
 * @throws UsageError NOTHING_TO_CORRECT
 */
export async function mailCorrection(request: RebuildRequest, parts: CorrectionParts): Promise<number> {
  if ((await readersToTell(request, parts)) === undefined)
    throw new UsageError('NOTHING_TO_CORRECT', 'this rebuild published no revision with other words');
  return queueErrata(parts, request, parts.mailing);
}
