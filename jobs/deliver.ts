import { envelopeSender } from '../mail/addresses.ts';
import { type Break, type Breaker, createBreaker, type ServerAnswer } from '../mail/breaker.ts';
import { nextTryAt } from '../mail/retry.ts';
import type { Parcel } from '../mail/transport.ts';
import type { SendResult } from '../model/delivery.ts';
import { AppError, errorText } from '../model/errors.ts';
import { withoutAddresses } from '../text/address.ts';
import type { JobContext } from './context.ts';
import { createMailLedger, type MailLedger, type Settlement } from './mail-ledger.ts';
import { dueMails, type Outgoing } from './mail-outbox.ts';
import type { Mailing } from './mailing.ts';
import { noteRefusedAddress } from './refused-address.ts';
import type { Job } from './run.ts';

const MINUTE_MS = 60_000;
/** After a fault of our own (login, certificate, sender refused): a person may mend it, asking each minute would not. */
const PAUSE_AFTER_STOP_MS = 15 * MINUTE_MS;
/** After a server refused mail after mail. */
const PAUSE_AFTER_REFUSALS_MS = 60 * MINUTE_MS;
/** While the server is away: the mails behind the first few wait as they are, instead of each failing at a connection. */
const PAUSE_WHILE_AWAY_MS = 5 * MINUTE_MS;
/** A run ends after so long and the next ring goes on: other work waits for its turn. */
const LONGEST_RUN_MS = 30 * MINUTE_MS;
/** So few mails go out one after the other, and a stop then leaves at most one in doubt. */
const SHORT_OUTBOX = 25;
/** Mails in hand for each connection: while one is written or noted, another is on its way. */
const MAILS_IN_HAND = 3;
/** Told to stop, a mail that is under way may end within this time. */
const GRACE_MS = 12_000;

interface Desk {
  readonly context: JobContext;
  readonly mailing: Mailing;
  readonly ledger: MailLedger;
  readonly breaker: Breaker;
  readonly counts: Record<'sent' | 'retry' | 'failed' | 'unknown' | 'withheld', number>;
  /** Set by the first that says stop; the others end after the mail they are at. */
  halt: unknown;
}

/**
 * Sends what is due, several mails at once. Each is claimed in a committed transaction when the server is ready for it
 * and has seen none of it, and marked right after the answer; see docs/delivery.md for what each answer leads to.
 * @throws AppError MAIL_SETUP when the server does not accept our sending, MAIL_REFUSED when it refuses mail after mail,
 * MAIL_AWAY when it is not there
 */
export const deliver: Job<Mailing, { counts: Record<string, number> }> = {
  name: 'deliver',
  lane: 'mail',
  subject: (mailing) => mailing.transport.name,
  async run(context, mailing) {
    const { store, clock, lock } = context;
    const waiting = async () => (await store.letters.waiting()) + (await store.deliveries.waiting());
    const counts = {
      sent: 0,
      retry: 0,
      failed: 0,
      unknown: lock === undefined ? 0 : await holdLeftovers(context),
      withheld: 0,
    };
    if (!mailing.throttle.isHeld(clock.now())) {
      const ledger = createMailLedger(store);
      const desk: Desk = { context, mailing, ledger, breaker: createBreaker(), counts, halt: undefined };
      const isShort = (await waiting()) <= SHORT_OUTBOX;
      await sendAll(desk, isShort ? 1 : mailing.connections * MAILS_IN_HAND);
      if (desk.halt !== undefined) throw desk.halt;
    }
    return { counts: { ...counts, waiting: await waiting() } };
  },
};

/**
 * Mails that a run before this one left on their way: it was killed, or could not note what the server said. Only for
 * who holds the lock: nobody else is sending then.
 */
export async function holdLeftovers({
  store,
  clock,
  log,
}: Pick<JobContext, 'store' | 'clock' | 'log'>): Promise<number> {
  const at = clock.now().toISOString();
  const held = (await store.deliveries.holdLeftovers(at)) + (await store.letters.holdLeftovers(at));
  if (held > 0) log.warn('Mails that a run left on their way are in doubt', { count: held });
  return held;
}

async function sendAll(desk: Desk, lanes: number): Promise<void> {
  const { context, mailing } = desk;
  const until = context.clock.now().getTime() + LONGEST_RUN_MS;
  const cut = new AbortController();
  const onStop = () => setTimeout(() => cut.abort(), GRACE_MS).unref();
  context.signal.addEventListener('abort', onStop, { once: true });
  const due = dueMails(context, mailing);
  const lane = async () => {
    while (desk.halt === undefined && !context.signal.aborted && context.clock.now().getTime() < until) {
      const next = await due.next();
      if (next.done) return;
      await sendOne(desk, next.value, cut.signal);
    }
  };
  const guarded = () =>
    lane().catch((error: unknown) => {
      desk.halt ??= error;
    });
  await Promise.all(Array.from({ length: lanes }, guarded));
  context.signal.removeEventListener('abort', onStop);
}

