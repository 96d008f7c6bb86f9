import type { Tables } from '../db/store.ts';
import type { SendResult } from '../model/delivery.ts';
import type { Outgoing } from './mail-outbox.ts';

/** There is no such mailbox, or no server for its domain. */
const GONE = /^5\.1\.|^5\.4\.4$/;
/** The mailbox is full: it may be emptied. */
const FULL = '5.2.2';

/** What a refused recipient means for the address: gone, it gets nothing more; full, it counts. */
export async function noteRefusedAddress(
  { suppressions }: Pick<Tables, 'suppressions'>,
  { to, isReader, mail }: Outgoing,
  result: SendResult,
  at: string,
): Promise<void> {
  if (!isReader || result.outcome !== 'failed' || result.refused !== 'address') return;
  const { enhancedCode = '', detail } = result;
  if (GONE.test(enhancedCode)) await suppressions.add({ email: to, reason: 'bounce', at, evidence: detail });
  else if (enhancedCode === FULL)
    await suppressions.noteSoft({ email: to, at, cause: mail.id, evidence: detail });
}
