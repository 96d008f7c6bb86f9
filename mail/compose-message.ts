import { AppError } from '../model/errors.ts';
import type { DigestId } from '../model/ids.ts';

/** One mail, complete and addressed; transports only carry it. */
export interface Message {
  readonly messageId: string;
  /** When the delivery was queued: a resend is the same message. */
  readonly date: Date;
  readonly from: string;
  readonly to: { readonly address: string; readonly name?: string };
  readonly subject: string;
  /** Absent in letters that are plain text only. */
  readonly html?: string;
  readonly text: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
  readonly headers: Readonly<Record<string, string>>;
}

export interface MessageInput {
  readonly messageId: string;
  readonly date: Date;
  readonly from: string;
  readonly to: { readonly address: string; readonly name?: string };
  readonly digestId: DigestId;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Absent when the recipient wants no attachment. */
  readonly pdf?: { readonly filename: string; readonly content: Uint8Array };
}

/**
 * Edition and recipient → message. Automatic mail says so (RFC 3834), a list says its id (RFC 2919).
 * @throws AppError MAIL_ADDRESS_INVALID for addresses and subjects that could smuggle in headers
 */
export function composeMessage(input: MessageInput): Message {
  refuseControl({
    sender: input.from,
    recipient: input.to.address,
    name: input.to.name ?? '',
    subject: input.subject,
    'message id': input.messageId,
  });
  const attachments = input.pdf === undefined ? [] : [{ ...input.pdf, contentType: 'application/pdf' }];
  return {
    messageId: input.messageId,
    date: input.date,
    from: input.from,
    to: input.to,
    subject: input.subject,
    html: input.html,
    text: input.text,
    attachments,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'List-ID': `<${input.digestId}.${domainOf(input.from)}>`,
      'List-Unsubscribe': `<mailto:${addressOf(input.from)}?subject=unsubscribe%20${input.digestId}>`,
      Precedence: 'bulk',
    },
  };
}

const EMAIL = /^[^\s@<>(),;:"\\\p{Cc}]{1,64}@[^\s@.<>(),;:"\\\p{Cc}]+(?:\.[^\s@.<>(),;:"\\\p{Cc}]+)*$/u;

/** One `@`, no spaces or control characters, a dot-separated domain; what servers accept beyond that is theirs. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text);
}

/** The bare address of `Name <address>`. */
export function addressOf(from: string): string {
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim();
}

/** The domain a Message-ID and a List-ID are made under. */
export function domainOf(from: string): string {
  return addressOf(from).split('@')[1] ?? 'localhost';
}

/** @throws AppError MAIL_ADDRESS_INVALID when a value could end its header line and begin another */
export function refuseControl(values: Readonly<Record<string, string>>): void {
  for (const [what, value] of Object.entries(values)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: CR, LF and NUL end or cut a header line
    if (/[\r\n\x00]/.test(value))
      throw new AppError('MAIL_ADDRESS_INVALID', `composing a mail: the ${what} holds a line break or NUL`);
  }
}
