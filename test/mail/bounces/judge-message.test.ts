import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { projectVocabulary } from '../../../bench/evaluate/vocabulary.ts';
import { judgeMessage } from '../../../mail/bounces/judge-message.ts';
import type { BounceWords, FailedAddress, ReturnedMail } from '../../../model/bounce.ts';
import { words as inWords, message, report } from './messages.ts';

const vocabulary = await projectVocabulary();
const words = vocabulary.bounces as BounceWords;

async function judged(raw: Buffer): Promise<ReturnedMail> {
  return judgeMessage(raw, words);
}

/** The one address of a bounce. */
async function failure(raw: Buffer): Promise<FailedAddress> {
  const mail = await judged(raw);
  assert.equal(mail.kind, 'bounce');
  assert.equal(mail.kind === 'bounce' ? mail.failures.length : 0, 1);
  return (mail as Extract<ReturnedMail, { kind: 'bounce' }>).failures[0] as FailedAddress;
}

test('a report that the address does not exist gives it up, and names by what it is tied to us', async () => {
  const mail = await judged(report({}));
  assert.equal(mail.kind, 'bounce');
  if (mail.kind !== 'bounce') return;
  assert.deepEqual(mail.failures[0], {
    address: 'mei@reader.example',
    verdict: 'gone',
    status: '5.1.1',
    reason: 'unknownUser',
    said: '550 5.1.1 <mei@reader.example>: user unknown',
  });
  assert.deepEqual(mail.evidence.sentTo, ['bounces+0123456789abcdef@digest.example']);
  assert.equal(mail.evidence.messageId, '<weekly.2026-W47.abc@digest.example>');
});

test('the header of ours in the returned part names the delivery', async () => {
  const returned = ['X-Policy-Digest-Delivery: feedfacefeedface', 'Message-ID: <a@b>'];
  const mail = await judged(report({ returned }));
  assert.equal(mail.kind === 'bounce' && mail.evidence.deliveryId, 'feedfacefeedface');
});

test('the code decides before the words, and plain words against it win', async () => {
  const of = async (status: string, said: string) =>
    (await failure(report({ status, diagnostic: said === '' ? '' : `smtp; ${said}` }))).verdict;
  assert.equal(await of('5.1.1', ''), 'gone');
  assert.equal(await of('5.1.10', ''), 'gone');
  assert.equal(await of('5.4.4', ''), 'gone');
  assert.equal(await of('5.2.2', ''), 'doubtful');
  assert.equal(await of('5.7.1', '550 5.7.1 Mail rejected for policy reasons'), 'other');
  assert.equal(await of('5.7.1', '550 5.7.1 user unknown'), 'other');
  assert.equal(await of('5.1.8', '553 5.1.8 Domain of sender address does not exist'), 'other');
  assert.equal(await of('4.4.1', 'connection timed out'), 'other');
  assert.equal(await of('5.1.1', '550 5.1.1 203.0.113.5 has sent to too many recipients this hour'), 'other');
  assert.equal(await of('5.1.1', '550 5.1.1 mailbox is full'), 'doubtful');
  assert.equal(await of('5.1.1', '550 5.7.1 IP address blacklisted by recipient'), 'other');
});

test('a general code leaves it to the words, and to what they answer', async () => {
  const of = async (said: string, text = '') =>
    (await failure(report({ status: '5.0.0', diagnostic: `smtp; ${said}`, text }))).verdict;
  assert.equal(await of('550 No such user (in reply to RCPT TO command)'), 'gone');
  assert.equal(await of('550 No such user (in reply to end of DATA command)'), 'doubtful');
  assert.equal(await of('550 No such user'), 'doubtful');
  assert.equal(await of('550 No such user', '>>> RCPT To:<mei@reader.example>'), 'gone');
  assert.equal(await of('550 unknown domain'), 'gone');
  assert.equal(await of('552 quota exceeded'), 'doubtful');
});

test('a mail that is only late gives nobody up', async () => {
  assert.equal((await judged(report({ action: 'delayed', status: '4.4.1' }))).kind, 'delayed');
  assert.equal((await judged(report({ action: 'relayed', status: '2.0.0' }))).kind, 'ordinary');
  const late = inWords(['Your message has been delayed. The server will keep trying for 5 days.'], {
    Subject: 'Delivery status notification: delayed',
  });
  assert.equal((await judged(late)).kind, 'delayed');
});