async function sendOne(desk: Desk, outgoing: Outgoing, cut: AbortSignal): Promise<void> {
  const { context, mailing, ledger, counts } = desk;
  const now = () => context.clock.now().toISOString();
  const { withheld } = outgoing;
  if (withheld !== undefined) {
    await ledger.settle(outgoing, false, { state: 'failed', at: now(), error: `not sent: ${withheld}` });
    counts.withheld += 1;
    return;
  }
  const sealed = await sealedMail(desk, outgoing);
  if (sealed === undefined) return;
  let claiming: Promise<boolean> | undefined;
  const claim = () => {
    claiming = ledger.claim(outgoing, now());
    return claiming;
  };
  const envelope = {
    from: envelopeSender(mailing.from, mailing.bounceAddress, outgoing.mail.id),
    to: outgoing.to,
  };
  const result = await mailing.transport.send({ ...sealed, envelope }, claim, cut);
  // The connection may break while the claim is still being written: what it comes to is waited for.
  const isClaimed = await claiming;
  if (isClaimed !== false) await settle(desk, outgoing, isClaimed === true, result);
}

/** A mail that cannot be written is not tried: for good when its own words are at fault, for now when a file is gone. */
async function sealedMail(
  { context, mailing, ledger, counts }: Desk,
  outgoing: Outgoing,
): Promise<Pick<Parcel, 'messageId' | 'bytes'> | undefined> {
  try {
    const message = await outgoing.compose();
    return { messageId: message.messageId, bytes: await mailing.seal(message) };
  } catch (error) {
    const now = context.clock.now();
    const detail = errorText(error);
    const isForGood = error instanceof AppError && error.code === 'MAIL_ADDRESS_INVALID';
    const settlement = isForGood
      ? ({ state: 'failed', at: now.toISOString(), error: detail } as const)
      : retried(outgoing, now, detail);
    await ledger.settle(outgoing, false, settlement);
    counts[settlement.state] += 1;
    context.log.warn('Mail not written', { deliveryId: outgoing.mail.id, error: detail });
    return undefined;
  }
}

async function settle(desk: Desk, outgoing: Outgoing, isClaimed: boolean, result: SendResult): Promise<void> {
  const { context, mailing, ledger, breaker, counts } = desk;
  if (result.outcome === 'taken') return;
  const now = context.clock.now();
  const at = now.toISOString();
  if (result.outcome === 'stop') {
    // Not the mail's fault: unclaimed it stays as it is, claimed it goes back.
    const nextTryAt = new Date(now.getTime() + PAUSE_AFTER_STOP_MS).toISOString();
    if (isClaimed)
      await ledger.settle(outgoing, true, { state: 'retry', at, nextTryAt, error: result.detail });
    mailing.throttle.hold(now, new Date(nextTryAt));
    desk.halt ??= new AppError(
      'MAIL_SETUP',
      `the mail server does not accept our sending: ${withoutAddresses(result.detail)}`,
      {
        retryable: true,
      },
    );
    return;
  }
  const settlement = settlementOf(outgoing, now, result);
  await ledger.settle(outgoing, isClaimed, settlement, (tables) =>
    noteRefusedAddress(tables, outgoing, result, at),
  );
  counts[settlement.state] += 1;
  context.log.debug('Mail tried', { deliveryId: outgoing.mail.id, outcome: settlement.state });
  const broken = breaker.note(serverAnswer(result));
  if (broken === undefined) return;
  const pause = broken.cause === 'away' ? PAUSE_WHILE_AWAY_MS : PAUSE_AFTER_REFUSALS_MS;
  mailing.throttle.hold(now, new Date(now.getTime() + pause));
  desk.halt ??= stopped(broken, result.detail);
}

function serverAnswer(result: SendResult): ServerAnswer {
  if (result.outcome === 'failed' && result.refused === 'mail') return 'refused';
  return result.outcome === 'retry' && result.isAway ? 'away' : 'other';
}

function stopped({ cause, reason }: Break, detail: string): AppError {
  const last = withoutAddresses(detail);
  return cause === 'away'
    ? new AppError('MAIL_AWAY', `sending stopped, ${reason}; the last try: ${last}`, { retryable: true })
    : new AppError('MAIL_REFUSED', `sending stopped, ${reason}; the last answer: ${last}`, {
        retryable: true,
      });
}

function settlementOf(
  outgoing: Outgoing,
  now: Date,
  result: Exclude<SendResult, { outcome: 'stop' | 'taken' }>,
): Settlement {
  switch (result.outcome) {
    case 'sent':
      return { state: 'sent', at: now.toISOString() };
    case 'retry':
      return retried(outgoing, now, result.detail);
    case 'failed':
    case 'unknown':
      return { state: result.outcome, at: now.toISOString(), error: result.detail };
  }
}

function retried({ mail }: Outgoing, now: Date, error: string): Settlement {
  const next = nextTryAt(mail, now);
  return next === undefined
    ? { state: 'failed', at: now.toISOString(), error: `given up: ${error}` }
    : { state: 'retry', at: now.toISOString(), nextTryAt: next, error };
}
