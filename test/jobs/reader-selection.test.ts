import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueMails } from '../../jobs/mail-outbox.ts';
import { queueDeliveries } from '../../jobs/queue-mail.ts';
import { createSelectionDesk } from '../../jobs/reader-selection.ts';
import { createFolderTransport } from '../../mail/folder-transport.ts';
import { itemsOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { canonicalInput } from '../reports/canonical-edition.ts';
import { type MailProgram, WEEKLY, withMailProgram } from './mail-program.ts';

const edition = composeEdition(canonicalInput());
const DIGITAL = itemsOf(edition).filter(({ topics }) => topics.includes('digital'));

async function withReaders(
  work: (parts: Awaited<ReturnType<typeof partsOf>>) => Promise<void>,
): Promise<void> {
  await withMailProgram(async (mails) => work(await partsOf(mails)));
}

async function partsOf(mails: MailProgram) {
  const { store, context } = mails;
  const { folder } = await mails.publish();
  const published = await store.editions.record({
    ...{ digestId: WEEKLY, week: '2021-W26', revision: 1, number: 26, edition, manifestHash: 'm1', folder },
    publishedAt: '2021-06-28T00:00:00.000Z',
  });
  const mailing = mails.mailing(createFolderTransport(mails.archiveDir));
  const reader = (email: string, choice: object) =>
    store.transaction((tables) =>
      tables.recipients.add(
        { email, digestIds: [WEEKLY], attachPdf: false, ...choice },
        '2021-06-01T00:00:00.000Z',
      ),
    );
  return { store, context, mailing, published, reader };
}

test('a reader with a selection gets the matching part, the others the mail of the archive', () =>
  withReaders(async ({ context, mailing, published, reader }) => {
    await reader('all@reader.example', {});
    await reader('digital@reader.example', { topics: ['digital'] });
    await queueDeliveries(context, published, mailing);
    const texts = new Map<string, { text: string; subject: string }>();
    for await (const outgoing of dueMails(context, mailing)) {
      const { text, subject } = await outgoing.compose();
      texts.set(outgoing.to, { text, subject });
    }
    assert.match(texts.get('all@reader.example')?.text ?? '', /^本周要闻/);
    assert.match(
      texts.get('digital@reader.example')?.text ?? '',
      new RegExp(`按您的选择：\\d+ 条中的 ${DIGITAL.length} 条`),
    );
    assert.match(texts.get('digital@reader.example')?.subject ?? '', /数据中心/);
  }));

test('links of a mail lead to where the archive is read when it goes out, not when it was published', () =>
  withReaders(async ({ context, mailing, published, reader }) => {
    await reader('all@reader.example', {});
    await queueDeliveries(context, published, mailing);
    const textAt = async (archiveUrl: string) => {
      const now = { ...mailing, archiveUrl };
      for await (const outgoing of dueMails(context, now)) return (await outgoing.compose()).text;
      return '';
    };
    const elsewhere = await textAt('https://news.example/archive/');
    assert.match(elsewhere, new RegExp(`^https://news.example/archive/${published.folder}/$`, 'm'));
    assert.match(await textAt(''), /^本周要闻/, 'the mail of the archive, which names no address');
  }));

test('who wants a link only gets the PDF as long as there is nothing to link to', () =>
  withReaders(async ({ context, mailing, published, reader }) => {
    await reader('link@reader.example', {});
    await queueDeliveries(context, published, mailing);
    const attachedAt = async (archiveUrl: string) => {
      for await (const outgoing of dueMails(context, { ...mailing, archiveUrl }))
        return (await outgoing.compose()).attachments.length;
      return undefined;
    };
    assert.equal(await attachedAt(''), 1);
    assert.equal(await attachedAt('https://news.example/archive/'), 0);
  }));

test('a strategic region stands for its provinces', () =>
  withReaders(async ({ context, mailing, published }) => {
    const bay = { id: 'bay', zh: '湾区', en: 'Bay', aliases: [], places: [], members: ['CN-GD'] };
    const vocabulary = { ...context.vocabulary, regions: [bay] };
    const desk = createSelectionDesk({ ...context, vocabulary }, mailing);
    const selected = await desk.selected(published, { topics: [], regions: ['bay'] });
    const wanted = itemsOf(edition).filter(({ regions }) => regions.includes('CN-GD'));
    assert.ok(wanted.length > 0);
    assert.equal(selected?.shown, wanted.length);
  }));

test('each distinct selection is cut and rendered once', () =>
  withReaders(async ({ context, mailing, published }) => {
    const desk = createSelectionDesk(context, mailing);
    const first = await desk.selected(published, { topics: ['digital', 'energy'], regions: [] });
    assert.equal(await desk.selected(published, { topics: ['energy', 'digital'], regions: [] }), first);
    assert.notEqual(await desk.selected(published, { topics: ['energy'], regions: [] }), first);
    assert.equal(await desk.selected(published, { topics: [], regions: [] }), undefined);
  }));

test('a week that brings a reader nothing brings a note or no mail, as the reader chose', () =>
  withReaders(async ({ store, context, mailing, published, reader }) => {
    await reader('note@reader.example', { topics: ['nothing'] });
    await reader('silent@reader.example', { topics: ['nothing'], quietWeek: 'nothing' });
    await reader('lucky@reader.example', { topics: ['digital'], quietWeek: 'nothing' });
    const first = await queueDeliveries(context, published, mailing);
    assert.deepEqual(first, { readers: 3, queued: 2, quiet: 1 });
    assert.deepEqual(await queueDeliveries(context, published, mailing), { readers: 3, queued: 0, quiet: 1 });
    const due = await store.deliveries.due('2021-07-01T00:00:00.000Z', 9);
    const readers = await store.recipients.byIds(due.map(({ recipientId }) => recipientId));
    assert.deepEqual(readers.map(({ email }) => email).sort(), [
      'lucky@reader.example',
      'note@reader.example',
    ]);
  }));