test('each address of a report has its own verdict', async () => {
  const text = [
    'A message could not be delivered to:',
    '',
    '<a@one.example>: 550 5.1.1 user unknown',
    '<b@two.example>:',
    '   552 5.2.2 mailbox full',
    '',
    '--- Below this line is a copy of the message.',
    '',
    '<c@three.example>: 550 5.1.1 user unknown',
  ];
  const mail = await judged(inWords(text));
  assert.equal(mail.kind, 'bounce');
  assert.deepEqual(
    mail.kind === 'bounce' && mail.failures.map(({ address, verdict }) => [address, verdict]),
    [
      ['a@one.example', 'gone'],
      ['b@two.example', 'doubtful'],
    ],
  );
});

test('words of several languages and families are understood', async () => {
  const of = async (subject: string, text: readonly string[]) =>
    (await failure(inWords(text, { Subject: subject }))).verdict;
  assert.equal(
    await of('系统退信', ['您的邮件无法投递到 mei@reader.example', '原因：收件人不存在 (RCPT TO)']),
    'gone',
  );
  assert.equal(await of('退信', ['投递失败：<mei@reader.example>', '对方邮箱已满']), 'doubtful');
  assert.equal(await of('退信', ['投递失败：<mei@reader.example>', '被判为垃圾邮件']), 'other');
  assert.equal(
    await of('failure notice', [
      'Hi. This is the qmail-send program.',
      '<mei@reader.example>:',
      '192.0.2.9 does not like recipient.',
      'Remote host said: 550 no such user here',
    ]),
    'gone',
  );
  assert.equal(
    await of('Mail delivery failed: returning message to sender', [
      'A message that you sent could not be delivered. The following address failed:',
      '  mei@reader.example',
      '    host mx.reader.example [192.0.2.9]',
      '    SMTP error from remote mail server after RCPT TO:<mei@reader.example>:',
      '    550 Unknown user',
    ]),
    'gone',
  );
  assert.equal(
    await of('Mail konnte nicht zugestellt werden', [
      'Die Nachricht konnte nicht zugestellt werden:',
      'mei@reader.example: Empfänger unbekannt',
    ]),
    'gone',
  );
});

test('a report with a wrong boundary is read all the same', async () => {
  const broken = Buffer.from(report({}).toString('utf8').replace('boundary="b1"', 'boundary="other"'));
  assert.equal((await failure(broken)).verdict, 'gone');
});

test('answers of people and programs, complaints, arrivals and ordinary mail are left alone', async () => {
  const kind = async (raw: Buffer) => (await judged(raw)).kind;
  const person = { 'Return-Path': '<mei@reader.example>', From: 'Mei <mei@reader.example>' };
  assert.equal(
    await kind(inWords(['I am away until Monday.'], { ...person, 'Auto-Submitted': 'auto-replied' })),
    'autoReply',
  );
  assert.equal(await kind(inWords(['我正在休假。'], { ...person, Subject: '自动回复: 周报' })), 'autoReply');
  assert.equal(
    await kind(inWords(['Delivery failed? I did not get the PDF.'], { ...person, Subject: 'Re: Weekly' })),
    'ordinary',
  );
  assert.equal(
    await kind(inWords(['hello'], { ...person, 'X-Policy-Digest-Delivery': 'feedfacefeedface' })),
    'arrival',
  );
  const complaint = message(
    'From: feedback@provider.example',
    'To: bounces+0123456789abcdef@digest.example',
    'Subject: complaint',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'user unknown',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    '--b--',
  );
  assert.equal(await kind(complaint), 'complaint');
});

test('whatever the bytes are, there is an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      assert.ok((await judgeMessage(bytes, words)).kind);
    }),
    { numRuns: 60, seed: 6 },
  );
  const halves = report({}).toString('utf8');
  for (let cut = 0; cut < halves.length; cut += 37)
    assert.ok((await judgeMessage(Buffer.from(halves.slice(0, cut)), words)).kind);
});
