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
      // Steps that a run over its limit left behind end with it.
      await db('run_steps')
        .where({ run_id: id, state: 'running' })
        .update({ state: end.state, finished_at: end.at });
    },

    /**
     * Closes runs whose process is gone, with their steps; nothing of theirs is lost. They end with the last sign of
     * them: when the process died, nobody knows. Only while nobody works.
     */
    async abandonOpen(): Promise<number> {
      const open = await db<Row>('runs').where({ state: 'running' }).select('id', 'started_at');
      for (const { id, started_at } of open) {
        const steps = () => db('run_steps').where({ run_id: id });
        const [last] = await steps().max({ began: 'started_at', ended: 'finished_at' });
        const finished_at = [started_at, last?.began ?? '', last?.ended ?? ''].sort().at(-1);
        await steps().where({ state: 'running' }).update({ state: 'abandoned', finished_at });
        const error = 'interrupted: its process was ended or died; what was done is kept';
        await db<Row>('runs').where({ id }).update({ state: 'abandoned', finished_at, error });
      }
      return open.length;
    },

    /** Deletes old runs with their steps; a run that made an edition stays. */
    async deleteBefore(before: string): Promise<number> {
      const old = () => db<Row>('runs').where('started_at', '<', before).whereNotIn('id', editionRuns(db));
      await db('run_steps').whereIn('run_id', old().select('id')).delete();
      return old().delete();
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

    /** The newest runs first, narrowed down to a job or a state. */
    async list(filter: { job?: string; state?: RunState; limit: number }): Promise<Run[]> {
      const rows = await db<Row>('runs')
        .where({
          ...(filter.job === undefined ? {} : { job: filter.job }),
          ...(filter.state === undefined ? {} : { state: filter.state }),
        })
        .orderBy([{ column: 'started_at', order: 'desc' }, { column: 'id' }])
        .limit(filter.limit);
      return rows.map(fromRow);
    },

    /** Runs whose id begins so; two are enough to say that it is not one. */
    async byIdStart(start: string): Promise<Run[]> {
      const rows = await db<Row>('runs')
        .whereLike('id', `${start.replace(/[%_]/g, '')}%`)
        .orderBy('id')
        .limit(2);
      return rows.map(fromRow);
    },

    /** Every run that began after `since`, oldest first. */
    async since(since: string): Promise<Run[]> {
      const rows = await db<Row>('runs').where('started_at', '>', since).orderBy(['started_at', 'id']);
      return rows.map(fromRow);
    },

    /** How many runs each job had, by how they ended. */
    async countByState(): Promise<{ job: string; state: RunState; count: number }[]> {
      const rows = (await db('runs').groupBy('job', 'state').select('job', 'state').count({ n: '*' })) as {
        job: string;
        state: RunState;
        n: number | string;
      }[];
      return rows.map(({ job, state, n }) => ({ job, state, count: Number(n) }));
    },

    /** The newest run of each job that came to its end. */
    async newestFinished(): Promise<Run[]> {
      const newest = db('runs')
        .where({ state: 'finished' })
        .groupBy('job')
        .select('job')
        .max({ at: 'started_at' });
      const rows = await db<Row>('runs as run')
        .join(
          newest.as('newest'),
          (on) => void on.on('newest.job', 'run.job').andOn('newest.at', 'run.started_at'),
        )
        .where('run.state', 'finished')
        .orderBy(['run.job', 'run.id'])
        .select('run.*');
      return rows.map((row: Row) => fromRow(row));
    },
  };
}

/** Ids of the runs behind editions: their history is part of the evidence. */
export function editionRuns(db: Knex): Knex.QueryBuilder {
  return db('editions').whereNotNull('run_id').select('run_id');
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
