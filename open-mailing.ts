import path from 'node:path';
import type { Config } from './config.ts';
import type { Mailing } from './jobs/mailing.ts';
import { readDkimKey } from './mail/dkim.ts';
import { createFolderTransport } from './mail/folder-transport.ts';
import { createSeal } from './mail/seal.ts';
import { createSmtpTransport } from './mail/smtp-transport.ts';
import { createThrottle } from './mail/throttle.ts';
import type { LinkKey } from './text/reader-tokens.ts';

/**
 * What mails are made of and sent with, as the settings say.
 * @throws ConfigError DKIM_KEY_UNUSABLE
 */
export async function openMailing(
  config: Config,
  templatesDir: string,
  linkKey: LinkKey | undefined,
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
    isSigned: key !== undefined,
  };
}
