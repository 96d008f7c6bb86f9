import type { Knex } from 'knex';
import type { ScheduleState } from '../model/schedule.ts';
import { fromFlag, toFlag } from './tables.ts';

interface Row {
  id: string;
  enabled: number;
  since: string;
}

/** Whether each schedule was on when last looked at, and since when its moments count. */
export function schedulesTable(db: Knex) {
  return {
    async all(): Promise<Map<string, ScheduleState>> {
      const rows = await db<Row>('schedules');
      return new Map(rows.map(({ id, enabled, since }) => [id, { enabled: fromFlag(enabled), since }]));
    },

    async save(id: string, { enabled, since }: ScheduleState): Promise<void> {
      await db<Row>('schedules')
        .insert({ id, enabled: toFlag(enabled), since })
        .onConflict('id')
        .merge();
    },
  };
}
