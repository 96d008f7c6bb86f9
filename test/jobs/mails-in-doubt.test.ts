import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideMails, doubtfulMails } from '../../jobs/decide-mail.ts';
import { type MailProgram, withMailProgram } from './mail-program.ts';
import { office } from './post-office.ts';

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
