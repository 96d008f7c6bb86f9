import type { Knex } from 'knex';
import type { RunId } from '../model/ids.ts';
import type { Run, RunState } from '../model/run.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

interface Row {
  id: string;
  job: string;
  subject: string;
  state: string;
  started_at: string;
  finished_at: string | null;
  counts: string;
  error: string | null;
}

/** Every execution of a job. */
export function runsTable(db: Knex) {
  return {
    async start(run: Pick<Run, 'id' | 'job' | 'subject' | 'startedAt'>): Promise<void> {
      await db<Row>('runs').insert({
        id: run.id,
        job: run.job,
        subject: run.subject,
        state: 'running',
        started_at: run.startedAt,
        finished_at: null,
        counts: '{}',
        error: null,
      });
    },

    async finish(
      id: RunId,
      end: { state: RunState; at: string; counts: Readonly<Record<string, number>>; error?: string },
    ): Promise<void> {
      await db<Row>('runs')
        .where({ id })
        .update({
          state: end.state,
          finished_at: end.at,
          counts: toJson(end.counts),
          error: toNull(end.error),
        });
    },

    /** Runs that a stopped program left open; nothing of theirs is lost, they are only closed. */
    async abandonOpen(at: string): Promise<number> {
      return db<Row>('runs').where({ state: 'running' }).update({ state: 'abandoned', finished_at: at });
    },

    /** How many runs of a job started in exactly this instant. */
    async countAt(job: string, startedAt: string): Promise<number> {
      const row = await db('runs').where({ job, started_at: startedAt }).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },

    async latest(limit: number): Promise<Run[]> {
      const rows = await db<Row>('runs')
        .orderBy([{ column: 'started_at', order: 'desc' }, { column: 'id' }])
        .limit(limit);
      return rows.map(fromRow);
    },
  };
}

function fromRow(row: Row): Run {
  return {
    id: row.id as RunId,
    job: row.job,
    subject: row.subject,
    // Written by start and finish from the same union.
    state: row.state as RunState,
    startedAt: row.started_at,
    ...optional('finishedAt', row.finished_at),
    counts: fromJson<Record<string, number>>(row.counts),
    ...optional('error', row.error),
  };
}
