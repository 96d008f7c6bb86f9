import type { Store, Tables } from '../db/store.ts';
import type { Delivery, DeliveryState, Letter } from '../model/delivery.ts';
import { UsageError } from '../model/errors.ts';
import type { DeliveryId, LetterId } from '../model/ids.ts';
import type { JobContext } from './context.ts';

/** A mail of which nobody can know whether the server took it. */
export interface DoubtfulMail {
  readonly id: string;
  readonly to: string;
  /** `weekly 2026-W47`, or what the letter is for. */
  readonly what: string;
  readonly since: string;
  readonly reason: string;
}

/** More at once is a matter for the server's log, not for a list. */
const MOST = 1000;

/** What waits for a person's word, the oldest first. */
export async function doubtfulMails({ deliveries, letters, recipients }: Store): Promise<DoubtfulMail[]> {
  const unknown = await deliveries.inState('unknown', MOST);
  const readers = await recipients.byIds(unknown.map(({ recipientId }) => recipientId));
  const emails = new Map(readers.map(({ id, email }) => [id, email]));
  return [
    ...(await letters.inState('unknown', MOST)).map((letter) => ({
      ...doubtOf(letter),
      to: letter.to,
      what: letter.purpose,
    })),
    ...unknown.map((delivery) => ({
      ...doubtOf(delivery),
      to: emails.get(delivery.recipientId) ?? '',
      what: `${delivery.digestId} ${delivery.week}${delivery.purpose === 'erratum' ? ' (correction)' : ''}`,
    })),
  ];
}

function doubtOf(mail: Delivery | Letter): Pick<DoubtfulMail, 'id' | 'since' | 'reason'> {
  return { id: mail.id, since: mail.firstTryAt ?? mail.queuedAt, reason: mail.lastError ?? '' };
}

/**
 * A person's word on mails: `queued` sends the same mail again, with its Message-ID and Date; `sent` ends the doubt. All
 * of them or none.
 * @throws UsageError MAIL_NOT_FOUND, MAIL_NOT_OPEN
 */
export async function decideMails(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  ids: readonly string[],
  decision: 'queued' | 'sent',
): Promise<void> {
  const at = clock.now().toISOString();
  const from: readonly DeliveryState[] = decision === 'queued' ? ['unknown', 'failed'] : ['unknown'];
  await store.transaction(async (tables) => {
    for (const id of ids) {
      const { box, mail } = await find(tables, id);
      if (!from.includes(mail.state)) {
        throw new UsageError(
          'MAIL_NOT_OPEN',
          `mail ${id} is ${mail.state}; this is for mails that are ${from.join(' or ')}`,
        );
      }
      await tables[box].move(
        id,
        mail.state,
        decision,
        decision === 'queued' ? { at, nextTryAt: at } : { at },
      );
    }
  });
}

async function find({ deliveries, letters }: Tables, id: string) {
  const delivery = await deliveries.byId(id as DeliveryId);
  if (delivery !== undefined) return { box: 'deliveries', mail: delivery } as const;
  const letter = await letters.byId(id as LetterId);
  if (letter !== undefined) return { box: 'letters', mail: letter } as const;
  throw new UsageError(
    'MAIL_NOT_FOUND',
    `there is no mail ${id}; \`mail unknown list\` shows those in doubt`,
  );
}
