import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { QuietWeek, Recipient } from '../model/delivery.ts';
import type { InterfaceLanguage } from '../model/digest.ts';
import type { DigestId, RecipientId } from '../model/ids.ts';
import { addressHash, normalAddress } from '../text/address.ts';
import { fromFlag, fromJson, inParts, optional, toFlag, toJson, toNull } from './tables.ts';

interface Row {
  id: string;
  email: string;
  email_hash: string;
  name: string | null;
  attach_pdf: number;
  active: number;
  added_at: string;
  lang: string | null;
  topics: string;
  regions: string;
  quiet_week: string;
  consent: string | null;
  token_version: number;
  unsubscribe_hash: string | null;
  preferences_hash: string | null;
}

/** What a reader chose; the part of a recipient that the reader may change. */
export type Preferences = Pick<
  Recipient,
  'digestIds' | 'attachPdf' | 'lang' | 'topics' | 'regions' | 'quietWeek'
>;

export interface NewRecipient
  extends Partial<Pick<Recipient, 'name' | 'lang' | 'topics' | 'regions' | 'quietWeek' | 'consent'>> {
  readonly email: string;
  readonly digestIds: readonly DigestId[];
  readonly attachPdf: boolean;
}

/** The hashes by which the links of a reader are found. */
export interface TokenHashes {
  readonly unsubscribe: string;
  readonly preferences: string;
}

/** The hashes of one version of a reader's links. */
export type KeptHashes = TokenHashes & Pick<Recipient, 'id' | 'tokenVersion'>;

/** Who gets which digest. Addresses are unique without regard to case. */
export function recipientsTable(db: Knex) {
  const subscriptions = subscriptionsOf(db);

  async function one(where: Partial<Row>): Promise<Recipient | undefined> {
    const row = await db<Row>('recipients').where(where).first();
    return row && fromRow(row, (await subscriptions.of([row.id])).get(row.id));
  }

  async function many(rows: readonly Row[]): Promise<Recipient[]> {
    const digests = await subscriptions.of(rows.map((row) => row.id));
    return rows.map((row) => fromRow(row, digests.get(row.id)));
  }

  return {
    /**
     * Adds an address or, when it is known, its further digests; the choices of a known reader stay. Call inside a
     * transaction, and ask `suppressions` first.
     */
    async add(recipient: NewRecipient, at: string): Promise<'added' | 'extended' | 'known'> {
      const email = normalAddress(recipient.email);
      const known = await db<Row>('recipients').where({ email }).first();
      const id = (known?.id ?? newId()) as RecipientId;
      if (known === undefined) {
        await db<Row>('recipients').insert({
          id,
          email,
          email_hash: addressHash(email),
          name: nameCell(recipient.name ?? ''),
          attach_pdf: toFlag(recipient.attachPdf),
          active: 1,
          added_at: at,
          lang: toNull(recipient.lang),
          topics: toJson(recipient.topics ?? []),
          regions: toJson(recipient.regions ?? []),
          quiet_week: recipient.quietWeek ?? 'note',
          consent: toNull(recipient.consent),
          token_version: 0,
        });
      } else if (!fromFlag(known.active)) {
        await db<Row>('recipients').where({ id }).update({ active: 1 });
      }
      const further = await subscriptions.add(id, recipient.digestIds);
      if (known === undefined) return 'added';
      return further > 0 || !fromFlag(known.active) ? 'extended' : 'known';
    },

    /** Replaces what a reader chose. Call inside a transaction. */
    async change(id: RecipientId, preferences: Preferences): Promise<void> {
      await db<Row>('recipients')
        .where({ id })
        .update({
          attach_pdf: toFlag(preferences.attachPdf),
          lang: toNull(preferences.lang),
          topics: toJson(preferences.topics),
          regions: toJson(preferences.regions),
          quiet_week: preferences.quietWeek,
        });
      await db('subscriptions').where({ recipient_id: id }).delete();
      await subscriptions.add(id, preferences.digestIds);
    },

    /** Gives a reader another name, or none. */
    async rename(id: RecipientId, name: string): Promise<void> {
      await db<Row>('recipients')
        .where({ id })
        .update({ name: nameCell(name) });
    },

    /** Ends one subscription; true when there was one. */
    async leave(id: RecipientId, digestId: DigestId): Promise<boolean> {
      return (await db('subscriptions').where({ recipient_id: id, digest_id: digestId }).delete()) > 0;
    },

    /** Stops all mail to an address; its deliveries stay on record. */
    async deactivate(email: string): Promise<boolean> {
      const changed = await db<Row>('recipients')
        .where({ email: normalAddress(email), active: 1 })
        .update({ active: 0 });
      return changed > 0;
    },

    /** Deletes the row with its subscriptions and events; deliveries that name it must be gone before. */
    async remove(id: RecipientId): Promise<void> {
      await db('recipients').where({ id }).delete();
    },

    async all(): Promise<Recipient[]> {
      return many(await db<Row>('recipients').orderBy('email'));
    },

    async countActive(): Promise<number> {
      const row = await db('recipients').where({ active: 1 }).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },

    /** Who is to get an edition of the digest: subscribed, active, and not on the suppression list. */
    async activeFor(digestId: DigestId): Promise<Recipient[]> {
      const rows = await db<Row>('recipients')
        .join('subscriptions', 'recipients.id', 'subscriptions.recipient_id')
        .where({ 'subscriptions.digest_id': digestId, active: 1 })
        .whereNotExists(
          db('suppressions')
            .whereRaw('suppressions.email_hash = recipients.email_hash')
            .whereIn('suppressions.digest_id', ['', digestId])
            .select(db.raw('1')),
        )
        .orderBy('email')
        .select('recipients.*');
      return many(rows as Row[]);
    },

    async byId(id: RecipientId): Promise<Recipient | undefined> {
      return one({ id });
    },

    /** Those that there are, in no order. */
    async byIds(ids: readonly RecipientId[]): Promise<Recipient[]> {
      const rows: Row[] = [];
      for (const part of inParts([...new Set(ids)]))
        rows.push(...(await db<Row>('recipients').whereIn('id', part)));
      return many(rows);
    },

    async byEmail(email: string): Promise<Recipient | undefined> {
      return one({ email: normalAddress(email) });
    },

    /** Whose link it is, by the hash of its token. */
    async byTokenHash(purpose: keyof TokenHashes, hash: string): Promise<Recipient | undefined> {
      return one({ [`${purpose}_hash`]: hash });
    },

    /** Readers whose links cannot be found yet: tokens are derived when a mail is written, their hashes when one is used. */
    async withoutTokenHashes(): Promise<Pick<Recipient, 'id' | 'tokenVersion'>[]> {
      const rows = await db<Row>('recipients').whereNull('unsubscribe_hash').select('id', 'token_version');
      return rows.map((row) => ({ id: row.id as RecipientId, tokenVersion: row.token_version }));
    },

    /** Only where the links were not made void meanwhile. Many in one statement: a reader who follows a link waits for it. */
    async keepTokenHashes(hashes: readonly KeptHashes[]): Promise<void> {
      for (const part of inParts(hashes)) {
        const rows = part.map(() => '(?, ?, ?, ?)').join(', ');
        await db.raw(
          `with known (id, version, unsubscribe, preferences) as (values ${rows})
          update recipients set unsubscribe_hash = known.unsubscribe, preferences_hash = known.preferences
          from known where recipients.id = known.id and recipients.token_version = known.version`,
          part.flatMap(({ id, tokenVersion, unsubscribe, preferences }) => [
            id,
            tokenVersion,
            unsubscribe,
            preferences,
          ]),
        );
      }
    },

    /** Makes every link given so far void; the next mail carries new ones. */
    async voidLinks(id: RecipientId): Promise<void> {
      await db<Row>('recipients')
        .where({ id })
        .update({
          token_version: db.raw('token_version + 1') as unknown as number,
          unsubscribe_hash: null,
          preferences_hash: null,
        });
    },
  };
}

