import type { NewSuppression } from '../db/suppressions.ts';
import type { JobContext } from './context.ts';

type Context = Pick<JobContext, 'store' | 'clock'>;

/** Stops mail to an address by an operator's word; false when it was stopped before for as strong a reason. */
export function suppress(
  { store, clock }: Context,
  suppression: Pick<NewSuppression, 'email' | 'reason' | 'evidence'>,
): Promise<boolean> {
  const at = clock.now().toISOString();
  return store.transaction(async (tables) => {
    const isNew = await tables.suppressions.add({ ...suppression, at });
    const known = await tables.recipients.byEmail(suppression.email);
    if (isNew && known !== undefined) {
      const detail = `${suppression.reason}: ${suppression.evidence}`;
      const event = { recipientId: known.id, at, kind: 'suppressed', by: 'operator', detail } as const;
      await tables.recipientEvents.add(event);
    }
    return isNew;
  });
}

/** Lifts everything that stops mail to an address; false when nothing did. */
export function unsuppress({ store, clock }: Context, email: string): Promise<boolean> {
  const at = clock.now().toISOString();
  return store.transaction(async (tables) => {
    const lifted = await tables.suppressions.remove(email);
    const known = await tables.recipients.byEmail(email);
    if (lifted && known !== undefined) {
      const event = { recipientId: known.id, at, kind: 'unsuppressed', by: 'operator', detail: '' } as const;
      await tables.recipientEvents.add(event);
    }
    return lifted;
  });
}
