import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { queueDeliveries } from '../../jobs/queue-mail.ts';
import { DELIVERY_HEADER } from '../../mail/compose-message.ts';
import { createSeal } from '../../mail/seal.ts';
import { createThrottle } from '../../mail/throttle.ts';
import type { MailTransport } from '../../mail/transport.ts';
import { WEEK, WEEKLY, withMailProgram } from './mail-program.ts';
import { office, readers, SENT, textOf } from './post-office.ts';

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
