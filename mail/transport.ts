import type { SendResult } from '../model/delivery.ts';

/** One mail as it is carried: for whom, and its bytes. */
export interface Parcel {
  /** Names the mail where a name is needed: a file in a folder. */
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: string };
  readonly bytes: Uint8Array;
}

/**
 * Carries one mail. Never fails for what a server or a disk may do: the outcome says it. `claim` is asked once, when
 * the server is ready for the mail and has not seen a byte of it; false keeps it back.
 */
export interface MailTransport {
  /** Short name for logs and health: `smtp`, `folder`. */
  readonly name: string;
  /** @param cut ends a mail that is under way, whatever is known of it then */
  send(parcel: Parcel, claim: () => Promise<boolean>, cut?: AbortSignal): Promise<SendResult>;
  close(): Promise<void>;
}
