import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Recipient } from '../model/delivery.ts';
import type { DigestId } from '../model/ids.ts';
import { sha256 } from './hash.ts';

/** What a link lets its holder do. */
export type ReaderPurpose = 'unsubscribe' | 'preferences';

/** 192 bits: 32 characters of base64url. */
const TOKEN_BYTES = 24;

/** Keys as they are used; to make one anew for each token takes four times as long as the token. */
const secrets = new WeakMap<Uint8Array, KeyObject>();

type TokenOwner = Pick<Recipient, 'id' | 'tokenVersion'>;

/** The secret part of a reader's link. Derived, so that it need not be kept; a higher version makes the old ones void. */
export function readerToken(
  key: Uint8Array,
  { id, tokenVersion }: TokenOwner,
  purpose: ReaderPurpose,
): string {
  const mac = createHmac('sha256', secretOf(key)).update(`${id}|${purpose}|${tokenVersion}`).digest();
  return mac.subarray(0, TOKEN_BYTES).toString('base64url');
}

function secretOf(key: Uint8Array): KeyObject {
  const known = secrets.get(key);
  if (known !== undefined) return known;
  const secret = createSecretKey(key);
  secrets.set(key, secret);
  return secret;
}

/** By this the database finds whose token it is. */
export function tokenHash(token: string): string {
  return sha256(`token:${token}`);
}

/** The links that a reader's mail carries. */
export interface ReaderLinks {
  /** GET shows a page, POST unsubscribes from the digest (RFC 8058). */
  readonly unsubscribe: string;
  readonly preferences: string;
}

/** What links are made of. `publicUrl` ends in a slash. */
export interface LinkKey {
  readonly key: Uint8Array;
  readonly publicUrl: string;
}

/** A reader's own links; undefined where the pages of the service are not reached from outside. */
export function readerLinks(
  link: LinkKey | undefined,
  recipient: TokenOwner,
  digestId: DigestId,
): ReaderLinks | undefined {
  if (link === undefined) return undefined;
  const { key, publicUrl } = link;
  return {
    unsubscribe: `${publicUrl}unsubscribe/${readerToken(key, recipient, 'unsubscribe')}/${digestId}`,
    preferences: `${publicUrl}preferences/${readerToken(key, recipient, 'preferences')}`,
  };
}
