import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedEdition } from '../db/editions.ts';
import { composeLetter } from '../mail/compose-letter.ts';
import { composeMessage, domainOf, type Message } from '../mail/compose-message.ts';
import { subjectOf } from '../mail/subject.ts';
import type { MailTransport } from '../mail/transport.ts';
import type { Delivery, DeliveryState, OutboxRow, Recipient } from '../model/delivery.ts';
import { AppError } from '../model/errors.ts';
import type { DeliveryId, LetterId } from '../model/ids.ts';
import type { JobContext } from './context.ts';
import type { Job } from './run.ts';

/** Minutes before a second, third, … try; after the last one hourly, given up after two days. */
const RETRY_MINUTES = [1, 5, 15, 60] as const;
const GIVE_UP_AFTER_MS = 48 * 3_600_000;
const BATCH = 200;

export interface Mailing {
  readonly transport: MailTransport;
  readonly from: string;
  readonly archiveDir: string;
}

/** Puts an edition into the outbox of everybody subscribed; those already on record for the week stay as they are. */
export async function queueDeliveries(
  context: Pick<JobContext, 'store' | 'clock'>,
  published: PublishedEdition,
  from: string,
): Promise<number> {
  const at = context.clock.now().toISOString();
  return context.store.transaction(async (tables) => {
    const recipients = await tables.recipients.activeFor(published.digestId);
    const deliveries = recipients.map((recipient) => ({
      editionId: published.id,
      digestId: published.digestId,
      week: published.week,
      recipientId: recipient.id,
      messageId: `<${published.digestId}.${published.week}.${recipient.id}@${domainOf(from)}>`,
    }));
    return tables.deliveries.queue(deliveries, at);
  });
}

/** Letters first: somebody waits for them. Each mail is claimed before the server hears of it and marked right after its answer. */
export const deliver: Job<Mailing, { counts: Record<string, number> }> = {
  name: 'deliver',
  subject: (mailing) => mailing.transport.name,
  async run(context, mailing) {
    const counts = { sent: 0, retry: 0, failed: 0, unknown: 0 };
    const { letters, deliveries } = context.store;
    const now = context.clock.now().toISOString();
    for (const letter of await letters.due(now, BATCH)) {
      if (context.signal.aborted) break;
      const outcome = await sendOne(context, mailing, letters, letter, async () =>
        composeLetter(letter, mailing.from),
      );
      if (outcome !== undefined) counts[outcome] += 1;
    }
    for (const delivery of await deliveries.due(now, BATCH)) {
      if (context.signal.aborted) break;
      const outcome = await sendOne(context, mailing, deliveries, delivery, () =>
        messageOf(context, mailing, delivery),
      );
      if (outcome !== undefined) counts[outcome] += 1;
    }
    return { counts };
  },
};

type Counted = 'sent' | 'retry' | 'failed' | 'unknown';

/** The table a mail is in. */
interface Outbox {
  move(
    id: string,
    from: DeliveryState,
    to: DeliveryState,
    change: { at: string; nextTryAt?: string; error?: string },
  ): Promise<boolean>;
}

async function sendOne(
  context: JobContext,
  mailing: Mailing,
  outbox: Outbox,
  mail: OutboxRow<DeliveryId | LetterId>,
  compose: () => Promise<Message>,
): Promise<Counted | undefined> {
  const { clock } = context;
  const message = await compose();
  const from = mail.state === 'retry' ? 'retry' : 'queued';
  if (!(await outbox.move(mail.id, from, 'sending', { at: clock.now().toISOString() }))) return undefined;
  const result = await mailing.transport.send(message);
  const at = clock.now().toISOString();
  switch (result.outcome) {
    case 'stop':
      await outbox.move(mail.id, 'sending', 'retry', {
        at,
        nextTryAt: later(clock.now(), 15),
        error: result.detail,
      });
      throw new AppError('MAIL_SETUP', `the mail server does not accept our sending: ${result.detail}`, {
        retryable: true,
      });
    case 'retry': {
      const isTooLate = clock.now().getTime() - Date.parse(mail.queuedAt) > GIVE_UP_AFTER_MS;
      const minutes = RETRY_MINUTES[mail.attempts] ?? 60;
      const change = isTooLate
        ? { at, error: result.detail }
        : { at, nextTryAt: later(clock.now(), minutes), error: result.detail };
      const state = isTooLate ? 'failed' : 'retry';
      await outbox.move(mail.id, 'sending', state, change);
      return state;
    }
    case 'sent':
      await outbox.move(mail.id, 'sending', 'sent', { at });
      context.log.debug('Mail sent', { deliveryId: mail.id });
      return 'sent';
    case 'failed':
    case 'unknown':
      await outbox.move(mail.id, 'sending', result.outcome, { at, error: result.detail });
      return result.outcome;
  }
}

async function messageOf(
  { store }: Pick<JobContext, 'store'>,
  mailing: Mailing,
  delivery: Delivery,
): Promise<Message> {
  const recipient = await store.recipients.byId(delivery.recipientId);
  const published = await store.editions.byId(delivery.editionId);
  if (recipient === undefined || published === undefined) {
    throw new AppError(
      'DELIVERY_ORPHANED',
      `delivery ${delivery.id} names a recipient or edition that is not on record`,
    );
  }
  return messageFor(mailing, published, recipient, delivery);
}

async function messageFor(
  mailing: Mailing,
  published: PublishedEdition,
  recipient: Recipient,
  delivery: Delivery,
) {
  // What readers of the archive see is what is mailed: the same files.
  const folder = path.join(mailing.archiveDir, published.folder);
  const pdf = recipient.attachPdf
    ? {
        filename: `${published.digestId}-${published.week}.pdf`,
        content: await readFile(path.join(folder, 'digest.pdf')),
      }
    : undefined;
  return composeMessage({
    messageId: delivery.messageId,
    date: new Date(delivery.queuedAt),
    from: mailing.from,
    to: { address: recipient.email, ...(recipient.name === undefined ? {} : { name: recipient.name }) },
    digestId: published.digestId,
    subject: subjectOf(published.edition),
    html: await readFile(path.join(folder, 'email.html'), 'utf8'),
    text: await readFile(path.join(folder, 'email.txt'), 'utf8'),
    ...(pdf === undefined ? {} : { pdf }),
  });
}

function later(now: Date, minutes: number): string {
  return new Date(now.getTime() + minutes * 60_000).toISOString();
}
