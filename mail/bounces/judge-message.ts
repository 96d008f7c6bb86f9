import type { BounceWords, ReturnEvidence, ReturnedMail } from '../../model/bounce.ts';
import { readDeliveryStatus, type StatusReport } from './delivery-status.ts';
import { type Failure, judgeFailure } from './judge-failure.ts';
import { addressesIn, type InboxMessage, readMessage } from './read-message.ts';
import { asksToLeave, tokenWishIn } from './read-wish.ts';

/** Header of our own mails that names the delivery. */
export const DELIVERY_HEADER = 'x-policy-digest-delivery';

/** What a message is and what it says; the same bytes are always judged the same. */
export async function judgeMessage(raw: Uint8Array, words: BounceWords): Promise<ReturnedMail> {
  const message = await readMessage(raw);
  const deliveryId = message.header(DELIVERY_HEADER);
  if (deliveryId !== '') return { kind: 'arrival', deliveryId };
  const evidence = evidenceOf(message);
  if (message.reportType === 'feedback-report')
    return { kind: 'complaint', evidence, isUnwanted: isUnwanted(message) };
  const reports = statusReports(message);
  if (reports.length > 0) return judgeReports(message, reports, { words, evidence });
  const { from, subject } = message;
  const wish = tokenWishIn(message);
  // Providers send it for their user, some marked as automatic.
  if (wish !== undefined) return { kind: 'unsubscribe', from, subject, wish };
  if (isAutoReply(message, words)) return { kind: 'autoReply' };
  if (!isReturned(message, words))
    return asksToLeave(message, words) ? { kind: 'unsubscribe', from, subject } : { kind: 'ordinary' };
  const own = ownWords(message.text, words);
  const isFailed = holds(own, words.failures) || !holds(own, words.delays);
  if (!isFailed) return { kind: 'delayed', evidence };
  const failures = failuresIn(own, message).map((failure) => judgeFailure(failure, words));
  return { kind: 'bounce', failures, evidence };
}

/** What RFC 5965 calls a mail that its reader does not want; `not-spam` is the contrary, `auth-failure` is of servers. */
const UNWANTED = new Set(['abuse', 'fraud', 'opt-out', 'opt-out-list']);

function isUnwanted({ feedbackParts }: InboxMessage): boolean {
  const types = feedbackParts.map((part) => /^feedback-type:\s*([\w-]+)/im.exec(part)?.[1]?.toLowerCase());
  return types.some((type) => type !== undefined && UNWANTED.has(type));
}

/** A message put together wrongly carries its report within the text. */
function statusReports({ statusParts, text }: InboxMessage): StatusReport[] {
  const reports = statusParts.flatMap(readDeliveryStatus);
  return reports.length > 0 ? reports : readDeliveryStatus(text);
}

/** What RFC 3464 names besides a failure; servers that make up a word of their own mean a failure. */
const NOT_FAILED = new Set(['delayed', 'delivered', 'relayed', 'expanded']);

function judgeReports(
  message: InboxMessage,
  reports: readonly StatusReport[],
  { words, evidence }: { readonly words: BounceWords; readonly evidence: ReturnEvidence },
): ReturnedMail {
  const failed = reports.filter(({ action = 'failed' }) => !NOT_FAILED.has(action));
  if (failed.length === 0) {
    const isDelayed = reports.some(({ action }) => action === 'delayed');
    return isDelayed ? { kind: 'delayed', evidence } : { kind: 'ordinary' };
  }
  // With several addresses the text around belongs to none of them for certain.
  const own = ownWords(message.text, words);
  const failures = failed.map((report) =>
    judgeFailure({ ...report, around: failed.length === 1 ? own : '' }, words),
  );
  return { kind: 'bounce', failures, evidence };
}

