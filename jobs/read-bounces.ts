import type { ReturnedTo } from '../db/returned-messages.ts';
import type { Tables } from '../db/store.ts';
import { judgeMessage } from '../mail/bounces/judge-message.ts';
import type { ReturnMailbox } from '../mail/bounces/mailbox.ts';
import type { BounceWords, FailedAddress, ReturnEvidence, ReturnedMail } from '../model/bounce.ts';
import { normalAddress } from '../text/address.ts';
import { sha256 } from '../text/hash.ts';
import type { JobContext } from './context.ts';
import type { Job } from './run.ts';
import { leave } from './unsubscribe.ts';
import { grant, provedWish, wishText } from './unsubscribe-by-mail.ts';

/** In one run; the rest comes with the next. */
const MOST_MESSAGES = 2_000;
const DETAIL_CHARACTERS = 300;

/** Where returned mail lies. */
export interface ReturnedMailboxes {
  /** `folder`, `imap`, or both. */
  readonly names: string;
  /** By which the tokens in readers' mails are proved. */
  readonly readerKey: Uint8Array;
  /** A connection for one run; closed at its end. */
  open(): readonly ReturnMailbox[];
}

/**
 * `foreign`: a failure or complaint that names no mail of ours; it has no consequence. `wish`: a mail that asks to be
 * left out without a valid token; it waits for a person.
 */
type Count = 'read' | 'again' | 'foreign' | 'suppressed' | 'settled' | 'left' | 'wish' | ReturnedMail['kind'];

/**
 * Reads returned mail and draws the consequences: an address that is gone is suppressed, a mailbox that stays full
 * after the third time, a delivery in doubt is settled, who complains or asks to be left out is unsubscribed. Answers and
 * ordinary mail are counted and left alone. A message is judged once, however often it is read.
 */
export const readBounces: Job<ReturnedMailboxes, { counts: Record<Count, number> }> = {
  name: 'bounces',
  subject: ({ names }) => names,
  async run(context, { open, readerKey }) {
    const counts: Record<Count, number> = {
      ...{ read: 0, again: 0, bounce: 0, delayed: 0, complaint: 0, autoReply: 0, arrival: 0, ordinary: 0 },
      ...{ foreign: 0, suppressed: 0, settled: 0, unsubscribe: 0, left: 0, wish: 0 },
    };
    const words = context.vocabulary.bounces;
    if (words === undefined) return { counts };
    for (const mailbox of open()) {
      try {
        for await (const message of mailbox.messages(MOST_MESSAGES)) {
          if (context.signal.aborted) break;
          for (const count of await readOne(context, message.bytes, { words, readerKey })) counts[count] += 1;
          await message.done();
        }
      } finally {
        await mailbox.close();
      }
    }
    return { counts };
  },
};

const EVERY_MS = 15 * 60_000;

/** Asked at every ring: a mailbox is looked into every quarter of an hour. */
export async function isReadingDue({ store, clock }: Pick<JobContext, 'store' | 'clock'>): Promise<boolean> {
  const [last] = await store.runs.list({ job: readBounces.name, limit: 1 });
  return last === undefined || clock.now().getTime() - Date.parse(last.startedAt) >= EVERY_MS;
}

async function readOne(
  context: JobContext,
  bytes: Uint8Array,
  { words, readerKey }: { readonly words: BounceWords; readonly readerKey: Uint8Array },
): Promise<Count[]> {
  const messageHash = sha256(bytes);
  if (await context.store.returnedMessages.has(messageHash)) return ['again'];
  const mail = await judgeMessage(bytes, words);
  const at = context.clock.now().toISOString();
  if (mail.kind === 'unsubscribe') return readWish(context, { messageHash, mail, at, readerKey });
  return context.store.transaction(async (tables) => {
    const to = await mailOf(tables, mail);
    const failure =
      mail.kind === 'bounce' && to !== undefined ? failureOf(mail.failures, to.email) : undefined;
    const detail = (failure?.said ?? '').slice(0, DETAIL_CHARACTERS);
    await tables.returnedMessages.note({
      messageHash,
      kind: mail.kind,
      ...(failure?.status === undefined ? {} : { status: failure.status }),
      ...(to === undefined ? {} : { deliveryId: to.id }),
      detail,
      readAt: at,
    });
    return ['read', mail.kind, ...(await consequences(tables, { mail, to, failure, at }))];
  });
}

