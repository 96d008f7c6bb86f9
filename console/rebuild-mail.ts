import path from 'node:path';
import type { Store } from '../db/store.ts';
import { readErratum } from '../jobs/edition-mail.ts';
import type { Mailing } from '../jobs/mailing.ts';
import { queueDeliveries, queueErrata } from '../jobs/queue-mail.ts';
import type { Clock } from '../model/clock.ts';
import { UsageError } from '../model/errors.ts';
import type { RebuildRequest } from '../model/rebuild.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

/** What is needed to mail what a rebuild published. */
export interface RebuildMailParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vocabulary: Vocabulary;
  readonly mailing: Pick<Mailing, 'from' | 'canaryAddress' | 'archiveDir' | 'archiveUrl' | 'templatesDir'>;
}

/** How many were sent an earlier revision, or are about to be, and would get the correction; undefined where there is none to send. */
export async function readersToTell(
  { digestId, week, outcome }: RebuildRequest,
  { store, mailing }: RebuildMailParts,
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
export async function mailCorrection(request: RebuildRequest, parts: RebuildMailParts): Promise<number> {
  if ((await readersToTell(request, parts)) === undefined)
    throw new UsageError('NOTHING_TO_CORRECT', 'this rebuild published no revision with other words');
  return queueErrata(parts, request, parts.mailing);
}

/**
 * Puts the week's newest edition into the outbox of subscribed readers who have no mail of that week yet; gives how many
 * those are.
 * @throws UsageError NOTHING_TO_MAIL
 */
export async function mailEdition(
  { digestId, week, outcome }: RebuildRequest,
  parts: RebuildMailParts,
): Promise<number> {
  const published = outcome?.isPublished ? await parts.store.editions.ofWeek(digestId, week) : undefined;
  if (published === undefined)
    throw new UsageError('NOTHING_TO_MAIL', `${digestId} ${week}: publish the draft first, then mail it`);
  return (await queueDeliveries(parts, published, parts.mailing)).queued;
}
