import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openStore, type Store } from '../../db/store.ts';
import type { DocumentDraft } from '../../model/document.ts';
import type { Edition } from '../../model/edition.ts';
import type { DigestId, DocumentId, EditionId, RunId, SnapshotId, SourceId } from '../../model/ids.ts';

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore('sqlite::memory:', '');
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

function draft(change: Partial<DocumentDraft> = {}): DocumentDraft {
  return {
    id: 'doc1' as DocumentId,
    sourceId: 'src' as SourceId,
    url: 'https://a.example/1',
    canonicalUrl: 'a.example/1',
    title: '关于组织申报的通知',
    lang: 'zh-CN',
    published: { on: '2021-06-22', at: '2021-06-21T16:00:00.000Z', precision: 'day', rule: 'list' },
    text: '现组织申报。',
    bodyHtml: '<p>现组织申报。</p>',
    contentHash: 'h1',
    snapshotId: 's1' as SnapshotId,
    fetchedAt: '2021-06-24T01:00:00.000Z',
    issuers: ['江东省科学技术厅'],
    documentNumber: '江科发〔2021〕8号',
    dates: [],
    topics: [],
    regions: ['CN-JS'],
    attachments: [{ url: 'https://a.example/1.pdf', title: '附件' }],
    trace: [],
    ...change,
  };
}

test('the same words again change nothing', async () => {
  await withStore(async (store) => {
    assert.equal((await store.transaction((t) => t.documents.save(draft()))).outcome, 'added');
    const again = await store.transaction((t) =>
      t.documents.save(draft({ fetchedAt: '2021-06-28T00:00:00.000Z' })),
    );
    assert.equal(again.outcome, 'unchanged');
    assert.equal(again.document.fetchedAt, '2021-06-24T01:00:00.000Z');
    assert.equal(await store.documents.count(), 1);
  });
});

test('the facts of a document come back as they were, and are absent where none were read', async () => {
  await withStore(async (store) => {
    const facts = [
      {
        kind: 'figure',
        quote: '5亿元',
        start: 2,
        end: 5,
        rule: 'FIGURE',
        value: 5e8,
        unit: 'CNY',
        qualifier: '=',
      },
    ] as const;
    await store.transaction((t) => t.documents.save(draft({ facts })));
    await store.transaction((t) =>
      t.documents.save(draft({ id: 'doc2' as DocumentId, canonicalUrl: 'a.example/2' })),
    );
    assert.deepEqual((await store.documents.byId('doc1' as DocumentId))?.facts, facts);
    assert.equal((await store.documents.byId('doc2' as DocumentId))?.facts, undefined);
  });
});

test('changed words make a revision and keep the first date', async () => {
  await withStore(async (store) => {
    await store.transaction((t) => t.documents.save(draft()));
    const later = draft({
      contentHash: 'h2',
      text: '延期。',
      fetchedAt: '2021-06-27T01:00:00.000Z',
      published: { on: '2021-06-26', at: '2021-06-25T16:00:00.000Z', precision: 'day', rule: 'list' },
    });
    const saved = await store.transaction((t) => t.documents.save(later));
    assert.equal(saved.outcome, 'revised');
    assert.equal(saved.document.revision, 2);
    assert.equal(saved.document.published?.on, '2021-06-22');
    const changes = await store.documents.changesWithin(
      '2021-06-20T16:00:00.000Z',
      '2021-06-27T16:00:00.000Z',
    );
    assert.deepEqual(
      changes.map((change) => [change.before.text, change.after.text]),
      [['现组织申报。', '延期。']],
    );
  });
});

test('a document comes back from the database as it went in', async () => {
  await withStore(async (store) => {
    const { document } = await store.transaction((t) => t.documents.save(draft()));
    assert.deepEqual(await store.documents.byId('doc1' as DocumentId), document);
  });
});

test('a week is half-open: its last instant is in, the next week’s first is not', async () => {
  await withStore(async (store) => {
    const at = (id: string, instant: string) =>
      draft({
        id: id as DocumentId,
        canonicalUrl: id,
        published: { on: '2021-06-27', at: instant, precision: 'second', rule: 'x' },
      });
    await store.transaction((t) => t.documents.save(at('in', '2021-06-27T15:59:59.999Z')));
    await store.transaction((t) => t.documents.save(at('out', '2021-06-27T16:00:00.000Z')));
    const found = await store.documents.publishedWithin(
      '2021-06-20T16:00:00.000Z',
      '2021-06-27T16:00:00.000Z',
    );
    assert.deepEqual(
      found.map((document) => document.id),
      ['in'],
    );
  });
});

test('an address listed twice is one entry', async () => {
  await withStore(async (store) => {
    const entry = { sourceId: 'src' as SourceId, url: 'https://www.a.example/1?utm_source=x', title: 'A' };
    assert.equal(await store.transaction((t) => t.entries.list([entry], '2021-06-24T01:00:00.000Z')), 1);
    const other = { ...entry, url: 'http://a.example/1' };
    assert.equal(await store.transaction((t) => t.entries.list([other], '2021-06-25T01:00:00.000Z')), 0);
    assert.equal((await store.entries.duePages('2021-06-25T01:00:00.000Z', 10, 'src' as SourceId)).length, 1);
  });
});

test('a finding of a repeated run counts once, of another run again', async () => {
  await withStore(async (store) => {
    const finding = {
      code: 'LIST_EMPTY' as const,
      expected: 'entries',
      seen: 'none',
      at: '2021-06-24T01:00:00.000Z',
    };
    await store.findings.add({ ...finding, runId: 'r1' as RunId });
    await store.findings.add({ ...finding, runId: 'r1' as RunId });
    await store.findings.add({ ...finding, runId: 'r2' as RunId });
    assert.equal(await store.findings.count(), 1);
  });
});

