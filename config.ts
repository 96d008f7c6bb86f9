import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { configError, type Fault } from './model/errors.ts';
import { readValue, type Setting } from './setting-values.ts';

/** Every setting of the program. docs/configuration.md and .env.example are held against this table by a test. */
export const SETTINGS = {
  dataDir: { variable: 'DATA_DIR', kind: 'folder', fallback: 'data', help: 'Database, snapshots, outbox.' },
  archiveDir: { variable: 'ARCHIVE_DIR', kind: 'folder', fallback: 'archive', help: 'Published editions.' },
  archiveUrl: {
    variable: 'ARCHIVE_URL',
    kind: 'url',
    schemes: ['https', 'http'],
    fallback: '',
    help: 'Address under which the archive folder is read on the web, ending in /; mails then link to it.',
  },
  sourcesDir: { variable: 'SOURCES_DIR', kind: 'folder', fallback: 'sources', help: 'Source files.' },
  digestsDir: { variable: 'DIGESTS_DIR', kind: 'folder', fallback: 'digests', help: 'Digest files.' },
  vocabularyDir: {
    variable: 'VOCABULARY_DIR',
    kind: 'folder',
    fallback: 'vocabulary',
    help: 'Topics, document types, issuers, regions.',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    kind: 'text',
    fallback: '',
    secret: true,
    help: 'Empty: SQLite in DATA_DIR. `sqlite:<file>` names another file.',
  },
  contact: {
    variable: 'CONTACT',
    kind: 'text',
    fallback: '',
    help: 'Address or page told to every host in the User-Agent, so that its people can reach you.',
  },
  fetchConcurrency: {
    variable: 'FETCH_CONCURRENCY',
    kind: 'number',
    fallback: '8',
    unit: 'requests',
    min: 1,
    help: 'Requests under way at once, over all hosts.',
  },
  hostGapMs: {
    variable: 'HOST_GAP_MS',
    kind: 'number',
    fallback: '1500',
    unit: 'ms',
    min: 0,
    help: 'Least pause between two requests to one host.',
  },
  requestTimeoutMs: {
    variable: 'REQUEST_TIMEOUT_MS',
    kind: 'number',
    fallback: '60000',
    unit: 'ms',
    min: 100,
    help: 'Longest time for one request, redirects and retries apart.',
  },
  allowLoopback: {
    variable: 'NET_ALLOW_LOOPBACK',
    kind: 'flag',
    fallback: 'no',
    help: 'Let sources live on this machine. For tests only.',
  },
  hostMap: {
    variable: 'NET_HOST_MAP',
    kind: 'text',
    fallback: '',
    help: 'Answer hosts from another address: `*.example=127.0.0.1:8080`. For the demo and tests.',
  },
  chromiumPath: {
    variable: 'CHROMIUM_PATH',
    kind: 'text',
    fallback: '',
    help: 'Chrome or Chromium to print and to read with. Empty: found or taken from the packages.',
  },
  smtpUrl: {
    variable: 'SMTP_URL',
    kind: 'url',
    schemes: ['smtp', 'smtps'],
    fallback: '',
    secret: true,
    help: 'smtp:// or smtps:// with user and password. Empty: mails are written to DATA_DIR/outbox as .eml files.',
  },
  mailFrom: {
    variable: 'MAIL_FROM',
    kind: 'sender',
    fallback: 'Policy Digest <digest@localhost>',
    help: 'Sender of the mails.',
  },
  bounceAddress: {
    variable: 'BOUNCE_ADDRESS',
    kind: 'address',
    fallback: '',
    help: 'Mailbox that mail which cannot be delivered returns to, with +<delivery> after its name. Empty: the sender.',
  },
  bounceDir: {
    variable: 'BOUNCE_DIR',
    kind: 'text',
    fallback: '',
    help: 'Maildir, or folder with one message a file, in which returned mail arrives. Empty: none is read there.',
  },
  bounceImapUrl: {
    variable: 'BOUNCE_IMAP_URL',
    kind: 'url',
    schemes: ['imaps', 'imap'],
    fallback: '',
    secret: true,
    help: 'imaps://user:password@host/INBOX in which returned mail arrives. Empty: none is read there.',
  },
  canaryAddress: {
    variable: 'CANARY_ADDRESS',
    kind: 'address',
    fallback: '',
    help: 'Mailbox of your own that gets a copy of every edition, to see that mail arrives.',
  },
  mailConnections: {
    variable: 'MAIL_CONNECTIONS',
    kind: 'number',
    fallback: '5',
    unit: 'connections',
    min: 1,
    help: 'Most connections to the mail server at once; up to 25 waiting mails use one.',
  },
  mailRatePerMinute: {
    variable: 'MAIL_RATE_PER_MINUTE',
    kind: 'number',
    fallback: '600',
    unit: 'mails a minute',
    min: 0,
    help: 'How fast mail goes out in total; 0 is no limit.',
  },
  mailDomainRatePerMinute: {
    variable: 'MAIL_DOMAIN_RATE_PER_MINUTE',
    kind: 'number',
    fallback: '120',
    unit: 'mails a minute',
    min: 0,
    help: 'How fast mail goes to the addresses of one domain; 0 is no limit.',
  },
  dkimDomain: {
    variable: 'DKIM_DOMAIN',
    kind: 'text',
    fallback: '',
    help: 'Domain that mails are signed for, that of MAIL_FROM. Empty: not signed here.',
  },
  dkimSelector: {
    variable: 'DKIM_SELECTOR',
    kind: 'text',
    fallback: 'digest',
    help: 'Name under which the DNS of DKIM_DOMAIN holds the key.',
  },
  dkimKeyFile: {
    variable: 'DKIM_KEY_FILE',
    kind: 'path',
    fallback: '',
    inDataDir: 'dkim.pem',
    help: 'Private key that mails are signed with; `digest mail dkim` makes one. Empty: DATA_DIR/dkim.pem.',
  },
  httpHost: {
    variable: 'HTTP_HOST',
    kind: 'text',
    fallback: '127.0.0.1',
    help: 'Where the pages of the service listen.',
  },
  httpPort: {
    variable: 'HTTP_PORT',
    kind: 'number',
    fallback: '8321',
    min: 0,
    max: 65535,
    help: 'Port of the pages of the service; 0 takes any free one.',
  },
  publicUrl: {
    variable: 'PUBLIC_URL',
    kind: 'url',
    schemes: ['https', 'http'],
    fallback: '',
    help: 'Address under which readers reach the pages of the service, https://… ending in /; mails then carry one-click unsubscribe and a link to preferences.',
  },
  operatorToken: {
    variable: 'OPERATOR_TOKEN',
    kind: 'text',
    fallback: '',
    secret: true,
    minLength: 20,
    help: 'Secret of at least 20 characters for the operator pages and the HTTP API. Empty: they open only on the machine itself, and not at all once PUBLIC_URL is set.',
  },
  operatorMail: {
    variable: 'OPERATOR_MAIL',
    kind: 'addresses',
    fallback: '',
    help: 'Addresses, separated by commas, told of what needs a person: failed, partial and late runs, once a day for each cause. Empty: they are only logged.',
  },
  operatorAllWell: {
    variable: 'OPERATOR_ALL_WELL',
    kind: 'flag',
    fallback: 'no',
    help: 'Tell OPERATOR_MAIL once a week that all is well.',
  },
  lateMinutes: {
    variable: 'LATE_MINUTES',
    kind: 'number',
    fallback: '60',
    unit: 'minutes',
    min: 1,
    help: 'An edition that is not out so long after its hour is late.',
  },
  sourcesFailingPercent: {
    variable: 'SOURCES_FAILING_PERCENT',
    kind: 'number',
    fallback: '25',
    unit: 'percent',
    min: 0,
    help: 'More sources than this without an answer are told to the operator.',
  },
  backupDir: {
    variable: 'BACKUP_DIR',
    kind: 'folder',
    fallback: '',
    inDataDir: 'backups',
    help: 'Where the weekly copies of the database go. Empty: DATA_DIR/backups; another disk is better.',
  },
  backupKeep: {
    variable: 'BACKUP_KEEP',
    kind: 'number',
    fallback: '8',
    unit: 'copies',
    min: 1,
    help: 'Weekly copies of the database that are kept.',
  },
  writerUrl: {
    variable: 'WRITER_URL',
    kind: 'url',
    schemes: ['https', 'http'],
    fallback: '',
    help: 'OpenAI-compatible service, up to /v1, that writes a sentence or two about each story; each is checked against the documents. Empty: none.',
  },
  writerModel: {
    variable: 'WRITER_MODEL',
    kind: 'text',
    fallback: '',
    help: 'Model asked for at WRITER_URL, shown beside what it wrote.',
  },
  writerKey: {
    variable: 'WRITER_KEY',
    kind: 'text',
    fallback: '',
    secret: true,
    help: 'Key for WRITER_URL, where it asks for one.',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    kind: 'choice',
    fallback: 'info',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    help: 'How much is logged to standard error.',
  },
} as const satisfies Record<string, Setting>;

