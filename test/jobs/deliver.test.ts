import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { decideMails, doubtfulMails } from '../../jobs/decide-mail.ts';
import { queueDeliveries, queueErrata } from '../../jobs/queue-mail.ts';
import { DELIVERY_HEADER } from '../../mail/compose-message.ts';
import { createSeal } from '../../mail/seal.ts';
import { createSmtpTransport } from '../../mail/smtp-transport.ts';
import { createThrottle } from '../../mail/throttle.ts';
import type { MailTransport, Parcel } from '../../mail/transport.ts';
import type { SendResult } from '../../model/delivery.ts';
import { withSmtpServer } from '../mail/smtp.ts';
import { type MailProgram, WEEK, WEEKLY, withMailProgram } from './mail-program.ts';

interface Office {
  readonly transport: MailTransport;
  readonly sent: Parcel[];
  /** Addresses in the order they were mailed. */
  to(): string[];
}

const SENT: SendResult = { outcome: 'sent', detail: '250 OK' };

/** A transport that claims each mail and answers as told. */
function office(answer: (parcel: Parcel) => SendResult | Promise<SendResult> = () => SENT): Office {
  const sent: Parcel[] = [];
  return {
    sent,
    to: () => sent.map(({ envelope }) => envelope.to),
    transport: {
      name: 'office',
      async send(parcel, claim) {
        if (!(await claim())) return { outcome: 'taken' };
        sent.push(parcel);
        return answer(parcel);
      },
      close: async () => undefined,
    },
  };
}

function readers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `r${String(index).padStart(2, '0')}@reader.example`);
}

const textOf = ({ bytes }: Parcel) => Buffer.from(bytes).toString('latin1');

describe('a mail that fails for now', () => {
  test('is tried again after 1, 5, 15 and 60 minutes, then about hourly, and given up after two days', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      await program.queue();
      const busy = office(() => ({ outcome: 'retry', detail: '450 busy' }));
      const waits: number[] = [];
      for (let total = 0; ; total += waits.at(-1) ?? 0) {
        await program.run(program.mailing(busy.transport));
        const [waiting] = await program.store.deliveries.inState('retry', 1);
        if (waiting?.nextTryAt === undefined) {
          assert.ok(total >= 48 * 60 && total <= 49.2 * 60, `given up after ${total} minutes`);
          break;
        }
        const minutes = (Date.parse(waiting.nextTryAt) - program.context.clock.now().getTime()) / 60_000;
        waits.push(minutes);
        program.move(minutes - 0.01);
        assert.equal((await program.run(program.mailing(busy.transport))).retry, 0, 'tried too early');
        program.move(0.01);
      }
      assert.deepEqual(waits.slice(0, 4), [1, 5, 15, 60]);
      const hourly = waits.slice(4);
      assert.ok(
        hourly.every((wait) => wait >= 48 && wait <= 73),
        hourly.join(' '),
      );
      assert.ok(new Set(hourly).size > 3, 'always the same wait');
      const [failed] = await program.store.deliveries.inState('failed', 1);
      assert.match(failed?.lastError ?? '', /^given up: 450 busy/);
    });
  });

  test('is tried again when the connection breaks while it is being claimed', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      await program.queue();
      const broken: MailTransport = {
        name: 'broken',
        async send(_parcel, claim) {
          void claim();
          return { outcome: 'retry', detail: 'read ECONNRESET' };
        },
        close: async () => undefined,
      };
      for (const from of ['queued', 'retry']) {
        assert.equal((await program.run(program.mailing(broken))).retry, 1);
        assert.deepEqual(await program.states(), { 'a@b.example': 'retry' }, `from ${from}`);
        program.move(60);
      }
      const sound = office();
      assert.equal((await program.run(program.mailing(sound.transport))).sent, 1);
    });
  });

  test('keeps its Message-ID, its Date and all its bytes', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      await program.queue();
      let tries = 0;
      const flaky = office(() => {
        tries += 1;
        return tries === 1 ? { outcome: 'retry', detail: '450 busy' } : SENT;
      });
      await program.run(program.mailing(flaky.transport));
      program.move(1);
      await program.run(program.mailing(flaky.transport));
      assert.equal(flaky.sent.length, 2);
      assert.deepEqual(flaky.sent[0]?.bytes, flaky.sent[1]?.bytes);
    });
  });
});

