import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RebuildQueue, RebuildView } from '../jobs/rebuild-queue.ts';
import type { Digest } from '../model/digest.ts';
import { UsageError } from '../model/errors.ts';
import type { RebuildRequest } from '../model/rebuild.ts';
import { eventStreams } from './event-stream.ts';
import { draftHref, foundRebuild, isOver } from './rebuild-links.ts';
import { mailCorrection, mailEdition, type RebuildMailParts } from './rebuild-mail.ts';
import { publishingWish, readWish, type WishInput } from './rebuild-wish.ts';
import type { Pages } from './server.ts';

export interface RebuildParts extends RebuildMailParts {
  readonly queue: RebuildQueue;
  readonly digests: readonly Digest[];
  /** Where drafts lie until they are published or too old. */
  readonly draftsDir: string;
}

const LONGEST_KEY = 200;

type ById = { Params: { id: string } };

/** `/api/rebuilds`: rebuilds for programs. See docs/http-api.md. */
export function rebuildApi(parts: RebuildParts): Pages {
  const { queue, store, draftsDir } = parts;
  return (server) => {
    const streams = eventStreams(server);

    server.post('/api/rebuilds', async (request, reply) =>
      accepted(
        reply,
        await queue.ask(readWish(bodyOf(request), parts), { by: 'api', ...keyOf(request) }),
        draftsDir,
      ),
    );

    server.get('/api/rebuilds', async () => ({
      rebuilds: (await store.rebuilds.latest(50)).map((request) => toJson({ request }, draftsDir)),
    }));

    server.get<ById>('/api/rebuilds/:id', async (request) =>
      toJson(await foundRebuild(queue, request.params.id), draftsDir),
    );

    server.get<ById>('/api/rebuilds/:id/events', async (request, reply) => {
      const { id } = request.params;
      await foundRebuild(queue, id);
      const read = async () => {
        const view = await queue.view(id);
        return view && { data: toJson(view, draftsDir), isLast: isOver(view.request) };
      };
      await streams.open(reply, read, (listener) => queue.watch(id, listener));
    });

    server.post<ById>('/api/rebuilds/:id/publish', async (request, reply) => {
      const view = await foundRebuild(queue, request.params.id);
      const asked = await queue.ask(publishingWish(view.request), { by: 'api', ...keyOf(request) });
      return accepted(reply, asked, draftsDir);
    });

    server.post<ById>('/api/rebuilds/:id/errata', async (request) => {
      const view = await foundRebuild(queue, request.params.id);
      return { queued: await mailCorrection(view.request, parts) };
    });

    server.post<ById>('/api/rebuilds/:id/mail', async (request) => {
      const view = await foundRebuild(queue, request.params.id);
      return { queued: await mailEdition(view.request, parts) };
    });
  };
}

function accepted(
  reply: FastifyReply,
  { request, isNew }: { readonly request: RebuildRequest; readonly isNew: boolean },
  draftsDir: string,
) {
  reply.status(isNew ? 202 : 200).header('location', `/api/rebuilds/${request.id}`);
  return { ...toJson({ request }, draftsDir), isJoined: !isNew };
}

function bodyOf(request: FastifyRequest): WishInput {
  const { body } = request;
  return typeof body === 'object' && body !== null ? body : {};
}

function keyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return {};
  if (typeof key !== 'string' || key === '' || key.length > LONGEST_KEY)
    throw new UsageError('REQUEST_INVALID', `an Idempotency-Key has 1 to ${LONGEST_KEY} characters`);
  return { idempotencyKey: key };
}

function toJson({ request, progress }: RebuildView, draftsDir: string): object {
  const draft = draftHref(request, draftsDir);
  return {
    ...request,
    ...(progress === undefined ? {} : { progress }),
    links: {
      page: `/rebuilds/${request.id}`,
      events: `/api/rebuilds/${request.id}/events`,
      ...(draft === undefined ? {} : { draft: `${draft}index.html` }),
    },
  };
}
