import { createTransport } from 'nodemailer';
import { idFrom } from '../text/hash.ts';
import { createAttachmentParts } from './attachment-part.ts';
import type { Message } from './compose-message.ts';
import { type DkimKey, SIGNED_HEADERS } from './dkim.ts';

/** A message as RFC 5322 bytes. The same message always makes the same bytes: what a preview shows is what is sent. */
export type Seal = (message: Message) => Promise<Uint8Array>;

/** SMTP and DKIM know no other line break; a pass over the finished mail for its lone LFs would cost more. */
const withCrlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');

const HAN = /\p{Script=Han}/u;

/** @param key without one, mails are not signed */
export function createSeal(key?: DkimKey): Seal {
  const composer = createTransport({
    streamTransport: true,
    buffer: true,

    ...(key === undefined
      ? {}
      : {
          dkim: {
            domainName: key.domain,
            keySelector: key.selector,
            privateKey: key.privateKey,
            headerFieldNames: SIGNED_HEADERS.join(':'),
          },
        }),
  });
  const partOf = createAttachmentParts();
  return async (message) => {
    const { to } = message;
    const parts = await Promise.all(message.attachments.map(partOf));
    const { message: bytes } = await composer.sendMail({
      messageId: message.messageId,
      date: message.date,
      from: message.from,
      to: to.name === undefined ? to.address : { name: to.name, address: to.address },
      subject: message.subject,
      text: withCrlf(message.text),
      ...(message.html === undefined ? {} : { html: withCrlf(message.html) }),
      headers: { ...message.headers },
      // Each Han character takes nine bytes in quoted-printable, and four in base64.
      ...(HAN.test(message.text) ? { textEncoding: 'base64' as const } : {}),
      // Else it is drawn by chance, and a resend would not be the same message.
      baseBoundary: idFrom('boundary', message.messageId),
      attachments: parts.map((raw) => ({ raw })),
    });
    // With `buffer` set the message is a Buffer, not a stream.
    return bytes as Buffer;
  };
}