test('a mail that cannot be sealed does not keep those behind it', async () => {
  await withMailProgram(async (program) => {
    await program.subscribe('a@one.example', 'b@one.example', 'c@one.example');
    await program.queue();
    const post = office();
    const seal = createSeal();
    const mailing = program.mailing(post.transport, {
      seal: async (message) => {
        if (message.to.address.startsWith('b')) throw new Error('the key is gone');
        return seal(message);
      },
    });
    await program.run(mailing);
    assert.deepEqual(await program.states(), {
      'a@one.example': 'sent',
      'b@one.example': 'retry',
      'c@one.example': 'sent',
    });
  });
});

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

describe('a mail is not sent', () => {
  test('to who has left, or is on the suppression list, since it was queued', async () => {
    await withMailProgram(async (program) => {
      const { store } = program;
      await program.subscribe('gone@b.example', 'left@b.example', 'listed@b.example', 'stays@b.example');
      await program.queue();
      await store.recipients.deactivate('gone@b.example');
      const left = await store.recipients.byEmail('left@b.example');
      assert.ok(left);
      await store.recipients.leave(left.id, WEEKLY);
      await store.suppressions.add({
        email: 'listed@b.example',
        reason: 'complaint',
        at: WEEK,
        evidence: '',
      });
      const post = office();
      const counts = await program.run(program.mailing(post.transport));
      assert.deepEqual(post.to(), ['stays@b.example']);
      assert.equal(counts.withheld, 3);
      const reasons = (await store.deliveries.inState('failed', 9)).map(({ lastError }) => lastError);
      assert.deepEqual(reasons.sort(), [
        'not sent: no longer subscribed',
        'not sent: no longer subscribed',
        'not sent: the address is on the suppression list',
      ]);
    });
  });

  test('by two programs at once', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe(...readers(60));
      await program.queue();
      const [one, other] = [office(), office()];
      await Promise.all([
        program.run(program.mailing(one.transport, { connections: 3 })),
        program.run(program.mailing(other.transport, { connections: 3 })),
      ]);
      assert.deepEqual([...one.to(), ...other.to()].sort(), readers(60));
    });
  });

  test('while a file of its edition is gone, and the others go on', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      const published = await program.queue();
      await program.store.letters.queue(
        { purpose: 'operator', key: 'k', to: 'op@b.example', subject: 's', text: 't' },
        published.publishedAt,
      );
      const file = path.join(program.archiveDir, published.folder, 'email.html');
      await rm(file);
      const post = office();
      const counts = await program.run(program.mailing(post.transport));
      assert.deepEqual(post.to(), ['op@b.example']);
      assert.equal(counts.retry, 1);
    });
  });
});

test('a full mailbox is suppressed at the third time in thirty days', async () => {
  await withMailProgram(async (program) => {
    await program.subscribe('full@b.example');
    const published = await program.publish();
    const full = office(() => ({
      outcome: 'failed',
      refused: 'address',
      enhancedCode: '5.2.2',
      detail: '552 5.2.2 full',
    }));
    const listed: number[] = [];
    for (const week of ['2021-W25', '2021-W26', '2021-W27']) {
      const edition = await program.store.editions.record({ ...published, week });
      await queueDeliveries(program.context, edition, program.mailing(full.transport));
      await program.run(program.mailing(full.transport));
      listed.push((await program.store.suppressions.list()).length);
      program.move(7 * 24 * 60);
    }
    assert.deepEqual(listed, [0, 0, 1]);
  });
});

