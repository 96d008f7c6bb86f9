import type { Command } from 'commander';
import { suppress, unsuppress } from '../../jobs/suppress.ts';
import { UsageError } from '../../model/errors.ts';
import { isEmailAddress } from '../../text/address.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

/** `recipient suppressed|suppress|unsuppress`: addresses that get nothing whatever a list says. */
export function suppressionCommands(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('suppressed')
    .description('show the addresses that get nothing more, and why')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      await using app = await openApp(io);
      const suppressions = await app.store.suppressions.list();
      const rows = suppressions.map(({ email, emailHash, digestId, reason, at, evidence }) => [
        email ?? `(deleted, ${emailHash.slice(0, 8)}…)`,
        digestId ?? 'everything',
        reason,
        at.slice(0, 10),
        evidence.replace(/\s+/g, ' ').slice(0, 120),
      ]);
      report(io, json, { suppressions }, rows.length === 0 ? 'Nobody is suppressed.' : columns(rows));
    });

  recipient
    .command('suppress <email>')
    .description('send nothing more to an address, whoever subscribes it')
    .requiredOption('--because <note>', 'what it rests on; kept with it')
    .option('--complaint', 'its owner called a mail spam')
    .option('--json', 'print one JSON object')
    .action(async (email: string, options: { because: string; complaint?: boolean; json?: boolean }) => {
      if (!isEmailAddress(email))
        throw new UsageError('RECIPIENT_INVALID', `not an e-mail address: ${email}`);
      await using app = await openApp(io);
      const reason = options.complaint ? 'complaint' : 'operator';
      const isNew = await suppress(app, { email, reason, evidence: options.because });
      const text = `${email}: ${isNew ? 'gets nothing more' : 'was suppressed already'}`;
      report(io, options.json, { email, outcome: isNew ? 'suppressed' : 'known' }, text);
    });

  recipient
    .command('unsuppress <email>')
    .description('lift what stops mail to an address; only when its owner asks for mail')
    .option('--json', 'print one JSON object')
    .action(async (email: string, { json }: { json?: boolean }) => {
      await using app = await openApp(io);
      if (!(await unsuppress(app, email)))
        throw new UsageError(
          'SUPPRESSION_UNKNOWN',
          `${email} is not suppressed; \`recipient suppressed\` shows who is`,
        );
      const text = `${email}: may be mailed again; subscriptions that were left are added with \`recipient add\``;
      report(io, json, { email, outcome: 'unsuppressed' }, text);
    });
}
