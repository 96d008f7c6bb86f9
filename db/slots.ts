import type { Knex } from 'knex';
import type { Slot } from '../model/run.ts';
import { optional } from './tables.ts';

interface Row {
  schedule_id: string;
  period_key: string;
  due_at: string;
  state: string;
  claimed_at: string | null;
  lease_until: string | null;
  fence: number;
  detail: string | null;
}

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
          fence: 0,
          detail: null,
        })
        .onConflict(['schedule_id', 'period_key'])
        .ignore();
      return true;
    },

    /** The newest moment on record of a schedule. */
    async latest(scheduleId: string): Promise<Slot | undefined> {
      const row = await db<Row>('slots').where({ schedule_id: scheduleId }).orderBy('due_at', 'desc').first();
      return row && fromRow(row);
    },

    /** Moments waiting, and those whose worker let its lease run out. */
    async open(now: string): Promise<Slot[]> {
      const rows = await db<Row>('slots')
        .where({ state: 'due' })
        .orWhere((expired) => expired.where({ state: 'claimed' }).andWhere('lease_until', '<=', now))
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
        .update({ state: 'claimed', claimed_at: now, lease_until: leaseUntil, fence: slot.fence + 1 });
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

    /** Ends a claim; false when it was lost to another worker meanwhile. */
    async settle(slot: Slot, state: 'done' | 'failed' | 'due', detail: string): Promise<boolean> {
      const changed = await db<Row>('slots')
        .where({
          schedule_id: slot.scheduleId,
          period_key: slot.periodKey,
          fence: slot.fence,
          state: 'claimed',
        })
        .update({ state, lease_until: null, detail });
      return changed === 1;
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
    fence: row.fence,
  };
}
