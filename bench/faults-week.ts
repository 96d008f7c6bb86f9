import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openStore, type Store } from '../db/store.ts';
import type { DigestId } from '../model/ids.ts';
import { surveyArchive } from '../reports/archive.ts';
import { checkFiles, checkSentences } from '../reports/verify.ts';
import { lastCompleteWeek, periodOfWeek } from '../text/calendar.ts';
import type { World } from './world.ts';

const DIGEST = 'faults' as DigestId;
const ZONE = 'UTC';
const HOUR_MS = 3_600_000;

/** A digest that was due an hour before `now`: the first start of the service finds it missed. */
export interface WeekSetting {
  readonly week: string;
  readonly lastDay: string;
  readonly cron: string;
  readonly since: string;
}

/** What was wrong with a week when it was over, seen from outside. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly duplicates: readonly string[];
  readonly torn: readonly string[];
  readonly unknown: number;
}

export function weekSetting(now: Date): WeekSetting {
  const due = new Date(now.getTime() - HOUR_MS);
  const week = lastCompleteWeek(due, ZONE);
  const { lastDay } = periodOfWeek(week, ZONE);
  const cron = `${due.getUTCMinutes()} ${due.getUTCHours()} * * ${due.getUTCDay()}`;
  return { week, lastDay, cron, since: new Date(due.getTime() - HOUR_MS).toISOString() };
}

/** A data folder of its own with recipients and a digest that is due; returns what the program is started with. */
export async function prepareWeek(options: {
  readonly dir: string;
  readonly setting: WeekSetting;
  readonly world: World;
  readonly mailPort: number;
  readonly recipients: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}): Promise<Record<string, string>> {
  const { dir, setting, world, mailPort, recipients } = options;
  const [sourcesDir, digestsDir] = [path.join(dir, 'sources'), path.join(dir, 'digests')];
  await mkdir(digestsDir, { recursive: true });
  await world.writeSettings(sourcesDir, digestsDir);
  const digest = {
    id: DIGEST,
    title: 'Faults',
    subtitle: 'made up',
    lang: 'en',
    zone: ZONE,
    cron: setting.cron,
    template: 'brief',
  };
  // JSON is YAML.
  await writeFile(path.join(digestsDir, `${DIGEST}.yml`), JSON.stringify(digest));
  const dataDir = path.join(dir, 'data');
  const store = await openStore('', dataDir);
  try {
    await store.schedules.save(DIGEST, { enabled: true, since: setting.since });
    for (const email of recipients)
      await store.recipients.add({ email, digestIds: [DIGEST], attachPdf: false }, setting.since);
  } finally {
    await store.close();
  }
  return {
    ...options.env,
    DATA_DIR: dataDir,
    ARCHIVE_DIR: path.join(dir, 'archive'),
    SOURCES_DIR: sourcesDir,
    DIGESTS_DIR: digestsDir,
    NET_HOST_MAP: world.hostMap,
    HOST_GAP_MS: '5',
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    MAIL_FROM: 'Faults <digest@sender.example>',
    HTTP_PORT: '0',
    LOG_LEVEL: 'debug',
  };
}

/** Holds a week that is over against what the mail server, the archive and the database say. */
export async function judgeWeek(
  dir: string,
  setting: WeekSetting,
  recipients: readonly string[],
  received: readonly string[],
): Promise<Verdict> {
  const store = await openStore('', path.join(dir, 'data'));
  try {
    const held = await unknownAddresses(store, recipients);
    const times = (address: string) => received.filter((one) => one === address).length;
    return {
      lost: recipients.filter((address) => times(address) === 0 && !held.has(address)),
      duplicates: recipients.filter((address) => times(address) > 1),
      torn: await tornIn(store, path.join(dir, 'archive'), setting),
      unknown: held.size,
    };
  } finally {
    await store.close();
  }
}

/** Readers whose mail a person has to decide on. */
async function unknownAddresses(store: Store, recipients: readonly string[]): Promise<Set<string>> {
  const unknown = new Set<string>();
  for (const delivery of await store.deliveries.inState('unknown', recipients.length + 1)) {
    const recipient = await store.recipients.byId(delivery.recipientId);
    if (recipient !== undefined) unknown.add(recipient.email);
  }
  return unknown;
}

/** Exactly one edition, whole in every byte, on record as it lies there; a database without a fault. */
async function tornIn(store: Store, archiveDir: string, { week }: WeekSetting): Promise<string[]> {
  const { editions, broken } = await surveyArchive(archiveDir);
  const faults = broken.map(({ folder }) => `${folder}: no edition`);
  if (editions.length !== 1) faults.push(`${editions.length} editions of ${week} in the archive`);
  for (const edition of editions)
    for (const check of [await checkFiles(archiveDir, edition), await checkSentences(archiveDir, edition)])
      faults.push(...check.faults.map((fault) => `${edition.folder}: ${fault}`));
  const recorded = await store.editions.recorded();
  const [inArchive, onRecord] = [editions, recorded].map((list) =>
    JSON.stringify(list.map(({ folder, manifestHash }) => [folder, manifestHash])),
  );
  if (inArchive !== onRecord) faults.push(`the archive holds ${inArchive}, the database ${onRecord}`);
  await store.checkWhole().catch((error: unknown) => faults.push(String(error)));
  return faults;
}
