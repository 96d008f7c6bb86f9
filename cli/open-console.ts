import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { archiveFiles } from '../console/archive-files.ts';
import { assetPages } from '../console/assets.ts';
import { healthProbe } from '../console/health.ts';
import { metricsPage } from '../console/metrics.ts';
import { operatorPage } from '../console/operator-page.ts';
import { rebuildApi } from '../console/rebuild-api.ts';
import { rebuildPages } from '../console/rebuild-pages.ts';
import { type ReaderPagesInput, readerPages } from '../console/reader-pages.ts';
import { buildServer } from '../console/server.ts';
import { signUpPages } from '../console/sign-up-pages.ts';
import { loadView } from '../console/views.ts';
import type { RebuildQueue } from '../jobs/rebuild-queue.ts';
import type { Service } from '../jobs/service.ts';

export interface ConsoleParts {
  /** The project's folder. */
  readonly baseDir: string;
  readonly service: Pick<Service, 'lastTickAt'>;
  readonly queue: RebuildQueue;
}

/** Every page of the service, each given what it shows and changes; not yet listening. */
export async function openConsole(
  app: App,
  { baseDir, service, queue }: ConsoleParts,
): Promise<FastifyInstance> {
  const { store, digests, clock, config, draftsDir } = app;
  const { lastTickAt } = service;
  const templates = path.join(baseDir, 'templates');
  const view = (name: string) => loadView(templates, name);
  const rebuilds = { queue, store, digests, clock };
  const transport = app.mailing.transport.name;
  const readers: ReaderPagesInput = {
    ...{ store, clock, digests, vocabulary: app.vocabulary, linkKey: app.linkKey },
    archiveUrl: config.archiveUrl,
    contact: config.contact,
    views: {
      message: await view('reader-message'),
      preferences: await view('reader-preferences'),
      subscribe: await view('reader-subscribe'),
      unsubscribe: await view('reader-unsubscribe'),
    },
    onError: (error) => app.log.error('Sign-up failed', { error: error.message }),
  };
  return buildServer({
    access: { operatorToken: config.operatorToken },
    onError: (error) => app.log.error('Request failed', { error: error.message }),
    open: [
      healthProbe({ clock, lastTickAt }),
      assetPages(templates),
      readerPages(readers),
      signUpPages(readers),
    ],
    operator: [
      operatorPage({ store, digests, clock, view: await view('operator'), transport, lastTickAt }),
      rebuildPages(rebuilds, await view('rebuild')),
      rebuildApi(rebuilds),
      metricsPage({ store, digests, clock, lastTickAt, ...app.watch }),
      archiveFiles({ archiveDir: config.archiveDir, draftsDir }),
    ],
  });
}
