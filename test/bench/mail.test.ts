import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenPromises, type MailBenchReport, measureMail } from '../../bench/mail.ts';

test('mails go out at nearly the rate of a bare pool', async (t) => {
  const tries: MailBenchReport[] = [];
  // Whatever else the machine does falls on one side or the other: one quiet try of three is enough.
  while (tries.length < 3) {
    const report = await measureMail({ mails: 400, connections: 5, rounds: 2 });
    t.diagnostic(JSON.stringify(report));
    assert.equal(report.isEachOnce, true);
    tries.push(report);
    if (brokenPromises(report).length === 0) return;
  }
  assert.fail(tries.flatMap(brokenPromises).join('; '));
});

test('what falls short is told', () => {
  const kept = { queuedSeconds: 30, rate: 80, bareRate: 100, share: 0.8, isEachOnce: true };
  assert.deepEqual(brokenPromises(kept), []);
  assert.equal(brokenPromises({ ...kept, queuedSeconds: 31, share: 0.79, isEachOnce: false }).length, 3);
});
