import { randomBytes } from 'node:crypto';
import { letterKey, type SignUpRequest } from '../db/sign-ups.ts';
import type { Recipient } from '../model/delivery.ts';
import type { InterfaceLanguage } from '../model/digest.ts';
import type { DigestId } from '../model/ids.ts';
import { LIFTED_BY_CONFIRMATION } from '../model/suppression.ts';
import { isEmailAddress, normalAddress } from '../text/address.ts';
import { tokenHash } from '../text/reader-tokens.ts';
import { addOne } from './add-recipients.ts';
import type { JobContext } from './context.ts';

type Context = Pick<JobContext, 'store' | 'clock'>;

const HOUR_MS = 3_600_000;
const VALID_MS = 72 * HOUR_MS;
/** Letters to one address within a day: somebody may mistype, nobody is to be flooded by a stranger. */
const LETTERS_A_DAY = 3;

/** The letter that asks whether a sign-up was meant. */
export interface ConfirmationLetter {
  readonly subject: string;
  readonly text: string;
}

export interface SignUpInput {
  readonly email: string;
  readonly lang: InterfaceLanguage;
  readonly request: SignUpRequest;
  /** Address of the page with the button that confirms, for a token. */
  confirmUrl(token: string): string;
  letter(confirmUrl: string): ConfirmationLetter;
}

/**
 * Queues a letter that asks whether the sign-up was meant. What happens is the same to look at whether the address is
 * known, suppressed or new: the caller gets no answer that could tell. An address whose owner complained, or that the
 * operator shut out, is not even asked.
 */
export async function askToConfirm(
  { store, clock }: Context,
  { email, request, confirmUrl, letter }: SignUpInput,
): Promise<void> {
  if (!isEmailAddress(email)) return;
  const now = clock.now();
  const at = now.toISOString();
  const token = randomBytes(24).toString('base64url');
  const hash = tokenHash(token);
  await store.transaction(async (tables) => {
    await tables.signUps.deleteExpired(at);
    const since = new Date(now.getTime() - 24 * HOUR_MS).toISOString();
    if ((await tables.signUps.countSince(email, since)) >= LETTERS_A_DAY) return;
    const stops = await tables.suppressions.of(email);
    if (stops.some(({ reason }) => !LIFTED_BY_CONFIRMATION.includes(reason))) return;
    await tables.signUps.add({
      tokenHash: hash,
      email,
      request,
      requestedAt: at,
      expiresAt: new Date(now.getTime() + VALID_MS).toISOString(),
    });
    const { subject, text } = letter(confirmUrl(token));
    const to = normalAddress(email);
    await tables.letters.queue({ purpose: 'confirm', key: letterKey(hash), to, subject, text }, at);
  });
}

/** Whether a token still waits to be used; looking changes nothing. */
export async function isWaiting({ store, clock }: Context, token: string): Promise<boolean> {
  return (await store.signUps.waiting(tokenHash(token), clock.now().toISOString())) !== undefined;
}

/** A sign-up that counts; without a reader for an address whose mail its owner or the operator stopped meanwhile. */
export interface Confirmed {
  readonly reader: Recipient | undefined;
  readonly digestIds: readonly DigestId[];
}

/**
 * The owner of the address said yes: subscribes it and lifts what its owner had left or what had bounced. Undefined
 * when the token was used before, is too old or never was.
 */
export function confirmSignUp({ store, clock }: Context, token: string): Promise<Confirmed | undefined> {
  const at = clock.now().toISOString();
  const hash = tokenHash(token);
  return store.transaction(async (tables) => {
    const signUp = await tables.signUps.waiting(hash, at);
    if (signUp === undefined || !(await tables.signUps.use(hash, signUp.email))) return undefined;
    const { email, request } = signUp;
    const stops = await tables.suppressions.of(email);
    const isWhole = stops.some(({ digestId }) => digestId === undefined);
    if (stops.every(({ reason }) => LIFTED_BY_CONFIRMATION.includes(reason))) {
      if (isWhole) await tables.suppressions.remove(email);
      for (const digestId of request.digestIds) await tables.suppressions.remove(email, digestId);
    }
    const detail = `signed up ${signUp.requestedAt}`;
    await addOne(tables, { ...request, email }, { kind: 'confirmed', by: 'reader', detail }, at);
    return { reader: await tables.recipients.byEmail(email), digestIds: request.digestIds };
  });
}
