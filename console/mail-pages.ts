import type { Store } from '../db/store.ts';
import { decideMails } from '../jobs/decide-mail.ts';
import type { Clock } from '../model/clock.ts';
import { UsageError } from '../model/errors.ts';
import type { Pages } from './server.ts';

interface Decision {
  readonly id?: unknown;
  readonly decision?: unknown;
}

/** `/mails/decide`: a person's word on a mail of which nobody knows whether the server took it. */
export function mailPages(parts: { readonly store: Store; readonly clock: Clock }): Pages {
  return (server) => {
    server.post<{ Body: Decision | undefined }>('/mails/decide', async (request, reply) => {
      const { id, decision } = request.body ?? {};
      if (typeof id !== 'string' || (decision !== 'queued' && decision !== 'sent'))
        throw new UsageError('REQUEST_INVALID', '"id" must name a mail, "decision" be "queued" or "sent"');
      await decideMails(parts, [id], decision);
      return reply.redirect('/#mails', 303);
    });
  };
}
