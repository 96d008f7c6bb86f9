import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collect } from '../../jobs/collect.ts';
import { rereadDocuments } from '../../jobs/reread-documents.ts';
import { runJob } from '../../jobs/run.ts';
import type { Document } from '../../model/document.ts';
import { contentHash } from '../../pipeline/identity.ts';
import { canonicalUrl } from '../../text/urls.ts';
import { serve } from '../net/loopback.ts';
import { listSource, openProgram } from './program.ts';
import { noticePage, PARAGRAPHS } from './reading.ts';

const DAY_MS = 86_400_000;
const WEEK = { weeks: ['2021-W25'], zones: ['Asia/Shanghai'] };
const WORDS = [...PARAGRAPHS, '请各市科技局于7月15日前完成形式审查，并将推荐函寄送省厅规划处。'];

/** One source with two notices, both read; what is stored of them can be made poor. */
async function open(t: TestContext) {
  let at = Date.parse('2021-06-22T02:00:00Z');
  const pages = new Map([
    ['/1.html', noticePage(WORDS)],
    ['/2.html', noticePage(WORDS.toReversed())],
  ]);
  const site = await serve(t, (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    const rows = [...pages.keys()].map((href) => `<li><a href="${href}">关于组织申报创新专项的通知</a></li>`);
    response.end(pages.get(request.url ?? '') ?? `<ul>${rows.join('')}</ul>`);
  });
  const { base, warc } = await openProgram(t, {
    sources: [listSource('kjt', 'http://kjt.example/')],
    clock: { now: () => new Date(at) },
    hostMap: `*.example=127.0.0.1:${site.port}`,
  });
  const { documents } = base.store;
  const one = async (name: string): Promise<Document> => {
    const document = await documents.byCanonicalUrl(canonicalUrl(`http://kjt.example/${name}.html`));
    assert.ok(document !== undefined, `no document ${name}`);
    return document;
  };
  await runJob(base, collect, { which: 'all' });
  return {
    ...base,
    warc,
    documents,
    pages,
    one,
    later: (days: number) => {
      at += days * DAY_MS;
    },
    collect: () => runJob(base, collect, { which: 'all' }),
    reread: () => runJob(base, rereadDocuments, WEEK).then(({ counts }) => counts),
    findings: () => base.store.findings.within('', '9999'),
  };
}

const NONE = { unchanged: 0, values: 0, words: 0, broken: 0, unreadable: 0 };

test('documents read by the rules of today come out as they are stored', async (t) => {
  const { reread, findings } = await open(t);
  const before = await findings();
  assert.deepEqual(await reread(), { ...NONE, documents: 2, unchanged: 2 });
  assert.deepEqual(await findings(), before);
});

test('values and facts that an older rule did not find are put right, once', async (t) => {
  const { reread, one, documents } = await open(t);
  const read = await one('1');
  assert.ok(
    (read.facts ?? []).length > 0 && read.dates.length > 0,
    'the page states nothing: it tests nothing',
  );
  const { facts: _none, ...poor } = { ...read, dates: [], issuers: [], topics: [], lang: 'en' };
  assert.equal(await documents.rederive(read, poor), 'values');
  assert.equal((await one('1')).facts, undefined);

  assert.deepEqual(await reread(), { ...NONE, documents: 2, values: 1, unchanged: 1 });
  assert.deepEqual(await one('1'), read);
  assert.deepEqual(await reread(), { ...NONE, documents: 2, unchanged: 2 });
});

test('words that come out better replace those of the revision, which stays the same one', async (t) => {
  const { reread, one, documents } = await open(t);
  const read = await one('1');
  const [revision] = await documents.revisionsOf(read.id);
  const text = read.text.split('\n').slice(0, 2).join('\n');
  const cut = { ...read, text, bodyHtml: `<p>${text}</p>`, contentHash: contentHash(read.title, text) };
  assert.equal(await documents.rederive(read, cut), 'words');

  assert.deepEqual(await reread(), { ...NONE, documents: 2, words: 1, unchanged: 1 });
  assert.deepEqual(await one('1'), read);
  assert.deepEqual(await documents.revisionsOf(read.id), [revision]);
});

test('each revision is read from its own page, and the first publication stays', async (t) => {
  const { reread, one, documents, pages, later, collect: again } = await open(t);
  const edited = WORDS.map((words) => words.replace('300万元', '500万元'));
  pages.set('/1.html', noticePage(edited).replace('content="2021-06-22"', 'content="2021-06-24"'));
  later(3);
  await again();
  const read = await one('1');
  const revisions = await documents.revisionsOf(read.id);
  assert.deepEqual([read.revision, read.published?.on], [2, '2021-06-22']);
  const [first] = revisions;
  assert.ok(first !== undefined);
  const poor = { ...read, text: '缺失', bodyHtml: '', contentHash: 'poor' };
  await documents.rewordRevision(first, poor);
  await documents.rederive(read, poor);

  assert.equal((await reread()).words, 1);
  assert.deepEqual(await documents.revisionsOf(read.id), revisions);
  assert.deepEqual(await one('1'), read);
});

test('a page that is broken is told, its document stays and the others are read', async (t) => {
  const { reread, one, documents, store, evidence, findings } = await open(t);
  const [first, second] = [await one('1'), await one('2')];
  for (const read of [first, second]) await documents.rederive(read, { ...read, topics: [], lang: 'en' });
  const snapshot = await store.snapshots.byId(first.snapshotId);
  assert.ok(snapshot !== undefined);
  const file = join(evidence.folder, snapshot.file);
  const bytes = await readFile(file);
  bytes.fill(0, snapshot.offset + 20, snapshot.offset + snapshot.length);
  await writeFile(file, bytes);

  assert.deepEqual(await reread(), { ...NONE, documents: 2, broken: 1, values: 1 });
  assert.deepEqual(await one('1'), { ...first, topics: [], lang: 'en' });
  assert.deepEqual(await one('2'), second);
  const broken = (await findings()).filter(({ code }) => code === 'SNAPSHOT_BROKEN');
  assert.deepEqual(
    broken.map(({ documentId, snapshotId }) => [documentId, snapshotId]),
    [[first.id, first.snapshotId]],
  );
});

test('a page that is no longer in the index is told as broken', async (t) => {
  const { reread, one, store, findings } = await open(t);
  const snapshot = await store.snapshots.byId((await one('1')).snapshotId);
  await store.snapshots.forgetFile(snapshot?.file ?? '');
  const { broken } = await reread();
  assert.ok(broken >= 1);
  assert.equal((await findings()).filter(({ code }) => code === 'SNAPSHOT_BROKEN').length, broken);
});
