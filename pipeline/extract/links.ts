import { absoluteUrl } from '../../text/urls.ts';

const MAILBOX = /^mailto:[^\s<>"]+@[^\s<>"]+$/i;

/** Where a link of a document may lead: to another page, made absolute, or to a mail box; undefined for anything else. */
export function linkTarget(href: string, base: string): string | undefined {
  const trimmed = href.trim();
  return MAILBOX.test(trimmed) ? trimmed : absoluteUrl(trimmed, base);
}
