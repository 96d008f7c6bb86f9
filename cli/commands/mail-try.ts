import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '../../config.ts';
import { previewMail, testMail } from '../../jobs/specimen-mail.ts';
import { domainOf, envelopeSender } from '../../mail/addresses.ts';
import { DELIVERY_HEADER } from '../../mail/compose-message.ts';
import { dkimRecord, makeDkimKey, readDkimKey, zoneLine } from '../../mail/dkim.ts';
import { UsageError } from '../../model/errors.ts';
import { isEmailAddress } from '../../text/address.ts';
import { chooseDigests, parseWeeks } from '../digests.ts';
import { type CommandIo, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

/** `mail preview|test|dkim`: what sends nothing to readers. */
export function mailTryCommands(mail: Command, io: CommandIo, openApp: OpenApp): void {
  mail
    .command('preview <week>')
    .description('print the exact bytes of a mail; `> file.eml` and open it in a mail program')
    .option('-d, --digest <id>', 'of this digest (needed when there are several)')
    .option(
      '--to <address>',
      'as this recipient gets it; otherwise as nobody does, without links of their own',
    )
    .action(async (text: string, options: { digest?: string; to?: string }) => {
      const [week = ''] = parseWeeks(text);
      if (options.to !== undefined) refuseUnlikely(options.to);
      await using app = await openApp(io);
      const [digest, ...others] = chooseDigests(
        app.digests,
        options.digest === undefined ? [] : [options.digest],
      );
      if (digest === undefined || others.length > 0) {
        const known = app.digests.map(({ id }) => id).join(', ');
        throw new UsageError('DIGEST_UNKNOWN', `which digest? --digest names one of: ${known}`);
      }
      const to = options.to === undefined ? {} : { to: options.to };
      const message = await previewMail(app, app.mailing, { digestId: digest.id, week, ...to });
      // Mails are seven-bit: as text they are byte for byte the same.
      io.out.write(Buffer.from(await app.mailing.seal(message)).toString('latin1'));
    });

  mail
    .command('test <address>')
    .description('send the newest edition to an address now, marked as a test; touches no delivery')
    .option('--json', 'print one JSON object')
    .action(async (to: string, options: { json?: boolean }) => {
      refuseUnlikely(to);
      await using app = await openApp(io);
      const { mailing, press } = app;
      const message = await testMail(app, mailing, { to, templatesDir: press.templatesDir });
      const { messageId, subject } = message;
      const envelope = {
        from: envelopeSender(mailing.from, mailing.bounceAddress, message.headers[DELIVERY_HEADER] ?? ''),
        to,
      };
      const parcel = { messageId, envelope, bytes: await mailing.seal(message) };
      const result = await mailing.transport.send(parcel, async () => true);
      const detail = 'detail' in result ? result.detail : '';
      if (result.outcome !== 'sent') io.exit(1);
      const line = `${to}: ${result.outcome} by ${mailing.transport.name}, "${subject}"\n  ${detail}`;
      report(io, options.json, { to, subject, messageId, outcome: result.outcome, detail }, line);
    });

  mail
    .command('dkim')
    .description('make the key that mails are signed with, if there is none, and print its DNS record')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      // Not the whole program: it does not start while the key is missing.
      const config = loadConfig(io.env, io.baseDir);
      const { key, isNew } = await openKey(config);
      const record = dkimRecord(key);
      const file = config.dkimKeyFile;
      const lines = [
        `${isNew ? 'A new key is in' : 'The key is in'} ${file}. Put this line into the DNS of ${key.domain}:`,
        '',
        zoneLine(record),
        '',
        config.dkimDomain === ''
          ? `Then set DKIM_DOMAIN=${key.domain}: from the next start on mails are signed.`
          : 'Mails are signed with it.',
      ];
      report(io, options.json, { file, isNew, ...record }, lines.join('\n'));
    });
}

async function openKey(config: Config) {
  const name = { domain: config.dkimDomain || domainOf(config.mailFrom), selector: config.dkimSelector };
  const file = config.dkimKeyFile;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    // `wx`: a key that is in the DNS is never written over.
    await writeFile(file, makeDkimKey(), { flag: 'wx', mode: 0o600 });
    return { key: await readDkimKey(file, name), isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { key: await readDkimKey(file, name), isNew: false };
  }
}

function refuseUnlikely(address: string): void {
  if (!isEmailAddress(address))
    throw new UsageError('RECIPIENT_INVALID', `not an e-mail address: ${address}`);
}
