import path from 'node:path';
import type { NewDelivery } from '../db/deliveries.ts';
import type { PublishedEdition } from '../db/editions.ts';
import type { Store } from '../db/store.ts';
import { domainOf } from '../mail/addresses.ts';
import { subjectOf } from '../mail/subject.ts';
import { AppError } from '../model/errors.ts';
import type { RecipientId } from '../model/ids.ts';
import type { JobContext } from './context.ts';
import { readEditionMail, readErratum } from './edition-mail.ts';
import type { Mailing } from './mailing.ts';
import { createSelectionDesk, EVERYTHING, type SelectionDesk } from './reader-selection.ts';

type Context = Pick<JobContext, 'store' | 'clock'>;
type Week = Pick<PublishedEdition, 'digestId' | 'week'>;
export type QueueContext = Pick<JobContext, 'store' | 'clock' | 'vocabulary'>;

/** What became of all who are subscribed: queued now, without a match and content with silence, or queued before. */
export interface Queued {
  readonly readers: number;
  readonly queued: number;
  readonly quiet: number;
}

/**
 * Puts an edition into the outbox of everybody subscribed, and of the canary address; those already on record for the
 * week stay as they are. A reader whose selection nothing matches, and who wants no mail then, gets none.
 */
export async function queueDeliveries(
  context: QueueContext,
  published: PublishedEdition,
  mailing: Pick<Mailing, 'from' | 'canaryAddress' | 'archiveDir' | 'archiveUrl' | 'templatesDir'>,
): Promise<Queued> {
  const { store, clock } = context;
  const desk = createSelectionDesk(context, mailing);
  const quiet = await quietReaders(context, published, desk);
  const at = clock.now().toISOString();
  const canary = await canaryOf(published, mailing, desk);
  return store.transaction(async (tables) => {
    const { readers, deliveries } = await wantedDeliveries(tables, published, { quiet, from: mailing.from });
    if (canary !== undefined) await tables.letters.queue(canary, at);
    const queued = await tables.deliveries.queue(deliveries, at);
    return { readers, queued, quiet: readers - deliveries.length };
  });
}

/** The mail of an edition to everybody who should have it, on record or not. */
export async function wantedDeliveries(
  { recipients }: Pick<Store, 'recipients'>,
  published: PublishedEdition,
  { quiet, from }: { readonly quiet: ReadonlySet<RecipientId>; readonly from: string },
): Promise<{ readonly readers: number; readonly deliveries: readonly NewDelivery[] }> {
  const readers = await recipients.activeFor(published.digestId);
  const wanting = readers.filter(({ id }) => !quiet.has(id));
  return {
    readers: readers.length,
    deliveries: wanting.map(({ id }) => deliveryOf(published, id, from)),
  };
}

/** Those for whom the week brings nothing, and who want no mail to say so. */
export async function quietReaders(
  context: QueueContext,
  published: PublishedEdition,
  desk: SelectionDesk,
): Promise<ReadonlySet<RecipientId>> {
  const quiet = new Set<RecipientId>();
  for (const reader of await context.store.recipients.activeFor(published.digestId)) {
    if (reader.quietWeek !== 'nothing') continue;
    if ((await desk.selected(published, reader))?.isEmpty) quiet.add(reader.id);
  }
  return quiet;
}

/**
 * Puts the correction of a week's newest revision into the outbox of everybody who was sent an earlier one, or will be
 * because it waits already, and is still subscribed. Each gets the correction of a revision once, whoever asks how
 * often. Gives how many are new.
 * @throws AppError ERRATUM_MISSING when the week has no revision, or one in which no word changed
 */
export async function queueErrata(
  { store, clock }: Context,
  of: Week,
  mailing: Pick<Mailing, 'from' | 'archiveDir'>,
): Promise<number> {
  const published = await correctedEdition(store, of, mailing);
  const at = clock.now().toISOString();
  return store.transaction(async (tables) =>
    tables.deliveries.queue(await wantedErrata(tables, published, mailing.from), at),
  );
}

/**
 * The newest revision of a week, which has a correction.
 * @throws AppError ERRATUM_MISSING
 */
export async function correctedEdition(
  { editions }: Pick<Store, 'editions'>,
  { digestId, week }: Week,
  mailing: Pick<Mailing, 'archiveDir'>,
): Promise<PublishedEdition> {
  const published = await editions.ofWeek(digestId, week);
  const erratum =
    published === undefined ? undefined : await readErratum(path.join(mailing.archiveDir, published.folder));
  if (published === undefined || erratum === undefined) {
    throw new AppError(
      'ERRATUM_MISSING',
      `queueing the correction of ${digestId} ${week}: the week has no revision with other words than the one before`,
    );
  }
  return published;
}

/** The correction to everybody who should have it, on record or not. */
export async function wantedErrata(
  { recipients, deliveries }: Pick<Store, 'recipients' | 'deliveries'>,
  published: PublishedEdition,
  from: string,
): Promise<readonly NewDelivery[]> {
  const { digestId, week, revision } = published;
  const subscribed = new Set((await recipients.activeFor(digestId)).map(({ id }) => id));
  const received = await deliveries.receivedBefore(digestId, week, revision);
  return received.filter((id) => subscribed.has(id)).map((id) => deliveryOf(published, id, from, revision));
}

/** The row of one mail. The same recipient, week and purpose always has the same Message-ID. */
export function deliveryOf(
  { id, digestId, week }: Pick<PublishedEdition, 'id' | 'digestId' | 'week'>,
  recipientId: RecipientId,
  from: string,
  erratumOf?: number,
): NewDelivery {
  const kind = erratumOf === undefined ? '' : `.erratum-${erratumOf}`;
  return {
    editionId: id,
    digestId,
    week,
    recipientId,
    messageId: `<${digestId}.${week}${kind}.${recipientId}@${domainOf(from)}>`,
    ...(erratumOf === undefined ? {} : { erratumOf }),
  };
}

/** The edition as a letter to ourselves: what becomes of it tells what becomes of the others. */
async function canaryOf(
  published: PublishedEdition,
  { canaryAddress, archiveDir }: Pick<Mailing, 'canaryAddress' | 'archiveDir'>,
  desk: SelectionDesk,
) {
  if (canaryAddress === '') return undefined;
  const { html, text } = await desk.mailFor(await readEditionMail(archiveDir, published), EVERYTHING);
  return {
    purpose: 'canary',
    key: `canary:${published.id}`,
    to: canaryAddress,
    subject: subjectOf(published.edition),
    html,
    text,
  } as const;
}
