import type { Command } from 'commander';
import type { App } from '../../app.ts';
import { listen } from '../../console/server.ts';
import { holdLeftovers } from '../../jobs/deliver.ts';
import { faultOf } from '../../jobs/machine-faults.ts';
import { createRebuildQueue } from '../../jobs/rebuild-queue.ts';
import { type Beat, nextMoment } from '../../jobs/schedule.ts';
import { ring, ringMail, ringWork } from '../../jobs/scheduled-work.ts';
import { startService, together } from '../../jobs/service.ts';
import { errorText } from '../../model/errors.ts';
import { minuteOf } from '../../text/calendar.ts';
import { childRebuild } from '../child-rebuild.ts';
import type { CommandIo } from '../io.ts';
import type { OpenApp } from '../open-app.ts';
import { openConsole } from '../open-console.ts';
import { warningsOf } from './config.ts';

/** `start`: the service; ends on SIGINT or SIGTERM with 0, within 20 seconds. */
export function startCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('start')
    .description('run the scheduled service with its pages; ends on Ctrl+C')
    .option('--once', 'do what is due now and end')
    .action(async (options: { once?: boolean }) => {
      await using app = await openApp(io, { logs: true });
      for (const { variable, reason } of warningsOf(app.config, io))
        app.log.warn('Setting in doubt', { variable, reason });
      if (options.once) {
        await recover(app);
        await ringOnce(app, io);
        return;
      }
      // Before anything is handed back: the other service may be about to do it.
      await using _place = await app.serviceLock.take(app.signal, (other) => {
        app.log.warn('Another service looks after this folder; waiting until it has ended', {
          ...other,
          dataDir: app.config.dataDir,
        });
      });
      await recover(app);
      await serve(app, io);
    });
}

/** For those who have another alarm clock: the exit code tells whether something that is due is still to be done. */
async function ringOnce(app: App, io: CommandIo): Promise<void> {
  await ring(app, app);
  const left = await app.store.slots.unfinished();
  if (left.length === 0 || io.signal.aborted) return;
  const lines = left.map(
    ({ scheduleId, periodKey, detail }) => `  ${scheduleId} ${periodKey}: ${detail ?? 'not begun'}`,
  );
  io.err.write(`Due and not done yet:\n${lines.join('\n')}\n`);
  io.exit(1);
}

/** What a stopped program left half done is handed back or held; nothing of it is repeated blindly. */
async function recover(app: App): Promise<void> {
  // Under the lock nobody else is working: what is still claimed was left by a stop. Its runs are closed by now.
  await using _turn = await app.lock.take('work', app.signal, (pid) => {
    app.log.info('Waiting for another process', { pid });
  });
  const handedBack = await app.store.slots.handBackAll();
  const unknown = await holdLeftovers(app);
  await app.store.rebuilds.handBack();
  if (handedBack + unknown > 0) app.log.warn('Leftovers of a stopped program found', { handedBack, unknown });
}

async function serve(app: App, io: CommandIo): Promise<void> {
  const startRinging = (beat: Beat, work: () => Promise<void>) =>
    startService({
      beat,
      work,
      now: () => app.clock.now().toISOString(),
      onError: (thrown) => app.log.error('Tick failed', { error: errorText(faultOf(thrown)) }),
    });
  const post = startRinging('every ten seconds', () => ringMail(app, app));
  const work = startRinging('every minute', async () => {
    // What it has queued goes out at once.
    await ringWork(app, app).finally(() => void post.tick());
  });
  const queue = createRebuildQueue(app, childRebuild(io));
  try {
    await using server = await openConsole(app, {
      baseDir: io.baseDir,
      service: together([work, post]),
      queue,
    });
    const url = await listen(server, app.config.httpHost, app.config.httpPort);
    io.out.write(`Policy Digest is running. Its page: ${url} (Ctrl+C ends it)\n${scheduleText(app)}\n`);
    void work.tick();
    void post.tick();
    queue.wake();
    await aborted(io.signal);
    app.log.info('Stopping');
    io.exit(0);
  } finally {
    await queue.stop();
    await work.stop();
    await post.stop();
  }
}

function scheduleText({ digests, clock, config }: App): string {
  if (digests.length === 0) return `No digest is set up: ${config.digestsDir} holds none.`;
  const lines = digests.map((digest) => {
    const next = digest.enabled ? nextMoment(digest, clock.now()) : undefined;
    return `  ${digest.title}: ${next === undefined ? 'switched off' : `next ${minuteOf(next, digest.zone)} ${digest.zone}`}`;
  });
  return lines.join('\n');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