test('a slot can be claimed once, and a claim that was lost cannot be settled', async () => {
  await withStore(async (store) => {
    await store.slots.note({
      scheduleId: 'weekly',
      periodKey: '2021-W25',
      dueAt: '2021-06-28T00:00:00.000Z',
      state: 'due',
    });
    const [open] = await store.slots.open('2021-06-28T00:00:00.000Z');
    assert.ok(open);
    const first = await store.slots.claim(open, '2021-06-28T00:00:00.000Z', '2021-06-28T00:01:00.000Z');
    assert.ok(first);
    assert.equal(
      await store.slots.claim(open, '2021-06-28T00:00:01.000Z', '2021-06-28T00:01:01.000Z'),
      undefined,
    );
    const [expired] = await store.slots.open('2021-06-28T00:02:00.000Z');
    assert.ok(expired);
    assert.ok(await store.slots.claim(expired, '2021-06-28T00:02:00.000Z', '2021-06-28T00:03:00.000Z'));
    assert.equal(await store.slots.extend(first, '2021-06-28T00:04:00.000Z'), false);
    assert.equal(await store.slots.settle(first, 'done', {}), false);
  });
});

test('a recipient is queued once per week, whichever edition asks', async () => {
  await withStore(async (store) => {
    const digestId = 'weekly' as DigestId;
    await store.transaction((t) =>
      t.recipients.add(
        { email: 'A@b.cn', digestIds: [digestId], attachPdf: true },
        '2021-06-01T00:00:00.000Z',
      ),
    );
    const [recipient] = await store.recipients.activeFor(digestId);
    assert.ok(recipient);
    const published = async (revision: number) =>
      store.editions.record({
        digestId,
        week: '2021-W25',
        revision,
        number: 25,
        edition: {} as Edition,
        manifestHash: 'm',
        folder: 'weekly/2021/2021-W25',
        publishedAt: '2021-06-28T00:00:00.000Z',
      });
    const queue = async (editionId: EditionId) =>
      store.transaction((t) =>
        t.deliveries.queue(
          [{ editionId, digestId, week: '2021-W25', recipientId: recipient.id, messageId: '<m>' }],
          '2021-06-28T00:00:00.000Z',
        ),
      );
    assert.equal(await queue((await published(1)).id), 1);
    assert.equal(await queue((await published(2)).id), 0);
    const [delivery] = await store.deliveries.due('2021-06-28T00:00:00.000Z', 5);
    assert.ok(delivery);
    const change = { at: '2021-06-28T00:00:00.000Z' };
    assert.equal(await store.deliveries.move(delivery.id, 'queued', 'sending', change), true);
    assert.equal(await store.deliveries.move(delivery.id, 'queued', 'sending', change), false);
    assert.equal(await store.deliveries.holdLeftovers(change.at), 1);
    await assert.rejects(store.deliveries.move(delivery.id, 'sent', 'queued', change), RangeError);
  });
});

test('addresses are one recipient whatever their case', async () => {
  await withStore(async (store) => {
    const add = (email: string, digest: string) =>
      store.transaction((t) =>
        t.recipients.add(
          { email, digestIds: [digest as DigestId], attachPdf: true },
          '2021-06-01T00:00:00.000Z',
        ),
      );
    assert.equal(await add('Reader@b.cn', 'weekly'), 'added');
    assert.equal(await add('reader@B.cn', 'weekly'), 'known');
    assert.equal(await add('reader@b.cn', 'other'), 'extended');
    assert.equal(await store.recipients.deactivate('READER@b.cn'), true);
    assert.equal((await store.recipients.activeFor('weekly' as DigestId)).length, 0);
  });
});

test('a name is one line, whatever a table’s cell held', async () => {
  await withStore(async (store) => {
    const at = '2021-06-01T00:00:00.000Z';
    const common = { digestIds: [], attachPdf: true };
    await store.transaction(async (t) => {
      await t.recipients.add({ ...common, email: 'a@b.cn', name: ' Mei\r\nBcc: x@y.cn\0' }, at);
      await t.recipients.add({ ...common, email: 'c@b.cn', name: '\n' }, at);
    });
    const names = (await store.recipients.all()).map(({ name }) => name);
    assert.deepEqual(names, ['Mei Bcc: x@y.cn', undefined]);
    assert.equal(await store.recipients.countActive(), 2);
    await store.recipients.deactivate('a@b.cn');
    assert.equal(await store.recipients.countActive(), 1);
  });
});

test('a transaction that fails leaves nothing', async () => {
  await withStore(async (store) => {
    await assert.rejects(
      store.transaction(async (t) => {
        await t.documents.save(draft());
        throw new Error('power cut');
      }),
    );
    assert.equal(await store.documents.count(), 0);
  });
});

test('a damaged database is told apart from an empty one', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'store-'));
  try {
    await writeFile(
      path.join(folder, 'digest.sqlite'),
      'this is no database, it only looks long enough to be one'.repeat(100),
    );
    await assert.rejects(openStore('', folder), /DATABASE_UNUSABLE/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an unknown database address says what is known', async () => {
  await assert.rejects(openStore('mysql://x', ''), /DATABASE_URL_UNKNOWN.*sqlite:<file>/s);
});

test('opening twice keeps the rows and runs no migration again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'store-'));
  try {
    const first = await openStore('', folder);
    await first.transaction((t) => t.documents.save(draft()));
    await first.close();
    const second = await openStore('', folder);
    assert.equal(await second.documents.count(), 1);
    await second.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
