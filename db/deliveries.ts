import type { Knex } from 'knex';
import { DELIVERY_MOVES, type Delivery, type DeliveryState } from '../model/delivery.ts';
import type { DeliveryId, DigestId, EditionId, RecipientId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import { optional, toNull } from './tables.ts';

interface Row {
  id: string;
  edition_id: string;
  digest_id: string;
  week: string;
  purpose: string;
  recipient_id: string;
  state: string;
  attempts: number;
  message_id: string;
  queued_at: string;
  sent_at: string | null;
  next_try_at: string | null;
  last_error: string | null;
}

export interface NewDelivery {
  readonly editionId: EditionId;
  readonly digestId: DigestId;
  readonly week: string;
  readonly recipientId: RecipientId;
  readonly messageId: string;
}

/** One row for each recipient and week; the unique row is what makes a second mailing impossible. */
export function deliveriesTable(db: Knex) {
  return {
    /** Queues what is not yet on record; returns how many rows are new. */
    async queue(deliveries: readonly NewDelivery[], at: string): Promise<number> {
      let added = 0;
      for (const delivery of deliveries) {
        const where = {
          digest_id: delivery.digestId,
          week: delivery.week,
          purpose: 'edition',
          recipient_id: delivery.recipientId,
        };
        const known = await db<Row>('deliveries').where(where).first('id');
        if (known !== undefined) continue;
        await db<Row>('deliveries').insert({
          ...where,
          id: idFrom('delivery', delivery.digestId, delivery.week, 'edition', delivery.recipientId),
          edition_id: delivery.editionId,
          state: 'queued',
          attempts: 0,
          message_id: delivery.messageId,
          queued_at: at,
          sent_at: null,
          next_try_at: at,
          last_error: null,
        });
        added += 1;
      }
      return added;
    },

    /** What is to be sent now. */
    async due(now: string, limit: number): Promise<Delivery[]> {
      const rows = await db<Row>('deliveries')
        .whereIn('state', ['queued', 'retry'])
        .andWhere('next_try_at', '<=', now)
        .orderBy(['queued_at', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    /**
     * Moves a delivery along, only from `from`: false when somebody else moved it first.
     * @throws RangeError for a move that DELIVERY_MOVES does not allow
     */
    async move(
      id: DeliveryId,
      from: DeliveryState,
      to: DeliveryState,
      change: { at: string; nextTryAt?: string; error?: string },
    ): Promise<boolean> {
      if (!DELIVERY_MOVES[from].includes(to))
        throw new RangeError(`a delivery cannot go from ${from} to ${to}`);
      const changed = await db<Row>('deliveries')
        .where({ id, state: from })
        .update({
          state: to,
          next_try_at: toNull(change.nextTryAt),
          last_error: toNull(change.error),
          ...(to === 'sent' ? { sent_at: change.at } : {}),
          ...(to === 'sending' ? { attempts: db.raw('attempts + 1') as unknown as number } : {}),
        });
      return changed === 1;
    },

    /** Found in `sending` at start: whether the server took them cannot be known. */
    async holdLeftovers(at: string): Promise<number> {
      return db<Row>('deliveries')
        .where({ state: 'sending' })
        .update({ state: 'unknown', last_error: `the program stopped while sending (found ${at})` });
    },

    /** How many are queued or to be tried again. */
    async waiting(): Promise<number> {
      const row = await db('deliveries').whereIn('state', ['queued', 'retry']).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },

    async countByState(digestId: DigestId, week: string): Promise<Partial<Record<DeliveryState, number>>> {
      const rows = (await db('deliveries')
        .where({ digest_id: digestId, week })
        .groupBy('state')
        .select('state')
        .count({ n: '*' })) as { state: DeliveryState; n: number | string }[];
      return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
    },
  };
}

function fromRow(row: Row): Delivery {
  return {
    id: row.id as DeliveryId,
    editionId: row.edition_id as EditionId,
    recipientId: row.recipient_id as RecipientId,
    // Written by queue and move from the same union.
    state: row.state as DeliveryState,
    attempts: row.attempts,
    messageId: row.message_id,
    queuedAt: row.queued_at,
    ...optional('sentAt', row.sent_at),
    ...optional('nextTryAt', row.next_try_at),
    ...optional('lastError', row.last_error),
  };
}
