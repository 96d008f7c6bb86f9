import type { Knex } from 'knex';
import { addressHash, normalAddress } from '../text/address.ts';
import type { NewRecipient } from './recipients.ts';
import { fromJson, toJson } from './tables.ts';

interface Row {
  token_hash: string;
  email: string;
  email_hash: string;
  request: string;
  requested_at: string;
  expires_at: string;
}

/** What somebody asked for on the sign-up page, all but the address. */
export type SignUpRequest = Omit<NewRecipient, 'email'>;

export interface SignUp {
  readonly email: string;
  readonly request: SignUpRequest;
  readonly requestedAt: string;
}

export interface NewSignUp extends SignUp {
  readonly tokenHash: string;
  readonly expiresAt: string;
}

/** Sign-ups that wait for their confirmation. Deleted when confirmed or expired. */
export function signUpsTable(db: Knex) {
  return {
    async add({ tokenHash, email, request, requestedAt, expiresAt }: NewSignUp): Promise<void> {
      await db<Row>('sign_ups').insert({
        token_hash: tokenHash,
        email: normalAddress(email),
        email_hash: addressHash(email),
        request: toJson(request),
        requested_at: requestedAt,
        expires_at: expiresAt,
      });
    },

    /** What waits under a token; undefined when it was used, is too old or never was. */
    async waiting(tokenHash: string, now: string): Promise<SignUp | undefined> {
      const row = await db<Row>('sign_ups')
        .where({ token_hash: tokenHash })
        .andWhere('expires_at', '>', now)
        .first();
      return (
        row && {
          email: row.email,
          request: fromJson<SignUpRequest>(row.request),
          requestedAt: row.requested_at,
        }
      );
    },

    /** Uses a token up, with all others of the address: of two who press at once one gets true. */
    async use(tokenHash: string, email: string): Promise<boolean> {
      const used = await db<Row>('sign_ups').where({ token_hash: tokenHash }).delete();
      if (used === 0) return false;
      await db<Row>('sign_ups')
        .where({ email_hash: addressHash(email) })
        .delete();
      return true;
    },

    /** How often an address was signed up since then, confirmed ones left out. */
    async countSince(email: string, since: string): Promise<number> {
      const row = await db('sign_ups')
        .where({ email_hash: addressHash(email) })
        .andWhere('requested_at', '>', since)
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },

    /** Deletes what nobody confirmed in time, with the letters that asked; they hold addresses of strangers. */
    async deleteExpired(now: string): Promise<number> {
      const rows = await db<Row>('sign_ups').where('expires_at', '<=', now).select('token_hash');
      for (const { token_hash } of rows) {
        await db('letters')
          .where({ key: letterKey(token_hash) })
          .whereNot({ state: 'sending' })
          .delete();
        await db<Row>('sign_ups').where({ token_hash }).delete();
      }
      return rows.length;
    },
  };
}

/** The key of the letter that asks whether a sign-up was meant. */
export function letterKey(tokenHash: string): string {
  return `confirm:${tokenHash}`;
}
