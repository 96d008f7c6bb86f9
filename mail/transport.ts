import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { SendResult } from '../model/delivery.ts';
import { addressOf, type Message } from './compose-message.ts';

/** Carries one message. Never throws for what a server or a disk may do: the outcome says it. */
export interface MailTransport {
  /** Short name for logs and health: `smtp`, `folder`. */
  readonly name: string;
  send(message: Message): Promise<SendResult>;
  close(): Promise<void>;
}

/** Writes each message as `<message id>.eml` into a folder; the default, so that nothing is needed to try it. */
export function createFolderTransport(folder: string): MailTransport {
  return {
    name: 'folder',
    async send(message) {
      const file = path.join(folder, `${message.messageId.replace(/[^A-Za-z0-9.-]+/g, '')}.eml`);
      try {
        await mkdir(folder, { recursive: true });
        await writeWhole(file, await toBytes(message));
        return { outcome: 'sent', detail: file };
      } catch (error) {
        return { outcome: 'stop', detail: `writing ${file}: ${describe(error)}` };
      }
    },
    close: async () => undefined,
  };
}

/** Sends through an SMTP server named by `smtp://` or `smtps://`. */
export function createSmtpTransport(url: string): MailTransport {
  const transport = createTransport(url);
  return {
    name: 'smtp',
    async send(message) {
      const raw = await toBytes(message);
      let isAllRead = false;
      const stream = Readable.from([raw]);
      stream.once('end', () => {
        isAllRead = true;
      });
      const envelope = { from: addressOf(message.from), to: message.to.address };
      try {
        const info = await transport.sendMail({ envelope, raw: stream });
        return { outcome: 'sent', detail: info.response };
      } catch (error) {
        return judge(error, isAllRead);
      }
    },
    close: async () => transport.close(),
  };
}

/** The message as RFC 5322 bytes, the same for every transport: what a preview shows is what is sent. */
export async function toBytes(message: Message): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const info = await composer.sendMail({
    messageId: message.messageId,
    date: message.date,
    from: message.from,
    to:
      message.to.name === undefined
        ? message.to.address
        : { name: message.to.name, address: message.to.address },
    subject: message.subject,
    ...(message.html === undefined ? {} : { html: message.html }),
    text: message.text,
    headers: { ...message.headers },
    attachments: message.attachments.map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.contentType,
      content: Buffer.from(attachment.content),
    })),
  });
  // With `buffer` set the message is a Buffer, not a stream.
  return info.message as Buffer;
}

/**
 * What an SMTP failure means for the delivery: our own fault stops the run; a final no fails the recipient; a
 * temporary no or a connection lost before the end is tried again; after the final dot nobody can know.
 */
function judge(error: unknown, isAllRead: boolean): SendResult {
  const detail = describe(error);
  const {
    code = '',
    command = '',
    responseCode,
  } = error as { code?: string; command?: string; responseCode?: number };
  if (code === 'EAUTH' || code === 'ETLS' || code === 'EREQUIRETLS') return { outcome: 'stop', detail };
  if (responseCode !== undefined) {
    if (responseCode < 500) return { outcome: 'retry', detail };
    const isOurs = command === 'MAIL FROM' || responseCode === 530 || responseCode === 535;
    return { outcome: isOurs ? 'stop' : 'failed', detail };
  }
  if (isAllRead) return { outcome: 'unknown', detail };
  return { outcome: 'retry', detail };
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.part`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
