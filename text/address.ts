import { sha256 } from './hash.ts';

/** An address as it is stored and compared: without spaces around it, in lower case. */
export function normalAddress(email: string): string {
  return email.trim().toLowerCase();
}

/** By this an address is recognised after its letters were deleted. Domain-separated, so it equals no other hash of ours. */
export function addressHash(email: string): string {
  return sha256(`address:${normalAddress(email)}`);
}

const EMAIL = /^[^\s@<>(),;:"\\\p{Cc}]{1,64}@[^\s@.<>(),;:"\\\p{Cc}]+(?:\.[^\s@.<>(),;:"\\\p{Cc}]+)*$/u;

/** One `@`, no spaces or control characters, a dot-separated domain; what servers accept beyond that is theirs. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text);
}

/** Words of a mail server for logs and run histories, where no reader's address may stay. */
export function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>(),;:"'@]{1,64}@[^\s<>(),;:"'@]{1,255}/gu, '(address)');
}
