import type { BounceReason, BounceVerdict, BounceWords, FailedAddress } from '../../model/bounce.ts';
import type { StatusReport } from './delivery-status.ts';

/** Codes that say of an address that nobody is there (RFC 3463: X.1.x address, 5.4.4 unable to route). */
const GONE_STATUS = /^5\.(?:1\.(?:1|2|3|6|10)|4\.4)$/;
/** Codes that are of the mailbox itself: words for "nobody there" beside them need no further proof. */
const MAILBOX_STATUS = /^(?:5\.2\.1|4\.1\.1)$/;
/** Codes that say nothing for certain: the words beside them decide. */
const OPEN_STATUS = /^5\.(?:[01235]\.0|0\.\d+|3\.2|4\.1)$/;
/** The answer was given to the recipient's address, not to the message. */
const AT_RECIPIENT =
  /rcpt[ -]?to|rcpt command|like recipient|rejected address|recipient address rejected|no valid recipients/i;
/** A reply code that far before the words quotes another server, which may have answered to anything. */
const REPLY_WITHIN = 120;
const REPLY = /\b[45]\d\d\b/;

const SAID_CHARACTERS = 300;

/** What is known of one failure: the report's fields, and the words around it for what the fields leave open. */
export interface Failure extends StatusReport {
  readonly around: string;
}

/** Judges one address: the code first, then the words; a code that is contradicted by plain words gives way. */
export function judgeFailure(failure: Failure, words: BounceWords): FailedAddress {
  const status = statusOf(failure);
  const found = [failure.said, failure.aside, failure.around]
    .map((text) => reasonIn(text, words))
    .find((match) => match !== undefined);
  const said = (failure.said || failure.aside || failure.around).replace(/\s+/g, ' ').trim();
  return {
    ...(failure.address === undefined ? {} : { address: failure.address }),
    verdict: verdictOf(status, found, failure),
    ...(status === undefined ? {} : { status }),
    ...(found === undefined ? {} : { reason: found.reason.id }),
    said: said.slice(0, SAID_CHARACTERS),
  };
}

function verdictOf(
  status: string | undefined,
  found: FoundReason | undefined,
  failure: Failure,
): BounceVerdict {
  const verdict = found?.reason.verdict;
  if (status?.endsWith('.2.2')) return 'doubtful';
  // Words for something else (blocked, too many mails) are nearer to the cause than the code of a sloppy server.
  if (status !== undefined && GONE_STATUS.test(status)) return verdict ?? 'gone';
  if (found === undefined || verdict !== 'gone') return verdict ?? 'other';
  if (status !== undefined && MAILBOX_STATUS.test(status)) return 'gone';
  if (status !== undefined && !OPEN_STATUS.test(status)) return 'other';
  return found.reason.plain === true || isOfAddress(failure, found) ? 'gone' : 'doubtful';
}

/** Whether the words are a server's answer to the address, or those of the server that holds the mailboxes. */
function isOfAddress({ said, aside, around, isTyped }: Failure, { before }: FoundReason): boolean {
  if (AT_RECIPIENT.test(`${said}\n${aside}\n${around}`)) return true;
  return isTyped !== false && !REPLY.test(before);
}

/** The code in the server's own answer is nearer to the cause than the one its reporter chose. */
function statusOf({ status, said, around }: Failure): string | undefined {
  const answered = lastCode(said) ?? (status === undefined ? lastCode(around) : undefined);
  if (answered === undefined) return status;
  return status === undefined || !/\.0\.0$/.test(answered) ? answered : status;
}

/** The last code behind a reply (`550 5.1.1`) or in the notation of qmail (`#5.1.1`). */
function lastCode(text: string): string | undefined {
  const codes = [...text.matchAll(/(?:\b[245]\d\d[-, ]\W{0,2}|#)([245]\.\d{1,3}\.\d{1,3})\b/g)];
  return codes.at(-1)?.[1];
}

interface FoundReason {
  readonly reason: BounceReason;
  /** What stands right before the words. */
  readonly before: string;
}

function reasonIn(text: string, { reasons }: BounceWords): FoundReason | undefined {
  const plain = ` ${text.toLowerCase().replace(/[’`]/g, "'").replace(/\s+/g, ' ')}`;
  for (const reason of reasons) {
    const word = reason.words.find((candidate) => plain.includes(candidate));
    if (word === undefined) continue;
    const at = plain.indexOf(word);
    return { reason, before: plain.slice(Math.max(0, at - REPLY_WITHIN), at) };
  }
  return undefined;
}
