import { buildEdition } from './build-edition.ts';
import { collect } from './collect.ts';
import type { JobContext } from './context.ts';
import { deliver } from './deliver.ts';
import type { EditionPress } from './edition-files.ts';
import type { Mailing } from './mailing.ts';
import { queueDeliveries } from './queue-mail.ts';
import { type Job, runJob } from './run.ts';
import { type Claim, noteDueSlots, workOpenSlots } from './tick.ts';

export interface ScheduledWork {
  readonly press: EditionPress;
  readonly mailing: Mailing;
}

type Base = Omit<JobContext, 'runId'>;

/**
 * One ring of the alarm: note what has come due, read sources whose time has come, make and mail the editions that are
 * due, send what waits in the outbox. Every step commits and can be repeated; a stop in between loses nothing.
 */
export async function ring(base: Base, { press, mailing }: ScheduledWork): Promise<void> {
  await noteDueSlots(base);
  const hasOpenSlot = (await base.store.slots.open(base.clock.now().toISOString())).length > 0;
  if (hasOpenSlot || (await isAnySourceDue(base)))
    await run(base, collect, { which: hasOpenSlot ? 'all' : 'due' });
  await workOpenSlots(base, (claim) => workEdition(base, { press, mailing }, claim));
  if (await isAnyMailDue(base, mailing)) await run(base, deliver, mailing);
}

async function workEdition(base: Base, { press, mailing }: ScheduledWork, claim: Claim): Promise<string> {
  const { digest, slot } = claim;
  const args = { digest, week: slot.periodKey, press, mayPublish: claim.isHeld };
  const { published, state } = await run(base, buildEdition, args);
  const queued = await queueDeliveries(base, published, mailing);
  return `${state}, revision ${published.revision}, ${queued} mails queued`;
}

async function isAnyMailDue({ store, clock }: Base, { throttle }: Mailing): Promise<boolean> {
  if (throttle.isHeld(clock.now())) return false;
  const now = clock.now().toISOString();
  return (await store.letters.due(now, 1)).length + (await store.deliveries.due(now, 1)).length > 0;
}

async function isAnySourceDue(base: Base): Promise<boolean> {
  const now = base.clock.now().toISOString();
  const states = await base.store.sourceStates.all();
  return base.sources.some((source) => source.enabled && (states.get(source.id)?.nextFetchAt ?? '') <= now);
}

function run<Arguments, Result extends { readonly counts: Readonly<Record<string, number>> }>(
  base: Base,
  job: Job<Arguments, Result>,
  args: Arguments,
): Promise<Result> {
  return runJob(base, job, args);
}
