import type { Knex } from 'knex';
import type { Delivery, DeliveryPurpose, DeliveryState } from '../model/delivery.ts';
import type { DeliveryId, DigestId, EditionId, RecipientId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import {
  type After,
  dueAt,
  type OutboxColumns,
  outboxRowFrom,
  outboxRows,
  queuedColumns,
} from './outbox-rows.ts';
import { inParts } from './tables.ts';

interface Row extends OutboxColumns {
  edition_id: string;
  digest_id: string;
  week: string;
  /** `edition`, or `erratum-<revision>`: each correction reaches a recipient once. */
  purpose: string;
  recipient_id: string;
}

export interface NewDelivery {
  readonly editionId: EditionId;
  readonly digestId: DigestId;
  readonly week: string;
  /** The revision that the correction belongs to. @default the delivery is the edition itself */
  readonly erratumOf?: number;
  readonly recipientId: RecipientId;
  readonly messageId: string;
}

/** Fifteen columns a row: well below the variables that a statement may have. */
const ROWS_A_STATEMENT = 200;

/** One row for each recipient, week and purpose; the unique row is what makes a second mailing impossible. */
export function deliveriesTable(db: Knex) {
  async function countOf(digestId: DigestId, week: string): Promise<number> {
    const row = await db('deliveries').where({ digest_id: digestId, week }).count({ n: '*' }).first();
    return Number(row?.n ?? 0);
  }

  return {
    ...outboxRows(db, 'deliveries'),

    /** Queues what is not yet on record; returns how many rows are new. One digest and week at a time, in a transaction. */
    async queue(deliveries: readonly NewDelivery[], at: string): Promise<number> {
      const [first] = deliveries;
      if (first === undefined) return 0;
      const before = await countOf(first.digestId, first.week);
      for (const part of inParts(deliveries, ROWS_A_STATEMENT)) {
        await db<Row>('deliveries')
          .insert(part.map((delivery) => newRow(delivery, at)))
          .onConflict(['digest_id', 'week', 'purpose', 'recipient_id'])
          .ignore();
      }
      return (await countOf(first.digestId, first.week)) - before;
    },

    /** What is to be sent now, the oldest first. A correction waits behind the mails it corrects, also while they are retried. */
    async due(now: string, limit: number, after?: After): Promise<Delivery[]> {
      const earlier = ofSameReader(db)
        .whereIn('earlier.state', ['queued', 'sending', 'retry'])
        .andWhereRaw("(earlier.purpose = 'edition' or earlier.queued_at < deliveries.queued_at)");
      const rows = await dueAt(db<Row>('deliveries'), now, after)
        .where((query) => query.where('purpose', 'edition').orWhereNotExists(earlier))
        .limit(limit);
      return rows.map(fromRow);
    },

    /** Of these, the corrections of an edition that never got through: nobody has what they correct. */
    async correctingNothing(ids: readonly DeliveryId[]): Promise<ReadonlySet<DeliveryId>> {
      const failed = ofSameReader(db).where({ 'earlier.purpose': 'edition', 'earlier.state': 'failed' });
      const rows = await db<Row>('deliveries')
        .whereIn('id', ids)
        .whereNot('purpose', 'edition')
        .whereExists(failed)
        .select('id');
      return new Set(rows.map((row) => row.id as DeliveryId));
    },

    async byId(id: DeliveryId): Promise<Delivery | undefined> {
      const row = await db<Row>('deliveries').where({ id }).first();
      return row && fromRow(row);
    },

    /** The edition of a week as it was queued for one recipient. */
    async ofRecipient(
      digestId: DigestId,
      week: string,
      recipientId: RecipientId,
    ): Promise<Delivery | undefined> {
      const key = { digest_id: digestId, week, purpose: 'edition', recipient_id: recipientId };
      const row = await db<Row>('deliveries').where(key).first();
      return row && fromRow(row);
    },

    /** What is in a state, the oldest first. */
    async inState(state: DeliveryState, limit: number): Promise<Delivery[]> {
      const rows = await db<Row>('deliveries').where({ state }).orderBy(['queued_at', 'id']).limit(limit);
      return rows.map(fromRow);
    },

    /** When each mail of a week was queued: the edition, or the correction of a revision. */
    async queuedOf(
      digestId: DigestId,
      week: string,
      erratumOf?: number,
    ): Promise<ReadonlyMap<DeliveryId, string>> {
      const rows = await db<Row>('deliveries')
        .where({ digest_id: digestId, week, purpose: purposeOf(erratumOf) })
        .select('id', 'queued_at');
      return new Map(rows.map((row) => [row.id as DeliveryId, row.queued_at]));
    },

    /** The mails of a week that have failed, whatever the reason. */
    async failedOf(digestId: DigestId, week: string): Promise<DeliveryId[]> {
      const rows = await db<Row>('deliveries')
        .where({ digest_id: digestId, week, state: 'failed' })
        .orderBy('id')
        .select('id');
      return rows.map((row) => row.id as DeliveryId);
    },

    /** Who was sent an edition of the week in a revision before `revision`, may have been (in doubt), or is about to be. */
    async receivedBefore(digestId: DigestId, week: string, revision: number): Promise<RecipientId[]> {
      const rows: { id: string }[] = await db('deliveries')
        .join('editions', 'editions.id', 'deliveries.edition_id')
        .where({
          'deliveries.digest_id': digestId,
          'deliveries.week': week,
          purpose: 'edition',
        })
        .whereNot('deliveries.state', 'failed')
        .andWhere('editions.revision', '<', revision)
        .orderBy('recipient_id')
        .select({ id: 'deliveries.recipient_id' });
      return rows.map((row) => row.id as RecipientId);
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

/** The mails of the same week to the same reader, for a condition on a row of `deliveries`. */
function ofSameReader(db: Knex): Knex.QueryBuilder {
  return db('deliveries as earlier')
    .select(db.raw('1'))
    .whereRaw('earlier.digest_id = deliveries.digest_id and earlier.week = deliveries.week')
    .andWhereRaw('earlier.recipient_id = deliveries.recipient_id and earlier.id <> deliveries.id');
}

/** The id that a delivery has or will have: the same recipient, week and purpose always have the same one. */
export function deliveryId({ digestId, week, erratumOf, recipientId }: NewDelivery): DeliveryId {
  return idFrom('delivery', digestId, week, purposeOf(erratumOf), recipientId) as DeliveryId;
}

function purposeOf(erratumOf: number | undefined): string {
  return erratumOf === undefined ? 'edition' : `erratum-${erratumOf}`;
}

function newRow(delivery: NewDelivery, at: string): Row {
  return {
    id: deliveryId(delivery),
    edition_id: delivery.editionId,
    digest_id: delivery.digestId,
    week: delivery.week,
    purpose: purposeOf(delivery.erratumOf),
    recipient_id: delivery.recipientId,
    ...queuedColumns(delivery.messageId, at),
  };
}

function fromRow(row: Row): Delivery {
  const purpose: DeliveryPurpose = row.purpose === 'edition' ? 'edition' : 'erratum';
  return {
    ...outboxRowFrom<DeliveryId>(row),
    purpose,
    editionId: row.edition_id as EditionId,
    digestId: row.digest_id as DigestId,
    week: row.week,
    recipientId: row.recipient_id as RecipientId,
  };
}
