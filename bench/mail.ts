import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { silentLog } from '../cli/log.ts';
import type { PublishedEdition } from '../db/editions.ts';
import { openStore, type Store } from '../db/store.ts';
import type { JobContext } from '../jobs/context.ts';
import { deliver } from '../jobs/deliver.ts';
import { deliveryMessage, readEditionMail } from '../jobs/edition-mail.ts';
import type { Mailing } from '../jobs/mailing.ts';
import { queueDeliveries } from '../jobs/queue-mail.ts';
import type { Message } from '../mail/compose-message.ts';
import { createSeal } from '../mail/seal.ts';
import { createSmtpTransport } from '../mail/smtp-transport.ts';
import { createThrottle } from '../mail/throttle.ts';
import { systemClock } from '../model/clock.ts';
import type { Edition } from '../model/edition.ts';
import type { DigestId } from '../model/ids.ts';
import { canonicalInput } from '../reports/canonical/canonical-edition.ts';
import { composeEdition } from '../reports/compose-edition.ts';
import { evidenceOf } from '../reports/evidence.ts';
import { loadTemplate, renderEdition } from '../reports/render.ts';
import { writeSynced } from '../reports/write-synced.ts';
import { projectVocabulary } from './evaluate/vocabulary.ts';

/** Promises: see docs/delivery.md. */
const LONGEST_QUEUEING_S = 30;
const LEAST_SHARE = 0.8;
const PDF_BYTES = 40_000;

export interface MailBenchOptions {
  readonly mails: number;
  readonly connections: number;
  /** Mails to the one and the other in turns, so that what else the machine does falls on both. */
  readonly rounds: number;
}

export interface MailBenchReport {
  readonly queuedSeconds: number;
  /** Mails a second. */
  readonly rate: number;
  readonly bareRate: number;
  /** `rate` over `bareRate`, taken in turns within the same minutes. */
  readonly share: number;
  /** The server has every mail of each reader as often as it was sent. */
  readonly isEachOnce: boolean;
}

/** Queues and sends an edition to many readers, beside a bare nodemailer pool with the same messages and server. */
export async function benchMail(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mails: { type: 'string', default: '10000' },
      connections: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const mails = Number(values.mails);
  const report = await measureMail({
    mails,
    connections: Number(values.connections),
    rounds: Number(values.rounds),
  });
  if (values.json) console.log(JSON.stringify(report));
  else {
    console.log(`queued     ${mails} recipients in ${report.queuedSeconds.toFixed(1)} s`);
    console.log(`sent       ${report.rate.toFixed(0)} mails a second`);
    console.log(`bare pool  ${report.bareRate.toFixed(0)} mails a second, the same messages and server`);
    console.log(`share      ${report.share.toFixed(2)}`);
  }
  return brokenPromises(report);
}

/** What the figures fall short of. */
export function brokenPromises({ queuedSeconds, share, isEachOnce }: MailBenchReport): readonly string[] {
  return [
    ...(queuedSeconds > LONGEST_QUEUEING_S ? [`queueing took ${queuedSeconds.toFixed(1)} s`] : []),
    ...(share < LEAST_SHARE ? [`sent at ${share.toFixed(2)} of the rate of a bare pool`] : []),
    ...(isEachOnce ? [] : ['a reader has no mail, or more than one']),
  ];
}

