import type { Knex } from 'knex';
import type { DeliveryState } from '../model/delivery.ts';
import type { DigestId, RecipientId } from '../model/ids.ts';
import { optional, toNull } from './tables.ts';

interface Row {
  message_hash: string;
  kind: string;
  status: string | null;
  delivery_id: string | null;
  detail: string;
  read_at: string;
}

/** A message from the mailbox for returned mail, as it was judged. */
export interface ReturnedMessage {
  readonly messageHash: string;
  /** A kind of `ReturnedMail`, or `wish`: somebody asks to be left out, and a person has to see to it. */
  readonly kind: string;
  readonly status?: string;
  /** The delivery or letter it belongs to, when it is one of ours. */
  readonly deliveryId?: string;
  readonly detail: string;
  readonly readAt: string;
}

const WISH_ID_CHARACTERS = 12;

/** A mail that asks to be left out without the token that the program would act on. */
export interface OpenWish {
  readonly id: string;
  /** Sender and subject. */
  readonly said: string;
  readonly readAt: string;
}

/** By what a mail of ours is named: one of the two. */
export type MailName =
  | { readonly id: string; readonly messageId?: never }
  | { readonly messageId: string; readonly id?: never };

/** The mail of ours that came back. */
export interface ReturnedTo {
  readonly box: 'deliveries' | 'letters';
  readonly id: string;
  readonly state: DeliveryState;
  readonly email: string;
  /** Absent for a letter. */
  readonly recipientId?: RecipientId;
  /** Absent for a letter. */
  readonly digestId?: DigestId;
}

/** Which messages were read already, and what came back for which mail. */
export function returnedMessagesTable(db: Knex) {
  return {
    /** False when the message was noted before. */
    async note(message: ReturnedMessage): Promise<boolean> {
      const known = await db<Row>('returned_messages')
        .where({ message_hash: message.messageHash })
        .first('kind');
      if (known !== undefined) return false;
      await db<Row>('returned_messages').insert({
        message_hash: message.messageHash,
        kind: message.kind,
        status: toNull(message.status),
        delivery_id: toNull(message.deliveryId),
        detail: message.detail,
        read_at: message.readAt,
      });
      return true;
    },

    async has(messageHash: string): Promise<boolean> {
      const row = await db<Row>('returned_messages').where({ message_hash: messageHash }).first('kind');
      return row !== undefined;
    },

    /** The delivery or letter that a returned message names, by id or by Message-ID. */
    async mailOf({ id, messageId }: MailName): Promise<ReturnedTo | undefined> {
      const own = messageId?.replace(/^<|>$/g, '');
      const delivery = await db('deliveries')
        .join('recipients', 'recipients.id', 'deliveries.recipient_id')
        .where(id === undefined ? { message_id: `<${own}>` } : { 'deliveries.id': id })
        .first({
          id: 'deliveries.id',
          state: 'state',
          recipientId: 'recipients.id',
          email: 'email',
          digestId: 'digest_id',
        });
      if (delivery !== undefined) return { box: 'deliveries', ...delivery };
      // A letter's Message-ID is kept without the domain.
      const letter = await db('letters')
        .where(id === undefined ? { message_id: own?.split('@')[0] ?? '' } : { id })
        .first({ id: 'id', state: 'state', email: 'to' });
      return letter && { box: 'letters', ...letter };
    },

    /** Who asks to be left out and waits for a person, the oldest first. */
    async wishes(): Promise<OpenWish[]> {
      const rows = await db<Row>('returned_messages').where({ kind: 'wish' }).orderBy('read_at');
      return rows.map(({ message_hash, detail, read_at }) => ({
        id: message_hash.slice(0, WISH_ID_CHARACTERS),
        said: detail,
        readAt: read_at,
      }));
    },

    /** A person saw to it: who asked is not kept any longer. False when no such wish is open. */
    async settleWish(id: string): Promise<boolean> {
      const open = (await db<Row>('returned_messages').where({ kind: 'wish' })).find(
        ({ message_hash }) => message_hash.slice(0, WISH_ID_CHARACTERS) === id,
      );
      if (open === undefined) return false;
      await db<Row>('returned_messages')
        .where({ message_hash: open.message_hash })
        .update({ kind: 'unsubscribe', detail: '' });
      return true;
    },

    /** What came back for a mail, the oldest first. */
    async ofDelivery(deliveryId: string): Promise<ReturnedMessage[]> {
      const rows = await db<Row>('returned_messages').where({ delivery_id: deliveryId }).orderBy('read_at');
      return rows.map((row) => ({
        messageHash: row.message_hash,
        kind: row.kind,
        ...optional('status', row.status),
        deliveryId,
        detail: row.detail,
        readAt: row.read_at,
      }));
    },
  };
}
