import type { InterfaceLanguage } from '../model/digest.ts';
import type { DigestId } from '../model/ids.ts';
import { fillHtmlLinks, fillTextLinks, type MailLinks } from '../text/mail-links.ts';
import { domainOf, refuseControl } from './addresses.ts';
import { listHeaders } from './list-headers.ts';

/** One mail, complete and addressed; transports only carry it. */
export interface Message {
  readonly messageId: string;
  /** When the delivery was queued: a resend is the same message. */
  readonly date: Date;
  readonly from: string;
  readonly to: { readonly address: string; readonly name?: string };
  readonly subject: string;
  /** Absent in mails that are plain text only. */
  readonly html?: string;
  readonly text: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
  readonly headers: Readonly<Record<string, string>>;
}

/** By this header a mail that came back or arrived is recognised: the id of its delivery or letter. */
export const DELIVERY_HEADER = 'X-Policy-Digest-Delivery';

export interface MessageInput {
  /** The delivery's. */
  readonly id: string;
  readonly messageId: string;
  readonly date: Date;
  readonly from: string;
  readonly to: { readonly address: string; readonly name?: string };
  readonly digestId: DigestId;
  readonly lang: InterfaceLanguage;
  readonly subject: string;
  readonly html?: string;
  readonly text: string;
  /** Absent when the recipient wants no attachment. */
  readonly pdf?: { readonly filename: string; readonly content: Uint8Array };
  /**
   * The recipient's own pages; absent where there are none, then the footer names `leaveByMail`. `neutral`: the mail is
   * nobody's own, so the published words stay.
   */
  readonly links?: { readonly unsubscribe: string; readonly preferences: string } | 'neutral';
  /** A `mailto:` link by which the recipient leaves; absent where nobody would read the mail. */
  readonly leaveByMail?: string;
  /** Where the archive is read on the web; empty: nowhere. */
  readonly archiveUrl: string;
  /** Told to large mailbox providers; see `feedbackId`. */
  readonly feedbackId?: string;
}

/**
 * Edition and recipient → message.
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
  const pages = input.links === 'neutral' ? undefined : input.links;
  const byMail = input.leaveByMail === undefined ? {} : { unsubscribe: input.leaveByMail };
  const { html, text } = input.links === 'neutral' ? input : withLinks(input, pages ?? byMail);
  return {
    messageId: input.messageId,
    date: input.date,
    from: input.from,
    to: input.to,
    subject: input.subject,
    ...(html === undefined ? {} : { html }),
    text,
    attachments: input.pdf === undefined ? [] : [{ ...input.pdf, contentType: 'application/pdf' }],
    headers: {
      ...automaticHeaders(input.id),
      ...listHeaders(input, pages),
      ...(input.feedbackId === undefined ? {} : { 'Feedback-ID': input.feedbackId }),
    },
  };
}

function withLinks(
  { html, text, lang }: Pick<MessageInput, 'html' | 'text' | 'lang'>,
  links: MailLinks,
): Pick<MessageInput, 'html' | 'text'> {
  return {
    ...(html === undefined ? {} : { html: fillHtmlLinks(html, links, lang) }),
    text: fillTextLinks(text, links, lang),
  };
}

/** Automatic mail says so (RFC 3834), lest holiday notices answer it. */
export function automaticHeaders(id: string): Readonly<Record<string, string>> {
  return { 'Auto-Submitted': 'auto-generated', [DELIVERY_HEADER]: id };
}

/**
 * Campaign, customer, kind and sender: the four parts in which providers report complaints. Only a mail that is signed
 * can prove whose it is.
 */
export function feedbackId(digestId: DigestId, week: string, from: string): string {
  return `${digestId}-${week}:${digestId}:edition:${domainOf(from)}`;
}
