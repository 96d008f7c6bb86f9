import type { Tables } from '../db/store.ts';
import type { Recipient } from '../model/delivery.ts';
import type { DigestId } from '../model/ids.ts';
import type { EventAuthor } from '../model/recipient-event.ts';
import type { JobContext } from './context.ts';

/** How it was asked for; kept as evidence. */
export interface UnsubscribeReason {
  readonly by: EventAuthor;
  /** `one-click POST`, `page`, `mail`, `complaint about <delivery>`. */
  readonly evidence: string;
}

/**
 * Ends one subscription, or all with `'all'`. What was left stays left: it goes on the suppression list, so that no
 * import brings it back. Asking again changes nothing.
 */
export function unsubscribe(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  recipient: Recipient,
  what: DigestId | 'all',
  reason: UnsubscribeReason,
): Promise<void> {
  const at = clock.now().toISOString();
  return store.transaction((tables) => leave(tables, recipient, what, { ...reason, at }));
}

/** The same within a transaction. */
export async function leave(
  tables: Tables,
  { id, email }: Pick<Recipient, 'id' | 'email'>,
  what: DigestId | 'all',
  { by, evidence, at }: UnsubscribeReason & { readonly at: string },
): Promise<void> {
  const current = await tables.recipients.byId(id);
  const leaving = what === 'all' ? (current?.digestIds ?? []) : [what];
  let left = 0;
  for (const digestId of leaving) left += (await tables.recipients.leave(id, digestId)) ? 1 : 0;
  const isNew = await tables.suppressions.add({
    email,
    reason: 'unsubscribed',
    at,
    evidence,
    ...(what === 'all' ? {} : { digestId: what }),
  });
  if (left > 0 || isNew) {
    const detail = `${what === 'all' ? 'everything' : what}; ${evidence}`;
    await tables.recipientEvents.add({ recipientId: id, at, kind: 'unsubscribed', by, detail });
  }
}