type ValueOf<S extends Setting> = S['kind'] extends 'number'
  ? number
  : S['kind'] extends 'flag'
    ? boolean
    : S['kind'] extends 'addresses'
      ? readonly string[]
      : string;

export type Config = { readonly [Name in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[Name]> };

/**
 * Reads all settings from `env`; paths become absolute below `baseDir`.
 * @throws ConfigError CONFIG_INVALID naming every faulty variable at once
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, baseDir: string): Config {
  const faults: Fault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
    const raw = env[setting.variable]?.trim() || fallbackOf(setting, env);
    const read = readValue(setting, raw, baseDir);
    if ('reason' in read) faults.push({ file: 'environment', key: setting.variable, reason: read.reason });
    else values[name] = read.value;
  }
  if (values.writerUrl !== '' && values.writerModel === '')
    faults.push({ file: 'environment', key: 'WRITER_MODEL', reason: 'WRITER_URL needs the name of a model' });
  if (faults.length > 0) throw configError('CONFIG_INVALID', 'These settings cannot be used:', faults);
  return Object.freeze(values) as Config;
}

/** The process environment over `.env` in `baseDir`, for `loadConfig`. */
export function readEnvironment(baseDir: string): Record<string, string | undefined> {
  return { ...readEnvFile(baseDir), ...process.env };
}

/** What `.env` in `baseDir` says; nothing where there is no such file. */
export function readEnvFile(baseDir: string): Record<string, string | undefined> {
  const file = path.join(baseDir, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Settings as they are in force, for a person to read; secrets print as `***`. */
export function describeConfig(config: Config): { variable: string; value: string; help: string }[] {
  return Object.entries<Setting>(SETTINGS).map(([name, setting]) => {
    const inForce = config[name as keyof Config];
    const value = Array.isArray(inForce) ? inForce.join(', ') : String(inForce);
    return {
      variable: setting.variable,
      value: setting.secret && value !== '' ? '***' : value,
      help: setting.help,
    };
  });
}

function fallbackOf(
  { fallback, inDataDir }: Setting,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (inDataDir === undefined) return fallback;
  const { variable, fallback: data } = SETTINGS.dataDir;
  return path.join(env[variable]?.trim() || data, inDataDir);
}
