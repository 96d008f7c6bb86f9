import type { Command } from 'commander';
import type { App } from '../../app.ts';
import type { PublishedEdition } from '../../db/editions.ts';
import { decideMails, doubtfulMails } from '../../jobs/decide-mail.ts';
import { queueDeliveries, queueErrata } from '../../jobs/queue-mail.ts';
import { settleWishes } from '../../jobs/unsubscribe-by-mail.ts';
import type { Digest } from '../../model/digest.ts';
import { UsageError } from '../../model/errors.ts';
import { minuteOf } from '../../text/calendar.ts';
import { counted } from '../../text/counted.ts';
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

  mail
    .command('resend [id...]')
    .description(
      'send mails again that are in doubt or have failed: the same mails, with their Message-ID and Date',
    )
    .option(
      '--failed <week>',
      'all mails of a week that have failed; who must not be mailed is left out again',
    )
    .option('--json', 'print one JSON object')
    .action(async (ids: string[], { failed, json }: { failed?: string; json?: boolean }) => {
      const weeks = failed === undefined ? [] : parseWeeks(failed);
      if (ids.length === 0 && weeks.length === 0)
        throw new UsageError('MAIL_NOT_NAMED', 'which mails? Name their ids, or a week with --failed');
      await using app = await openApp(io);
      const chosen = new Set(ids);
      for (const { id } of app.digests)
        for (const week of weeks)
          for (const mailId of await app.store.deliveries.failedOf(id, week)) chosen.add(mailId);
      await decideMails(app, [...chosen], 'queued');
      const mails = [...chosen].map((id) => ({ id, state: 'queued' }));
      const told = ids.map((id) => `${id}: queued again, sent with what is due`);
      if (failed !== undefined)
        told.push(`${counted(mails.length, 'mail')} queued again, sent with what is due`);
      report(io, json, { mails }, told.join('\n'));
    });

  mail
    .command('mark-sent <id...>')
    .description('settle mails in doubt that did arrive')
    .option('--json', 'print one JSON object')
    .action(async (ids: string[], options: { json?: boolean }) => {
      await using app = await openApp(io);
      await decideMails(app, ids, 'sent');
      const mails = ids.map((id) => ({ id, state: 'sent' }));
      report(io, options.json, { mails }, ids.map((id) => `${id}: marked as sent`).join('\n'));
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
      const lines = queued.map(
        ({ digest, week, mails }) => `${digest} ${week}: ${counted(mails, 'correction')} queued`,
      );
      report(io, options.json, { queued }, lines.join('\n'));
    });

  mail
    .command('queue <week>')
    .description(
      'queue a week’s edition for readers who have no mail of that week yet, after a rebuild by hand',
    )
    .option('-d, --digest <id...>', 'only these digests')
    .option('--json', 'print one JSON object')
    .action(async (text: string, options: { digest?: string[]; json?: boolean }) => {
      const weeks = parseWeeks(text);
      await using app = await openApp(io);
      const found = await publishedEditions(app, chooseDigests(app.digests, options.digest), weeks);
      const queued: { digest: string; week: string; mails: number }[] = [];
      for (const published of found) {
        const { digestId, week } = published;
        queued.push({
          digest: digestId,
          week,
          mails: (await queueDeliveries(app, published, app.mailing)).queued,
        });
      }
      const lines = queued.map(
        ({ digest, week, mails }) => `${digest} ${week}: ${counted(mails, 'mail')} queued`,
      );
      report(io, options.json, { queued }, lines.join('\n'));
    });

  wishCommands(mail, io, openApp);
  mailTryCommands(mail, io, openApp);
}

/** The newest revision of each. All are found before anything is queued. @throws UsageError EDITION_UNKNOWN */
async function publishedEditions(
  { store }: Pick<App, 'store'>,
  digests: readonly Pick<Digest, 'id'>[],
  weeks: readonly string[],
): Promise<PublishedEdition[]> {
  const found: PublishedEdition[] = [];
  for (const { id } of digests) {
    for (const week of weeks) {
      const published = await store.editions.ofWeek(id, week);
      if (published === undefined)
        throw new UsageError(
          'EDITION_UNKNOWN',
          `no edition of ${id} ${week} was published; \`rebuild ${week} --digest ${id}\` makes it`,
        );
      found.push(published);
    }
  }
  return found;
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
