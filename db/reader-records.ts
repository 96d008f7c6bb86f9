import type { Knex } from 'knex';
import type { RecipientId } from '../model/ids.ts';
import { addressHash, normalAddress } from '../text/address.ts';
import { inParts } from './tables.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Everything kept about one address, table by table, as it is stored; secrets of links left out. */
export interface ReaderRecord {
  readonly recipient: Rows;
  readonly subscriptions: Rows;
  readonly events: Rows;
  readonly suppressions: Rows;
  readonly softBounces: Rows;
  readonly signUps: Rows;
  readonly deliveries: Rows;
  readonly letters: Rows;
  readonly returnedMessages: Rows;
}

/** A mail to a reader, as the log tells it. */
export interface MailRecord {
  readonly id: string;
  readonly digestId: string;
  readonly week: string;
  readonly purpose: string;
  readonly state: string;
  readonly queuedAt: string;
  readonly sentAt: string | null;
  readonly lastError: string | null;
}

/** All that is known of a person, over all tables: to hand out and to delete. A table with personal data has its line here. */
export function readerRecords(db: Knex) {
  async function idOf(email: string): Promise<string | undefined> {
    const row: { id: string } | undefined = await db('recipients')
      .where({ email: normalAddress(email) })
      .first('id');
    return row?.id;
  }

  /** Mails in which the owner of the address asked to be left out, and which wait for a person. */
  async function wishesOf(email: string): Promise<{ message_hash: string }[]> {
    const open: { message_hash: string; detail: string }[] = await db('returned_messages').where({
      kind: 'wish',
    });
    return open.filter(({ detail }) => detail.startsWith(`${normalAddress(email)} `));
  }

  return {
    /** The mails to a reader, the oldest first. */
    async mailsTo(recipientId: RecipientId): Promise<MailRecord[]> {
      return db('deliveries').where({ recipient_id: recipientId }).orderBy(['queued_at', 'id']).select({
        id: 'id',
        digestId: 'digest_id',
        week: 'week',
        purpose: 'purpose',
        state: 'state',
        queuedAt: 'queued_at',
        sentAt: 'sent_at',
        lastError: 'last_error',
      });
    },

    async everything(email: string): Promise<ReaderRecord> {
      const hash = { email_hash: addressHash(email) };
      const recipient: Rows = await db('recipients')
        .where({ email: normalAddress(email) })
        .select('id', 'email', 'name', 'attach_pdf', 'active', 'added_at', 'lang', 'topics', 'regions')
        .select('quiet_week', 'consent');
      const owned = { recipient_id: (await idOf(email)) ?? '' };
      const deliveries: { id: string }[] = await db('deliveries').where(owned).orderBy('queued_at');
      const letters: { id: string }[] = await db('letters')
        .where({ to: normalAddress(email) })
        .select('id', 'purpose', 'to', 'subject', 'state', 'queued_at', 'sent_at');
      const returned: Rows[] = [];
      for (const part of inParts([...deliveries, ...letters].map(({ id }) => id)))
        returned.push(await db('returned_messages').whereIn('delivery_id', part));
      return {
        recipient,
        subscriptions: await db('subscriptions').where(owned),
        events: await db('recipient_events').where(owned).orderBy('number'),
        suppressions: await db('suppressions').where(hash),
        softBounces: await db('soft_bounces').where(hash),
        signUps: await db('sign_ups').where(hash).select('email', 'request', 'requested_at', 'expires_at'),
        deliveries,
        letters,
        returnedMessages: [...returned.flat(), ...(await wishesOf(email))],
      };
    },

    /**
     * Deletes all of it but numbers: how many deliveries of each week ended how. The suppression list keeps the hash
     * (`suppressions.anonymise`). Call inside a transaction. Returns how many deliveries became numbers.
     */
    async forget(email: string): Promise<number> {
      const id = await idOf(email);
      const owned = { recipient_id: id ?? '' };
      const deliveries: { id: string; digest_id: string; week: string; purpose: string; state: string }[] =
        await db('deliveries').where(owned);
      for (const { digest_id, week, purpose, state } of deliveries) {
        await db('forgotten_deliveries')
          .insert({ digest_id, week, purpose, state, deliveries: 1 })
          .onConflict(['digest_id', 'week', 'purpose', 'state'])
          .merge({ deliveries: db.raw('forgotten_deliveries.deliveries + 1') });
      }
      const letters: { id: string }[] = await db('letters')
        .where({ to: normalAddress(email) })
        .select('id');
      for (const part of inParts([...deliveries, ...letters].map((row) => row.id)))
        await db('returned_messages').whereIn('delivery_id', part).update({ delivery_id: null, detail: '' });
      for (const { message_hash } of await wishesOf(email))
        await db('returned_messages').where({ message_hash }).update({ kind: 'unsubscribe', detail: '' });
      await db('deliveries').where(owned).delete();
      await db('letters')
        .where({ to: normalAddress(email) })
        .delete();
      await db('sign_ups')
        .where({ email_hash: addressHash(email) })
        .delete();
      // Subscriptions and events go with it.
      await db('recipients')
        .where({ id: id ?? '' })
        .delete();
      return deliveries.length;
    },
  };
}
