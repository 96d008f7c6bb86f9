import type { Command } from 'commander';
import { type Added, addRecipients } from '../../jobs/add-recipients.ts';
import { writeRecipientFile } from '../../jobs/recipient-file.ts';
import { UsageError } from '../../model/errors.ts';
import { isEmailAddress } from '../../text/address.ts';
import { chooseDigests } from '../digests.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';
import { recipientImportCommand } from './recipient-import.ts';
import { recipientRecordCommands } from './recipient-record.ts';
import { recipientSetCommand } from './recipient-set.ts';
import { suppressionCommands } from './recipient-suppress.ts';

interface AddOptions {
  readonly digest?: string[];
  readonly name?: string;
  readonly pdf: boolean;
  readonly consent?: string;
  readonly json?: boolean;
}

/** `recipient …`: who gets which digest, what is kept about them, who gets nothing more. */
export function recipientCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const recipient = program.command('recipient').description('who gets which digest by mail');
  addCommand(recipient, io, openApp);
  listCommand(recipient, io, openApp);
  recipientSetCommand(recipient, io, openApp);
  removeCommand(recipient, io, openApp);
  recipientImportCommand(recipient, io, openApp);
  recipientRecordCommands(recipient, io, openApp);
  suppressionCommands(recipient, io, openApp);
}

function addCommand(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('add <email...>')
    .description('subscribe addresses (to every digest unless --digest names some)')
    .option('-d, --digest <id...>', 'digests to subscribe to')
    .option('-n, --name <name>', 'name shown beside the address')
    .option('--no-pdf', 'send without the PDF attached')
    .option('--consent <note>', 'where and when they agreed to be mailed')
    .option('--json', 'print one JSON object')
    .action(async (emails: string[], options: AddOptions) => {
      const wrong = emails.filter((email) => !isEmailAddress(email));
      if (wrong.length > 0)
        throw new UsageError('RECIPIENT_INVALID', `not an e-mail address: ${wrong.join(', ')}`);
      await using app = await openApp(io);
      const digestIds = chooseDigests(app.digests, options.digest).map((digest) => digest.id);
      const { name, consent, pdf: attachPdf } = options;
      const common = {
        digestIds,
        attachPdf,
        ...(name === undefined ? {} : { name }),
        ...(consent === undefined ? {} : { consent }),
      };
      const results = await addRecipients(
        app,
        emails.map((email) => ({ email, ...common })),
        { kind: 'added', by: 'operator', detail: consent ?? '' },
      );
      const text = results.map((result) => `${result.email}: ${outcomeText(result, digestIds)}`).join('\n');
      report(io, options.json, { recipients: results, digests: digestIds }, text);
    });
}

function listCommand(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('list')
    .description('show all recipients')
    .option('--csv', 'print who is mailed as a table that `recipient import` reads')
    .option('--json', 'print one JSON object')
    .action(async (options: { csv?: boolean; json?: boolean }) => {
      await using app = await openApp(io);
      const recipients = await app.store.recipients.all();
      const suppressed = new Set(
        (await app.store.suppressions.list())
          .filter(({ digestId }) => digestId === undefined)
          .map(({ email }) => email),
      );
      if (options.csv) {
        const mailed = recipients.filter(({ active, email }) => active && !suppressed.has(email));
        io.out.write(writeRecipientFile(mailed));
        return;
      }
      const rows = recipients.map((row) => [
        row.email,
        suppressed.has(row.email) ? 'suppressed' : row.active ? 'active' : 'removed',
        row.attachPdf ? 'pdf' : 'link only',
        row.digestIds.join(', '),
        [...row.topics, ...row.regions].join(', '),
        row.name ?? '',
      ]);
      report(
        io,
        options.json,
        { recipients },
        rows.length === 0 ? 'No recipients yet: add one with `recipient add <email>`.' : columns(rows),
      );
    });
}

function removeCommand(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('remove <email>')
    .description('send nothing more to an address; what it got stays on record')
    .option('--json', 'print one JSON object')
    .action(async (email: string, options: { json?: boolean }) => {
      await using app = await openApp(io);
      const at = app.clock.now().toISOString();
      await app.store.transaction(async ({ recipients, recipientEvents }) => {
        const known = await recipients.byEmail(email);
        if (known === undefined || !(await recipients.deactivate(email))) {
          throw new UsageError(
            'RECIPIENT_UNKNOWN',
            `${email} is no active recipient; \`recipient list\` shows them`,
          );
        }
        await recipientEvents.add({ recipientId: known.id, at, kind: 'removed', by: 'operator', detail: '' });
      });
      report(io, options.json, { email, outcome: 'removed' }, `${email}: removed`);
    });
}

/** What became of an address, and what to do when it gets nothing. */
export function outcomeText(added: Added, digestIds: readonly string[]): string {
  const { outcome, withheld, suppression, email } = added;
  const got = digestIds.filter((id) => !withheld.some((other) => other === id));
  if (suppression !== undefined) {
    return `suppressed since ${suppression.at.slice(0, 10)} (${suppression.reason}); nothing was changed. If its owner asks for mail: \`recipient unsuppress ${email}\`, then add it again`;
  }
  const left = withheld.length === 0 ? '' : `; left by its owner: ${withheld.join(', ')}`;
  const kept =
    outcome === 'known' || outcome === 'extended'
      ? `; what was chosen before stays, change it with \`recipient set ${email}\``
      : '';
  return `${outcome} (${got.join(', ')})${left}${kept}`;
}
