import type { Knex } from 'knex';
import type { DigestId } from '../model/ids.ts';
import { LIFTED_BY_CONFIRMATION, type Suppression, type SuppressionReason } from '../model/suppression.ts';
import { addressHash, normalAddress } from '../text/address.ts';
import { inParts, optional } from './tables.ts';

interface Row {
  email_hash: string;
  digest_id: string;
  email: string | null;
  reason: string;
  at: string;
  evidence: string;
}

interface SoftRow {
  email_hash: string;
  cause: string;
  at: string;
  evidence: string;
}

export interface NewSuppression {
  readonly email: string;
  readonly reason: SuppressionReason;
  readonly at: string;
  readonly evidence: string;
  /** @default every digest */
  readonly digestId?: DigestId;
}

export interface SoftBounce {
  readonly email: string;
  readonly at: string;
  /** What is counted once however often it is told: the delivery's id. */
  readonly cause: string;
  readonly evidence: string;
}

/** A full mailbox is emptied again; one that stays full is left alone. */
const SOFT_LIMIT = 3;
const SOFT_WINDOW_MS = 30 * 86_400_000;
const ALL = '';

/** Addresses that get nothing more. Asked when mail is queued and again right before it is sent. */
export function suppressionsTable(db: Knex) {
  const table = {
    /** False when the address was suppressed already; a reason that only a person lifts takes the place of a weaker one. */
    async add(suppression: NewSuppression): Promise<boolean> {
      const { reason, at, evidence } = suppression;
      const key = { email_hash: addressHash(suppression.email), digest_id: suppression.digestId ?? ALL };
      const known = await db<Row>('suppressions').where(key).first();
      if (known === undefined) {
        await db<Row>('suppressions').insert({
          ...key,
          email: normalAddress(suppression.email),
          reason,
          at,
          evidence,
        });
        return true;
      }
      if (!isLifted(known.reason) || isLifted(reason)) return false;
      await db<Row>('suppressions').where(key).update({ reason, at, evidence });
      return true;
    },

    /** Whether mail of this digest (without one: any mail at all) must not go to the address. */
    async has(email: string, digestId?: DigestId): Promise<boolean> {
      const row = await db<Row>('suppressions')
        .where({ email_hash: addressHash(email) })
        .whereIn('digest_id', digestId === undefined ? [ALL] : [ALL, digestId])
        .first('reason');
      return row !== undefined;
    },

    /** The same for many addresses with one question. */
    async among(emails: readonly string[]): Promise<(email: string, digestId: DigestId) => boolean> {
      const listed = new Set<string>();
      for (const part of inParts(emails.map(addressHash))) {
        const rows = await db<Row>('suppressions')
          .whereIn('email_hash', part)
          .select('email_hash', 'digest_id');
        for (const row of rows) listed.add(`${row.email_hash} ${row.digest_id}`);
      }
      return (email, digestId) => {
        const hash = addressHash(email);
        return listed.has(`${hash} ${ALL}`) || listed.has(`${hash} ${digestId}`);
      };
    },

    async of(email: string): Promise<Suppression[]> {
      const rows = await db<Row>('suppressions')
        .where({ email_hash: addressHash(email) })
        .orderBy('digest_id');
      return rows.map(fromRow);
    },

    /** Newest first. */
    async list(): Promise<Suppression[]> {
      return (await db<Row>('suppressions').orderBy([{ column: 'at', order: 'desc' }, 'email_hash'])).map(
        fromRow,
      );
    },

    /** Lifts all suppressions of an address and what was counted against it; with a digest only that one's. */
    async remove(email: string, digestId?: DigestId): Promise<boolean> {
      const key = { email_hash: addressHash(email) };
      const removed = await db<Row>('suppressions')
        .where(digestId === undefined ? key : { ...key, digest_id: digestId })
        .delete();
      if (digestId === undefined) await db<SoftRow>('soft_bounces').where(key).delete();
      return removed > 0;
    },

    /** Counts a failure that may pass (mailbox full); true when the third within 30 days suppresses the address. */
    async noteSoft({ email, at, cause, evidence }: SoftBounce): Promise<boolean> {
      const key = addressHash(email);
      await db<SoftRow>('soft_bounces')
        .insert({ email_hash: key, cause, at, evidence })
        .onConflict(['email_hash', 'cause'])
        .ignore();
      const since = new Date(Date.parse(at) - SOFT_WINDOW_MS).toISOString();
      const row = await db('soft_bounces')
        .where({ email_hash: key })
        .andWhere('at', '>', since)
        .count({ n: '*' })
        .first();
      if (Number(row?.n ?? 0) < SOFT_LIMIT) return false;
      return table.add({ email, reason: 'bounce', at, evidence: `${SOFT_LIMIT} in 30 days: ${evidence}` });
    },

    /** Deletes the letters of an address; its hash keeps stopping mail. */
    async anonymise(email: string, at: string): Promise<void> {
      const key = { email_hash: addressHash(email) };
      await table.add({ email, reason: 'forgotten', at, evidence: '' });
      await db<Row>('suppressions').where(key).update({ email: null, evidence: '' });
      await db<SoftRow>('soft_bounces').where(key).delete();
    },
  };
  return table;
}

function isLifted(reason: string): boolean {
  return LIFTED_BY_CONFIRMATION.includes(reason as SuppressionReason);
}

function fromRow(row: Row): Suppression {
  return {
    ...optional('email', row.email),
    emailHash: row.email_hash,
    ...(row.digest_id === ALL ? {} : { digestId: row.digest_id as DigestId }),
    // Written by add from the same union.
    reason: row.reason as SuppressionReason,
    at: row.at,
    evidence: row.evidence,
  };
}
