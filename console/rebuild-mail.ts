import path from 'node:path';
import type { PublishedEdition } from '../db/editions.ts';
import type { Store } from '../db/store.ts';
import { readErratum } from '../jobs/edition-mail.ts';
import { editionOutlook, errataOutlook, type MailOutlook } from '../jobs/mail-outlook.ts';
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

/** What has been mailed of the correction and what the button would mail; undefined where there is none to send. */
export async function correctionOutlook(
  request: RebuildRequest,
  parts: RebuildMailParts,
): Promise<MailOutlook | undefined> {
  return (await hasCorrection(request, parts)) ? errataOutlook(parts, request, parts.mailing) : undefined;
}

/** The same of the edition; undefined while the week is not in the archive. */
export async function mailOutlook(
  request: RebuildRequest,
  parts: RebuildMailParts,
): Promise<MailOutlook | undefined> {
  const published = await publishedBy(request, parts);
  return published && editionOutlook(parts, published, parts.mailing);
}

/** Whether this rebuild published a revision with other words than the one before. */
async function hasCorrection({ outcome }: RebuildRequest, { mailing }: RebuildMailParts): Promise<boolean> {
  if (outcome?.folder === undefined || outcome.state !== 'revised') return false;
  return (await readErratum(path.join(mailing.archiveDir, outcome.folder))) !== undefined;
}

/**
 * Puts the correction into the outbox of those who had an earlier revision; gives how many are new.
 * @throws UsageError NOTHING_TO_CORRECT
 */
export async function mailCorrection(request: RebuildRequest, parts: RebuildMailParts): Promise<number> {
  if (!(await hasCorrection(request, parts)))
    throw new UsageError('NOTHING_TO_CORRECT', 'this rebuild published no revision with other words');
  return queueErrata(parts, request, parts.mailing);
}

/**
 * Puts the week's newest edition into the outbox of subscribed readers who have no mail of that week yet; gives how many
 * those are.
 * @throws UsageError NOTHING_TO_MAIL
 */
export async function mailEdition(request: RebuildRequest, parts: RebuildMailParts): Promise<number> {
  const published = await publishedBy(request, parts);
  if (published === undefined)
    throw new UsageError(
      'NOTHING_TO_MAIL',
      `${request.digestId} ${request.week}: publish the draft first, then mail it`,
    );
  return (await queueDeliveries(parts, published, parts.mailing)).queued;
}

/** The week's newest edition, once this rebuild has put one into the archive. */
async function publishedBy(
  { digestId, week, outcome }: RebuildRequest,
  { store }: Pick<RebuildMailParts, 'store'>,
): Promise<PublishedEdition | undefined> {
  return outcome?.isPublished ? store.editions.ofWeek(digestId, week) : undefined;
}
