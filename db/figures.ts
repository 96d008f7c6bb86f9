import type { Knex } from 'knex';
import type { DeliveryState } from '../model/delivery.ts';

/** Counts over whole tables, for those who watch the service: metrics, alarms, the weekly word that all is well. */
export function figuresOf(db: Knex) {
  const countBy = async (table: string, column: string): Promise<Map<string, number>> => {
    const rows = (await db(table).groupBy(column).select({ key: column }).count({ n: '*' })) as {
      key: string | null;
      n: number | string;
    }[];
    return new Map(rows.map(({ key, n }) => [key ?? '', Number(n)]));
  };
  return {
    /** Mails by state: editions to readers, and letters. */
    async outbox(): Promise<{ table: 'deliveries' | 'letters'; state: DeliveryState; count: number }[]> {
      const counts = [];
      // Written by queue and move from this union.
      for (const table of ['deliveries', 'letters'] as const)
        for (const [state, count] of await countBy(table, 'state'))
          counts.push({ table, state: state as DeliveryState, count });
      return counts;
    },

    findingsByCode: () => countBy('findings', 'code'),

    /** Looks at sources since an instant, by how they ended. */
    async visitsSince(since: string): Promise<Map<string, number>> {
      const rows = (await db('visits')
        .where('at', '>', since)
        .groupBy('outcome')
        .select('outcome')
        .count({ n: '*' })) as { outcome: string; n: number | string }[];
      return new Map(rows.map(({ outcome, n }) => [outcome, Number(n)]));
    },

    /** When each digest last published an edition. */
    async lastEditions(): Promise<Map<string, string>> {
      const rows = (await db('editions')
        .groupBy('digest_id')
        .select('digest_id')
        .max({ at: 'published_at' })) as { digest_id: string; at: string }[];
      return new Map(rows.map((row) => [row.digest_id, row.at]));
    },
  };
}