describe('mails in doubt', () => {
  async function inDoubt(program: MailProgram) {
    await program.subscribe('a@b.example');
    await program.queue();
    const lost = office(() => ({ outcome: 'unknown', detail: 'connection lost' }));
    await program.run(program.mailing(lost.transport));
    program.move(3 * 24 * 60);
    const mails = await doubtfulMails(program.store);
    assert.equal(mails.length, 1);
    assert.deepEqual(
      { ...mails[0], id: '', since: '' },
      { id: '', to: 'a@b.example', what: 'weekly 2021-W25', since: '', reason: 'connection lost' },
    );
    return { id: mails[0]?.id ?? '', lost };
  }

  test('are sent again by a person’s word alone, as the same mails', async () => {
    await withMailProgram(async (program) => {
      const { id, lost } = await inDoubt(program);
      const post = office();
      await program.run(program.mailing(post.transport));
      assert.equal(post.sent.length, 0);
      await decideMails(program.context, [id], 'queued');
      await program.run(program.mailing(post.transport));
      assert.deepEqual(post.sent[0]?.bytes, lost.sent[0]?.bytes);
      assert.deepEqual(await program.states(), { 'a@b.example': 'sent' });
    });
  });

  test('have two days again when they are sent again', async () => {
    await withMailProgram(async (program) => {
      const { id } = await inDoubt(program);
      await decideMails(program.context, [id], 'queued');
      await program.run(program.mailing(office(() => ({ outcome: 'retry', detail: '450' })).transport));
      assert.deepEqual(await program.states(), { 'a@b.example': 'retry' });
    });
  });

  test('are settled by a person’s word, and only once', async () => {
    await withMailProgram(async (program) => {
      const { id } = await inDoubt(program);
      await decideMails(program.context, [id], 'sent');
      assert.deepEqual(await program.states(), { 'a@b.example': 'sent' });
      await assert.rejects(decideMails(program.context, [id], 'queued'), /MAIL_NOT_OPEN: mail .* is sent/);
      await assert.rejects(decideMails(program.context, ['nothing'], 'sent'), /MAIL_NOT_FOUND/);
      assert.deepEqual(await doubtfulMails(program.store), []);
    });
  });
});

test('the throttle leaves the rest for the next minute, and passes over a domain that has had its share', async () => {
  await withMailProgram(async (program) => {
    await program.subscribe('a1@big.example', 'a2@big.example', 'a3@big.example', 'b@small.example');
    await program.queue();
    const post = office();
    const throttle = createThrottle({ perMinute: 3, domainPerMinute: 2 });
    const mailing = program.mailing(post.transport, { throttle });
    const counts = await program.run(mailing);
    const domains = post.to().map((address) => address.split('@')[1]);
    assert.deepEqual(domains.sort(), ['big.example', 'big.example', 'small.example']);
    assert.equal(counts.waiting, 1);
    program.move(1);
    await program.run(mailing);
    assert.equal(post.sent.length, 4);
  });
});

test('letters go before editions, and returned mail names the row of each', async () => {
  await withMailProgram(async (program) => {
    await program.subscribe('a@b.example');
    const { publishedAt } = await program.queue();
    const letter = { purpose: 'confirm', key: 'k', to: 'new@b.example', subject: 's', text: 't' } as const;
    await program.store.letters.queue(letter, publishedAt);
    const post = office();
    await program.run(program.mailing(post.transport, { bounceAddress: 'bounces@digest.example' }));
    assert.deepEqual(post.to(), ['new@b.example', 'a@b.example']);
    for (const parcel of post.sent) {
      const id = /^bounces\+([0-9a-f]+)@digest\.example$/.exec(parcel.envelope.from)?.[1];
      assert.ok(id, parcel.envelope.from);
      assert.match(textOf(parcel), new RegExp(`^${DELIVERY_HEADER}: ${id}\r$`, 'm'));
    }
  });
});

test('the canary address gets one copy of an edition, whoever queues it how often', async () => {
  await withMailProgram(async (program) => {
    await program.subscribe('a@b.example');
    const published = await program.publish();
    const post = office();
    const mailing = program.mailing(post.transport, { canaryAddress: 'canary@c.example' });
    assert.equal((await queueDeliveries(program.context, published, mailing)).queued, 1);
    assert.equal((await queueDeliveries(program.context, published, mailing)).queued, 0);
    await program.run(mailing);
    assert.deepEqual(post.to(), ['canary@c.example', 'a@b.example']);
  });
});

