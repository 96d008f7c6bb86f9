import { Readable } from 'node:stream';
import SmtpPool, { type SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import type { SendResult } from '../model/delivery.ts';
import { withAsciiDomain } from './addresses.ts';
import { judge, type Progress } from './judge.ts';
import type { MailTransport, Parcel } from './transport.ts';

export interface SmtpOptions {
  /** Connections at once. */
  readonly connections: number;
  /** Longest silence of the server. RFC 5321 lets it take ten minutes over the final dot, and most need seconds. @default five minutes */
  readonly silenceMs?: number;
}

const SILENCE_MS = 300_000;
const CONNECT_MS = 30_000;

type Mail = Parameters<SmtpPool['send']>[0];

/** Sends through an SMTP server named by `smtp://` or `smtps://`, over connections that are kept. */
export function createSmtpTransport(
  url: string,
  { connections, silenceMs = SILENCE_MS }: SmtpOptions,
): MailTransport {
  const options: SMTPPoolOptions = {
    url,
    maxConnections: connections,
    connectionTimeout: Math.min(CONNECT_MS, silenceMs),
    greetingTimeout: Math.min(CONNECT_MS, silenceMs),
    socketTimeout: silenceMs,
    // A connection that the server had closed meanwhile costs one more try; what fails then waits as the outbox says.
    maxRequeues: 1,
  };
  const pool = new SmtpPool(options);
  return {
    name: 'smtp',
    send: (parcel, claim, cut) =>
      new Promise<SendResult>((resolve, reject) => {
        const body = new Body(parcel.bytes, claim);
        pool.send(mailOf(parcel, body, cut), (error, info) => {
          if (error === null) resolve({ outcome: 'sent', detail: info?.response ?? '' });
          else if (body.refusal === 'taken') resolve({ outcome: 'taken' });
          else if (body.refusal !== undefined) reject(body.refusal.cause);
          else resolve(judge(error, body.progress));
        });
      }),
    close: async () => pool.close({ force: true }),
  };
}

/** What nodemailer asks of a mail that it carries; these are finished, it composes nothing. */
function mailOf({ envelope, messageId }: Parcel, body: Body, cut: AbortSignal | undefined): Mail {
  const message = {
    getEnvelope: () => ({ from: envelope.from, to: [withAsciiDomain(envelope.to)] }),
    messageId: () => messageId,
    getHeader: () => messageId,
    createReadStream: () => body,
  };
  const mail = { data: cut === undefined ? {} : { signal: cut }, message };
  // The pool reads these four and `data.signal` of a mail, and nothing else.
  return mail as unknown as Mail;
}

/** The larger part of a mail waits in the program, where a lost connection is noticed. */
const PIECE = 16 * 1024;
/** Kept back until the rest is taken and the event loop has turned once more. */
const LAST_PIECE = 256;

/**
 * A mail's bytes. They are first read when the server has said 354, the moment to claim the mail; and how far they have
 * been read when the connection breaks tells whether the server can have taken the mail.
 */
class Body extends Readable {
  readonly #bytes: Uint8Array;
  readonly #claim: () => Promise<boolean>;
  #at = 0;
  progress: Progress = 'untouched';
  /** Why not a byte was given out: claimed by somebody else, or the claim itself failed. */
  refusal: 'taken' | { readonly cause: unknown } | undefined;

  constructor(bytes: Uint8Array, claim: () => Promise<boolean>) {
    super({ highWaterMark: 1 });
    this.#bytes = bytes;
    this.#claim = claim;
  }

  override _read(): void {
    if (this.progress === 'untouched') this.#begin();
    else setImmediate(() => this.#give());
  }

  #begin(): void {
    this.progress = 'begun';
    this.#claim().then(
      (isOurs) => {
        if (isOurs) setImmediate(() => this.#give());
        else this.#refuse('taken');
      },
      (cause: unknown) => this.#refuse({ cause }),
    );
  }

  #give(): void {
    if (this.destroyed) return;
    const whole = this.#bytes.length;
    const isLast = whole - this.#at <= LAST_PIECE;
    const end = isLast ? whole : Math.min(this.#at + PIECE, whole - LAST_PIECE);
    const piece = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    if (isLast) this.progress = 'handedOver';
    this.push(piece);
    if (isLast) this.push(null);
  }

  #refuse(refusal: 'taken' | { readonly cause: unknown }): void {
    this.refusal = refusal;
    this.destroy(new Error('the mail is not ours to send'));
  }
}
