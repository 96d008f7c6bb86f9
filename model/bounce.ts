/**
 * What a failure says of the address. `gone`: nobody is there, now or later. `doubtful`: the mailbox is full, or words
 * without a code say that nobody is there; it counts, and often enough it is believed. `other`: this message or its
 * sender was refused, or the server has a trouble of its own: the address may be as good as before.
 */
export type BounceVerdict = 'gone' | 'doubtful' | 'other';

/** Words by which servers say why: one entry in vocabulary/bounces.yml. */
export interface BounceReason {
  readonly id: string;
  readonly verdict: BounceVerdict;
  /** So plain that it counts whatever command it answers. @default only an answer to the recipient's address does */
  readonly plain?: boolean;
  /** In lower case, with single spaces. */
  readonly words: readonly string[];
}

/** What returned mail is told by: vocabulary/bounces.yml. */
export interface BounceWords {
  /** Local parts of those who return mail. */
  readonly senders: readonly string[];
  readonly subjects: readonly string[];
  /** Sentences that only a report of a failure holds. */
  readonly failures: readonly string[];
  /** Sentences of a report that the server goes on trying. */
  readonly delays: readonly string[];
  /** Subjects of those who are away. */
  readonly away: readonly string[];
  /** Words of readers who ask to be left out. */
  readonly leaving: readonly string[];
  /** Lines behind which the returned mail stands. */
  readonly returned: readonly string[];
  /** The first whose words stand in the answer counts. */
  readonly reasons: readonly BounceReason[];
}

/** One address that a message did not reach. */
export interface FailedAddress {
  /** As the report names it; absent where it names none. */
  readonly address?: string;
  readonly verdict: BounceVerdict;
  /** RFC 3463; absent where the report states none. */
  readonly status?: string;
  /** Id of a reason of vocabulary/bounces.yml; absent where no words are known. */
  readonly reason?: string;
  /** The server's own words, cut short. */
  readonly said: string;
}

/** What a message in the mailbox for returned mail is. */
export type ReturnedMail =
  | {
      readonly kind: 'bounce';
      readonly failures: readonly FailedAddress[];
      readonly evidence: ReturnEvidence;
    }
  /** The server still tries. */
  | { readonly kind: 'delayed'; readonly evidence: ReturnEvidence }
  /** A mailbox provider reports on a mail (RFC 5965). */
  | {
      readonly kind: 'complaint';
      readonly evidence: ReturnEvidence;
      /** Its owner called it spam or a fraud, or wants no more; else the provider found something, or the contrary. */
      readonly isUnwanted: boolean;
    }
  /** A reader asks to be left out. */
  | {
      readonly kind: 'unsubscribe';
      readonly from: string;
      readonly subject: string;
      /** As our own link wrote it; absent where the reader asks in other words. */
      readonly wish?: { readonly token: string; readonly digest?: string };
    }
  /** Somebody is away, or a program answered. */
  | { readonly kind: 'autoReply' }
  /** One of our own mails that arrived here: the canary. */
  | { readonly kind: 'arrival'; readonly deliveryId: string }
  | { readonly kind: 'ordinary' };

/** By what a returned message is tied to one of ours. */
export interface ReturnEvidence {
  /** Addresses it was sent to: one of them may carry the id of a delivery. */
  readonly sentTo: readonly string[];
  /** Envelope senders that the returned part names: they may carry it as well. */
  readonly returnPaths: readonly string[];
  /** The id that our own header names in the returned part. */
  readonly deliveryId?: string;
  /** Message-ID of the returned part, with its angle brackets. */
  readonly messageId?: string;
}
