import { AppError, errorText } from '../model/errors.ts';
import type { Slot } from '../model/run.ts';
import type { Schedule, ScheduleState } from '../model/schedule.ts';
import type { JobContext } from './context.ts';
import { dueMoments } from './schedule.ts';

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;
const MINUTE_MS = 60_000;
/** Minutes until a failed slot is tried again: first, second, third time; then hourly, for as long as it takes. */
const PAUSE_MINUTES = [5, 15, 30] as const;
const LONGEST_PAUSE_MINUTES = 60;
/** A slot further ahead than this was noted by a clock that ran ahead. */
const AHEAD_MS = 24 * 60 * MINUTE_MS;

/** A failure that no second try changes: the slot is closed instead of tried for ever. */
const FINAL_CODES: ReadonlySet<string> = new Set(['WEEK_WITHOUT_RECORD']);

/** Where slots are kept: the store, or the tables of a transaction. */
type SlotTables = Pick<JobContext['store'], 'slots'>;
type TickContext = Pick<JobContext, 'store' | 'clock' | 'log' | 'signal'>;

/** A claim on a slot: the fencing token of whatever is published under it. */
export interface Claim {
  readonly slot: Slot;
  /**
   * Keeps the claim alive; false when it was lost: a worker that slept through its lease must not publish. Asked with
   * the tables of a transaction, nobody else can take the slot until that transaction ends.
   */
  isHeld(tables: SlotTables): Promise<boolean>;
}

/** Notes every moment of the schedules that has come since they were last looked at; returns how many are to be worked. */
export async function noteDueSlots(
  context: Pick<TickContext, 'store' | 'clock' | 'log'>,
  schedules: readonly Schedule[],
): Promise<number> {
  const now = context.clock.now();
  await forgetFutureSlots(context, now);
  const states = await context.store.schedules.all();
  const newest = await context.store.slots.newest();
  let wanted = 0;
  for (const schedule of schedules) {
    const since = await countsSince(context, schedule, states.get(schedule.id), now);
    if (since === undefined) continue;
    const last = newest.get(schedule.id);
    const after = last === undefined || last.dueAt < since ? since : last.dueAt;
    for (const moment of dueMoments(schedule, new Date(after), now)) {
      // An edited cron may name an hour of a week that has had its turn.
      if (last !== undefined && moment.week <= last.periodKey) continue;
      if (await note(context, schedule, moment)) wanted += 1;
    }
  }
  return wanted;
}

/** Works every open slot that this process can claim; one at a time, oldest first. */
export async function workOpenSlots<S extends Schedule>(
  context: TickContext,
  schedules: readonly S[],
  work: (claim: Claim, schedule: S) => Promise<string>,
): Promise<number> {
  let worked = 0;
  for (const open of await context.store.slots.open(context.clock.now().toISOString())) {
    if (context.signal.aborted) break;
    const schedule = schedules.find(({ id }) => id === open.scheduleId);
    if (schedule === undefined) continue; // its file was taken away; the slot waits for it to come back
    const slot = await context.store.slots.claim(
      open,
      context.clock.now().toISOString(),
      later(context, LEASE_MS),
    );
    if (slot === undefined) continue;
    const isHeld = (tables: SlotTables) => tables.slots.extend(slot, later(context, LEASE_MS));
    await workSlot(context, { slot, isHeld }, (claim) => work(claim, schedule));
    worked += 1;
  }
  return worked;
}

async function workSlot(
  context: TickContext,
  claim: Claim,
  work: (claim: Claim) => Promise<string>,
): Promise<void> {
  const { slot } = claim;
  const { store, log, signal } = context;
  const fields = { scheduleId: slot.scheduleId, week: slot.periodKey, fence: slot.fence };
  const heartbeat = setInterval(() => {
    claim.isHeld(store).catch((error: unknown) => log.warn('Lease not extended', { error: String(error) }));
  }, HEARTBEAT_MS);
  try {
    const detail = await work(claim);
    if (!(await store.slots.settle(slot, 'done', { detail })))
      log.warn('Slot taken over while it was worked', fields);
  } catch (error) {
    const detail = errorText(error);
    if (signal.aborted) {
      await store.slots.settle(slot, 'due', { detail: 'handed back: the program was stopped' });
      log.info('Slot handed back', fields);
    } else if (error instanceof AppError && FINAL_CODES.has(error.code)) {
      await store.slots.settle(slot, 'failed', { detail });
      log.error('Slot failed for good', { ...fields, code: error.code, error: detail });
    } else {
      const nextTryAt = later(context, pauseMinutes(slot.fence) * MINUTE_MS);
      await store.slots.settle(slot, 'due', { detail, nextTryAt });
      log.error('Slot failed', { ...fields, error: detail, nextTryAt });
    }
  } finally {
    clearInterval(heartbeat);
  }
}

function pauseMinutes(attempt: number): number {
  return PAUSE_MINUTES[attempt - 1] ?? LONGEST_PAUSE_MINUTES;
}

/** From when on moments count; undefined while the schedule is off. What passed before it was on is not made up. */
async function countsSince(
  { store, log }: Pick<TickContext, 'store' | 'log'>,
  schedule: Schedule,
  state: ScheduleState | undefined,
  now: Date,
): Promise<string | undefined> {
  const at = now.toISOString();
  if (!schedule.enabled) {
    if (state?.enabled !== false) await store.schedules.save(schedule.id, { enabled: false, since: at });
    const skipped = await store.slots.skipOpen(schedule.id, 'the digest is switched off');
    if (skipped > 0)
      log.info('Slots of a digest that is switched off let go', { scheduleId: schedule.id, count: skipped });
    return undefined;
  }
  if (state?.enabled && state.since <= at) return state.since;
  await store.schedules.save(schedule.id, { enabled: true, since: at });
  return at;
}

/** The clock ran ahead and was put back: what was noted for days that have not come would keep them from coming. */
async function forgetFutureSlots(
  { store, log }: Pick<TickContext, 'store' | 'log'>,
  now: Date,
): Promise<void> {
  const ahead = await store.slots.forgetAfter(new Date(now.getTime() + AHEAD_MS).toISOString());
  for (const { scheduleId, periodKey, dueAt } of ahead)
    log.warn('Slot of a day to come forgotten: the clock was put back', {
      scheduleId,
      week: periodKey,
      dueAt,
    });
}

async function note(
  context: Pick<TickContext, 'store' | 'log'>,
  schedule: Schedule,
  moment: { week: string; dueAt: string; isWanted: boolean },
): Promise<boolean> {
  const isNew = await context.store.slots.note({
    scheduleId: schedule.id,
    periodKey: moment.week,
    dueAt: moment.dueAt,
    state: moment.isWanted ? 'due' : 'skipped',
  });
  const fields = { scheduleId: schedule.id, week: moment.week, dueAt: moment.dueAt };
  if (isNew) context.log.info(moment.isWanted ? 'Slot due' : 'Missed slot not made up', fields);
  return isNew && moment.isWanted;
}

function later({ clock }: Pick<TickContext, 'clock'>, ms: number): string {
  return new Date(clock.now().getTime() + ms).toISOString();
}
