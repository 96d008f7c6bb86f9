import type { Recipient } from '../model/delivery.ts';
import type { DigestId } from '../model/ids.ts';
import { readerToken } from './reader-tokens.ts';

/**
 * Who reads what readers send to leave: the program, which wants a token it can trust, or a person, who sees who wrote.
 * Where neither does, no mail offers to be answered.
 */
export type LeaveByMail =
  | { readonly readBy: 'program'; readonly address: string; readonly key: Uint8Array }
  | { readonly readBy: 'person'; readonly address: string };

/** What a mail asks for in its subject or first line. */
export interface UnsubscribeWish {
  readonly token: string;
  /** In lower case; absent where the mail names none: everything. */
  readonly digest?: string;
}

/**
 * A link that opens a mail with which a reader leaves a digest. Nobody's own mail has none that the program could trust.
 * @param reader undefined: the mail is nobody's own
 */
export function unsubscribeByMail(
  leave: LeaveByMail | undefined,
  reader: Pick<Recipient, 'id' | 'tokenVersion'> | undefined,
  digestId: DigestId,
): string | undefined {
  if (leave === undefined || (leave.readBy === 'program' && reader === undefined)) return undefined;
  const words =
    leave.readBy === 'program' && reader !== undefined
      ? ['unsubscribe', readerToken(leave.key, reader, 'unsubscribe'), digestId]
      : ['unsubscribe', digestId];
  return `mailto:${mailtoAddress(leave.address)}?subject=${words.join('%20')}`;
}

/** RFC 6068: `%`, `?`, `&` and what is not ASCII would end or change the address. */
function mailtoAddress(address: string): string {
  return encodeURIComponent(address).replaceAll('%40', '@').replaceAll('%2B', '+');
}

/** Tokens are told apart by case, all else is not. */
const WISH = /^unsubscribe[\s:]+<?([A-Za-z0-9_-]{32})>?(?:\s+([a-z][a-z0-9-]*))?\s*$/i;

/** Reads what `unsubscribeByMail` had written, whatever a mail program put around it. */
export function readUnsubscribe(line: string): UnsubscribeWish | undefined {
  const [, token, digest] = WISH.exec(withoutPrefixes(line)) ?? [];
  if (token === undefined) return undefined;
  return { token, ...(digest === undefined ? {} : { digest: digest.toLowerCase() }) };
}

const PREFIX =
  /^\s*(?:re|fwd?|aw|wg|sv|vs|antw|tr|r|rif|res|enc|回复|回覆|答复|答覆|转发|轉寄|返信|転送)\s*(?:\[\d{1,3}\])?\s*[:：]/i;

/** A subject without `Re:`, `回复：` and their like, however many there are. */
export function withoutPrefixes(subject: string): string {
  let rest = subject;
  for (let found = PREFIX.exec(rest); found !== null; found = PREFIX.exec(rest))
    rest = rest.slice(found[0].length);
  return rest.trim();
}
