import type { InterfaceLanguage } from './digest.ts';
import type { DeliveryId, DigestId, EditionId, LetterId, RecipientId } from './ids.ts';

/** `unknown`: the connection was lost between the final dot and the answer; never resent without a person's word. */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'retry' | 'failed' | 'unknown';

/** The only moves a mail may make (see docs/delivery.md). Back to `queued` only by a person's word. */
export const DELIVERY_MOVES: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ['sending'],
  sending: ['sent', 'retry', 'failed', 'unknown'],
  retry: ['sending'],
  sent: [],
  failed: ['queued'],
  unknown: ['sent', 'failed', 'queued'],
};

export interface Recipient {
  readonly id: RecipientId;
  readonly email: string;
  readonly name?: string;
  readonly digestIds: readonly DigestId[];
  readonly attachPdf: boolean;
  readonly active: boolean;
  readonly addedAt: string;
  /** Of the pages and letters for this reader; absent: as the digest is. */
  readonly lang?: InterfaceLanguage;
  /** Ids of vocabulary/topics.yml; empty: all. */
  readonly topics: readonly string[];
  /** Ids of vocabulary/regions.yml; empty: all. */
  readonly regions: readonly string[];
  /** What a week without a match brings. */
  readonly quietWeek: QuietWeek;
  /** Where the consent to be mailed comes from, as the operator or the sign-up noted it. */
  readonly consent?: string;
  /** Counts up to make all links given so far void. */
  readonly tokenVersion: number;
}

/** A week in which nothing matches a reader's selection: a short note, or no mail at all. */
export type QuietWeek = 'note' | 'nothing';

/** What every outgoing mail has on record, whatever it carries. */
export interface OutboxRow<Id extends string> {
  readonly id: Id;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Fixed when queued; a resend keeps it. */
  readonly messageId: string;
  readonly queuedAt: string;
  readonly sentAt?: string;
  /** Giving up is counted from here. */
  readonly firstTryAt?: string;
  readonly nextTryAt?: string;
  readonly lastError?: string;
}

/** `erratum`: a revision's correction, to those who received an earlier one. */
export type DeliveryPurpose = 'edition' | 'erratum';

/** One edition, or the correction of one, to one recipient. */
export interface Delivery extends OutboxRow<DeliveryId> {
  readonly purpose: DeliveryPurpose;
  readonly editionId: EditionId;
  readonly digestId: DigestId;
  readonly week: string;
  readonly recipientId: RecipientId;
}

/** Why a letter is written. To add one: its word here. */
export type LetterPurpose = 'confirm' | 'operator' | 'test' | 'canary';

/** A mail that carries no edition to a subscriber. Its `messageId` is the part before the `@`: the sender's domain follows. */
export interface Letter extends OutboxRow<LetterId> {
  readonly purpose: LetterPurpose;
  /** Unique: a second letter of the same key is never queued. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a transport says of one message. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly detail: string }
  | {
      readonly outcome: 'retry';
      /** No connection, or one that was lost before the server had anything: it says nothing of the mail. */
      readonly isAway?: true;
      readonly detail: string;
    }
  | {
      readonly outcome: 'failed';
      /** `mail`: the server does not want what we send, whoever is to get it. */
      readonly refused: 'address' | 'mail';
      /** RFC 3463: `5.1.1`. */
      readonly enhancedCode?: string;
      readonly detail: string;
    }
  | { readonly outcome: 'unknown'; readonly detail: string }
  /** Our own set-up is at fault (login, TLS, sender refused): stop the run, nobody is marked failed. */
  | { readonly outcome: 'stop'; readonly detail: string }
  /** Somebody else had claimed the mail; the server saw nothing of it. */
  | { readonly outcome: 'taken' };
