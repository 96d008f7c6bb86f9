import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DigestId, RecipientId } from '../../model/ids.ts';
import { readerToken } from '../../text/reader-tokens.ts';
import { readUnsubscribe, unsubscribeByMail } from '../../text/unsubscribe-mail.ts';

const key = Buffer.alloc(32, 7);
const reader = { id: 'r1' as RecipientId, tokenVersion: 0 };
const token = readerToken(key, reader, 'unsubscribe');
const weekly = 'weekly-en' as DigestId;

test('the link of a reader opens a mail that is read back as the same wish', () => {
  const leave = { readBy: 'program', address: 'bounces@digest.example', key } as const;
  const link = new URL(unsubscribeByMail(leave, reader, weekly) ?? '');
  assert.equal(link.pathname, 'bounces@digest.example');
  const subject = link.searchParams.get('subject') ?? '';
  assert.equal(subject, `unsubscribe ${token} weekly-en`);
  assert.deepEqual(readUnsubscribe(subject), { token, digest: 'weekly-en' });
  assert.equal(unsubscribeByMail(leave, undefined, weekly), undefined, 'nobody’s mail has no token');
});

test('a person gets a mail without a token, and an address cannot break out of its link', () => {
  const person = { readBy: 'person', address: 'a&b?c@digest.example' } as const;
  assert.equal(
    unsubscribeByMail(person, undefined, weekly),
    'mailto:a%26b%3Fc@digest.example?subject=unsubscribe%20weekly-en',
  );
  assert.equal(unsubscribeByMail(undefined, reader, weekly), undefined);
});

for (const line of [
  `UNSUBSCRIBE ${token} Weekly-EN`,
  `Re: unsubscribe ${token} weekly-en`,
  `回复：Re: Unsubscribe  ${token}  weekly-en `,
  `AW: Re[2]: unsubscribe: ${token} weekly-en`,
  `转发: unsubscribe <${token}> weekly-en`,
])
  test(`"${line.replace(token, '…')}" is read`, () =>
    assert.deepEqual(readUnsubscribe(line), { token, digest: 'weekly-en' }));

for (const line of [
  'unsubscribe',
  `unsubscribe ${token.slice(1)} weekly-en`,
  `unsubscribe ${token}x weekly-en`,
  `Please unsubscribe ${token} weekly-en`,
  `unsubscribe ${token} weekly-en, thank you`,
])
  test(`"${line.replace(token, '…')}" is no wish that a program acts on`, () =>
    assert.equal(readUnsubscribe(line), undefined));

test('without a digest the wish is for everything', () =>
  assert.deepEqual(readUnsubscribe(`unsubscribe ${token}`), { token }));
