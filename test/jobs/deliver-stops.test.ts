import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSmtpTransport } from '../../mail/smtp-transport.ts';
import { createThrottle } from '../../mail/throttle.ts';
import { withSmtpServer } from '../mail/smtp.ts';
import { withMailProgram } from './mail-program.ts';
import { office, readers, SENT } from './post-office.ts';

describe('a run stops', () => {
  test('when five mails in a row are refused, and goes on an hour later', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe(...readers(20));
      await program.queue();
      const detail = '554 5.7.1 <r1@one.example>: spam';
      const strict = office(() => ({ outcome: 'failed', refused: 'mail', detail }));
      const mailing = program.mailing(strict.transport);
      await assert.rejects(
        program.run(mailing),
        /MAIL_REFUSED: .*5 mails in a row.*554 5\.7\.1 <\(address\)>: spam/,
      );
      assert.equal(strict.sent.length, 5);
      assert.deepEqual(await program.store.suppressions.list(), []);
      program.move(59);
      assert.equal((await program.run(mailing)).sent, 0);
      assert.equal(strict.sent.length, 5);
      program.move(1);
      await assert.rejects(program.run(mailing), /MAIL_REFUSED/);
      assert.equal(strict.sent.length, 10);
    });
  });

  test('when there is no server, after five tries instead of one for each mail, and goes on when it is back', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe(...readers(40));
      await program.queue();
      let url = '';
      await withSmtpServer({}, async (server) => {
        url = server.url;
      });
      const away = createSmtpTransport(url, { connections: 1 });
      const throttle = createThrottle({ perMinute: 0, domainPerMinute: 0 });
      try {
        await assert.rejects(
          program.run(program.mailing(away, { throttle, connections: 1 })),
          /MAIL_AWAY: .*no connection for 5 mails in a row.*ECONNREFUSED/,
        );
      } finally {
        await away.close();
      }
      const states = Object.values(await program.states());
      const tried = states.filter((state) => state === 'retry').length;
      // Those in hand when it stops are ended.
      assert.ok(tried >= 5 && tried <= 8, `${tried} tried`);
      assert.equal(states.filter((state) => state === 'queued').length, 40 - tried);
      const back = office();
      program.move(4);
      assert.equal((await program.run(program.mailing(back.transport, { throttle }))).sent, 0);
      program.move(1);
      assert.equal((await program.run(program.mailing(back.transport, { throttle }))).sent, 40);
    });
  });

  test('when more than one mail in ten is refused', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe(...readers(80));
      await program.queue();
      let count = 0;
      const strict = office(() => {
        count += 1;
        return count % 8 === 0 ? { outcome: 'failed', refused: 'mail', detail: '554 spam' } : SENT;
      });
      await assert.rejects(program.run(program.mailing(strict.transport)), /MAIL_REFUSED: .*[67] of 5\d/);
      // Those in hand when it stops are ended.
      assert.ok(strict.sent.length >= 50 && strict.sent.length <= 53, `${strict.sent.length} sent`);
    });
  });

  test('when the set-up is at fault: nobody is failed, and a quarter of an hour later it tries again', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe(...readers(3));
      await program.queue();
      const full = office(() => ({ outcome: 'stop', detail: 'no space left' }));
      const throttle = createThrottle({ perMinute: 0, domainPerMinute: 0 });
      await assert.rejects(
        program.run(program.mailing(full.transport, { throttle })),
        /MAIL_SETUP: .*no space/,
      );
      assert.deepEqual(Object.values(await program.states()).sort(), ['queued', 'queued', 'retry']);
      const sound = office();
      program.move(14);
      await program.run(program.mailing(sound.transport, { throttle }));
      assert.equal(sound.sent.length, 0);
      program.move(1);
      await program.run(program.mailing(sound.transport, { throttle }));
      assert.equal(sound.sent.length, 3);
    });
  });

  test('when it is told to, after the mail it is at', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe(...readers(5));
      await program.queue();
      const slow = office(() => {
        program.stop.abort();
        return SENT;
      });
      await program.run(program.mailing(slow.transport));
      assert.equal(slow.sent.length, 1);
      assert.deepEqual(Object.values(await program.states()).sort(), [
        'queued',
        'queued',
        'queued',
        'queued',
        'sent',
      ]);
    });
  });
});
