import type { Store, Tables } from '../db/store.ts';
import type { DeliveryState } from '../model/delivery.ts';
import type { Outgoing } from './mail-outbox.ts';

/** What became of a mail that was tried. */
export interface Settlement {
  readonly state: Extract<DeliveryState, 'sent' | 'retry' | 'failed' | 'unknown'>;
  readonly at: string;
  readonly nextTryAt?: string;
  readonly error?: string;
}

/** Notes what is sent. What several mails have to note at one moment is committed together. */
export interface MailLedger {
  /** Committed when it resolves; false when the mail is not, or no longer, ours to send. */
  claim(outgoing: Outgoing, at: string): Promise<boolean>;
  /** @param also done in the same transaction: what follows for the address */
  settle(
    outgoing: Outgoing,
    isClaimed: boolean,
    settlement: Settlement,
    also?: (tables: Tables) => Promise<unknown>,
  ): Promise<void>;
}

type Note<T> = (tables: Tables) => Promise<T>;

export function createMailLedger(store: Pick<Store, 'transaction'>): MailLedger {
  const commit = inGroups(store);
  const begin = (tables: Tables, { box, mail }: Outgoing, at: string) =>
    tables[box].move(mail.id, mail.state, 'sending', { at });
  return {
    claim: (outgoing, at) => commit((tables) => begin(tables, outgoing, at)),
    async settle(outgoing, isClaimed, { state, ...change }, also) {
      await commit(async (tables) => {
        // Refused before it was claimed (the recipient, say): the try is noted all the same.
        if (!isClaimed && !(await begin(tables, outgoing, change.at))) return;
        await tables[outgoing.box].move(outgoing.mail.id, 'sending', state, change);
        await also?.(tables);
      });
    },
  };
}

/**
 * A commit waits for the disk. While one is under way further notes gather, and the next one takes them all: ten mails
 * at once cost hardly more than one.
 */
function inGroups(store: Pick<Store, 'transaction'>): <T>(note: Note<T>) => Promise<T> {
  let waiting: { note: Note<unknown>; done(value: unknown): void; fail(error: unknown): void }[] = [];
  let isCommitting = false;
  const commitAll = async (): Promise<void> => {
    isCommitting = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const values = await store.transaction(async (tables) => {
          const noted: unknown[] = [];
          for (const { note } of group) noted.push(await note(tables));
          return noted;
        });
        for (const [index, { done }] of group.entries()) done(values[index]);
      } catch (error) {
        for (const { fail } of group) fail(error);
      }
    }
    isCommitting = false;
  };
  return <T>(note: Note<T>) =>
    new Promise<T>((resolve, reject) => {
      // What `done` gets is what this note gave.
      waiting.push({ note, done: (value) => resolve(value as T), fail: reject });
      if (!isCommitting) void commitAll();
    });
}
