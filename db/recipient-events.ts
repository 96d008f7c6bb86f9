import type { Knex } from 'knex';
import type { RecipientId } from '../model/ids.ts';
import type { EventAuthor, RecipientEvent, RecipientEventKind } from '../model/recipient-event.ts';

interface Row {
  number: number;
  recipient_id: string;
  at: string;
  kind: string;
  by: string;
  detail: string;
}

/** What happened to each recipient, append-only; goes with the recipient. */
export function recipientEventsTable(db: Knex) {
  return {
    async add(event: RecipientEvent): Promise<void> {
      const { recipientId, ...rest } = event;
      await db<Omit<Row, 'number'>>('recipient_events').insert({ recipient_id: recipientId, ...rest });
    },

    /** The oldest first. */
    async of(recipientId: RecipientId): Promise<RecipientEvent[]> {
      const rows = await db<Row>('recipient_events').where({ recipient_id: recipientId }).orderBy('number');
      return rows.map((row) => ({
        recipientId,
        at: row.at,
        // Written by add from the same unions.
        kind: row.kind as RecipientEventKind,
        by: row.by as EventAuthor,
        detail: row.detail,
      }));
    },
  };
}
