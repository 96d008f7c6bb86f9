import { startAlarm } from './schedule.ts';

/** Rings a piece of work every minute, never twice at a time. */
export interface Service {
  /** Runs the work now; joins the running one when there is one. */
  tick(): Promise<void>;
  /** UTC ISO instant of the last tick that ended well. */
  lastTickAt(): string | undefined;
  /** UTC ISO instant at which the tick under way began. */
  workingSince(): string | undefined;
  /** No further ticks; waits for the running one. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly work: () => Promise<void>;
  readonly now: () => string;
  readonly onError: (error: unknown) => void;
}

/** The scheduled service. node-cron rings; what there is to do, the tables say. */
export function startService(options: ServiceOptions): Service {
  let running: Promise<void> | undefined;
  let lastTickAt: string | undefined;
  let workingSince: string | undefined;
  const once = async () => {
    workingSince = options.now();
    try {
      await options.work();
      lastTickAt = options.now();
    } catch (error) {
      options.onError(error);
    } finally {
      workingSince = undefined;
      running = undefined;
    }
  };
  const tick = () => {
    running ??= once();
    return running;
  };
  const alarm = startAlarm(() => void tick());
  return {
    tick,
    lastTickAt: () => lastTickAt,
    workingSince: () => workingSince,
    async stop() {
      await alarm.stop();
      await running;
    },
  };
}
