import type { Letter } from '../model/delivery.ts';
import { domainOf, refuseControl } from './addresses.ts';
import { automaticHeaders, type Message } from './compose-message.ts';

/**
 * A letter as it goes out. It belongs to no list, so it carries no list headers; its own may not break a line.
 * @throws AppError MAIL_ADDRESS_INVALID for addresses, subjects and headers that could smuggle in others
 */
export function composeLetter(letter: Letter, from: string): Message {
  refuseControl({ sender: from, recipient: letter.to, subject: letter.subject, ...letter.headers });
  return {
    messageId: `<${letter.messageId}@${domainOf(from)}>`,
    date: new Date(letter.queuedAt),
    from,
    to: { address: letter.to },
    subject: letter.subject,
    ...(letter.html === undefined ? {} : { html: letter.html }),
    text: letter.text,
    attachments: [],
    headers: { ...automaticHeaders(letter.id), ...letter.headers },
  };
}
