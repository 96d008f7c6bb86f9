import type { Knex } from 'knex';
import type { Recipient } from '../model/delivery.ts';
import type { DigestId, RecipientId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import { fromFlag, optional, toFlag, toNull } from './tables.ts';

interface Row {
  id: string;
  email: string;
  name: string | null;
  attach_pdf: number;
  active: number;
  added_at: string;
}

export interface NewRecipient {
  readonly email: string;
  readonly name?: string;
  readonly digestIds: readonly DigestId[];
  readonly attachPdf: boolean;
}

/** Who gets which digest. Addresses are unique without regard to case. */
export function recipientsTable(db: Knex) {
  async function subscriptionsOf(id: string): Promise<DigestId[]> {
    const rows: { digest_id: string }[] = await db('subscriptions')
      .where({ recipient_id: id })
      .orderBy('digest_id')
      .select('digest_id');
    return rows.map((row) => row.digest_id as DigestId);
  }

  async function toRecipients(rows: readonly Row[]): Promise<Recipient[]> {
    const recipients: Recipient[] = [];
    for (const row of rows) recipients.push(fromRow(row, await subscriptionsOf(row.id)));
    return recipients;
  }

  return {
    /** Adds an address or, when it is known, its further digests. Call inside a transaction. */
    async add(recipient: NewRecipient, at: string): Promise<'added' | 'extended' | 'known'> {
      const email = recipient.email.toLowerCase();
      const id = idFrom('recipient', email);
      const known = await db<Row>('recipients').where({ id }).first();
      if (known === undefined) {
        await db<Row>('recipients').insert({
          id,
          email,
          name: toNull(recipient.name),
          attach_pdf: toFlag(recipient.attachPdf),
          active: 1,
          added_at: at,
        });
      } else if (!fromFlag(known.active)) {
        await db<Row>('recipients').where({ id }).update({ active: 1 });
      }
      const before = await subscriptionsOf(id);
      const missing = recipient.digestIds.filter((digestId) => !before.includes(digestId));
      for (const digestId of missing)
        await db('subscriptions').insert({ recipient_id: id, digest_id: digestId });
      if (known === undefined) return 'added';
      return missing.length > 0 || !fromFlag(known.active) ? 'extended' : 'known';
    },

    /** Stops all mail to an address; its deliveries stay on record. */
    async deactivate(email: string): Promise<boolean> {
      const changed = await db<Row>('recipients')
        .where({ email: email.toLowerCase(), active: 1 })
        .update({ active: 0 });
      return changed > 0;
    },

    async all(): Promise<Recipient[]> {
      return toRecipients(await db<Row>('recipients').orderBy('email'));
    },

    async activeFor(digestId: DigestId): Promise<Recipient[]> {
      const rows = await db<Row>('recipients')
        .join('subscriptions', 'recipients.id', 'subscriptions.recipient_id')
        .where({ digest_id: digestId, active: 1 })
        .orderBy('email')
        .select('recipients.*');
      return toRecipients(rows as Row[]);
    },

    async byId(id: RecipientId): Promise<Recipient | undefined> {
      const row = await db<Row>('recipients').where({ id }).first();
      return row && fromRow(row, await subscriptionsOf(row.id));
    },
  };
}

function fromRow(row: Row, digestIds: readonly DigestId[]): Recipient {
  return {
    id: row.id as RecipientId,
    email: row.email,
    ...optional('name', row.name),
    digestIds,
    attachPdf: fromFlag(row.attach_pdf),
    active: fromFlag(row.active),
    addedAt: row.added_at,
  };
}
