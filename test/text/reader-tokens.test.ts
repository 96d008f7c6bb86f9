import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DigestId, RecipientId } from '../../model/ids.ts';
import { isSameSecret } from '../../text/hash.ts';
import { readerLinks, readerToken } from '../../text/reader-tokens.ts';

const key = Buffer.alloc(32, 7);
const reader = { id: 'r1' as RecipientId, tokenVersion: 0 };

test('a token is the same each time, 192 bits, and another for each reader, purpose, version and key', () => {
  const token = readerToken(key, reader, 'unsubscribe');
  assert.equal(token, readerToken(key, reader, 'unsubscribe'));
  assert.match(token, /^[A-Za-z0-9_-]{32}$/);
  const others = [
    readerToken(key, { ...reader, id: 'r2' as RecipientId }, 'unsubscribe'),
    readerToken(key, reader, 'preferences'),
    readerToken(key, { ...reader, tokenVersion: 1 }, 'unsubscribe'),
    readerToken(Buffer.alloc(32, 8), reader, 'unsubscribe'),
  ];
  assert.equal(new Set([token, ...others]).size, 5);
  assert.ok(isSameSecret(token, readerToken(key, reader, 'unsubscribe')));
  assert.ok(others.every((other) => !isSameSecret(token, other)));
});

test('the links of mails that were sent long ago stay as they are', () => {
  assert.equal(readerToken(key, reader, 'unsubscribe'), 'HbIaQI7jGpoVawjbft-nwhOal-RgLspI');
});

test('links are made only where readers can open them', () => {
  assert.equal(readerLinks(undefined, reader, 'weekly' as DigestId), undefined);
  const links = readerLinks({ key, publicUrl: 'https://digest.example/' }, reader, 'weekly' as DigestId);
  assert.match(links?.unsubscribe ?? '', /^https:\/\/digest\.example\/unsubscribe\/[\w-]{32}\/weekly$/);
  assert.match(links?.preferences ?? '', /^https:\/\/digest\.example\/preferences\/[\w-]{32}$/);
});
