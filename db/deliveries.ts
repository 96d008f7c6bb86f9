import type { Knex } from 'knex';
import type { Delivery, DeliveryState } from '../model/delivery.ts';
import type { DeliveryId, DigestId, EditionId, RecipientId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import { type OutboxColumns, outboxRowFrom, outboxRows, queuedColumns } from './outbox-rows.ts';

interface Row extends OutboxColumns {
  edition_id: string;
  digest_id: string;
  week: string;
  purpose: string;
  recipient_id: string;
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
    ...outboxRows(db, 'deliveries'),

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
          ...queuedColumns(delivery.messageId, at),
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
    ...outboxRowFrom<DeliveryId>(row),
    editionId: row.edition_id as EditionId,
    recipientId: row.recipient_id as RecipientId,
  };
}
