import path from 'node:path';
import type { Config } from './config.ts';
import { readSecretKey } from './db/secret-key.ts';
import type { Mailing } from './jobs/mailing.ts';
import { addressOf } from './mail/addresses.ts';
import { readDkimKey } from './mail/dkim.ts';
import { createFolderTransport } from './mail/folder-transport.ts';
import { createSeal } from './mail/seal.ts';
import { createSmtpTransport } from './mail/smtp-transport.ts';
import { createThrottle } from './mail/throttle.ts';
import { isEmailAddress } from './text/address.ts';
import type { LinkKey } from './text/reader-tokens.ts';
import type { LeaveByMail } from './text/unsubscribe-mail.ts';

/** What readers' links are made of, as far as the settings give them somewhere to lead. */
export interface ReaderKeys {
  /** Absent without pages for readers and without a mailbox that the program reads. */
  readonly readerKey: Uint8Array | undefined;
  /** Absent without PUBLIC_URL. */
  readonly linkKey: LinkKey | undefined;
}

/** Read, and made at first use, only where mails carry what is derived from it. */
export async function openReaderKeys(config: Config): Promise<ReaderKeys> {
  const { publicUrl, dataDir } = config;
  if (publicUrl === '' && !isReturnedMailRead(config)) return { readerKey: undefined, linkKey: undefined };
  const key = await readSecretKey(dataDir);
  const linkKey = publicUrl === '' ? undefined : { key, publicUrl: publicUrl.replace(/\/*$/, '/') };
  return { readerKey: key, linkKey };
}

function isReturnedMailRead({ bounceDir, bounceImapUrl }: Config): boolean {
  return bounceDir !== '' || bounceImapUrl !== '';
}

/**
 * The mailbox that the program reads; else, where there are no pages to leave by, the person that CONTACT names. The
 * sender's own address is not offered: often nobody reads it.
 */
function leaveByMailOf(config: Config, key: Uint8Array | undefined): LeaveByMail | undefined {
  const { bounceAddress, mailFrom, publicUrl, contact } = config;
  if (key !== undefined && isReturnedMailRead(config))
    return { readBy: 'program', address: bounceAddress || addressOf(mailFrom), key };
  return publicUrl === '' && isEmailAddress(contact) ? { readBy: 'person', address: contact } : undefined;
}

/**
 * What mails are made of and sent with, as the settings say.
 * @throws ConfigError DKIM_KEY_UNUSABLE
 */
export async function openMailing(
  config: Config,
  templatesDir: string,
  { readerKey, linkKey }: ReaderKeys,
): Promise<Mailing> {
  const key =
    config.dkimDomain === ''
      ? undefined
      : await readDkimKey(config.dkimKeyFile, { domain: config.dkimDomain, selector: config.dkimSelector });
  return {
    transport:
      config.smtpUrl === ''
        ? createFolderTransport(path.join(config.dataDir, 'outbox'))
        : createSmtpTransport(config.smtpUrl, { connections: config.mailConnections }),
    seal: createSeal(key),
    throttle: createThrottle({
      perMinute: config.mailRatePerMinute,
      domainPerMinute: config.mailDomainRatePerMinute,
    }),
    connections: config.mailConnections,
    from: config.mailFrom,
    bounceAddress: config.bounceAddress,
    canaryAddress: config.canaryAddress,
    archiveDir: config.archiveDir,
    templatesDir,
    archiveUrl: config.archiveUrl,
    linkKey,
    leaveByMail: leaveByMailOf(config, readerKey),
    isSigned: key !== undefined,
  };
}
