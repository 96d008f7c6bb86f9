import { statfs } from 'node:fs/promises';
import { errorText } from '../model/errors.ts';
import type { Slot } from '../model/run.ts';
import { dayOf, weekOfDay } from '../text/calendar.ts';
import { counted } from '../text/counted.ts';
import { type Alarm, type AlarmFacts, alarmsOf, alarmText, type Disk } from './alarms.ts';
import type { JobContext } from './context.ts';

/** Who is told, and from when on. */
export interface Watch {
  /** Each gets letters of its own. Empty: alarms go to the log only. */
  readonly operatorMail: readonly string[];
  readonly lateMinutes: number;
  readonly sourcesFailingPercent: number;
  /** A word each week in which nothing was wrong. */
  readonly tellAllWell: boolean;
  /** False when mails go to a server and name no way to leave. */
  readonly mailsCanBeLeft: boolean;
  /** Folders that must not run full. */
  readonly folders: readonly string[];
  /** Keys of alarms that this process has logged. */
  readonly logged: Set<string>;
}

type WatchContext = Pick<JobContext, 'store' | 'clock' | 'log' | 'digests' | 'sources'>;

const DAY_MS = 86_400_000;

/** Queues a letter to the operator for everything that is wrong, once a day for each cause; see `alarmsOf`. */
export async function tellOperator(context: WatchContext, watch: Watch): Promise<number> {
  const alarms = await currentAlarms(context, watch);
  const day = dayOf(context.clock.now(), 'UTC');
  let told = 0;
  for (const alarm of alarms) {
    const key = `alarm ${alarm.cause} ${day}`;
    if (watch.logged.has(key)) continue;
    watch.logged.add(key);
    context.log.warn('Alarm', { cause: alarm.cause, what: alarm.what });
    if (await queue(context, watch, { key, subject: alarm.title, text: alarmText(alarm) })) told += 1;
  }
  if (alarms.length === 0 && watch.tellAllWell) await tellAllWell(context, watch);
  return told;
}

/** What is wrong now. */
export async function currentAlarms(
  { store, clock, digests, sources }: WatchContext,
  watch: Pick<Watch, 'lateMinutes' | 'sourcesFailingPercent' | 'mailsCanBeLeft' | 'folders'>,
): Promise<Alarm[]> {
  const now = clock.now();
  const dayAgo = new Date(now.getTime() - DAY_MS).toISOString();
  const zones = new Map<string, string>(digests.map(({ id, zone }) => [id, zone]));
  const withZone = (slot: Slot) => ({ ...slot, zone: zones.get(slot.scheduleId) ?? 'UTC' });
  const states = await store.sourceStates.all();
  const enabled = sources.filter((source) => source.enabled);
  const failing = enabled.flatMap(({ id }) => {
    const state = states.get(id);
    if (state?.lastOutcome === undefined || state.lastOutcome === 'answered') return [];
    return [{ id, detail: state.lastDetail ?? state.lastOutcome }];
  });
  const outbox = await store.figures.outbox();
  const facts: AlarmFacts = {
    now,
    lateMinutes: watch.lateMinutes,
    sourcesFailingPercent: watch.sourcesFailingPercent,
    slots: [...(await store.slots.unfinished()), ...(await store.slots.failedSince(dayAgo))].map(withZone),
    runs: await store.runs.since(dayAgo),
    digests: digests.length,
    sources: { enabled: enabled.length, failing },
    unknownMails: outbox
      .filter(({ state }) => state === 'unknown')
      .reduce((sum, { count }) => sum + count, 0),
    undelivered: await store.figures.undelivered(now),
    openWishes: (await store.returnedMessages.wishes()).length,
    canReadersLeave: watch.mailsCanBeLeft || outbox.every(({ table }) => table !== 'deliveries'),
    disks: await Promise.all(watch.folders.map(diskOf)),
    newestRecord: (await store.runs.latest(1))[0]?.startedAt,
  };
  return alarmsOf(facts);
}

/** Nothing is wrong with a folder that is not there yet. */
async function diskOf(folder: string): Promise<Disk> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return { folder, freeBytes: bavail * bsize };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { folder, freeBytes: Number.POSITIVE_INFINITY };
    return { folder, reason: errorText(error) };
  }
}

/** Once a week, when every digest that is switched on has its edition and every mail is on its way out. */
async function tellAllWell(context: WatchContext, watch: Watch): Promise<void> {
  const { store, clock, digests } = context;
  const now = clock.now();
  const weekAgo = new Date(now.getTime() - 7 * DAY_MS).toISOString();
  const newest = await store.slots.newest();
  const on = digests.filter(({ enabled }) => enabled);
  const isOut = on.every(({ id }) => {
    const slot = newest.get(id);
    return slot?.state === 'done' && slot.dueAt > weekAgo;
  });
  if (on.length === 0 || !isOut || (await store.deliveries.waiting()) > 0) return;
  const week = weekOfDay(dayOf(now, 'UTC'));
  const runs = await store.runs.since(weekAgo);
  const failed = runs.filter(({ state }) => state === 'failed').length;
  const visits = await store.figures.visitsSince(weekAgo);
  const looks = [...visits.values()].reduce((sum, count) => sum + count, 0);
  const text = [
    'Nothing needs you. The last seven days:',
    ...on.map(({ id }) => `  ${id}: ${newest.get(id)?.periodKey} is out`),
    `  ${counted(runs.length, 'run')}, ${failed} of them failed and were made good`,
    `  ${counted(looks, 'look')} at sources, ${visits.get('answered') ?? 0} answered`,
    '',
    'Sent once a week; OPERATOR_ALL_WELL=no ends it.',
    '',
  ].join('\n');
  await queue(context, watch, { key: `well ${week}`, subject: `all well in ${week}`, text });
}

/** True when somebody is told who was not yet. */
async function queue(
  { store, clock }: Pick<WatchContext, 'store' | 'clock'>,
  { operatorMail }: Watch,
  letter: { readonly key: string; readonly subject: string; readonly text: string },
): Promise<boolean> {
  const { key, subject, text } = letter;
  const at = clock.now().toISOString();
  let isNews = false;
  for (const to of operatorMail) {
    const own = { key: `${key} ${to}`, to, subject: `Policy Digest: ${subject}`, text };
    if (await store.letters.queue({ purpose: 'operator', ...own }, at)) isNews = true;
  }
  return isNews;
}
