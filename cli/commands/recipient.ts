import type { Command } from 'commander';
import { isEmailAddress } from '../../text/address.ts';
import { UsageError } from '../../model/errors.ts';
import { chooseDigests } from '../digests.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface AddOptions {
  readonly digest?: string[];
  readonly name?: string;
  readonly pdf: boolean;
  readonly json?: boolean;
}

/** `recipient add|list|remove`: who gets which digest. */
export function recipientCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const recipient = program.command('recipient').description('who gets which digest by mail');

  recipient
    .command('add <email...>')
    .description('subscribe addresses (to every digest unless --digest names some)')
    .option('-d, --digest <id...>', 'digests to subscribe to')
    .option('-n, --name <name>', 'name shown beside the address')
    .option('--no-pdf', 'send without the PDF attached')
    .option('--json', 'print one JSON object')
    .action(async (emails: string[], options: AddOptions) => {
      const wrong = emails.filter((email) => !isEmailAddress(email));
      if (wrong.length > 0)
        throw new UsageError('RECIPIENT_INVALID', `not an e-mail address: ${wrong.join(', ')}`);
      await using app = await openApp(io);
      const digestIds = chooseDigests(app.digests, options.digest).map((digest) => digest.id);
      const at = app.clock.now().toISOString();
      const results = await app.store.transaction(async (tables) => {
        const outcomes: { email: string; outcome: string }[] = [];
        for (const email of emails) {
          const named = options.name === undefined ? {} : { name: options.name };
          const outcome = await tables.recipients.add(
            { email, digestIds, attachPdf: options.pdf, ...named },
            at,
          );
          outcomes.push({ email, outcome });
        }
        return outcomes;
      });
      const text = results.map((row) => `${row.email}: ${row.outcome} (${digestIds.join(', ')})`).join('\n');
      report(io, options.json, { recipients: results, digests: digestIds }, text);
    });

  recipient
    .command('list')
    .description('show all recipients')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp(io);
      const recipients = await app.store.recipients.all();
      const rows = recipients.map((row) => [
        row.email,
        row.active ? 'active' : 'removed',
        row.attachPdf ? 'pdf' : 'link only',
        row.digestIds.join(', '),
        row.name ?? '',
      ]);
      report(
        io,
        options.json,
        { recipients },
        rows.length === 0 ? 'No recipients yet: add one with `recipient add <email>`.' : columns(rows),
      );
    });

  recipient
    .command('remove <email>')
    .description('send nothing more to an address; what it got stays on record')
    .option('--json', 'print one JSON object')
    .action(async (email: string, options: { json?: boolean }) => {
      await using app = await openApp(io);
      if (!(await app.store.recipients.deactivate(email))) {
        throw new UsageError(
          'RECIPIENT_UNKNOWN',
          `${email} is no active recipient; \`recipient list\` shows them`,
        );
      }
      report(io, options.json, { email, outcome: 'removed' }, `${email}: removed`);
    });
}
