import type { Recipient } from '../model/delivery.ts';
import { isSameSecret } from '../text/hash.ts';
import { type ReaderPurpose, readerToken, tokenHash } from '../text/reader-tokens.ts';
import type { JobContext } from './context.ts';

const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/**
 * Whose link it is. Tokens are derived when a mail is written, so the database learns their hashes only here, before
 * the first look after new readers came; the token found by its hash is derived again and compared.
 */
export async function readerOfToken(
  { store }: Pick<JobContext, 'store'>,
  key: Uint8Array,
  purpose: ReaderPurpose,
  token: string,
): Promise<Recipient | undefined> {
  if (!TOKEN.test(token)) return undefined;
  await keepHashes(store, key);
  const recipient = await store.recipients.byTokenHash(purpose, tokenHash(token));
  if (recipient === undefined || !isSameSecret(token, readerToken(key, recipient, purpose))) return undefined;
  return recipient;
}

async function keepHashes(store: JobContext['store'], key: Uint8Array): Promise<void> {
  const owners = await store.recipients.withoutTokenHashes();
  if (owners.length === 0) return;
  const hashes = owners.map((owner) => ({
    ...owner,
    unsubscribe: tokenHash(readerToken(key, owner, 'unsubscribe')),
    preferences: tokenHash(readerToken(key, owner, 'preferences')),
  }));
  await store.transaction(({ recipients }) => recipients.keepTokenHashes(hashes));
}
