import type { Command } from 'commander';
import { exportReader, forgetReader } from '../../jobs/forget-reader.ts';
import { readerLog } from '../../jobs/reader-log.ts';
import { UsageError } from '../../model/errors.ts';
import { minuteOf } from '../../text/calendar.ts';
import { counted } from '../../text/counted.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface Options {
  readonly json?: boolean;
}

/** `recipient log|export|forget|new-links`: what is kept about one person, and its end. */
export function recipientRecordCommands(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('log <email>')
    .description('everything that happened to a recipient, with time and by whom')
    .option('--json', 'print one JSON object')
    .action(async (email: string, { json }: Options) => {
      await using app = await openApp(io);
      const lines = await readerLog(app, email);
      const rows = lines.map(({ at, what, by, detail }) => [`${minuteOf(at, 'UTC')} UTC`, what, by, detail]);
      report(io, json, { email, log: lines }, columns(rows));
    });

  recipient
    .command('export <email>')
    .description('print everything that is kept about a person as JSON, to be handed to them')
    .action(async (email: string) => {
      await using app = await openApp(io);
      io.out.write(`${JSON.stringify(await exportReader(app, email), undefined, 2)}\n`);
    });

  recipient
    .command('forget <email>')
    .description('delete everything about a person; counts stay, and a hash that stops later imports')
    .option('--json', 'print one JSON object')
    .action(async (email: string, { json }: Options) => {
      await using app = await openApp(io);
      const { deliveries, isErased } = await forgetReader(app, email);
      const text = [
        `Deleted. ${counted(deliveries, 'delivery stays as a number', 'deliveries stay as numbers')} without a name; an import of the address is refused. Backups made before still hold it.`,
        ...(isErased
          ? []
          : [
              'Another process was reading the database: `run maintenance` erases what its log still holds of it.',
            ]),
      ].join('\n');
      report(io, json, { outcome: 'forgotten', deliveries, isErased }, text);
    });

  recipient
    .command('new-links <email>')
    .description('make the links in all mails sent so far void; the next mail carries new ones')
    .option('--json', 'print one JSON object')
    .action(async (email: string, { json }: Options) => {
      await using app = await openApp(io);
      const at = app.clock.now().toISOString();
      await app.store.transaction(async ({ recipients, recipientEvents }) => {
        const known = await recipients.byEmail(email);
        if (known === undefined)
          throw new UsageError(
            'RECIPIENT_UNKNOWN',
            `${email} is no recipient; \`recipient list\` shows them`,
          );
        await recipients.voidLinks(known.id);
        await recipientEvents.add({
          recipientId: known.id,
          at,
          kind: 'newLinks',
          by: 'operator',
          detail: '',
        });
      });
      report(io, json, { email, outcome: 'newLinks' }, `${email}: the links in earlier mails no longer work`);
    });
}
