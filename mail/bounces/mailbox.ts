/** A message that lies in the mailbox for returned mail. */
export interface MailboxMessage {
  /** For the log: a file name or a number. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Puts it aside as read; a message that is not put aside comes again. */
  done(): Promise<void>;
}

/** Where returned mail lies. Never deletes a message. */
export interface ReturnMailbox {
  readonly name: string;
  /** What was not put aside yet, at most `limit`. */
  messages(limit: number): AsyncIterable<MailboxMessage>;
  close(): Promise<void>;
}
