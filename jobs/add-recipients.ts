import type { NewRecipient } from '../db/recipients.ts';
import type { Tables } from '../db/store.ts';
import type { DigestId } from '../model/ids.ts';
import type { EventAuthor, RecipientEventKind } from '../model/recipient-event.ts';
import type { Suppression } from '../model/suppression.ts';
import type { JobContext } from './context.ts';

export type AddOutcome = 'added' | 'extended' | 'known' | 'suppressed';

export interface Added {
  readonly email: string;
  readonly outcome: AddOutcome;
  /** Digests that it was not subscribed to, because its owner left them or the address gets nothing. */
  readonly withheld: readonly DigestId[];
  /** Why, for an address that gets nothing. */
  readonly suppression?: Suppression;
}

export interface AddReason {
  readonly kind: Extract<RecipientEventKind, 'added' | 'imported' | 'confirmed'>;
  readonly by: EventAuthor;
  readonly detail: string;
}

type Context = Pick<JobContext, 'store' | 'clock'>;

/**
 * Subscribes addresses, all or none. The suppression list is asked first: what its owner left stays left, whoever adds
 * the address again.
 */
export function addRecipients(
  { store, clock }: Context,
  recipients: readonly NewRecipient[],
  reason: AddReason,
): Promise<Added[]> {
  const at = clock.now().toISOString();
  return store.transaction(async (tables) => {
    const added: Added[] = [];
    for (const recipient of recipients) added.push(await addOne(tables, recipient, reason, at));
    return added;
  });
}

/** What adding would do now; changes nothing. */
export async function previewRecipients(
  { store }: Pick<Context, 'store'>,
  recipients: readonly NewRecipient[],
): Promise<Added[]> {
  const previews: Added[] = [];
  for (const { email, digestIds } of recipients) {
    const stopped = await stoppedBy(store, email, digestIds);
    const known = await store.recipients.byEmail(email);
    const missing = stopped.allowed.filter((id) => !known?.digestIds.includes(id));
    const outcome =
      stopped.allowed.length === 0
        ? 'suppressed'
        : known === undefined
          ? 'added'
          : missing.length > 0 || !known.active
            ? 'extended'
            : 'known';
    previews.push({ email, outcome, ...stopped.told });
  }
  return previews;
}

/** Adds one inside a transaction that does more. */
export async function addOne(
  tables: Tables,
  recipient: NewRecipient,
  reason: AddReason,
  at: string,
): Promise<Added> {
  const { email } = recipient;
  const stopped = await stoppedBy(tables, email, recipient.digestIds);
  if (stopped.allowed.length === 0) return { email, outcome: 'suppressed', ...stopped.told };
  const outcome = await tables.recipients.add({ ...recipient, digestIds: stopped.allowed }, at);
  const known = await tables.recipients.byEmail(email);
  if (known !== undefined && outcome !== 'known') {
    const detail = [stopped.allowed.join(', '), reason.detail].filter((part) => part !== '').join('; ');
    await tables.recipientEvents.add({ recipientId: known.id, at, kind: reason.kind, by: reason.by, detail });
  }
  return { email, outcome, ...stopped.told };
}

async function stoppedBy(
  { suppressions }: Pick<Tables, 'suppressions'>,
  email: string,
  digestIds: readonly DigestId[],
): Promise<{
  readonly allowed: readonly DigestId[];
  readonly told: Pick<Added, 'withheld' | 'suppression'>;
}> {
  const list = await suppressions.of(email);
  const whole = list.find(({ digestId }) => digestId === undefined);
  const left = new Set(list.map(({ digestId }) => digestId));
  const allowed = whole === undefined ? digestIds.filter((id) => !left.has(id)) : [];
  const [cause] = whole === undefined ? list : [whole];
  const withheld = digestIds.filter((id) => !allowed.includes(id));
  return {
    allowed,
    told: { withheld, ...(allowed.length > 0 || cause === undefined ? {} : { suppression: cause }) },
  };
}