/** Somebody's program answered (RFC 3834), and no server says that anything failed. */
function isAutoReply(message: InboxMessage, words: BounceWords): boolean {
  if (message.reportType === 'delivery-status' || message.header('x-failed-recipients') !== '') return false;
  const automatic = message.header('auto-submitted').toLowerCase();
  if (automatic.startsWith('auto-replied') && !isDaemon(message, words)) return true;
  if (message.header('x-autoreply') !== '' || message.header('x-autorespond') !== '') return true;
  return !isDaemon(message, words) && holds(plainOf(message.subject), words.away);
}

/** A report of a failure without the fields of RFC 3464: by who sent it and what it says. */
function isReturned(message: InboxMessage, words: BounceWords): boolean {
  if (message.header('x-failed-recipients') !== '') return true;
  const own = ownWords(message.text, words);
  const tellsFailure = holds(own, words.failures) || holds(own, words.delays);
  const isAbout = holds(plainOf(message.subject), words.subjects);
  if (message.reportType === 'delivery-status') return true;
  return (isDaemon(message, words) && (tellsFailure || isAbout)) || (isAbout && tellsFailure);
}

function isDaemon({ from, header }: InboxMessage, { senders }: BounceWords): boolean {
  const local = from.split('@')[0]?.toLowerCase() ?? '';
  // `MAILER-DAEMON <>` has no address at all.
  const name = header('from').split(/[<@]/)[0]?.trim().toLowerCase() ?? '';
  return senders.includes(local) || senders.includes(name) || /^<\s*>$/.test(header('return-path'));
}

/** Where the report names several addresses, each line that opens with one begins its own part. */
function failuresIn(own: string, message: InboxMessage): Failure[] {
  const parts = partsByAddress(own.split('\n'));
  if (parts.size > 1)
    return [...parts].map(([address, lines]) => ({ address, said: lines.join('\n'), aside: '', around: '' }));
  const address =
    addressesIn(message.header('x-failed-recipients'))[0] ?? [...parts.keys()][0] ?? addressesIn(own)[0];
  return [{ ...(address === undefined ? {} : { address }), said: '', aside: '', around: own }];
}

const OPENS_WITH_ADDRESS =
  /^\s*(?:[245]\d\d )?[<"]?([^\s<>:"@]{1,64}@[\w.-]{1,255}\w)(?:[>"<\s].{0,80}|[:;(,.].*)?$/;

/** Lines by the address they belong to; what stands before the first address belongs to none. */
function partsByAddress(lines: readonly string[]): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const address = OPENS_WITH_ADDRESS.exec(line)?.[1]?.toLowerCase();
    if (address !== undefined) {
      current = parts.get(address) ?? [];
      parts.set(address, current);
    }
    current?.push(line);
  }
  return parts;
}

/** The report's own words, without the mail it returns. */
function ownWords(text: string, { returned }: BounceWords): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((line, at) => at > 0 && holds(plainOf(line), returned));
  return (end === -1 ? lines : lines.slice(0, end)).join('\n');
}

function evidenceOf(message: InboxMessage): ReturnEvidence {
  const heads = [...message.returnedHeads, message.text];
  const first = (pattern: RegExp) =>
    heads.map((head) => pattern.exec(head)?.[1]).find((value) => value !== undefined);
  const messageId = first(/^message-id:\s*(<[^<>\s]{1,250}>)/im);
  const deliveryId = first(/^x-policy-digest-delivery:[ \t]*(\w{1,64})/im);
  const returnPaths = [...message.feedbackParts, ...message.returnedHeads].flatMap((part) =>
    [...part.matchAll(/^(?:original-mail-from|return-path):(.{1,320})$/gim)].flatMap(([, value = '']) =>
      addressesIn(value),
    ),
  );
  return {
    sentTo: message.sentTo,
    returnPaths,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(messageId === undefined ? {} : { messageId }),
  };
}

function plainOf(text: string): string {
  return text.toLowerCase().replace(/[’`]/g, "'").replace(/\s+/g, ' ');
}

function holds(text: string, words: readonly string[]): boolean {
  const plain = plainOf(text);
  return words.some((word) => plain.includes(word));
}
