import { deliveryId, type NewDelivery } from '../db/deliveries.ts';
import type { PublishedEdition } from '../db/editions.ts';
import type { Store } from '../db/store.ts';
import { AppError } from '../model/errors.ts';
import type { Mailing } from './mailing.ts';
import {
  correctedEdition,
  type QueueContext,
  quietReaders,
  wantedDeliveries,
  wantedErrata,
} from './queue-mail.ts';
import { createSelectionDesk } from './reader-selection.ts';

/** What queueing would come to: asked as queueing asks, and nothing is changed. */
export interface MailOutlook {
  /** Mails that are on record already. */
  readonly queued: number;
  /** UTC ISO instant at which the last of them was queued. */
  readonly lastAt?: string;
  /** Mails that would be queued now. */
  readonly more: number;
}

/** The outlook of `queueDeliveries`. */
export async function editionOutlook(
  context: QueueContext,
  published: PublishedEdition,
  mailing: Pick<Mailing, 'from' | 'archiveDir' | 'archiveUrl' | 'templatesDir'>,
): Promise<MailOutlook> {
  const { store } = context;
  const quiet = await quietReaders(context, published, createSelectionDesk(context, mailing));
  const { deliveries } = await wantedDeliveries(store, published, { quiet, from: mailing.from });
  return outlookOf(deliveries, await store.deliveries.queuedOf(published.digestId, published.week));
}

/** The outlook of `queueErrata`; undefined where there is no correction. */
export async function errataOutlook(
  { store }: { readonly store: Store },
  { digestId, week }: Pick<PublishedEdition, 'digestId' | 'week'>,
  mailing: Pick<Mailing, 'from' | 'archiveDir'>,
): Promise<MailOutlook | undefined> {
  try {
    const published = await correctedEdition(store, { digestId, week }, mailing);
    const wanted = await wantedErrata(store, published, mailing.from);
    return outlookOf(wanted, await store.deliveries.queuedOf(digestId, week, published.revision));
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERRATUM_MISSING') return undefined;
    throw error;
  }
}

function outlookOf(wanted: readonly NewDelivery[], known: ReadonlyMap<string, string>): MailOutlook {
  const lastAt = [...known.values()].sort().at(-1);
  return {
    queued: known.size,
    ...(lastAt === undefined ? {} : { lastAt }),
    more: wanted.filter((delivery) => !known.has(deliveryId(delivery))).length,
  };
}
