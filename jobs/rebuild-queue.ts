import type { Asking } from '../db/rebuilds.ts';
import { errorText } from '../model/errors.ts';
import type { RebuildOutcome, RebuildProgress, RebuildRequest, RebuildWish } from '../model/rebuild.ts';
import type { JobContext, Progress } from './context.ts';

/** Makes one edition again, wherever that happens: in a process of its own, or right here in a test. */
export type RebuildRunner = (
  wish: RebuildWish,
  progress: Progress,
  signal: AbortSignal,
) => Promise<RebuildOutcome>;

/** What is told to whoever watches a request. */
export interface RebuildView {
  readonly request: RebuildRequest;
  /** Of a running one. */
  readonly progress?: RebuildProgress;
}

export interface RebuildQueue {
  /**
   * Puts a wish in the queue, or joins the open one that asks for the same.
   * @throws AppError IDEMPOTENCY_KEY_REUSED
   */
  ask(wish: RebuildWish, asking: Omit<Asking, 'at'>): Promise<{ request: RebuildRequest; isNew: boolean }>;
  view(id: string): Promise<RebuildView | undefined>;
  /** Calls `listener` whenever something changes, until the returned function is called. */
  watch(id: string, listener: () => void): () => void;
  /** Starts what waits; called once at start, since a stop may have left work. */
  wake(): void;
  /** Takes no further one and gives the running one back to the queue. */
  stop(): Promise<void>;
}

type Parts = Pick<JobContext, 'store' | 'clock' | 'log'>;

/** Works what people ask for, one at a time in the order of asking. The table is the truth; this only moves it along. */
export function createRebuildQueue({ store, clock, log }: Parts, run: RebuildRunner): RebuildQueue {
  const listeners = new Map<string, Set<() => void>>();
  const stopping = new AbortController();
  let progress: { readonly id: string; readonly at: RebuildProgress } | undefined;
  let working: Promise<void> | undefined;
  // Set by a wish that comes while the last look into the table may already have found nothing.
  let isWoken = false;
  const now = () => clock.now().toISOString();
  const tell = (id: string) => {
    for (const listener of listeners.get(id) ?? []) listener();
  };

  async function work(request: RebuildRequest): Promise<void> {
    const report = (at: RebuildProgress) => {
      progress = { id: request.id, at };
      tell(request.id);
    };
    tell(request.id);
    try {
      // Claimed while the stop was on its way.
      stopping.signal.throwIfAborted();
      const outcome = await run(request, progressTo(report), stopping.signal);
      await store.rebuilds.finish(request.id, { at: now(), outcome });
    } catch (error) {
      if (stopping.signal.aborted) {
        await store.rebuilds.handBack();
        return;
      }
      const message = errorText(error);
      log.error('Rebuild failed', { rebuildId: request.id, error: message });
      await store.rebuilds.finish(request.id, { at: now(), error: message });
    } finally {
      progress = undefined;
      tell(request.id);
    }
  }

  async function drain(): Promise<void> {
    // Nothing runs now: what the table calls running had an end that could not be noted (a full disk).
    await store.rebuilds.handBack();
    while (isWoken && !stopping.signal.aborted) {
      isWoken = false;
      for (;;) {
        const request = stopping.signal.aborted ? undefined : await store.rebuilds.claimNext(now());
        if (request === undefined) break;
        await work(request);
      }
    }
  }

  function wake(): void {
    isWoken = true;
    working ??= drain()
      .catch((error: unknown) => log.error('Rebuild queue failed', { error: String(error) }))
      .finally(() => {
        working = undefined;
        if (isWoken && !stopping.signal.aborted) wake();
      });
  }

  return {
    async ask(wish, asking) {
      const asked = await store.transaction((tables) => tables.rebuilds.ask(wish, { ...asking, at: now() }));
      wake();
      return asked;
    },
    async view(id) {
      const request = await store.rebuilds.byId(id);
      if (request === undefined) return undefined;
      return progress?.id === id ? { request, progress: progress.at } : { request };
    },
    watch(id, listener) {
      const ofRequest = listeners.get(id) ?? new Set();
      listeners.set(id, ofRequest.add(listener));
      return () => {
        ofRequest.delete(listener);
        if (ofRequest.size === 0) listeners.delete(id);
      };
    },
    wake,
    async stop() {
      stopping.abort();
      await working;
    },
  };
}

/** The calls of a job's progress as one value after each. */
function progressTo(report: (at: RebuildProgress) => void): Progress {
  let at: RebuildProgress = { phase: '', done: 0, total: 0 };
  const set = (change: Partial<RebuildProgress>) => {
    at = { ...at, ...change };
    report(at);
  };
  return {
    phase: (phase, total) => set({ phase, total, done: 0 }),
    grow: (count) => set({ total: at.total + count }),
    step: (line) => set({ done: at.done + 1, ...(line === undefined ? {} : { line }) }),
    stage: (stage) => set({ stage }),
    end: () => undefined,
  };
}