describe('a correction', () => {
  const ERRATUM = { 'erratum.txt': 'Correction: 1.2 for 1.3\n\n全部差别见 difference.html\n' };

  test('goes once to who was sent an earlier revision and is still subscribed', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('left@b.example', 'stays@b.example');
      await program.queue();
      const first = office();
      await program.run(program.mailing(first.transport));
      const left = await program.store.recipients.byEmail('left@b.example');
      assert.ok(left);
      await program.store.recipients.leave(left.id, WEEKLY);
      await program.subscribe('new@b.example');
      await program.publish(2, ERRATUM);
      const post = office();
      const mailing = program.mailing(post.transport);
      const week = { digestId: WEEKLY, week: WEEK };
      assert.equal(await queueErrata(program.context, week, mailing), 1);
      assert.equal(await queueErrata(program.context, week, mailing), 0);
      await program.run(mailing);
      assert.deepEqual(post.to(), ['stays@b.example']);
      const [parcel] = post.sent;
      assert.ok(parcel);
      const mail = await simpleParser(Buffer.from(parcel.bytes));
      assert.equal(mail.text?.trim(), 'Correction: 1.2 for 1.3', 'there is no page to lead to');
      assert.match(mail.subject ?? '', /^更正：/);
      assert.match(textOf(parcel), /^List-ID: <weekly\./m);
      assert.doesNotMatch(textOf(parcel), /text\/html|application\/pdf/);
      assert.notEqual(parcel.messageId, first.sent.at(-1)?.messageId);
    });
  });

  test('leads to the page of differences where the archive is on the web', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      await program.queue();
      await program.run(program.mailing(office().transport));
      const { folder } = await program.publish(2, {
        ...ERRATUM,
        'email.html': `<a href="https://news.example/archive/weekly/2021/2021-W25-r2/">x</a>`,
      });
      const post = office();
      const mailing = program.mailing(post.transport, { archiveUrl: 'https://news.example/archive/' });
      await queueErrata(program.context, { digestId: WEEKLY, week: WEEK }, mailing);
      await program.run(mailing);
      const mail = await simpleParser(Buffer.from(post.sent[0]?.bytes ?? []));
      const link = `全部差别见 https://news.example/archive/${folder}/difference.html`;
      assert.equal(mail.text?.trim(), `Correction: 1.2 for 1.3\n\n${link}`);
    });
  });

  test('waits until the edition it corrects is out, however often that is tried again', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      await program.queue();
      const busy = office(() => ({ outcome: 'retry', detail: '450 busy' }));
      await program.run(program.mailing(busy.transport));
      await program.publish(2, ERRATUM);
      const post = office();
      const mailing = program.mailing(post.transport);
      assert.equal(await queueErrata(program.context, { digestId: WEEKLY, week: WEEK }, mailing), 1);
      assert.deepEqual(await program.run(mailing).then(({ sent, waiting }) => [sent, waiting]), [0, 2]);
      program.move(1);
      await program.run(mailing);
      await program.run(mailing);
      const subjects = post.sent.map((parcel) => /^Subject: (.*)$/m.exec(textOf(parcel))?.[1]);
      assert.equal(subjects.length, 2);
      assert.notEqual(subjects[0], subjects[1]);
      assert.match((await simpleParser(Buffer.from(post.sent[1]?.bytes ?? []))).subject ?? '', /^更正：/);
    });
  });

  test('of an edition that did not get through is not sent', async () => {
    await withMailProgram(async (program) => {
      await program.subscribe('a@b.example');
      await program.queue();
      await program.publish(2, ERRATUM);
      const post = office(() => ({ outcome: 'failed', refused: 'address', detail: '550 no such user' }));
      const mailing = program.mailing(post.transport);
      assert.equal(await queueErrata(program.context, { digestId: WEEKLY, week: WEEK }, mailing), 1);
      await program.run(mailing);
      assert.equal((await program.run(mailing)).withheld, 1);
      assert.equal(post.sent.length, 1);
      const failed = await program.store.deliveries.inState('failed', 2);
      assert.ok(
        failed.some(
          ({ lastError }) => lastError === 'not sent: the edition that it corrects did not get through',
        ),
      );
    });
  });

  test('is refused for a week without one', async () => {
    await withMailProgram(async (program) => {
      const week = { digestId: WEEKLY, week: WEEK };
      const mailing = program.mailing(office().transport);
      await assert.rejects(queueErrata(program.context, week, mailing), /ERRATUM_MISSING/);
      await program.publish();
      await assert.rejects(queueErrata(program.context, week, mailing), /ERRATUM_MISSING/);
    });
  });
});
