import type { BounceWords } from '../../model/bounce.ts';
import { readUnsubscribe, type UnsubscribeWish, withoutPrefixes } from '../../text/unsubscribe-mail.ts';
import type { InboxMessage } from './read-message.ts';

/** What our own `mailto:` link had written, in the subject or in the first line, where some mail programs put it. */
export function tokenWishIn({ subject, text }: InboxMessage): UnsubscribeWish | undefined {
  return readUnsubscribe(subject) ?? readUnsubscribe(ownLines(text)[0] ?? '');
}

/** Somebody asks in their own words to be left out. A false alarm costs a person a look, so a word is enough. */
export function asksToLeave({ subject, text, header }: InboxMessage, { leaving }: BounceWords): boolean {
  // Other people's newsletters speak of leaving as well.
  if (header('list-id') !== '' || header('list-unsubscribe') !== '') return false;
  const said = [withoutPrefixes(subject), ...ownLines(text)].join('\n').toLowerCase().replace(/[’`]/g, "'");
  return leaving.some((word) => said.includes(word));
}

const MOST_LINES = 3;
const LINE_CHARACTERS = 120;
const QUOTE =
  /^(?:>|[-_]{2,}\s*(?:original|forwarded|原始|转发|轉寄)|on .+ wrote:|.+写道\s*[:：]|.+schrieb .+:)/i;

/** The first lines that the sender wrote; what a reply quotes is ours and speaks of leaving too. */
function ownLines(text: string): string[] {
  const lines = text
    .slice(0, 5_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const end = lines.findIndex((line) => QUOTE.test(line));
  return (end === -1 ? lines : lines.slice(0, end))
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, LINE_CHARACTERS));
}
