/** Time that only runs forward, and waiting; tests put their own in. */
export interface Timer {
  /** Monotonic milliseconds. */
  now(): number;
  /** Rejects with the signal's reason when it fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Politeness {
  /** Runs `task` when the host's turn has come: after its gap, and within both concurrency limits. */
  run<T>(host: string, task: () => Promise<T>, options?: TurnOptions): Promise<T>;
  /** No further request to `host` starts within the next `ms`. */
  holdBack(host: string, ms: number): void;
}

export interface TurnOptions {
  /** Longer gap asked for by the host (Crawl-delay). */
  readonly gapMs?: number;
  readonly signal?: AbortSignal;
}

export interface PolitenessOptions {
  /** From the start of one request to a host to the start of its next. @default 1000 */
  readonly gapMs?: number;
  /** Requests under way at one host. @default 1 */
  readonly perHost?: number;
  /** Requests under way in all, those of slow hosts apart. @default 8 */
  readonly total?: number;
  /** A request under way for longer no longer keeps others waiting. @default 3000 */
  readonly slowAfterMs?: number;
  /** Slow requests under way in all; beyond that they count as others do. @default 4 × total */
  readonly slow?: number;
  readonly timer?: Timer;
}

interface Lane {
  readonly slots: Turns;
  /** Held by the request whose start is being waited for, so that starts are ordered and never closer than the gap. */
  readonly gate: Turns;
  nextAt: number;
}

export const systemTimer: Timer = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = () => {
        clearTimeout(handle);
        reject(signal?.reason);
      };
      const handle = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** Spaces requests: side by side across hosts, one after the other with a gap at each host. */
export function createPoliteness(options: PolitenessOptions = {}): Politeness {
  const { gapMs = 1000, perHost = 1, timer = systemTimer } = options;
  const { total = 8, slowAfterMs = 3000, slow = 4 * total } = options;
  const everywhere = new Turns(total);
  const beside = new Turns(slow);
  const lanes = new Map<string, Lane>();
  const laneOf = (host: string): Lane => {
    const known = lanes.get(host);
    if (known !== undefined) return known;
    const lane = { slots: new Turns(perHost), gate: new Turns(1), nextAt: Number.NEGATIVE_INFINITY };
    lanes.set(host, lane);
    return lane;
  };

  /** Hosts that hang must not use up what all share: a slow request hands its turn on and goes on beside the others. */
  const holdWhileQuick = async <T>(task: () => Promise<T>, release: () => void): Promise<T> => {
    const end = new AbortController();
    let giveBack = release;
    timer
      .sleep(slowAfterMs, end.signal)
      .then(() => beside.take(end.signal))
      .then(
        (leave) => {
          // It may have ended between the turn's coming and this line.
          if (end.signal.aborted) return leave();
          release();
          giveBack = leave;
        },
        () => undefined, // it ended before
      );
    try {
      return await task();
    } finally {
      end.abort('it has ended');
      giveBack();
    }
  };

  return {
    run: (host, task, { gapMs: asked = 0, signal } = {}) => {
      const lane = laneOf(host);
      return lane.slots.hold(signal, async () => {
        const start = await lane.gate.hold(signal, async () => {
          // holdBack may move nextAt while we wait.
          for (let wait = lane.nextAt - timer.now(); wait > 0; wait = lane.nextAt - timer.now())
            await timer.sleep(wait, signal);
          const release = await everywhere.take(signal);
          lane.nextAt = timer.now() + Math.max(gapMs, asked);
          return release;
        });
        return holdWhileQuick(task, start);
      });
    },
    holdBack(host, ms) {
      const lane = laneOf(host);
      lane.nextAt = Math.max(lane.nextAt, timer.now() + ms);
    },
  };
}

/** A counting lock, first come first served; waiting ends early when the signal fires. */
class Turns {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  async hold<T>(signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    const release = await this.take(signal);
    try {
      return await task();
    } finally {
      release();
    }
  }

  async take(signal: AbortSignal | undefined): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
    return () => this.#release();
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        this.#waiting.delete(go);
        reject(signal?.reason);
      };
      this.#waiting.add(go);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
