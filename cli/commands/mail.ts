import type { Command } from 'commander';
import { decideMails, doubtfulMails } from '../../jobs/decide-mail.ts';
import { queueErrata } from '../../jobs/queue-mail.ts';
import { settleWishes } from '../../jobs/unsubscribe-by-mail.ts';
import { minuteOf } from '../../text/calendar.ts';
import { chooseDigests, parseWeeks } from '../digests.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';
import { mailTryCommands } from './mail-try.ts';

/** `mail`: what waits for a person's word, and what shows and tries mails. */
export function mailCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const mail = program
    .command('mail')
    .description('mails that need a person; previews, tests, the signing key');

  mail
    .command('unknown')
    .description('mails of which nobody can know whether the server took them')
    .command('list', { isDefault: true })
    .description('show them; `mail resend` or `mail mark-sent` decides')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp(io);
      const mails = await doubtfulMails(app.store);
      const rows = mails.map((one) => [one.id, minuteOf(one.since, 'UTC'), one.what, one.to, one.reason]);
      report(io, options.json, { mails }, rows.length === 0 ? 'No mail is in doubt.' : columns(rows));
    });

  decisionCommand(mail.command('resend <id...>'), io, openApp, {
    help: 'send mails again that are in doubt or have failed: the same mails, with their Message-ID and Date',
    decision: 'queued',
    told: 'queued again, sent with what is due',
  });
  decisionCommand(mail.command('mark-sent <id...>'), io, openApp, {
    help: 'settle mails in doubt that did arrive',
    decision: 'sent',
    told: 'marked as sent',
  });

  mail
    .command('erratum <week>')
    .description('queue the correction of a revision for everybody who was sent an earlier one')
    .option('-d, --digest <id...>', 'only these digests')
    .option('--json', 'print one JSON object')
    .action(async (text: string, options: { digest?: string[]; json?: boolean }) => {
      const weeks = parseWeeks(text);
      await using app = await openApp(io);
      const queued: { digest: string; week: string; mails: number }[] = [];
      for (const { id } of chooseDigests(app.digests, options.digest)) {
        for (const week of weeks)
          queued.push({
            digest: id,
            week,
            mails: await queueErrata(app, { digestId: id, week }, app.mailing),
          });
      }
      const lines = queued.map(({ digest, week, mails }) => `${digest} ${week}: ${mails} corrections queued`);
      report(io, options.json, { queued }, lines.join('\n'));
    });

  wishCommands(mail, io, openApp);
  mailTryCommands(mail, io, openApp);
}

/** `mail wishes`: readers who asked to be left out in words of their own. */
function wishCommands(mail: Command, io: CommandIo, openApp: OpenApp): void {
  const wishes = mail
    .command('wishes')
    .description('mails in which somebody asks to be left out and that wait for a person');
  wishes
    .command('list', { isDefault: true })
    .description('show them with who wrote; `recipient remove` ends a subscription')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp(io);
      const open = await app.store.returnedMessages.wishes();
      const rows = open.map(({ id, readAt, said }) => [id, minuteOf(readAt, 'UTC'), said]);
      report(io, options.json, { wishes: open }, rows.length === 0 ? 'Nobody waits.' : columns(rows));
    });
  wishes
    .command('done <id...>')
    .description('note that you saw to them; who wrote is then forgotten')
    .option('--json', 'print one JSON object')
    .action(async (ids: string[], options: { json?: boolean }) => {
      await using app = await openApp(io);
      await settleWishes(app, ids);
      report(io, options.json, { done: ids }, ids.map((id) => `${id}: done`).join('\n'));
    });
}

/** A person's word on mails by their ids. */
function decisionCommand(
  command: Command,
  io: CommandIo,
  openApp: OpenApp,
  { help, decision, told }: { help: string; decision: 'queued' | 'sent'; told: string },
): void {
  command
    .description(help)
    .option('--json', 'print one JSON object')
    .action(async (ids: string[], options: { json?: boolean }) => {
      await using app = await openApp(io);
      await decideMails(app, ids, decision);
      const mails = ids.map((id) => ({ id, state: decision }));
      report(io, options.json, { mails }, ids.map((id) => `${id}: ${told}`).join('\n'));
    });
}
