import type { PassedOn } from '../db/outbox-rows.ts';
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

export function createMailLedger(store: Pick<Store, 'transaction' | 'letters' | 'deliveries'>): MailLedger {
  // Nearly all notes are these two moves.
  const passOn = inGroups<Passing, boolean>(async (passing) => {
    const moved = new Map<Outgoing['box'], ReadonlySet<string>>();
    for (const [box, own] of Map.groupBy(passing, ({ outgoing }) => outgoing.box))
      moved.set(box, await store[box].passOn(idsByState(own), own[0]?.at ?? ''));
    return passing.map(({ outgoing }) => moved.get(outgoing.box)?.has(outgoing.mail.id) ?? false);
  });
  return {
    async claim(outgoing, at) {
      const from = outgoing.mail.state;
      return (from === 'queued' || from === 'retry') && passOn({ outgoing, from, at });
    },
    async settle(outgoing, isClaimed, settlement, also) {
      const { at } = settlement;
      if (isClaimed && settlement.state === 'sent') await passOn({ outgoing, from: 'sending', at });
      else
        await store.transaction(async (tables) => {
          if (await settleOne(tables, outgoing, isClaimed, settlement)) await also?.(tables);
        });
    },
  };
}

/** A mail on its way out: from its turn to the server, or from the server to done. */
interface Passing {
  readonly outgoing: Outgoing;
  readonly from: keyof PassedOn;
  readonly at: string;
}

function idsByState(passing: readonly Passing[]): PassedOn {
  const from = (state: keyof PassedOn) =>
    passing.filter((one) => one.from === state).map(({ outgoing }) => outgoing.mail.id);
  return { queued: from('queued'), retry: from('retry'), sending: from('sending') };
}

async function settleOne(
  tables: Tables,
  { box, mail }: Outgoing,
  isClaimed: boolean,
  { state, ...change }: Settlement,
): Promise<boolean> {
  // Refused before it was claimed (the recipient, say): the try is noted all the same.
  if (!isClaimed && !(await tables[box].move(mail.id, mail.state, 'sending', { at: change.at })))
    return false;
  await tables[box].move(mail.id, 'sending', state, change);
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
