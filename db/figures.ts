import type { Knex } from 'knex';
import type { DeliveryState } from '../model/delivery.ts';

/** Mails that were tried for more than two hours or given up, beside what went out, all within three days. */
export interface Undelivered {
  readonly stuck: number;
  readonly givenUp: number;
  readonly sent: number;
  /** Why the newest of them did not get through; empty when all do. */
  readonly lastError: string;
}

const STUCK_MS = 2 * 3_600_000;
const RECENT_MS = 3 * 86_400_000;

/** Counts over whole tables, for those who watch the service: metrics, alarms, the weekly word that all is well. */
export function figuresOf(db: Knex) {
  const countBy = async (table: string, column: string): Promise<Map<string, number>> => {
    const rows = (await db(table).groupBy(column).select({ key: column }).count({ n: '*' })) as {
      key: string | null;
      n: number | string;
    }[];
    return new Map(rows.map(({ key, n }) => [key ?? '', Number(n)]));
  };
  const countOf = async (rows: Knex.QueryBuilder): Promise<number> =>
    Number((await rows.count({ n: '*' }).first())?.n ?? 0);
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

    /** Whether mail gets through. What was sent is counted only when something was not: that question looks at every mail. */
    async undelivered(now: Date): Promise<Undelivered> {
      const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
      const since = ago(RECENT_MS);
      const found = { stuck: 0, givenUp: 0, sent: 0, lastError: '' };
      let lastTryAt = '';
      for (const table of ['deliveries', 'letters'] as const) {
        const stuck = () => db(table).where({ state: 'retry' }).andWhere('first_try_at', '<', ago(STUCK_MS));
        const givenUp = () =>
          db(table)
            .where({ state: 'failed' })
            .andWhere('first_try_at', '>', since)
            .whereLike('last_error', 'given up:%');
        found.stuck += await countOf(stuck());
        found.givenUp += await countOf(givenUp());
        for (const query of [stuck(), givenUp()]) {
          const row: { first_try_at: string; last_error: string | null } | undefined = await query
            .orderBy('first_try_at', 'desc')
            .first('first_try_at', 'last_error');
          if (row === undefined || row.first_try_at < lastTryAt) continue;
          lastTryAt = row.first_try_at;
          found.lastError = row.last_error ?? '';
        }
      }
      if (found.stuck + found.givenUp === 0) return found;
      for (const table of ['deliveries', 'letters'] as const)
        found.sent += await countOf(db(table).where({ state: 'sent' }).andWhere('sent_at', '>', since));
      return found;
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
