import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { queueErrata } from '../../jobs/queue-mail.ts';
import { WEEK, WEEKLY, withMailProgram } from './mail-program.ts';
import { office, textOf } from './post-office.ts';

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
