import type { Tables } from '../db/store.ts';
import type { ReturnedMail } from '../model/bounce.ts';
import type { Recipient } from '../model/delivery.ts';
import { UsageError } from '../model/errors.ts';
import type { DigestId } from '../model/ids.ts';
import type { JobContext } from './context.ts';
import { readerOfToken } from './reader-of-token.ts';
import { leave } from './unsubscribe.ts';

/** Whose mail asks to be left out of what: proved by the reader's own token. */
export interface ProvedWish {
  readonly reader: Recipient;
  readonly what: DigestId | 'all';
}

/** Undefined for a mail without a token that is valid, and for a digest that nobody knows: a person must look. */
export async function provedWish(
  { store, digests }: Pick<JobContext, 'store' | 'digests'>,
  key: Uint8Array,
  { wish }: Extract<ReturnedMail, { kind: 'unsubscribe' }>,
): Promise<ProvedWish | undefined> {
  if (wish === undefined) return undefined;
  const reader = await readerOfToken({ store }, key, 'unsubscribe', wish.token);
  if (reader === undefined) return undefined;
  if (wish.digest === undefined || wish.digest === 'all') return { reader, what: 'all' };
  const known = [...digests.map(({ id }) => id), ...reader.digestIds];
  const what = known.find((id) => id === wish.digest);
  return what === undefined ? undefined : { reader, what };
}

/** Call inside a transaction; asking again changes nothing. */
export function grant(tables: Tables, { reader, what }: ProvedWish, at: string): Promise<void> {
  return leave(tables, reader, what, { by: 'reader', evidence: 'mail', at });
}

const SUBJECT_CHARACTERS = 120;
/** A token, which may be valid, is not to be read from a list. */
const SECRET = /[\w-]{32,}/g;

/** What a person needs to see to it: who asks, and with which words. */
export function wishText({ from, subject }: Extract<ReturnedMail, { kind: 'unsubscribe' }>): string {
  const words = subject.replace(SECRET, '…').replace(/\s+/g, ' ').trim().slice(0, SUBJECT_CHARACTERS);
  return `${from.toLowerCase()} "${words}"`;
}

/**
 * Notes that a person saw to these wishes, all of them or none; who asked is not kept any longer.
 * @throws UsageError MAIL_NOT_FOUND
 */
export function settleWishes({ store }: Pick<JobContext, 'store'>, ids: readonly string[]): Promise<void> {
  return store.transaction(async ({ returnedMessages }) => {
    for (const id of ids) {
      if (!(await returnedMessages.settleWish(id)))
        throw new UsageError(
          'MAIL_NOT_FOUND',
          `no wish ${id} waits for a person; \`mail wishes list\` shows those that do`,
        );
    }
  });
}