/** A wish that is proved is granted at once; any other is kept for a person, so that nobody's is lost. */
async function readWish(
  context: JobContext,
  {
    messageHash,
    mail,
    at,
    readerKey,
  }: {
    readonly messageHash: string;
    readonly mail: Extract<ReturnedMail, { kind: 'unsubscribe' }>;
    readonly at: string;
    readonly readerKey: Uint8Array;
  },
): Promise<Count[]> {
  const proved = await provedWish(context, readerKey, mail);
  return context.store.transaction(async (tables) => {
    const noted =
      proved === undefined
        ? { kind: 'wish', detail: wishText(mail) }
        : { kind: 'unsubscribe', detail: proved.what };
    await tables.returnedMessages.note({ messageHash, ...noted, readAt: at });
    if (proved !== undefined) await grant(tables, proved, at);
    return ['read', 'unsubscribe', proved === undefined ? 'wish' : 'left'];
  });
}

interface Judged {
  readonly mail: Exclude<ReturnedMail, { kind: 'unsubscribe' }>;
  readonly to: ReturnedTo | undefined;
  readonly failure: FailedAddress | undefined;
  readonly at: string;
}

async function consequences(tables: Tables, { mail, to, failure, at }: Judged): Promise<Count[]> {
  if (to === undefined) return 'evidence' in mail ? ['foreign'] : [];
  const told = async (kind: 'bounced' | 'complained', detail: string) => {
    if (to.recipientId === undefined) return;
    await tables.recipientEvents.add({ recipientId: to.recipientId, at, kind, by: 'server', detail });
  };
  if (mail.kind === 'complaint') {
    await told('complained', `${mail.isUnwanted ? 'called unwanted' : 'reported'}: ${to.id}`);
    const counted = await settle(tables, to, 'sent', { at });
    return mail.isUnwanted ? [...counted, ...(await leaveUnwanted(tables, to, at))] : counted;
  }
  if (mail.kind === 'arrival') return settle(tables, to, 'sent', { at });
  if (failure === undefined) return [];
  const { status = 'no code', verdict, said } = failure;
  await told('bounced', `${verdict}, ${status}: ${said.slice(0, DETAIL_CHARACTERS)}`);
  const evidence = `${status} ${said}`.slice(0, DETAIL_CHARACTERS);
  const counted = await settle(tables, to, 'failed', { at, error: `came back: ${evidence}` });
  const { email } = to;
  const isSuppressed =
    verdict === 'gone'
      ? await tables.suppressions.add({ email, reason: 'bounce', at, evidence })
      : verdict === 'doubtful' && (await tables.suppressions.noteSoft({ email, at, cause: to.id, evidence }));
  return isSuppressed ? [...counted, 'suppressed'] : counted;
}

/** Providers ask for it: who calls a digest spam gets no more of it. A letter has nothing to leave. */
async function leaveUnwanted(
  tables: Tables,
  { id, recipientId, digestId, email }: ReturnedTo,
  at: string,
): Promise<Count[]> {
  if (recipientId === undefined || digestId === undefined) return [];
  const evidence = `complaint about ${id}`;
  await leave(tables, { id: recipientId, email }, digestId, { by: 'server', evidence, at });
  return ['left'];
}

/** Whether the server took a mail was in doubt; that it came back, or arrived, says so. */
async function settle(
  tables: Tables,
  { box, id, state }: ReturnedTo,
  settled: 'sent' | 'failed',
  change: { at: string; error?: string },
): Promise<Count[]> {
  if (state !== 'unknown') return [];
  return (await tables[box].move(id, 'unknown', settled, change)) ? ['settled'] : [];
}

/** The mail of ours: by the address it came back to, by our header in the returned part, by its Message-ID. */
async function mailOf({ returnedMessages }: Tables, mail: Judged['mail']): Promise<ReturnedTo | undefined> {
  if (mail.kind === 'arrival') return returnedMessages.mailOf({ id: mail.deliveryId });
  if (mail.kind === 'autoReply' || mail.kind === 'ordinary') return undefined;
  for (const id of idsIn(mail.evidence)) {
    const found = await returnedMessages.mailOf({ id });
    if (found !== undefined) return found;
  }
  const { messageId } = mail.evidence;
  return messageId === undefined ? undefined : returnedMessages.mailOf({ messageId });
}

/** `bounces+<id>@…`, then the header. */
function idsIn({ sentTo, returnPaths, deliveryId }: ReturnEvidence): string[] {
  const marks = [...sentTo, ...returnPaths].flatMap((address) => /\+(\w{8,64})@/.exec(address)?.[1] ?? []);
  return [...marks, ...(deliveryId === undefined ? [] : [deliveryId])];
}

/** Of a report on several addresses the one it was sent to; a mail of ours has one, but readers forward theirs. */
function failureOf(failures: readonly FailedAddress[], email: string): FailedAddress | undefined {
  const own = failures.find(({ address }) => address !== undefined && normalAddress(address) === email);
  return own ?? failures[0];
}
