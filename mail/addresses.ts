import { domainToASCII } from 'node:url';
import { AppError } from '../model/errors.ts';

/** The bare address of `Name <address>`. */
export function addressOf(from: string): string {
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim();
}

/** The domain a Message-ID and a List-ID are made under. */
export function domainOf(from: string): string {
  return addressOf(from).split('@')[1] ?? 'localhost';
}

/** `reader@例子.example` as every server takes it: `reader@xn--fsqu00a.example` (RFC 5890). A local part has no such form. */
export function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const ascii = domainToASCII(address.slice(at));
  return ascii === '' ? address : address.slice(0, at) + ascii;
}

/**
 * The sender that a server returns a mail to: `bounces+<id>@…`, so that the returned mail names its delivery whatever
 * is left of it. Without an address for returned mail it is the sender of the mails.
 */
export function envelopeSender(from: string, bounceAddress: string, id: string): string {
  const [local, domain] = bounceAddress.split('@');
  return domain === undefined ? addressOf(from) : `${local}+${id}@${domain}`;
}

/** @throws AppError MAIL_ADDRESS_INVALID when a value could end its header line and begin another */
export function refuseControl(values: Readonly<Record<string, string>>): void {
  for (const [what, value] of Object.entries(values)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: CR, LF and NUL end or cut a header line
    if (/[\r\n\x00]/.test(value))
      throw new AppError('MAIL_ADDRESS_INVALID', `composing a mail: the ${what} holds a line break or NUL`);
  }
}
