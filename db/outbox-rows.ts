import type { Knex } from 'knex';
import { DELIVERY_MOVES, type DeliveryState, type OutboxRow } from '../model/delivery.ts';
import { optional, toNull } from './tables.ts';

/** The columns that every table of outgoing mail has. */
export interface OutboxColumns {
  id: string;
  state: string;
  attempts: number;
  message_id: string;
  queued_at: string;
  sent_at: string | null;
  first_try_at: string | null;
  next_try_at: string | null;
  last_error: string | null;
}

export interface Change {
  readonly at: string;
  readonly nextTryAt?: string;
  readonly error?: string;
}

/** What a new row starts with. */
export function queuedColumns(messageId: string, at: string): Omit<OutboxColumns, 'id'> {
  return {
    state: 'queued',
    attempts: 0,
    message_id: messageId,
    queued_at: at,
    sent_at: null,
    first_try_at: null,
    next_try_at: at,
    last_error: null,
  };
}

/** Ids by the state that they leave on the way out: `queued` and `retry` to be sent now, `sending` that are sent. */
export type PassedOn = Readonly<Record<'queued' | 'retry' | 'sending', readonly string[]>>;

/** The state of a mail and the moves it may make: the same for deliveries and letters. */
export function outboxRows(db: Knex, table: 'deliveries' | 'letters') {
  return {
    /**
     * Moves a mail along, only from `from`: false when somebody else moved it first.
     * @throws RangeError for a move that DELIVERY_MOVES does not allow
     */
    async move(id: string, from: DeliveryState, to: DeliveryState, change: Change): Promise<boolean> {
      if (!DELIVERY_MOVES[from].includes(to))
        throw new RangeError(`a delivery cannot go from ${from} to ${to}`);
      const moved = await db<OutboxColumns>(table)
        .where({ id, state: from })
        .update({
          state: to,
          next_try_at: toNull(change.nextTryAt),
          last_error: toNull(change.error),
          ...(to === 'sent' ? { sent_at: change.at } : {}),
          ...(to === 'sending'
            ? {
                attempts: db.raw('attempts + 1') as unknown as number,
                first_try_at: db.raw('coalesce(first_try_at, ?)', [change.at]) as unknown as string,
              }
            : {}),
          ...(to === 'queued' ? { attempts: 0, first_try_at: null } : {}),
        });
      return moved === 1;
    },

    /**
     * The two moves of a mail that goes out, for many mails and in one statement: all else in between waits for the disk
     * once more. Gives the ids of those that were in the state they were to leave.
     */
    async passOn(ids: PassedOn, at: string): Promise<ReadonlySet<string>> {
      // Without a condition the statement would be about every mail there is.
      if (Object.values(ids).every((some) => some.length === 0)) return new Set();
      const ifSent = (value: string, other: string, ...bindings: string[]) =>
        db.raw(`case state when 'sending' then ${value} else ${other} end`, bindings) as unknown as string;
      const query = db<OutboxColumns>(table);
      for (const state of ['queued', 'retry', 'sending'] as const)
        if (ids[state].length > 0)
          query.orWhere((own) => own.where({ state }).whereIn('id', [...ids[state]]));
      const moved = await query
        .update({
          state: ifSent("'sent'", "'sending'"),
          sent_at: ifSent('?', 'sent_at', at),
          attempts: ifSent('attempts', 'attempts + 1') as unknown as number,
          first_try_at: ifSent('first_try_at', 'coalesce(first_try_at, ?)', at),
          next_try_at: null,
          last_error: null,
        })
        .returning('id');
      return new Set(moved.map((row) => row.id));
    },

    /** Found in `sending` at start: whether the server took them cannot be known. */
    async holdLeftovers(at: string): Promise<number> {
      return db<OutboxColumns>(table)
        .where({ state: 'sending' })
        .update({ state: 'unknown', last_error: `the program stopped while sending (found ${at})` });
    },

    /** How many are queued or to be tried again. */
    async waiting(): Promise<number> {
      const row = await db(table).whereIn('state', ['queued', 'retry']).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}

/** Where a page of due mails ended: the next one begins after it. */
export type After = Pick<OutboxRow<string>, 'queuedAt' | 'id'>;

/** No failure puts a mail off for longer; a later time was noted by a clock that ran ahead. */
const LONGEST_PAUSE_MS = 2 * 3_600_000;

/** Narrows to what is to be sent now, the oldest first. */
export function dueAt<Query extends Knex.QueryBuilder>(query: Query, now: string, after?: After): Query {
  const farOff = new Date(Date.parse(now) + LONGEST_PAUSE_MS).toISOString();
  query
    .whereIn('state', ['queued', 'retry'])
    .andWhere((has) => void has.where('next_try_at', '<=', now).orWhere('next_try_at', '>', farOff))
    .orderBy(['queued_at', 'id']);
  if (after !== undefined) query.andWhereRaw('(queued_at, id) > (?, ?)', [after.queuedAt, after.id]);
  return query;
}

/** The shared columns as the model knows them. */
export function outboxRowFrom<Id extends string>(row: OutboxColumns): OutboxRow<Id> {
  return {
    id: row.id as Id,
    // Written by queue and move from the same union.
    state: row.state as DeliveryState,
    attempts: row.attempts,
    messageId: row.message_id,
    queuedAt: row.queued_at,
    ...optional('sentAt', row.sent_at),
    ...optional('firstTryAt', row.first_try_at),
    ...optional('nextTryAt', row.next_try_at),
    ...optional('lastError', row.last_error),
  };
}
