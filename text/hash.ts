import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}

/** A short stable id: the first 16 hex digits (64 bits) of the SHA-256 over the parts. */
export function idFrom(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 16);
}

/** Compares secrets by their hashes: equal length and constant time, whatever was given. */
export function isSameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(wanted)));
}
