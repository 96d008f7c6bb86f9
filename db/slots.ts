import type { Knex } from 'knex';
import type { Slot } from '../model/run.ts';
import { optional, toNull } from './tables.ts';

interface Row {
  schedule_id: string;
  period_key: string;
  due_at: string;
  state: string;
  claimed_at: string | null;
  lease_until: string | null;
  next_try_at: string | null;
  fence: number;
  detail: string | null;
}

/** No failure puts a moment off for longer; a later one was written by a clock that ran ahead. */
const LONGEST_PAUSE_MS = 2 * 3_600_000;

/** The due moments of every schedule: the truth behind the alarm clock. */
export function slotsTable(db: Knex) {
  return {
    /** Notes a due moment; the same period again is ignored. Returns whether it was new. */
    async note(slot: {
      scheduleId: string;
      periodKey: string;
      dueAt: string;
      state: 'due' | 'skipped';
    }): Promise<boolean> {
      const key = { schedule_id: slot.scheduleId, period_key: slot.periodKey };
      if ((await db<Row>('slots').where(key).first('fence')) !== undefined) return false;
      await db<Row>('slots')
        .insert({
          ...key,
          due_at: slot.dueAt,
          state: slot.state,
          claimed_at: null,
          lease_until: null,
          next_try_at: null,
          fence: 0,
          detail: null,
        })
        .onConflict(['schedule_id', 'period_key'])
        .ignore();
      return true;
    },

    /** The newest moment on record of each schedule. */
    async newest(): Promise<Map<string, Slot>> {
      const rows = await db<Row>('slots as slot')
        .where('due_at', db('slots').where('schedule_id', db.ref('slot.schedule_id')).max('due_at'))
        .select('slot.*');
      return new Map(rows.map((row: Row) => [row.schedule_id, fromRow(row)]));
    },

    /** Moments that may be worked at `now`: waiting ones, and those whose worker let its lease run out. */
    async open(now: string): Promise<Slot[]> {
      const farOff = new Date(Date.parse(now) + LONGEST_PAUSE_MS).toISOString();
      const hasPassed = (column: string) => (when: Knex.QueryBuilder) =>
        void when.whereNull(column).orWhere(column, '<=', now).orWhere(column, '>', farOff);
      const rows = await db<Row>('slots')
        .where((due) => void due.where({ state: 'due' }).andWhere(hasPassed('next_try_at')))
        .orWhere((lost) => void lost.where({ state: 'claimed' }).andWhere(hasPassed('lease_until')))
        .orderBy(['due_at', 'schedule_id']);
      return rows.map(fromRow);
    },

    /**
     * Takes a moment by compare-and-set; undefined when another worker was first.
     * The fence counts up with each claim, so a worker that slept through its lease can be told apart.
     */
    async claim(slot: Slot, now: string, leaseUntil: string): Promise<Slot | undefined> {
      const changed = await db<Row>('slots')
        .where({
          schedule_id: slot.scheduleId,
          period_key: slot.periodKey,
          fence: slot.fence,
          state: slot.state,
        })
        .update({
          state: 'claimed',
          claimed_at: now,
          lease_until: leaseUntil,
          next_try_at: null,
          fence: slot.fence + 1,
        });
      if (changed !== 1) return undefined;
      return { ...slot, state: 'claimed', claimedAt: now, leaseUntil, fence: slot.fence + 1 };
    },

    /** Keeps a claim alive; false when it was lost. */
    async extend(slot: Slot, leaseUntil: string): Promise<boolean> {
      const changed = await db<Row>('slots')
        .where({
          schedule_id: slot.scheduleId,
          period_key: slot.periodKey,
          fence: slot.fence,
          state: 'claimed',
        })
        .update({ lease_until: leaseUntil });
      return changed === 1;
    },

    /**
     * Ends a claim; false when it was lost to another worker meanwhile. `due` hands it back, to be taken again at
     * `nextTryAt` or at once.
     */
    async settle(
      slot: Slot,
      state: 'done' | 'failed' | 'due',
      { detail, nextTryAt }: { detail?: string; nextTryAt?: string },
    ): Promise<boolean> {
      const changed = await db<Row>('slots')
        .where({
          schedule_id: slot.scheduleId,
          period_key: slot.periodKey,
          fence: slot.fence,
          state: 'claimed',
        })
        .update({
          state,
          lease_until: null,
          next_try_at: toNull(nextTryAt),
          ...(detail === undefined ? {} : { detail }),
        });
      return changed === 1;
    },

    /** Hands back every claim, for the only process at work: whoever held them is gone. */
    async handBackAll(): Promise<number> {
      return db<Row>('slots').where({ state: 'claimed' }).update({ state: 'due', lease_until: null });
    },

    /** Lets go of what a schedule that is switched off had still to do. */
    async skipOpen(scheduleId: string, detail: string): Promise<number> {
      return db<Row>('slots')
        .where({ schedule_id: scheduleId })
        .whereIn('state', ['due', 'claimed'])
        .update({ state: 'skipped', lease_until: null, next_try_at: null, detail });
    },

    /** Forgets moments that lie after `at`; returns them. */
    async forgetAfter(at: string): Promise<Slot[]> {
      const rows = await db<Row>('slots').where('due_at', '>', at).orderBy('due_at');
      if (rows.length > 0) await db<Row>('slots').where('due_at', '>', at).delete();
      return rows.map(fromRow);
    },

    /** Every moment that is not over, oldest first. */
    async unfinished(): Promise<Slot[]> {
      const rows = await db<Row>('slots').whereIn('state', ['due', 'claimed']).orderBy('due_at');
      return rows.map(fromRow);
    },

    /** Moments given up that were due after `since`, or claimed after it. */
    async failedSince(since: string): Promise<Slot[]> {
      const rows = await db<Row>('slots')
        .where({ state: 'failed' })
        .andWhere((when) => void when.where('due_at', '>', since).orWhere('claimed_at', '>', since))
        .orderBy('due_at');
      return rows.map(fromRow);
    },

    async recent(limit: number): Promise<Slot[]> {
      const rows = await db<Row>('slots')
        .orderBy([{ column: 'due_at', order: 'desc' }, { column: 'schedule_id' }])
        .limit(limit);
      return rows.map(fromRow);
    },
  };
}

function fromRow(row: Row): Slot {
  return {
    scheduleId: row.schedule_id,
    periodKey: row.period_key,
    dueAt: row.due_at,
    // Written by note, claim and settle from the same union.
    state: row.state as Slot['state'],
    ...optional('claimedAt', row.claimed_at),
    ...optional('leaseUntil', row.lease_until),
    ...optional('nextTryAt', row.next_try_at),
    ...optional('detail', row.detail),
    fence: row.fence,
  };
}
