import type { JobContext } from './context.ts';
import { removeOldDrafts } from './drafts.ts';

const DAY_MS = 86_400_000;
/** What each source gave in a run that made no edition: many rows, looked at while something is wrong with a source. */
const SOURCE_STEPS_DAYS = 90;
/** A year and a month: this week can be held against the same one a year ago. */
const HISTORY_DAYS = 400;

/** What was removed, by kind. */
export type Cleared = Readonly<
  Record<'signUps' | 'sourceSteps' | 'runs' | 'letters' | 'rebuilds' | 'drafts', number>
>;

/**
 * Deletes what nobody can be asked for any more, so that years of service do not fill the disk. Docs/operating.md holds
 * the rules. Never deleted: a run that made an edition, a rebuild that published one, deliveries (they keep a week from
 * being mailed twice), what happened to a reader, mails that are not settled, and all that editions are made of.
 */
export async function clearOld(
  context: Pick<JobContext, 'store' | 'clock'>,
  draftsDir: string,
): Promise<Cleared> {
  const { store, clock } = context;
  const now = clock.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const history = daysAgo(HISTORY_DAYS);
  return {
    // Addresses that nobody confirmed in time.
    signUps: await store.signUps.deleteExpired(now.toISOString()),
    runs: await store.runs.deleteBefore(history),
    sourceSteps: await store.runSteps.deleteOfSourcesBefore(daysAgo(SOURCE_STEPS_DAYS)),
    letters: await store.letters.deleteSettledBefore(history),
    rebuilds: await store.rebuilds.deleteBefore(history, now.toISOString()),
    drafts: await removeOldDrafts(context, draftsDir),
  };
}
