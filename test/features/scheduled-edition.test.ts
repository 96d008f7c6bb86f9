import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { type App, openApp } from '../../app.ts';
import { loadConfig } from '../../config.ts';
import { startDemoWeb } from '../../demo/server.ts';
import { buildEdition } from '../../jobs/build-edition.ts';
import type { Log } from '../../jobs/context.ts';
import { ring } from '../../jobs/scheduled-work.ts';
import type { DigestId } from '../../model/ids.ts';
import { unaccounted } from '../../model/run.ts';
import { BASE_DIR, makePlace, type Place } from './support.ts';

/** What the server outside saw: the only witness that counts. */
interface Received {
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  readonly attachments: number;
}

let place: Place;
let server: SMTPServer;
let web: Awaited<ReturnType<typeof startDemoWeb>>;
let at: string;
const received: Received[] = [];
const clock = { now: () => new Date(at) };
/** Every line of the program's log, from its first start on. */
const logged: string[] = [];
const write = (message: string, fields?: object) => logged.push(`${message} ${JSON.stringify(fields)}`);
const log: Log = { debug: write, info: write, warn: write, error: write };

before(async () => {
  place = await makePlace();
  at = '2021-06-27T10:00:00.000Z';
  web = await startDemoWeb({ clock });
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        for (const { address } of session.envelope.rcptTo) {
          const { subject = '', messageId = '' } = mail;
          received.push({ to: address, subject, messageId, attachments: mail.attachments.length });
        }
        done();
      }, done);
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

after(async () => {
  await new Promise<void>((closed) => server.close(() => closed()));
  await web.close();
  await place.remove();
});

/** The program started anew, as after a restart. */
function start(): Promise<App> {
  const { port } = server.server.address() as AddressInfo;
  const env = {
    ...place.env,
    SOURCES_DIR: 'demo/sources',
    DIGESTS_DIR: 'demo/digests',
    NET_HOST_MAP: `*.example=127.0.0.1:${web.port}`,
    HOST_GAP_MS: '0',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'Digest <digest@sender.example>',
    ARCHIVE_URL: 'https://digest.example/archive/',
  };
  const signal = new AbortController().signal;
  return openApp({ config: loadConfig(env, BASE_DIR), baseDir: BASE_DIR, log, clock, signal });
}

async function tick(instant: string): Promise<void> {
  at = instant;
  await using app = await start();
  await ring(app, app);
}

async function editions(): Promise<string[]> {
  return (await readdir(path.join(place.archiveDir, 'demo', '2021'))).sort();
}

test('a tick before the hour makes nothing; the one on Monday makes one edition and mails it once to each', async () => {
  {
    await using app = await start();
    const digestIds = ['demo' as DigestId];
    await app.store.transaction(async (tables) => {
      await tables.recipients.add({ email: 'one@reader.example', digestIds, attachPdf: true }, at);
      await tables.recipients.add({ email: 'two@reader.example', digestIds, attachPdf: false }, at);
    });
    await ring(app, app);
    await assert.rejects(editions(), { code: 'ENOENT' });
  }
  await tick('2021-06-28T00:00:00.000Z');
  assert.deepEqual(await editions(), ['2021-W25']);
  assert.deepEqual(received.map(({ to, attachments }) => [to, attachments]).sort(), [
    ['one@reader.example', 1],
    ['two@reader.example', 0],
  ]);
  assert.match(received[0]?.subject ?? '', /2021年第25期/);
  assert.notEqual(received[0]?.messageId, received[1]?.messageId);
});

test('a second tick, a restart an hour later and a rebuild mail nothing more', async () => {
  await tick('2021-06-28T00:01:00.000Z');
  await tick('2021-06-28T01:00:00.000Z');
  {
    await using app = await start();
    const [digest] = app.digests;
    assert.ok(digest);
    await app.run(buildEdition, { digest, week: '2021-W25', press: app.press });
    await ring(app, app);
    assert.deepEqual(await app.store.deliveries.countByState(digest.id, '2021-W25'), { sent: 2 });
  }
  assert.equal(received.length, 2);
  assert.deepEqual(await editions(), ['2021-W25']);
});

test('a mail that a run left on its way is in doubt at the next tick, without a restart', async () => {
  await using app = await start();
  const letter = { purpose: 'operator', key: 'left', to: 'op@b.example', subject: 's', text: 't' } as const;
  await app.store.letters.queue(letter, at);
  const [due] = await app.store.letters.due(at, 1);
  assert.ok(due);
  await app.store.letters.move(due.id, 'queued', 'sending', { at });
  await ring(app, app);
  assert.equal((await app.store.letters.byId(due.id))?.state, 'unknown');
  assert.equal(received.length, 2);
});

test('a new reader is mailed from the next edition on', async () => {
  {
    await using app = await start();
    await app.store.transaction((tables) =>
      tables.recipients.add(
        { email: 'three@reader.example', digestIds: ['demo' as DigestId], attachPdf: true },
        at,
      ),
    );
  }
  await tick('2021-07-05T00:00:00.000Z');
  assert.deepEqual(await editions(), ['2021-W25', '2021-W26']);
  assert.equal(received.length, 5);
});

test('an edition is one run from fetch to outbox, and every step accounts for all that went in', async () => {
  await using app = await start();
  const [run] = await app.store.runs.list({ job: 'edition', limit: 1 });
  assert.ok(run);
  const steps = await app.store.runSteps.ofRun(run.id);
  assert.deepEqual(
    steps.filter(({ name }) => name !== 'list' && name !== 'read').map(({ name, state }) => [name, state]),
    ['fetch', 'understand', 'compose', 'render', 'publish', 'mail'].map((name) => [name, 'finished']),
  );
  const lists = steps.filter(({ name }) => name === 'list').map(({ subject }) => subject);
  assert.deepEqual(
    lists.sort(),
    app.sources
      .filter(({ enabled }) => enabled)
      .map(({ id }) => id)
      .sort(),
  );
  assert.deepEqual(
    steps.filter((step) => unaccounted(step) !== 0),
    [],
  );
  const published = await app.store.editions.ofWeek('demo' as DigestId, '2021-W26');
  assert.deepEqual([published?.runId, published?.fence], [run.id, 1]);
});

test('the log names readers by nothing that could reach them', () => {
  assert.ok(logged.some((line) => line.startsWith('Run finished')));
  assert.deepEqual(
    logged.filter((line) => line.includes('@reader.example')),
    [],
  );
});