export async function measureMail({
  mails,
  connections,
  rounds,
}: MailBenchOptions): Promise<MailBenchReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-mail-'));
  const store = await openStore('', folder);
  const server = await startServer();
  try {
    const mailing = mailingOf(server.url, connections, folder);
    const published = await publish(store, folder);
    await subscribe(store, published.digestId, mails);
    const signal = new AbortController().signal;
    // Of the rest of a context, mailing asks for nothing.
    const vocabulary = await projectVocabulary();
    const parts = { store, clock: systemClock, log: silentLog, vocabulary, signal };
    const context = parts as unknown as JobContext;
    const queuedSeconds = await seconds(() => queueDeliveries(context, published, mailing));
    const messages = await messagesOf(store, mailing, published);
    const part = Math.ceil(mails / rounds);
    const spent: { ours: number; bare: number; mails: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const some = messages.slice(round * part, (round + 1) * part);
      const bare = await seconds(() => sendBare(server.url, connections, some));
      const ours = await seconds(() => deliver.run(context, limited(mailing, some.length)));
      spent.push({ ours, bare, mails: some.length });
    }
    await mailing.transport.close();
    const total = (which: 'ours' | 'bare') => spent.reduce((sum, one) => sum + one[which], 0);
    return {
      queuedSeconds,
      rate: mails / total('ours'),
      bareRate: mails / total('bare'),
      share: total('bare') / total('ours'),
      // Once from the pool, once from us.
      isEachOnce: server.count.size === mails && [...server.count.values()].every((times) => times === 2),
    };
  } finally {
    await server.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** As many as a round is to send: a throttle that lets no more out. */
function limited(mailing: Mailing, mails: number): Mailing {
  const throttle = createThrottle({ perMinute: 0, domainPerMinute: 0 });
  let left = mails;
  const take: typeof throttle.take = (domain, now) => {
    if (left === 0) return 'total';
    left -= 1;
    return throttle.take(domain, now);
  };
  return { ...mailing, throttle: { ...throttle, take } };
}

async function sendBare(url: string, connections: number, messages: readonly Message[]): Promise<void> {
  const pool = createTransport({ url, pool: true, maxConnections: connections });
  await Promise.all(
    messages.map(({ attachments, to, html = '', ...message }) =>
      pool.sendMail({
        ...message,
        html,
        to: to.address,
        headers: { ...message.headers },
        attachments: attachments.map((one) => ({ ...one, content: Buffer.from(one.content) })),
      }),
    ),
  );
  pool.close();
}

async function startServer() {
  const count = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      stream.resume();
      stream.on('end', () => {
        for (const { address } of envelope.rcptTo) count.set(address, (count.get(address) ?? 0) + 1);
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((done) => server.close(() => done()));
  return { url: `smtp://127.0.0.1:${port}`, count, close };
}

function mailingOf(url: string, connections: number, archiveDir: string): Mailing {
  return {
    transport: createSmtpTransport(url, { connections }),
    seal: createSeal(),
    throttle: createThrottle({ perMinute: 0, domainPerMinute: 0 }),
    connections,
    from: 'Policy Digest <digest@digest.example>',
    bounceAddress: '',
    canaryAddress: '',
    archiveDir,
    archiveUrl: '',
    leaveByMail: undefined,
    linkKey: { key: new Uint8Array(32), publicUrl: 'https://digest.example/' },
    templatesDir: path.resolve(import.meta.dirname, '../templates'),
    isSigned: false,
  };
}

/** The canonical edition, with a made-up PDF: what a PDF holds is nothing to mail. */
async function publish(store: Store, archiveDir: string): Promise<PublishedEdition> {
  const input = canonicalInput();
  const edition: Edition = composeEdition(input);
  const { digestId, number } = edition;
  const { week } = edition.period;
  const template = await loadTemplate(path.join(import.meta.dirname, '..', 'templates', edition.template));
  const { files } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
  for (const name of ['email.html', 'email.txt'])
    await writeSynced(path.join(archiveDir, week, name), files.get(name) ?? '');
  await writeSynced(path.join(archiveDir, week, 'digest.pdf'), new Uint8Array(PDF_BYTES).fill(37));
  const publishedAt = systemClock.now().toISOString();
  const record = {
    digestId,
    week,
    revision: 1,
    number,
    edition,
    manifestHash: '',
    folder: week,
    publishedAt,
  };
  return store.editions.record(record);
}

async function subscribe(store: Store, digestId: DigestId, mails: number): Promise<void> {
  const at = systemClock.now().toISOString();
  await store.transaction(async ({ recipients }) => {
    for (let index = 0; index < mails; index += 1) {
      const email = `reader${index}@reader${index % 50}.example`;
      await recipients.add({ email, digestIds: [digestId], attachPdf: true }, at);
    }
  });
}

/** What the bare pool is given: the messages that we send, composed before its time runs. */
async function messagesOf(store: Store, mailing: Mailing, published: PublishedEdition): Promise<Message[]> {
  const mail = await readEditionMail(mailing.archiveDir, published);
  const [recipients, deliveries] = [
    await store.recipients.all(),
    await store.deliveries.inState('queued', Number.MAX_SAFE_INTEGER),
  ];
  const byId = new Map(recipients.map((recipient) => [recipient.id, recipient]));
  return deliveries.flatMap((delivery) => {
    const recipient = byId.get(delivery.recipientId);
    return recipient === undefined ? [] : [deliveryMessage(mailing, mail, delivery, recipient)];
  });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
