import type { RecipientId } from './ids.ts';

/** Something that happened to a recipient; mails are on record as deliveries. */
export type RecipientEventKind =
  | 'added'
  | 'imported'
  /** By the link in the letter that asked whether the sign-up was meant. */
  | 'confirmed'
  | 'changed'
  | 'unsubscribed'
  | 'removed'
  | 'bounced'
  | 'complained'
  | 'suppressed'
  | 'unsuppressed'
  /** The links given so far were made void. */
  | 'newLinks'
  | 'exported';

/** Who did it: a person at the command line, the reader on a page or by mail, another mail server. */
export type EventAuthor = 'operator' | 'reader' | 'server';

export interface RecipientEvent {
  readonly recipientId: RecipientId;
  readonly at: string;
  readonly kind: RecipientEventKind;
  readonly by: EventAuthor;
  /** What exactly, in words for the operator. */
  readonly detail: string;
}
