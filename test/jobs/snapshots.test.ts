import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { PublishedEdition } from '../../db/editions.ts';
import { collect } from '../../jobs/collect.ts';
import { runJob } from '../../jobs/run.ts';
import { exportEvidence } from '../../jobs/snapshots-export.ts';
import { pruneSnapshots } from '../../jobs/snapshots-prune.ts';
import { recoverSnapshots } from '../../jobs/snapshots-recover.ts';
import { verifySnapshots } from '../../jobs/snapshots-verify.ts';
import type { DigestId, RunId } from '../../model/ids.ts';
import { readKept, readWarc } from '../../net/warc-reader.ts';
import { serve } from '../net/loopback.ts';
import { listSource, openProgram } from './program.ts';

const DAY_MS = 86_400_000;
const ALL = ['2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'] as const;

/** One source with two notices, read daily; `more` rows can be added to its list. */
async function open(t: TestContext) {
  let at = Date.parse('2021-06-21T02:00:00Z');
  const clock = { now: () => new Date(at) };
  const rows = ['1', '2'];
  const site = await serve(t, (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    const title = (id: string) => `关于组织申报第${id}批创新专项的通知`;
    if (request.url === '/')
      response.end(
        `<ul>${rows.map((id) => `<li><a href="/${id}.html">${title(id)}</a><span>2021-06-20</span></li>`).join('')}</ul>`,
      );
    else {
      const id = /\d+/.exec(request.url ?? '')?.[0] ?? '';
      response.end(
        `<h1>${title(id)}</h1><div class="content"><p>现组织申报第${id}批科技创新专项，请各有关单位按要求做好申报工作。</p></div>`,
      );
    }
  });
  const program = await openProgram(t, {
    sources: [listSource('kjt', 'http://kjt.example/')],
    clock,
    hostMap: `*.example=127.0.0.1:${site.port}`,
  });
  const { base } = program;
  const { folder } = base.evidence;
  return {
    ...program,
    folder,
    rows,
    pass: (days: number) => {
      at += days * DAY_MS;
    },
    collect: () => runJob(base, collect, { which: 'all' }),
    verify: (which: 'needed' | 'all') => runJob(base, verifySnapshots, { which }),
    files: async () =>
      (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.warc.gz')).sort(),
  };
}

test('a record that was kept but not indexed is found again, once, whatever follows it', async (t) => {
  const { base, warc, folder, collect: run } = await open(t);
  await run();
  const exchange = {
    url: 'http://kjt.example/9.html',
    finalUrl: 'http://kjt.example/9.html',
    method: 'GET',
    requestHeaders: {},
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from('a page whose index row the kill took'),
    fetchedAt: '2021-06-21T02:00:01.000Z',
    runId: 'killed' as RunId,
  } as const;
  // Kept, then the program is gone; what it was writing next lies torn behind it.
  const lost = await warc.keep(exchange);
  await warc.close();
  await appendFile(join(folder, lost.file), (await readFile(join(folder, lost.file))).subarray(0, 60));
  const context = { ...base, runId: 'next' as RunId };
  assert.equal(await base.store.snapshots.byId(lost.id), undefined);
  assert.equal(await recoverSnapshots(context, 'newest'), 1);
  assert.deepEqual(await base.store.snapshots.byId(lost.id), lost);
  assert.equal(await recoverSnapshots(context, 'newest'), 0);
});

test('a run looks at the files of two months, a check at all of them', async (t) => {
  const { base, folder, collect: run, pass, verify } = await open(t);
  await run();
  const [{ file } = { file: '' }] = await base.store.snapshots.files();
  await base.store.snapshots.forgetFile(file);
  for (const month of ['07', '08']) {
    await mkdir(join(folder, '2021', month));
    await copyFile(join(folder, file), join(folder, '2021', month, 'other-1.warc.gz'));
  }
  pass(70);
  const context = { ...base, runId: 'next' as RunId };
  const known = async () => (await base.store.snapshots.files()).map((one) => one.file.slice(0, 7));
  await recoverSnapshots(context, 'newest');
  assert.deepEqual(await known(), ['2021/07']);
  await base.store.snapshots.forgetFile('2021/07/other-1.warc.gz');
  await verify('all');
  assert.deepEqual(await known(), ['2021/06']);
});

test('an unchanged list is kept as a reference, and everything reads back', async (t) => {
  const { base, pass, collect: run, verify } = await open(t);
  await run();
  pass(1);
  await run();
  const all = await base.store.snapshots.after('', 100);
  const lists = all.filter(({ url }) => url === 'http://kjt.example/');
  assert.equal(lists.length, 2);
  assert.deepEqual(lists.map(({ bodyFile }) => bodyFile !== undefined).sort(), [false, true]);
  const { counts } = await verify('all');
  assert.deepEqual(counts, { checked: all.length, broken: 0, recovered: 0 });
  const needed = await verify('needed');
  assert.equal(needed.counts.checked, 2);
});

test('a broken record is told with its address, and is a finding', async (t) => {
  const { base, folder, collect: run, verify } = await open(t);
  await run();
  const [document] = await base.store.documents.publishedWithin(...ALL);
  const snapshot = document && (await base.store.snapshots.byId(document.snapshotId));
  assert.ok(snapshot);
  const path = join(folder, snapshot.file);
  const bytes = await readFile(path);
  const at = snapshot.offset + Math.floor(snapshot.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  await writeFile(path, bytes);
  const { broken } = await verify('needed');
  assert.deepEqual(
    broken.map(({ snapshotId, url }) => [snapshotId, url]),
    [[snapshot.id, snapshot.url]],
  );
  const findings = await base.store.findings.within('', '9999');
  assert.deepEqual(
    findings.map(({ code, snapshotId }) => [code, snapshotId]),
    [['SNAPSHOT_BROKEN', snapshot.id]],
  );
  await rm(path);
  assert.ok((await verify('all')).broken.length > 1);
});

test('prune removes what nothing rests on, and nothing that a reference points to', async (t) => {
  const { base, pass, rows, folder, collect: run, files, verify } = await open(t);
  await run(); // file 1: notices and list
  pass(1);
  await run(); // file 2: the list refers to file 1
  pass(1);
  rows.unshift('3');
  await run(); // file 3: a new list and notice 3
  pass(1);
  rows.shift();
  rows.push('4', '5');
  await run();
  const before = await files();
  assert.equal(before.length, 4);
  const prune = (olderThanDays: number, isDryRun = false) =>
    runJob(base, pruneSnapshots, { olderThanDays, isDryRun });
  assert.equal((await prune(300)).counts.removed, 0);
  pass(400);
  const dry = await prune(300, true);
  assert.deepEqual(await files(), before);
  const { removed, counts } = await prune(300);
  assert.deepEqual(removed, dry.removed);
  assert.deepEqual(
    before.filter((file) => !removed.includes(file)),
    await files(),
  );
  // Only the second run brought nothing that a document rests on.
  assert.deepEqual(removed, [before[1]]);
  assert.ok(counts.records > 0 && counts.bytes > 0);
  assert.equal((await verify('all')).counts.broken, 0);
  // What is still there is whole: bodies of references included.
  for (const file of await files())
    for await (const kept of readWarc(folder, file)) assert.ok(kept.exchange.body);
});

test('prune keeps a file for the body that a remaining record refers to', async (t) => {
  const { base, pass, collect: run, files, verify } = await open(t);
  await run();
  // Documents no longer rest on the first file; only its list is referred to, by a run that is young enough to stay.
  pass(400);
  await run();
  const rest = {
    ...base.store,
    documents: { ...base.store.documents, snapshotIds: async () => new Set<never>() },
  };
  const { removed } = await runJob({ ...base, store: rest }, pruneSnapshots, {
    olderThanDays: 300,
    isDryRun: false,
  });
  assert.deepEqual(removed, []);
  assert.equal((await files()).length, 2);
  assert.equal((await verify('all')).counts.broken, 0);
});

test('an export holds the pages an edition rests on, and no others', async (t) => {
  const { base, folder, collect: run } = await open(t);
  await run();
  const [first, second] = await base.store.documents.publishedWithin(...ALL);
  assert.ok(first && second);
  const ref = (document: typeof first) => ({
    documentId: document.id,
    title: document.title,
    url: document.url,
    kept: { snapshotId: document.snapshotId },
  });
  const edition = {
    title: '周报',
    period: { week: '2021-W24' },
    sections: [{ items: [{ documents: [ref(first)] }] }],
    ahead: [],
    later: [],
    numbers: [],
    running: [],
    newDocuments: [{ document: ref(first) }],
    changes: [],
    rereleased: [],
    leftOut: [],
  };
  const published = {
    digestId: 'weekly' as DigestId,
    publishedAt: '2021-06-21T03:00:00.000Z',
    revision: 1,
    edition,
  } as unknown as PublishedEdition;
  const out = await exportEvidence(base, published, { format: 'warc', software: 'test' });
  assert.equal(out.records, 1);
  await writeFile(join(folder, 'out.warc.gz'), out.bytes);
  const found = [];
  for await (const kept of readWarc(folder, 'out.warc.gz')) found.push(kept.snapshot);
  assert.deepEqual(
    found.map(({ id }) => id),
    [first.snapshotId],
  );
  assert.ok((await readKept(folder, found[0]!)).exchange.body.length > 0);
  const wacz = await exportEvidence(base, published, { format: 'wacz', software: 'test' });
  assert.ok(Buffer.from(wacz.bytes).includes('datapackage.json'));
  assert.ok(!Buffer.from(wacz.bytes).includes(second.url));
});
