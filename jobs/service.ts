import { type Beat, startAlarm } from './schedule.ts';

/** Rings a piece of work, never twice at a time. */
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
  readonly beat: Beat;
  readonly work: () => Promise<void>;
  readonly now: () => string;
  readonly onError: (error: unknown) => void;
}

/** What is told of several services as one: the round that ended longest ago, and the one that began longest ago. */
export function together(services: readonly Service[]): Pick<Service, 'lastTickAt' | 'workingSince'> {
  return {
    lastTickAt() {
      const ended = services.map((service) => service.lastTickAt());
      return ended.includes(undefined) ? undefined : ended.sort()[0];
    },
    workingSince: () => services.flatMap((service) => service.workingSince() ?? []).sort()[0],
  };
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
  const alarm = startAlarm(options.beat, () => void tick());
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
