import type { Digest } from '../model/digest.ts';
import type { Writer } from '../model/writer.ts';
import { counted } from '../text/counted.ts';
import { chooseSources } from './choose-sources.ts';
import { collect } from './collect.ts';
import type { JobContext } from './context.ts';
import { deliver } from './deliver.ts';
import type { EditionPress } from './edition-files.ts';
import type { Mailing } from './mailing.ts';
import { MAINTENANCE, maintain, type Upkeep } from './maintain.ts';
import { isReadingDue, type ReturnedMailboxes, readBounces } from './read-bounces.ts';
import { type Job, runJob } from './run.ts';
import { scheduledEdition } from './scheduled-edition.ts';
import { tellOperator, type Watch } from './tell-operator.ts';
import { type Claim, noteDueSlots, workOpenSlots } from './tick.ts';

export interface ScheduledWork {
  readonly press: EditionPress;
  readonly mailing: Mailing;
  /** Writes notes into new editions; absent where none is set. */
  readonly writer?: Writer;
  readonly watch: Watch;
  readonly upkeep: Upkeep;
  /** Where drafts are kept until they are looked at. */
  readonly draftsDir: string;
  /** Absent where no mailbox for returned mail is set. */
  readonly returnedMail?: ReturnedMailboxes;
}

type Base = Omit<JobContext, 'runId'>;

/** All that is due, then the mail that it leads to: see `ringWork` and `ringMail`. */
export async function ring(base: Base, work: ScheduledWork): Promise<void> {
  await inTurn(base.signal, [() => ringWork(base, work), () => ringMail(base, work)]);
}

/**
 * One ring of the alarm: note what has come due, make the editions and do the upkeep that are due, read sources whose
 * time has come, tell the operator what needs a person. Every step commits and can be repeated; a stop in between loses
 * nothing.
 */
export async function ringWork(base: Base, work: ScheduledWork): Promise<void> {
  await inTurn(base.signal, [
    () => workDueSlots(base, work),
    async () => {
      if (await isAnySourceDue(base)) await run(base, collect, { which: 'due' });
    },
    async () => {
      const { returnedMail } = work;
      if (returnedMail !== undefined && (await isReadingDue(base)))
        await run(base, readBounces, returnedMail);
    },
    () => tellOperator(base, work.watch),
  ]);
  await logLeft(base);
}

/** Sends what waits in the outbox. It has an alarm of its own: who signs up waits for a letter, not for a collection. */
export async function ringMail(base: Base, { mailing }: Pick<ScheduledWork, 'mailing'>): Promise<void> {
  if (!(await isDeliveryDue(base, mailing))) return;
  await run(base, deliver, mailing);
  await logLeft(base);
}

async function logLeft({ store, log }: Pick<Base, 'store' | 'log'>): Promise<void> {
  const mails = (await store.deliveries.waiting()) + (await store.letters.waiting());
  log.debug('Tick ended', { openSlots: (await store.slots.unfinished()).length, mails });
}

/** What fails does not keep the rest from being done; the first error is thrown at the end. */
async function inTurn(signal: AbortSignal, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    if (signal.aborted) return;
    try {
      await step();
    } catch (error) {
      if (!signal.aborted) errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** Notes what has come due and works every open slot: editions and upkeep. Returns how many were taken. */
export async function workDueSlots(base: Base, work: ScheduledWork): Promise<number> {
  const schedules = [...base.digests, MAINTENANCE];
  await noteDueSlots(base, schedules);
  return workOpenSlots(base, schedules, (claim, schedule) => workSlot(base, work, claim, schedule));
}

async function workSlot(
  base: Base,
  { press, mailing, writer, upkeep, draftsDir }: ScheduledWork,
  claim: Claim,
  schedule: Digest | typeof MAINTENANCE,
): Promise<string> {
  if (!('title' in schedule)) {
    const { backup } = await run(base, maintain, { ...upkeep, draftsDir });
    return `database whole, backup ${backup}`;
  }
  const args = { digest: schedule, claim, press, mailing, ...(writer === undefined ? {} : { writer }) };
  const { published, state, queued } = await run(base, scheduledEdition, args);
  return `${state}, revision ${published.revision}, ${counted(queued, 'mail')} queued`;
}

/** Also when a run left a mail on its way: the next one tells that it is in doubt. */
async function isDeliveryDue(base: Base, { throttle }: Mailing): Promise<boolean> {
  const now = base.clock.now();
  if (throttle.isHeld(now)) return false;
  for (const box of [base.store.letters, base.store.deliveries]) {
    if ((await box.due(now.toISOString(), 1)).length > 0) return true;
    if ((await box.inState('sending', 1)).length > 0) return true;
  }
  return false;
}

async function isAnySourceDue({ store, sources, clock }: Base): Promise<boolean> {
  const states = await store.sourceStates.all();
  return chooseSources(sources, states, { which: 'due' }, clock.now().toISOString()).length > 0;
}

function run<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }>(
  base: Base,
  job: Job<Arguments, Result>,
  args: Arguments,
): Promise<Result> {
  return runJob(base, job, args);
}
