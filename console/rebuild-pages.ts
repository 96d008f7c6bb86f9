import type { FastifyReply } from 'fastify';
import type { MailOutlook } from '../jobs/mail-outlook.ts';
import type { RebuildView } from '../jobs/rebuild-queue.ts';
import { DIFFERENCE_FILE } from '../reports/manifest.ts';
import { minuteOf } from '../text/calendar.ts';
import type { RebuildParts } from './rebuild-api.ts';
import { draftHref, foundRebuild, isOver, newerDraftHref, publishedHref } from './rebuild-links.ts';
import { correctionOutlook, mailCorrection, mailEdition, mailOutlook } from './rebuild-mail.ts';
import { publishingWish, readWish, type WishInput } from './rebuild-wish.ts';
import type { Pages } from './server.ts';
import type { View } from './views.ts';

type ById = { Params: { id: string } };

/** The rebuild button and the page that shows how far it is, what would change, and how to publish it. */
export function rebuildPages(parts: RebuildParts, view: View): Pages {
  const { queue } = parts;
  return (server) => {
    server.post<{ Body: WishInput | undefined }>('/rebuilds', async (request, reply) => {
      const { digest, week, from } = request.body ?? {};
      const { request: asked } = await queue.ask(readWish({ digest, week, from }, parts), { by: 'page' });
      return seeRebuild(reply, asked.id);
    });

    server.get<ById>('/rebuilds/:id', async (request, reply) => {
      const found = await foundRebuild(queue, request.params.id);
      const context = {
        ...pageOf(found, parts, await newerDraftHref(found.request, parts)),
        correction: outlookView(await correctionOutlook(found.request, parts)),
        edition: outlookView(await mailOutlook(found.request, parts)),
      };
      return reply.type('text/html; charset=utf-8').send(view(context));
    });

    server.post<ById>('/rebuilds/:id/errata', async (request, reply) => {
      const found = await foundRebuild(queue, request.params.id);
      await mailCorrection(found.request, parts);
      return reply.redirect(`/rebuilds/${found.request.id}#mails`, 303);
    });

    server.post<ById>('/rebuilds/:id/mail', async (request, reply) => {
      const found = await foundRebuild(queue, request.params.id);
      await mailEdition(found.request, parts);
      return reply.redirect(`/rebuilds/${found.request.id}#mails`, 303);
    });

    server.post<ById>('/rebuilds/:id/publish', async (request, reply) => {
      const found = await foundRebuild(queue, request.params.id);
      const { request: asked } = await queue.ask(publishingWish(found.request), { by: 'page' });
      return seeRebuild(reply, asked.id);
    });
  };
}

/** What was mailed and what a button would mail; null where there is nothing to mail. */
function outlookView(outlook: MailOutlook | undefined) {
  if (outlook === undefined) return null;
  const { queued, lastAt, more } = outlook;
  return {
    queued,
    isOneQueued: queued === 1,
    lastAt: lastAt === undefined ? '' : minuteOf(lastAt, 'UTC'),
    more,
    isOneMore: more === 1,
  };
}

function seeRebuild(reply: FastifyReply, id: string): FastifyReply {
  return reply.redirect(`/rebuilds/${id}`, 303);
}

function pageOf(
  { request, progress }: RebuildView,
  { digests, draftsDir }: RebuildParts,
  newerDraft: string | undefined,
) {
  const { id, digestId, week, state, aim, from, askedAt, outcome, error } = request;
  const draft = draftHref(request, draftsDir);
  const published = publishedHref(request);
  const isRevision = outcome?.state === 'revised';
  return {
    id,
    title: digests.find((digest) => digest.id === digestId)?.title ?? digestId,
    week,
    asked: minuteOf(askedAt, 'UTC'),
    isFromSnapshots: from === 'snapshots',
    isPublishing: aim === 'publish',
    isOver: isOver(request),
    isQueued: state === 'queued',
    phase: progress?.stage ?? progress?.phase ?? '',
    done: progress?.done ?? 0,
    total: progress?.total ?? 0,
    line: progress?.line ?? '',
    error: error ?? '',
    isUnchanged: outcome?.state === 'unchanged',
    isDraft: draft !== undefined,
    isDraftGone: draft === undefined && newerDraft === undefined && outcome?.isPublished === false,
    newerDraftHref: newerDraft ?? '',
    isPublished: outcome?.isPublished === true && outcome.state !== 'unchanged',
    isRevision,
    revision: outcome?.revision ?? 0,
    counts: countsOf(outcome?.counts ?? {}),
    draftHref: draft === undefined ? '' : `${draft}index.html`,
    publishedHref: published === undefined ? '' : `${published}index.html`,
    differenceHref: isRevision ? `${draft ?? published ?? ''}${DIFFERENCE_FILE}` : '',
  };
}

function countsOf({ seen, shown, folded, leftOut }: Readonly<Record<string, number>>): string {
  return seen === undefined
    ? ''
    : `${seen} documents = ${shown} shown + ${folded} folded + ${leftOut} left out`;
}