/**
 * Not derived from the address: deliveries and Message-IDs carry it, and whoever could work it out could write a false
 * report of a failure and silence somebody.
 */
function newId(): string {
  return randomBytes(16).toString('hex');
}

/** A name may come from a table's cell; a line break in it would keep every mail to its reader from being written. */
function nameCell(name: string): string | null {
  return toNull(name.replace(/[\s\p{Cc}]+/gu, ' ').trim() || undefined);
}

function subscriptionsOf(db: Knex) {
  async function of(ids: readonly string[]): Promise<Map<string, DigestId[]>> {
    const found = new Map<string, DigestId[]>();
    for (const part of inParts(ids)) {
      const rows: { recipient_id: string; digest_id: string }[] = await db('subscriptions')
        .whereIn('recipient_id', part)
        .orderBy('digest_id')
        .select('recipient_id', 'digest_id');
      for (const row of rows) {
        const digests = found.get(row.recipient_id) ?? [];
        digests.push(row.digest_id as DigestId);
        found.set(row.recipient_id, digests);
      }
    }
    return found;
  }
  return {
    of,
    /** How many were not there before. */
    async add(id: RecipientId, digestIds: readonly DigestId[]): Promise<number> {
      const before = (await of([id])).get(id) ?? [];
      const missing = [...new Set(digestIds)].filter((digestId) => !before.includes(digestId));
      for (const digestId of missing)
        await db('subscriptions').insert({ recipient_id: id, digest_id: digestId });
      return missing.length;
    },
  };
}

function fromRow(row: Row, digestIds: readonly DigestId[] = []): Recipient {
  return {
    id: row.id as RecipientId,
    email: row.email,
    ...optional('name', row.name),
    digestIds,
    attachPdf: fromFlag(row.attach_pdf),
    active: fromFlag(row.active),
    addedAt: row.added_at,
    // Written by add and change from the same unions.
    ...optional('lang', row.lang as InterfaceLanguage | null),
    topics: fromJson<string[]>(row.topics),
    regions: fromJson<string[]>(row.regions),
    quietWeek: row.quiet_week as QuietWeek,
    ...optional('consent', row.consent),
    tokenVersion: row.token_version,
  };
}
