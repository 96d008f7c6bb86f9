// The deliver job with all that is real but the clock: database, archive folder, transport.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog } from '../../cli/log.ts';
import type { PublishedEdition } from '../../db/editions.ts';
import { openStore, type Store } from '../../db/store.ts';
import type { JobContext } from '../../jobs/context.ts';
import { deliver } from '../../jobs/deliver.ts';
import type { Mailing } from '../../jobs/mailing.ts';
import { queueDeliveries } from '../../jobs/queue-mail.ts';
import { createSeal } from '../../mail/seal.ts';
import { createThrottle } from '../../mail/throttle.ts';
import type { MailTransport } from '../../mail/transport.ts';
import type { DeliveryState } from '../../model/delivery.ts';
import type { Edition } from '../../model/edition.ts';
import type { DigestId } from '../../model/ids.ts';
import { VOCABULARY } from '../pipeline/vocabulary.ts';

export const WEEKLY = 'weekly' as DigestId;
export const WEEK = '2021-W25';
const START = '2021-06-28T00:00:00.000Z';

export interface MailProgram {
  readonly store: Store;
  readonly archiveDir: string;
  readonly context: JobContext;
  readonly stop: AbortController;
  move(minutes: number): void;
  mailing(transport: MailTransport, change?: Partial<Mailing>): Mailing;
  subscribe(...emails: string[]): Promise<void>;
  /** Records a revision of the week with its files. */
  publish(revision?: number, files?: Readonly<Record<string, string>>): Promise<PublishedEdition>;
  /** Publishes the week and puts it into the outbox of everybody subscribed. */
  queue(): Promise<PublishedEdition>;
  run(mailing: Mailing): Promise<Readonly<Record<string, number>>>;
  /** State of the week's mail by address. */
  states(): Promise<Readonly<Record<string, DeliveryState>>>;
}

export async function withMailProgram(work: (program: MailProgram) => Promise<void>): Promise<void> {
  const archiveDir = await mkdtemp(path.join(tmpdir(), 'policy-digest-mail-'));
  const store = await openStore('sqlite::memory:', '');
  try {
    await work(programOf(store, archiveDir));
  } finally {
    await store.close();
    await rm(archiveDir, { recursive: true });
  }
}

function programOf(store: Store, archiveDir: string): MailProgram {
  let at = Date.parse(START);
  const stop = new AbortController();
  const clock = { now: () => new Date(at) };
  const parts = { store, log: silentLog, clock, vocabulary: VOCABULARY, signal: stop.signal };
  // Of the rest of a context, mailing asks for nothing.
  const context = parts as unknown as JobContext;
  const program: MailProgram = {
    store,
    archiveDir,
    context,
    stop,
    move(minutes) {
      at += minutes * 60_000;
    },
    mailing: (transport, change = {}) => ({
      transport,
      seal: createSeal(),
      throttle: createThrottle({ perMinute: 0, domainPerMinute: 0 }),
      connections: 1,
      from: 'Digest <digest@digest.example>',
      bounceAddress: '',
      canaryAddress: '',
      archiveDir,
      archiveUrl: '',
      linkKey: undefined,
      leaveByMail: undefined,
      templatesDir: path.resolve(import.meta.dirname, '../../templates'),
      isSigned: false,
      ...change,
    }),
    async subscribe(...emails) {
      const added = { digestIds: [WEEKLY], attachPdf: false };
      await store.transaction(async (tables) => {
        for (const email of emails) await tables.recipients.add({ ...added, email }, START);
      });
    },
    async publish(revision = 1, files = {}) {
      const folder = revision === 1 ? 'weekly/2021/2021-W25' : `weekly/2021/2021-W25-r${revision}`;
      await mkdir(path.join(archiveDir, folder), { recursive: true });
      const all = {
        'email.html': '<body><p>本周要闻</p></body>',
        'email.txt': '本周要闻\n',
        'digest.pdf': '%PDF-1.7',
        ...files,
      };
      for (const [name, text] of Object.entries(all))
        await writeFile(path.join(archiveDir, folder, name), text);
      return store.editions.record({
        digestId: WEEKLY,
        week: WEEK,
        revision,
        number: 25,
        edition: EDITION,
        manifestHash: `m${revision}`,
        folder,
        publishedAt: START,
      });
    },
    async queue() {
      const published = await program.publish();
      await queueDeliveries(context, published, program.mailing(NOWHERE));
      return published;
    },
    run: async (mailing) => (await deliver.run(context, mailing)).counts,
    async states() {
      const recipients = await store.recipients.all();
      const found = await Promise.all(
        recipients.map(async ({ id, email }) => {
          const delivery = await store.deliveries.ofRecipient(WEEKLY, WEEK, id);
          return delivery === undefined ? [] : [[email, delivery.state] as const];
        }),
      );
      return Object.fromEntries(found.flat());
    },
  };
  return program;
}

/** As much of an edition as a mail's subject is made of. */
const EDITION = {
  title: '创新政策周报',
  lang: 'zh-CN',
  number: 25,
  period: { week: WEEK },
  lead: null,
} as unknown as Edition;

const NOWHERE: MailTransport = {
  name: 'nowhere',
  send: () => Promise.reject(new Error('nothing is sent here')),
  close: async () => undefined,
};
