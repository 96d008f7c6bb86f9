import { collect } from './collect.ts';
import type { JobContext } from './context.ts';
import { deliver } from './deliver.ts';
import { maintain } from './maintain.ts';
import { readBounces } from './read-bounces.ts';
import { runJob } from './run.ts';
import { type ScheduledWork, workDueSlots } from './scheduled-work.ts';
import { tellOperator } from './tell-operator.ts';

type Parts = Omit<JobContext, 'runId'> & ScheduledWork;

/** A piece of the service's work that can be started by its name: `run <name>`. */
export interface NamedJob {
  readonly name: string;
  readonly help: string;
  run(parts: Parts): Promise<Readonly<Record<string, number>>>;
}

/** Every one of them. To add a job: its file and its line here. */
export const JOBS: readonly NamedJob[] = [
  {
    name: 'collect',
    help: 'read the sources whose time has come',
    run: async (parts) => (await runJob(parts, collect, { which: 'due' })).counts,
  },
  {
    name: 'build',
    help: 'make the editions (and the upkeep) whose hour has come, and put them into the outbox',
    run: async (parts) => ({ slots: await workDueSlots(parts, parts) }),
  },
  {
    name: 'deliver',
    help: 'send what waits in the outbox',
    run: async (parts) => (await runJob(parts, deliver, parts.mailing)).counts,
  },
  {
    name: 'bounces',
    help: 'read returned mail, where BOUNCE_DIR or BOUNCE_IMAP_URL is set',
    run: async (parts) =>
      parts.returnedMail === undefined
        ? { read: 0 }
        : (await runJob(parts, readBounces, parts.returnedMail)).counts,
  },
  {
    name: 'maintenance',
    help: 'check the whole database, clear what is kept for a time only, back it up',
    run: async (parts) =>
      (await runJob(parts, maintain, { ...parts.upkeep, draftsDir: parts.draftsDir })).counts,
  },
  {
    name: 'alarms',
    help: 'look for what is wrong and tell the operator, once a day for each cause',
    run: async (parts) => ({ letters: await tellOperator(parts, parts.watch) }),
  },
];
