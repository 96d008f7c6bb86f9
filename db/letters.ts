import type { Knex } from 'knex';
import type { DeliveryState, Letter, LetterPurpose } from '../model/delivery.ts';
import type { LetterId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import {
  type After,
  dueAt,
  type OutboxColumns,
  outboxRowFrom,
  outboxRows,
  queuedColumns,
} from './outbox-rows.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

interface Row extends OutboxColumns {
  purpose: string;
  key: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  headers: string;
}

/** A letter before it is queued; `key` makes a second one impossible: `confirm:<token hash>`, `failed-run:<run id>`. */
export type NewLetter = Pick<Letter, 'purpose' | 'key' | 'to' | 'subject' | 'text' | 'html'> &
  Partial<Pick<Letter, 'headers'>>;

/** Mails that carry no edition to a subscriber; one row for each key. */
export function lettersTable(db: Knex) {
  return {
    ...outboxRows(db, 'letters'),

    /** Queues a letter to be sent at once; false when its key is on record already, whatever became of that one. */
    async queue(letter: NewLetter, at: string): Promise<boolean> {
      const id = idFrom('letter', letter.key);
      const known = await db<Row>('letters').where({ key: letter.key }).first('id');
      if (known !== undefined) return false;
      await db<Row>('letters')
        .insert({
          id,
          purpose: letter.purpose,
          key: letter.key,
          to: letter.to,
          subject: letter.subject,
          text: letter.text,
          html: toNull(letter.html),
          headers: toJson(letter.headers ?? {}),
          ...queuedColumns(`${letter.purpose}.${id}`, at),
        })
        .onConflict('key')
        .ignore();
      return true;
    },

    /** What is to be sent now, the oldest first. */
    async due(now: string, limit: number, after?: After): Promise<Letter[]> {
      return (await dueAt(db<Row>('letters'), now, after).limit(limit)).map(fromRow);
    },

    /** What is in a state, the oldest first. */
    async inState(state: DeliveryState, limit: number): Promise<Letter[]> {
      const rows = await db<Row>('letters').where({ state }).orderBy(['queued_at', 'id']).limit(limit);
      return rows.map(fromRow);
    },

    /** Deletes letters of long ago that went out or could not; what is still open stays, however old. */
    async deleteSettledBefore(before: string): Promise<number> {
      return db<Row>('letters')
        .whereIn('state', ['sent', 'failed'])
        .andWhere('queued_at', '<', before)
        .delete();
    },

    async byId(id: LetterId): Promise<Letter | undefined> {
      const row = await db<Row>('letters').where({ id }).first();
      return row && fromRow(row);
    },
  };
}

function fromRow(row: Row): Letter {
  return {
    ...outboxRowFrom<LetterId>(row),
    // Written by queue from the same union.
    purpose: row.purpose as LetterPurpose,
    key: row.key,
    to: row.to,
    subject: row.subject,
    text: row.text,
    ...optional('html', row.html),
    headers: fromJson<Record<string, string>>(row.headers),
  };
}
