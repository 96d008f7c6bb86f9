import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enhancedCodeOf, judge } from '../../mail/judge.ts';

const failure = (fields: object) => Object.assign(new Error('failed'), fields);

test('only a connection lost after everything was handed over leaves a mail in doubt', () => {
  for (const code of ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EABORT']) {
    assert.equal(judge(failure({ code }), 'untouched').outcome, 'retry', code);
    assert.equal(judge(failure({ code }), 'begun').outcome, 'retry', code);
    assert.equal(judge(failure({ code }), 'handedOver').outcome, 'unknown', code);
  }
  const answered = failure({ code: 'EMESSAGE', command: 'DATA', responseCode: 451, response: '451 later' });
  assert.equal(judge(answered, 'handedOver').outcome, 'retry');
});

test('what is our own fault stops the run', () => {
  for (const fields of [
    { code: 'EAUTH', responseCode: 454, command: 'AUTH PLAIN' },
    { code: 'EENVELOPE', responseCode: 530, command: 'RCPT TO' },
    { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' },
    { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' },
    { code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    { code: 'ESOCKET', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' },
  ])
    assert.equal(judge(failure(fields), 'untouched').outcome, 'stop', JSON.stringify(fields));
});

test('a final no tells the address from the mail', () => {
  const recipient = (response: string) =>
    judge(failure({ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO', response }), 'untouched');
  assert.deepEqual(recipient('550 5.1.1 no such user'), {
    outcome: 'failed',
    refused: 'address',
    enhancedCode: '5.1.1',
    detail: 'failed',
  });
  assert.deepEqual(recipient('550 no'), { outcome: 'failed', refused: 'address', detail: 'failed' });
  assert.deepEqual(recipient('550 5.7.1 relaying denied'), {
    outcome: 'failed',
    refused: 'mail',
    enhancedCode: '5.7.1',
    detail: 'failed',
  });
  const mail = failure({ code: 'EMESSAGE', responseCode: 554, command: 'DATA', response: '554 5.6.0 no' });
  const judged = judge(mail, 'handedOver');
  assert.equal(judged.outcome === 'failed' && judged.refused, 'mail');
});

test('a status code is read from the head of an answer alone', () => {
  assert.equal(enhancedCodeOf('550 5.1.10 null MX'), '5.1.10');
  assert.equal(enhancedCodeOf('550-5.1.1 first line\n550 5.1.1 second'), '5.1.1');
  assert.equal(enhancedCodeOf('550 see 5.1.1 of our rules'), undefined);
});
