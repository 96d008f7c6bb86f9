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

export function createMailLedger(store: Pick<Store, 'transaction'>): MailLedger {
  // Nearly all notes are these two; each kind is one statement, however many mails it is about.
  const commit = inGroups<Note, boolean>((notes) =>
    store.transaction(async (tables) => {
      const done = new Map<Note, boolean>();
      for (const box of ['letters', 'deliveries'] as const) {
        const own = notes.filter(({ outgoing }) => outgoing.box === box);
        for (const from of ['queued', 'retry'] as const) {
          const claims = own.filter(({ kind, outgoing }) => kind === 'claim' && outgoing.mail.state === from);
          await moveNotes(tables, claims, [from, 'sending'], done);
        }
        await moveNotes(
          tables,
          own.filter(({ kind }) => kind === 'sent'),
          ['sending', 'sent'],
          done,
        );
      }
      for (const note of notes) if (note.kind === 'settle') done.set(note, await settleOne(tables, note));
      return notes.map((note) => done.get(note) ?? false);
    }),
  );
  return {
    claim: (outgoing, at) => commit({ kind: 'claim', outgoing, at }),
    async settle(outgoing, isClaimed, settlement, also) {
      const { at } = settlement;
      if (isClaimed && settlement.state === 'sent') await commit({ kind: 'sent', outgoing, at });
      else await commit({ kind: 'settle', outgoing, at, isClaimed, settlement, ...(also && { also }) });
    },
  };
}

type Note = { readonly outgoing: Outgoing; readonly at: string } & (
  | { readonly kind: 'claim' | 'sent' }
  | {
      readonly kind: 'settle';
      readonly isClaimed: boolean;
      readonly settlement: Settlement;
      also?(tables: Tables): Promise<unknown>;
    }
);

async function moveNotes(
  tables: Tables,
  notes: readonly Note[],
  [from, to]: readonly [DeliveryState, DeliveryState],
  done: Map<Note, boolean>,
): Promise<void> {
  const [first] = notes;
  if (first === undefined) return;
  const ids = notes.map(({ outgoing }) => outgoing.mail.id);
  const moved = await tables[first.outgoing.box].moveAll(ids, from, to, { at: first.at });
  for (const note of notes) done.set(note, moved.has(note.outgoing.mail.id));
}

async function settleOne(tables: Tables, note: Extract<Note, { kind: 'settle' }>): Promise<boolean> {
  const { box, mail } = note.outgoing;
  const { state, ...change } = note.settlement;
  // Refused before it was claimed (the recipient, say): the try is noted all the same.
  if (!note.isClaimed && !(await tables[box].move(mail.id, mail.state, 'sending', { at: note.at })))
    return false;
  await tables[box].move(mail.id, 'sending', state, change);
  await note.also?.(tables);
  return true;
}

/**
 * A commit waits for the disk. While one is under way further items gather, and the next one takes them all: ten mails
 * at once cost hardly more than one.
 */
function inGroups<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: { item: Item; done(value: Result): void; fail(error: unknown): void }[] = [];
  let isWorking = false;
  const workAll = async (): Promise<void> => {
    isWorking = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const results = await work(group.map(({ item }) => item));
        for (const [index, result] of results.entries()) group[index]?.done(result);
      } catch (error) {
        for (const { fail } of group) fail(error);
      }
    }
    isWorking = false;
  };
  return (item) =>
    new Promise<Result>((done, fail) => {
      waiting.push({ item, done, fail });
      if (!isWorking) void workAll();
    });
}
