import { type App, openApp } from '../app.ts';
import { type Config, loadConfig } from '../config.ts';
import type { Clock } from '../model/clock.ts';
import { eventProgress } from './event-progress.ts';
import type { CommandIo } from './io.ts';
import { createLog, silentLog } from './log.ts';
import { createProgress } from './progress.ts';

export interface Overrides {
  /** Answer from these WARC files instead of the network. */
  readonly replay?: readonly string[];
  /** Log to standard error in place of progress: for the service. */
  readonly logs?: boolean;
  /** Progress as JSON lines on standard error: for programs that start this one. */
  readonly events?: boolean;
  readonly clock?: Clock;
  /** Settings that the command itself decides (the demo's folders). */
  readonly config?: Partial<Config>;
}

/** Opens the program for one command; `await using` closes it again whatever happens. */
export type OpenApp = (io: CommandIo, overrides?: Overrides) => Promise<App>;

export const openCommandApp: OpenApp = (io, { replay, logs, events, clock, config } = {}) => {
  const settings = { ...loadConfig(io.env, io.baseDir), ...config };
  return openApp({
    config: settings,
    baseDir: io.baseDir,
    // Findings are told in the command's own report; the log is for services and for those who ask for it.
    log: logs || io.env.LOG_LEVEL !== undefined ? createLog(settings.logLevel) : silentLog,
    signal: io.signal,
    ...(logs ? {} : { progress: events ? eventProgress(io.err) : createProgress(io.err) }),
    ...(clock === undefined ? {} : { clock }),
    ...(replay === undefined ? {} : { replay }),
  });
};
