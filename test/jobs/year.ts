import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openStore, type Store } from '../../db/store.ts';
import { noteDueSlots, workOpenSlots } from '../../jobs/tick.ts';
import type { Edition } from '../../model/edition.ts';
import { AppError } from '../../model/errors.ts';
import type { DigestId } from '../../model/ids.ts';
import type { Schedule } from '../../model/schedule.ts';

/** What the fake edition work does instead of working to its end. */
export type Mishap = 'fails' | 'dies before publishing' | 'dies after publishing';

/** What came out of the service, as seen from outside. */
export interface Publication {
  readonly scheduleId: string;
  readonly week: string;
  readonly at: string;
}

/**
 * The schedule of a service over simulated time: the real tables in a file, the real tick, a clock that is set, and
 * edition work that only records an edition. A death closes the database under the work, as a power cut would.
 */
export async function openYear(t: TestContext, start: string) {
  const folder = await mkdtemp(join(tmpdir(), 'policy-digest-year-'));
  let now = Date.parse(start);
  let store: Store | undefined;
  const clock = { now: () => new Date(now) };
  const nothing = () => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const signal = new AbortController().signal;
  const publications: Publication[] = [];

  async function close(): Promise<void> {
    await store?.close();
    store = undefined;
  }
  t.after(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(): Promise<Store> {
    if (store === undefined) {
      store = await openStore('', folder);
      // As `start` does: whoever held a claim is gone.
      await store.slots.handBackAll();
    }
    return store;
  }

  async function publish(from: Store, scheduleId: string, week: string, fence: number): Promise<void> {
    const before = await from.editions.ofWeek(scheduleId as DigestId, week);
    await from.editions.record({
      digestId: scheduleId as DigestId,
      week,
      revision: 1,
      number: 1,
      // Nothing here reads what an edition holds.
      edition: {} as Edition,
      manifestHash: '',
      folder: '',
      publishedAt: clock.now().toISOString(),
      fence,
    });
    if (before === undefined) publications.push({ scheduleId, week, at: clock.now().toISOString() });
  }

  return {
    publications,
    now: () => new Date(now),
    set(at: string | number | Date) {
      now = new Date(at).getTime();
    },
    open,
    /** One ring of the alarm; `mishapOf` says what befalls a piece of work. */
    async tick(
      schedules: readonly Schedule[],
      mishapOf: () => Mishap | undefined = () => undefined,
    ): Promise<void> {
      const opened = await open();
      const context = { store: opened, clock, log, signal };
      await noteDueSlots(context, schedules);
      let hasDied = false;
      const work = workOpenSlots(context, schedules, async ({ slot }) => {
        const mishap = mishapOf();
        if (mishap === 'fails') throw new AppError('PDF_FAILED', 'made up');
        if (mishap !== 'dies before publishing')
          await publish(opened, slot.scheduleId, slot.periodKey, slot.fence);
        if (mishap !== undefined) {
          hasDied = true;
          await close();
        }
        return 'made';
      });
      // The end of a dead worker cannot be noted: its database is gone.
      await work.catch((error: unknown) => {
        if (!hasDied) throw error;
      });
    },
    /** The program ends in peace and is started again at the next tick. */
    restart: close,
  };
}
