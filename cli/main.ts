import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { VERSION } from '../app.ts';
import { readEnvironment } from '../config.ts';
import { AppError, ConfigError, UsageError } from '../model/errors.ts';
import { configCommand } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { importCommand } from './commands/import.ts';
import { mailCommand } from './commands/mail.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { recipientCommand } from './commands/recipient.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { snapshotsCommand } from './commands/snapshots.ts';
import { sourceCommand } from './commands/source.ts';
import { startCommand } from './commands/start.ts';
import { templateCommand } from './commands/template.ts';
import { topicCommand } from './commands/topic.ts';
import { verifyCommand } from './commands/verify.ts';
import type { CommandIo } from './io.ts';
import { type OpenApp, openCommandApp } from './open-app.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_CONFIG = 3;
/** A service manager waits so long after SIGTERM; what hangs longer is cut off and goes on at the next start. */
const STOP_WITHIN_MS = 20_000;

/** Every command of the program, ready to parse arguments. */
export function createProgram(io: CommandIo, openApp: OpenApp = openCommandApp): Command {
  const program = new Command('digest')
    .description('Weekly digests of innovation policy: sources → documents → stories → web page, PDF, mail')
    .version(VERSION)
    .configureOutput({ writeOut: (text) => io.out.write(text), writeErr: (text) => io.err.write(text) })
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong use, 3 settings or files that cannot be used.\nSettings are environment variables or lines in .env; `digest config` shows them.',
    );
  runCommand(program, io, openApp);
  demoCommand(program, io, openApp);
  startCommand(program, io, openApp);
  runsCommand(program, io, openApp);
  importCommand(program, io, openApp);
  rebuildCommand(program, io, openApp);
  verifyCommand(program, io, openApp);
  recipientCommand(program, io, openApp);
  mailCommand(program, io, openApp);
  sourceCommand(program, io, openApp);
  snapshotsCommand(program, io, openApp);
  templateCommand(program, io);
  topicCommand(program, io, openApp);
  configCommand(program, io);
  return program;
}

/** Runs one command line; never throws, the exit code is set through `io`. */
export async function main(
  args: readonly string[],
  io: CommandIo,
  openApp: OpenApp = openCommandApp,
): Promise<void> {
  try {
    await createProgram(io, openApp).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) io.exit(EXIT_USAGE);
      return;
    }
    io.err.write(`${explain(error, io)}\n`);
    io.exit(
      error instanceof UsageError ? EXIT_USAGE : error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAILED,
    );
  }
}

/** Our own errors are sentences for people; anything else is a fault of the program and shows where. */
function explain(error: unknown, io: CommandIo): string {
  if (io.signal.aborted) return 'Stopped. What was done is kept; run the same command again to go on.';
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename) {
  const baseDir = path.resolve(import.meta.dirname, '..');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop.abort(new Error(signal));
      setTimeout(() => process.exit(process.exitCode ?? EXIT_FAILED), STOP_WITHIN_MS - 1000).unref();
    });
  // Whoever reads may have enough (`| head`): the rest is written to nobody, and what was begun ends in order.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  await main(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    env: readEnvironment(baseDir),
    baseDir,
    signal: stop.signal,
    exit: (code) => {
      process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
    },
  });
}
