import type { Knex } from 'knex';
import type { RunId } from '../model/ids.ts';
import type { RunState, RunStep, StepName, Tally } from '../model/run.ts';
import { editionRuns } from './runs.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

interface Row {
  id: number;
  run_id: string;
  name: string;
  subject: string;
  state: string;
  started_at: string;
  finished_at: string | null;
  count_in: number;
  count_out: number;
  dropped: string;
  detail: string | null;
}

/** The end of a step. */
export interface StepEnd extends Tally {
  readonly state: RunState;
  readonly finishedAt: string;
  readonly detail?: string;
}

const NOTHING: Tally = { in: 0, out: 0, dropped: {} };

/** The stages of every run, in the order in which they began. */
export function runStepsTable(db: Knex) {
  const columnsOf = (step: Tally & { state: RunState; finishedAt?: string; detail?: string }) => ({
    state: step.state,
    finished_at: toNull(step.finishedAt),
    count_in: step.in,
    count_out: step.out,
    dropped: toJson(step.dropped),
    detail: toNull(step.detail),
  });
  const insert = async (
    step: Pick<RunStep, 'runId' | 'name' | 'subject' | 'startedAt'>,
    columns: ReturnType<typeof columnsOf>,
  ): Promise<number> => {
    const place = {
      run_id: step.runId,
      name: step.name,
      subject: step.subject,
      started_at: step.startedAt,
    };
    const [row] = await db<Row>('run_steps')
      .insert({ ...place, ...columns })
      .returning('id');
    // An insert of one row returns one row.
    return (row as Pick<Row, 'id'>).id;
  };
  return {
    /** Notes that a step has begun; `finish` takes the number given back. */
    start: (step: Pick<RunStep, 'runId' | 'name' | 'subject' | 'startedAt'>) =>
      insert(step, columnsOf({ state: 'running', ...NOTHING })),

    async finish(id: number, end: StepEnd): Promise<void> {
      await db<Row>('run_steps').where({ id }).update(columnsOf(end));
    },

    /** Notes a step that is over already. */
    async add(step: RunStep): Promise<void> {
      await insert(step, columnsOf(step));
    },

    /** Deletes the parts of single sources in old runs; those of a run that made an edition stay. */
    async deleteOfSourcesBefore(before: string): Promise<number> {
      const old = db('runs').where('started_at', '<', before).whereNotIn('id', editionRuns(db)).select('id');
      return db<Row>('run_steps').whereIn('name', ['list', 'read']).whereIn('run_id', old).delete();
    },

    async ofRun(runId: RunId): Promise<RunStep[]> {
      const rows = await db<Row>('run_steps').where({ run_id: runId }).orderBy('id');
      return rows.map(fromRow);
    },
  };
}

function fromRow(row: Row): RunStep {
  return {
    runId: row.run_id as RunId,
    // Written by start, finish and add from the same unions.
    name: row.name as StepName,
    subject: row.subject,
    state: row.state as RunState,
    startedAt: row.started_at,
    ...optional('finishedAt', row.finished_at),
    in: row.count_in,
    out: row.count_out,
    dropped: fromJson<Record<string, number>>(row.dropped),
    ...optional('detail', row.detail),
  };
}
