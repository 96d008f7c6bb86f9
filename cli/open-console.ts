import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { isPublished } from '../console/access.ts';
import { archiveFiles } from '../console/archive-files.ts';
import { assetPages } from '../console/assets.ts';
import { healthProbe } from '../console/health.ts';
import { mailPages } from '../console/mail-pages.ts';
import { metricsPage } from '../console/metrics.ts';
import { operatorPage } from '../console/operator-page.ts';
import { type ReaderPagesInput, readerPages } from '../console/reader-pages.ts';
import { rebuildApi } from '../console/rebuild-api.ts';
import { rebuildPages } from '../console/rebuild-pages.ts';
import { runPage } from '../console/run-page.ts';
import { buildServer } from '../console/server.ts';
import { signUpPages } from '../console/sign-up-pages.ts';
import { loadView } from '../console/views.ts';
import type { RebuildQueue } from '../jobs/rebuild-queue.ts';
import type { Service } from '../jobs/service.ts';
import { currentAlarms } from '../jobs/tell-operator.ts';

export interface ConsoleParts {
  /** The project's folder. */
  readonly baseDir: string;
  readonly service: Pick<Service, 'lastTickAt' | 'workingSince'>;
  readonly queue: RebuildQueue;
}

/** Every page of the service, each given what it shows and changes; not yet listening. */
export async function openConsole(
  app: App,
  { baseDir, service, queue }: ConsoleParts,
): Promise<FastifyInstance> {
  const { store, digests, clock, config, draftsDir } = app;
  const { lastTickAt, workingSince } = service;
  const ticking = { clock, lastTickAt, workingSince };
  const templates = path.join(baseDir, 'templates');
  const view = (name: string) => loadView(templates, name);
  const rebuilds = {
    queue,
    store,
    digests,
    clock,
    vocabulary: app.vocabulary,
    mailing: app.mailing,
    draftsDir,
  };
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
    access: { operatorToken: config.operatorToken, isPublished: isPublished(config.publicUrl) },
    onError: (error) => app.log.error('Request failed', { error: error.message }),
    open: [healthProbe(ticking), assetPages(templates), readerPages(readers), signUpPages(readers)],
    operator: [
      operatorPage({
        ...{ ...ticking, store, digests, sources: app.sources, transport },
        alarms: () => currentAlarms(app, app.watch),
        view: await view('operator'),
      }),
      runPage({ store, sources: app.sources, clock, view: await view('run') }),
      mailPages({ store, clock }),
      rebuildPages(rebuilds, await view('rebuild')),
      rebuildApi(rebuilds),
      metricsPage({ store, digests, clock, lastTickAt, ...app.watch }),
      archiveFiles({ archiveDir: config.archiveDir, draftsDir }),
    ],
  });
}
