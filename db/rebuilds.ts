import type { Knex } from 'knex';
import { UsageError } from '../model/errors.ts';
import type { DigestId, RebuildId } from '../model/ids.ts';
import { keyOfWish, type RebuildOutcome, type RebuildRequest, type RebuildWish } from '../model/rebuild.ts';
import { idFrom } from '../text/hash.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

interface Row {
  id: string;
  digest_id: string;
  week: string;
  from: string;
  aim: string;
  expected: string | null;
  state: string;
  open_key: string | null;
  asked_at: string;
  asked_by: string;
  position: number;
  started_at: string | null;
  finished_at: string | null;
  outcome: string | null;
  error: string | null;
}

interface KeyRow {
  key: string;
  wish: string;
  rebuild_id: string;
  at: string;
}

/** A repeated request is recognised for this long. */
const KEY_KEPT_MS = 30 * 86_400_000;

export interface Asking {
  readonly by: RebuildRequest['askedBy'];
  readonly at: string;
  /** The caller's own key: the same key gets the same request again. */
  readonly idempotencyKey?: string;
}

/** Rebuilds that were asked for. */
export function rebuildsTable(db: Knex) {
  return {
    /**
     * Notes a wish. The same wish, while it is open, is joined; the same key gets what it got before. Call inside a
     * transaction.
     * @throws UsageError IDEMPOTENCY_KEY_REUSED for a key that came with another wish
     */
    async ask(wish: RebuildWish, asking: Asking): Promise<{ request: RebuildRequest; isNew: boolean }> {
      const wishKey = keyOfWish(wish);
      const before = await askedUnder(asking.idempotencyKey, wishKey);
      const known = before ?? (await db<Row>('rebuilds').where({ open_key: wishKey }).first());
      const row = known ?? (await insert(wish, wishKey, asking));
      if (asking.idempotencyKey !== undefined && before === undefined) {
        await forgetKeys(asking.at);
        const key = asking.idempotencyKey;
        await db<KeyRow>('idempotency_keys').insert({
          key,
          wish: wishKey,
          rebuild_id: row.id,
          at: asking.at,
        });
      }
      return { request: fromRow(row), isNew: known === undefined };
    },

    /** Takes the oldest waiting one; undefined when none waits or another worker was first. */
    async claimNext(at: string): Promise<RebuildRequest | undefined> {
      const row = await db<Row>('rebuilds').where({ state: 'queued' }).orderBy('position').first();
      if (row === undefined) return undefined;
      const taken = await db<Row>('rebuilds')
        .where({ id: row.id, state: 'queued' })
        .update({ state: 'running', started_at: at });
      return taken === 1 ? fromRow({ ...row, state: 'running', started_at: at }) : undefined;
    },

    async finish(
      id: RebuildId,
      end: { at: string; outcome: RebuildOutcome } | { at: string; error: string },
    ): Promise<void> {
      const result =
        'error' in end
          ? { state: 'failed', error: end.error, outcome: null }
          : { state: 'done', error: null, outcome: toJson(end.outcome) };
      await db<Row>('rebuilds')
        .where({ id })
        .update({ ...result, finished_at: end.at, open_key: null });
    },

    /** What a stop left running waits again: the same data make the same bytes, so nothing is done twice. */
    async handBack(): Promise<number> {
      return db<Row>('rebuilds').where({ state: 'running' }).update({ state: 'queued', started_at: null });
    },

    /** Deletes looks and failures of before, and keys that are not recognised any more; who published what stays. */
    async deleteBefore(before: string, now: string): Promise<number> {
      await forgetKeys(now);
      return db<Row>('rebuilds')
        .where('finished_at', '<', before)
        .andWhere((either) => void either.where({ aim: 'look' }).orWhere({ state: 'failed' }))
        .delete();
    },

    async byId(id: string): Promise<RebuildRequest | undefined> {
      const row = await db<Row>('rebuilds').where({ id }).first();
      return row && fromRow(row);
    },

    /** The newest look at a week that has come to its end. */
    async newestLook(digestId: DigestId, week: string): Promise<RebuildRequest | undefined> {
      const row = await db<Row>('rebuilds')
        .where({ digest_id: digestId, week, aim: 'look', state: 'done' })
        .orderBy('position', 'desc')
        .first();
      return row && fromRow(row);
    },

    async latest(limit: number): Promise<RebuildRequest[]> {
      return (await db<Row>('rebuilds').orderBy('position', 'desc').limit(limit)).map(fromRow);
    },
  };

  async function forgetKeys(now: string): Promise<void> {
    const oldest = new Date(Date.parse(now) - KEY_KEPT_MS).toISOString();
    await db<KeyRow>('idempotency_keys').where('at', '<', oldest).delete();
  }

  async function askedUnder(key: string | undefined, wishKey: string): Promise<Row | undefined> {
    if (key === undefined) return undefined;
    const known = await db<KeyRow>('idempotency_keys').where({ key }).first();
    if (known === undefined) return undefined;
    if (known.wish !== wishKey) {
      throw new UsageError(
        'IDEMPOTENCY_KEY_REUSED',
        'this Idempotency-Key came with another request before: take a new key for a new request',
      );
    }
    return db<Row>('rebuilds').where({ id: known.rebuild_id }).first();
  }

  async function insert(wish: RebuildWish, wishKey: string, { at, by }: Asking): Promise<Row> {
    const last = await db('rebuilds').max({ position: 'position' }).first();
    const position = Number(last?.position ?? 0) + 1;
    const row: Row = {
      id: idFrom('rebuild', wishKey, at, String(position)),
      digest_id: wish.digestId,
      week: wish.week,
      from: wish.from,
      aim: wish.aim,
      expected: toNull(wish.expected),
      state: 'queued',
      open_key: wishKey,
      asked_at: at,
      asked_by: by,
      position,
      started_at: null,
      finished_at: null,
      outcome: null,
      error: null,
    };
    await db<Row>('rebuilds').insert(row);
    return row;
  }
}

function fromRow(row: Row): RebuildRequest {
  return {
    id: row.id as RebuildId,
    digestId: row.digest_id as DigestId,
    week: row.week,
    // Written by ask, claimNext and finish from the same unions.
    from: row.from as RebuildRequest['from'],
    aim: row.aim as RebuildRequest['aim'],
    state: row.state as RebuildRequest['state'],
    askedBy: row.asked_by as RebuildRequest['askedBy'],
    askedAt: row.asked_at,
    ...optional('expected', row.expected),
    ...optional('startedAt', row.started_at),
    ...optional('finishedAt', row.finished_at),
    ...(row.outcome === null ? {} : { outcome: fromJson<RebuildOutcome>(row.outcome) }),
    ...optional('error', row.error),
  };
}
