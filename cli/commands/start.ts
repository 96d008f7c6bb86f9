import path from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../app.ts';
import { assetPages } from '../../console/assets.ts';
import { healthPage, healthProbe } from '../../console/health.ts';
import { buildServer, listen } from '../../console/server.ts';
import { loadView } from '../../console/views.ts';
import { nextMoment } from '../../jobs/schedule.ts';
import { ring } from '../../jobs/scheduled-work.ts';
import { type Service, startService } from '../../jobs/service.ts';
import { minuteOf } from '../../text/calendar.ts';
import type { CommandIo } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

/** `start`: the service; ends on SIGINT or SIGTERM. */
export function startCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('start')
    .description('run the scheduled service with its health page; ends on Ctrl+C')
    .option('--once', 'do what is due now and end')
    .action(async (options: { once?: boolean }) => {
      await using app = await openApp(io, { logs: true });
      await recover(app);
      if (options.once) await ring(app, app);
      else await serve(app, io);
    });
}

/** What a stopped program left half done is closed or held; nothing of it is repeated blindly. */
async function recover(app: App): Promise<void> {
  // Under the lock nobody else is working: what is still open was left by a stop.
  await using _turn = await app.lock.take(app.signal, () => undefined);
  const at = app.clock.now().toISOString();
  const abandoned = await app.store.runs.abandonOpen(at);
  const unknown =
    (await app.store.deliveries.holdLeftovers(at)) + (await app.store.letters.holdLeftovers(at));
  if (abandoned + unknown > 0) app.log.warn('Leftovers of a stopped program found', { abandoned, unknown });
}

async function serve(app: App, io: CommandIo): Promise<void> {
  const service = startService({
    work: () => ring(app, app),
    now: () => app.clock.now().toISOString(),
    onError: (error) =>
      app.log.error('Tick failed', { error: error instanceof Error ? error.message : String(error) }),
  });
  try {
    await using server = await openConsole(app, service, io);
    const url = await listen(server, app.config.httpHost, app.config.httpPort);
    io.out.write(`Policy Digest is running. Its page: ${url} (Ctrl+C ends it)\n${scheduleText(app)}\n`);
    void service.tick();
    await aborted(io.signal);
  } finally {
    await service.stop();
  }
}

/** Every page of the service, each given what it shows and changes. */
async function openConsole(app: App, service: Service, io: CommandIo) {
  const { store, digests, clock, config } = app;
  const templates = path.join(io.baseDir, 'templates');
  const health = {
    store,
    digests,
    clock,
    view: await loadView(templates, 'health'),
    transport: app.mailing.transport.name,
    lastTickAt: service.lastTickAt,
  };
  return buildServer({
    access: { operatorToken: config.operatorToken },
    onError: (error) => app.log.error('Request failed', { error: error.message }),
    open: [healthProbe(health), assetPages(templates)],
    operator: [healthPage(health)],
  });
}

function scheduleText({ digests, clock }: App): string {
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
