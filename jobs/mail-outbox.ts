import { composeLetter } from '../mail/compose-letter.ts';
import type { Message } from '../mail/compose-message.ts';
import type { Delivery, Letter, Recipient } from '../model/delivery.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { JobContext } from './context.ts';
import { deliveryMessage, editionMails, type StoredEditionMail } from './edition-mail.ts';
import type { Mailing } from './mailing.ts';
import { createSelectionDesk, type SelectionDesk } from './reader-selection.ts';

/** Whether a reader still wants mail is asked for so many at once, right before they go. */
const PAGE = 100;

interface Sendable {
  readonly to: string;
  /** A failure for good says something of the address. */
  readonly isReader: boolean;
  /** Why it must not go any more. */
  readonly withheld: string | undefined;
  compose(): Promise<Message>;
}

/** A mail whose time has come. */
export type Outgoing =
  | (Sendable & { readonly box: 'letters'; readonly mail: Letter })
  | (Sendable & { readonly box: 'deliveries'; readonly mail: Delivery });

type Context = Pick<JobContext, 'store' | 'clock' | 'log' | 'vocabulary'>;

/**
 * What is due, letters first since somebody waits for them, as far as the throttle lets it. A domain that has had its
 * share is passed over; when the total is used up, the rest waits for the next ring.
 */
export async function* dueMails(context: Context, mailing: Mailing): AsyncGenerator<Outgoing, void, void> {
  for await (const outgoing of everyDue(context, mailing)) {
    const domain = outgoing.to.slice(outgoing.to.lastIndexOf('@') + 1).toLowerCase();
    const may = mailing.throttle.take(domain, context.clock.now());
    if (may === 'total') return;
    if (may === 'yes') yield outgoing;
  }
}

async function* everyDue(context: Context, mailing: Mailing): AsyncGenerator<Outgoing, void, void> {
  const { letters, deliveries, recipients, suppressions } = context.store;
  const now = context.clock.now().toISOString();
  for await (const page of pages<Letter>((after) => letters.due(now, PAGE, after)))
    for (const letter of page) yield outgoingLetter(mailing, letter);
  const mailOf = editionMails(context.store, mailing.archiveDir);
  const desk = createSelectionDesk(context, mailing);
  for await (const page of pages<Delivery>((after) => deliveries.due(now, PAGE, after))) {
    const readers = await recipients.byIds(page.map(({ recipientId }) => recipientId));
    const byId = new Map(readers.map((reader) => [reader.id, reader]));
    const isSuppressed = await suppressions.among(readers.map(({ email }) => email));
    const pointless = await deliveries.correctingNothing(errataOf(page));
    for (const delivery of page) {
      const reader = byId.get(delivery.recipientId);
      // Deleted between the two questions; its deliveries went with it.
      if (reader === undefined) continue;
      yield outgoingDelivery(mailing, {
        delivery,
        reader,
        isSuppressed: isSuppressed(reader.email, delivery.digestId),
        isPointless: pointless.has(delivery.id),
        desk,
        mailOf: () => mailOf(delivery.editionId),
      });
    }
  }
}

function outgoingLetter({ from }: Mailing, letter: Letter): Outgoing {
  return {
    box: 'letters',
    mail: letter,
    to: letter.to,
    isReader: letter.purpose === 'confirm',
    withheld: undefined,
    compose: async () => composeLetter(letter, from),
  };
}

function outgoingDelivery(
  mailing: Mailing,
  one: {
    readonly delivery: Delivery;
    readonly reader: Recipient;
    readonly isSuppressed: boolean;
    /** The correction of an edition that this reader never got. */
    readonly isPointless: boolean;
    readonly desk: SelectionDesk;
    mailOf(): Promise<StoredEditionMail>;
  },
): Outgoing {
  const { delivery, reader, desk, mailOf } = one;
  return {
    box: 'deliveries',
    mail: delivery,
    to: reader.email,
    isReader: true,
    withheld: withheldFor(one),
    compose: async () =>
      deliveryMessage(mailing, await desk.mailFor(await mailOf(), reader), delivery, reader),
  };
}

function withheldFor(one: {
  readonly delivery: Delivery;
  readonly reader: Recipient;
  readonly isSuppressed: boolean;
  readonly isPointless: boolean;
}): string | undefined {
  const { delivery, reader, isSuppressed, isPointless } = one;
  if (!reader.active || !reader.digestIds.includes(delivery.digestId)) return 'no longer subscribed';
  if (isSuppressed) return 'the address is on the suppression list';
  return isPointless ? 'the edition that it corrects did not get through' : undefined;
}

function errataOf(page: readonly Delivery[]): readonly DeliveryId[] {
  return page.filter(({ purpose }) => purpose === 'erratum').map(({ id }) => id);
}

/** Page after page, each after the last row of the one before. */
async function* pages<Row extends Delivery | Letter>(
  ask: (after: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<readonly Row[], void, void> {
  let last: Row | undefined;
  do {
    const page = await ask(last);
    if (page.length > 0) yield page;
    last = page.length === PAGE ? page.at(-1) : undefined;
  } while (last !== undefined);
}
