import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RunId, SourceId } from '../../model/ids.ts';
import type { Snapshot } from '../../model/page.ts';
import type { Exchange } from '../../net/exchange.ts';
import { createReplay } from '../../net/replay.ts';
import { createWarcWriter, type WarcOptions } from '../../net/warc.ts';
import { type KeptResponse, readKept, readWarc } from '../../net/warc-reader.ts';
import { CLOCK, client, serve, temporaryFolder } from './loopback.ts';

const EXCHANGE: Exchange = {
  url: 'http://kjt.donghu.example/old',
  finalUrl: 'http://kjt.donghu.example/notice/1.html?a=b',
  method: 'GET',
  requestHeaders: { 'user-agent': 'PolicyDigest' },
  status: 200,
  headers: { 'content-type': 'text/html; charset=gbk', 'content-encoding': 'gzip', etag: '"1"' },
  body: Buffer.from('<p>关于\r\n\r\nWARC/1.1 的通知</p>'),
  fetchedAt: '2021-06-21T01:00:00.000Z',
  runId: 'run-7' as RunId,
  sourceId: 'donghu-kjt' as SourceId,
};

async function write(folder: string, exchanges: readonly Exchange[], options: Partial<WarcOptions> = {}) {
  const writer = createWarcWriter({ folder, clock: CLOCK, ...options });
  const snapshots: Snapshot[] = [];
  for (const exchange of exchanges) snapshots.push(await writer.keep(exchange));
  await writer.close();
  return snapshots;
}

async function all(folder: string, file: string): Promise<KeptResponse[]> {
  const kept: KeptResponse[] = [];
  for await (const response of readWarc(folder, file)) kept.push(response);
  return kept;
}

test('gives back what was kept, by place and by reading the file', async (t) => {
  const folder = await temporaryFolder(t);
  const [snapshot] = await write(folder, [EXCHANGE, { ...EXCHANGE, url: 'http://other.example/' }]);
  assert.ok(snapshot);
  assert.equal(snapshot.file, '2021/06/run-7-1.warc.gz');
  const kept = await readKept(folder, snapshot);
  assert.deepEqual(kept.snapshot, snapshot);
  assert.deepEqual(Buffer.from(kept.exchange.body), EXCHANGE.body);
  assert.deepEqual(kept.exchange.headers, EXCHANGE.headers);
  const [first, second] = await all(folder, snapshot.file);
  assert.deepEqual(first?.snapshot, snapshot);
  assert.equal(second?.exchange.url, 'http://other.example/');
});

test('writes one gzip member per record, in the order of the standard', async (t) => {
  const folder = await temporaryFolder(t);
  const [snapshot] = await write(folder, [EXCHANGE]);
  const bytes = await readFile(join(folder, snapshot?.file ?? ''));
  const types = [
    ...gunzipSync(bytes)
      .toString('latin1')
      .matchAll(/^WARC-Type: (\w+)/gm),
  ].map(([, type]) => type);
  assert.deepEqual(types, ['warcinfo', 'request', 'response']);
  const record = gunzipSync(
    bytes.subarray(snapshot?.offset, (snapshot?.offset ?? 0) + (snapshot?.length ?? 0)),
  ).toString();
  assert.match(record, /^WARC\/1\.1\r\nWARC-Type: response\r\n/);
  assert.match(record, /x-archive-orig-content-encoding: gzip\r\n/);
});

test('gives the same bytes for the same exchanges', async (t) => {
  const [one, two] = [await temporaryFolder(t), await temporaryFolder(t)];
  const [first] = await write(one, [EXCHANGE]);
  const [second] = await write(two, [EXCHANGE]);
  assert.deepEqual(first, second);
  assert.deepEqual(
    await readFile(join(one, first?.file ?? '')),
    await readFile(join(two, second?.file ?? '')),
  );
});

test('begins a new file by size, and never touches one that is there', async (t) => {
  const folder = await temporaryFolder(t);
  const before = await write(folder, [EXCHANGE, EXCHANGE, EXCHANGE], { maxBytes: 1000 });
  const after = await write(folder, [EXCHANGE]);
  assert.deepEqual(
    [...before, ...after].map(({ file }) => file.slice(8)),
    ['run-7-1.warc.gz', 'run-7-2.warc.gz', 'run-7-3.warc.gz', 'run-7-4.warc.gz'],
  );
  assert.equal((await readdir(join(folder, '2021/06'))).length, 4);
});

test('keeps a known body only once, and still reads it', async (t) => {
  const folder = await temporaryFolder(t);
  const body = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * at * 31) % 251));
  const [first] = await write(folder, [{ ...EXCHANGE, body }]);
  const later = { ...EXCHANGE, body, fetchedAt: '2021-06-22T01:00:00.000Z', runId: 'run-8' as RunId };
  const [again] = await write(folder, [later], { known: async () => first });
  assert.ok(first && again);
  assert.ok(again.length < first.length);
  assert.deepEqual(Buffer.from((await readKept(folder, again)).exchange.body), body);
  assert.equal((await readKept(folder, again)).exchange.fetchedAt, later.fetchedAt);
});

test('writes the body again when the file that held it is gone', async (t) => {
  const folder = await temporaryFolder(t);
  const [first] = await write(folder, [EXCHANGE]);
  assert.ok(first);
  await rm(join(folder, first.file));
  const [again] = await write(folder, [{ ...EXCHANGE, runId: 'run-8' as RunId }], {
    known: async () => first,
  });
  assert.equal(again?.bodyFile, undefined);
  assert.deepEqual(Buffer.from((await readKept(folder, again ?? first)).exchange.body), EXCHANGE.body);
});

test('reads on from where a record ends, with true places', async (t) => {
  const folder = await temporaryFolder(t);
  const [first, second] = await write(folder, [EXCHANGE, { ...EXCHANGE, url: 'http://other.example/' }]);
  assert.ok(first && second);
  const found: KeptResponse[] = [];
  for await (const one of readWarc(folder, first.file, first.offset + first.length)) found.push(one);
  assert.deepEqual(
    found.map(({ snapshot }) => snapshot),
    [second],
  );
});

test('a single file of a snapshot folder is read with the bodies that lie in its neighbours', async (t) => {
  const folder = await temporaryFolder(t);
  const [first] = await write(folder, [EXCHANGE]);
  const [again] = await write(folder, [{ ...EXCHANGE, runId: 'run-8' as RunId }], {
    known: async () => first,
  });
  assert.ok(again?.bodyFile);
  const [kept] = await all(join(folder, '2021/06'), again.file.slice(8));
  assert.deepEqual(Buffer.from(kept?.exchange.body ?? []), EXCHANGE.body);
});

test('ends quietly at a torn tail, and refuses a broken record', async (t) => {
  const folder = await temporaryFolder(t);
  const [snapshot] = await write(folder, [EXCHANGE]);
  assert.ok(snapshot);
  const path = join(folder, snapshot.file);
  const bytes = await readFile(path);
  await appendFile(path, bytes.subarray(snapshot.offset, snapshot.offset + 200));
  assert.equal((await all(folder, snapshot.file)).length, 1);
  bytes[snapshot.offset + 300] = (bytes[snapshot.offset + 300] ?? 0) ^ 0x55;
  await writeFile(path, bytes);
  await assert.rejects(readKept(folder, snapshot), /SNAPSHOT_BROKEN/);
  await assert.rejects(readKept(folder, { ...snapshot, file: 'absent.warc.gz' }), /SNAPSHOT_BROKEN/);
});

test('reads all whole records of a file that was cut anywhere in its last one', async (t) => {
  const folder = await temporaryFolder(t);
  const [first, last] = await write(folder, [EXCHANGE, { ...EXCHANGE, url: 'http://other.example/' }]);
  assert.ok(first && last);
  const bytes = await readFile(join(folder, first.file));
  for (let end = first.offset + first.length; end < bytes.length; end += 7) {
    await writeFile(join(folder, first.file), bytes.subarray(0, end));
    assert.equal((await all(folder, first.file)).length, 1, `cut at ${end}`);
  }
});

test('reads a plain file of another program, with its codings undone', async (t) => {
  const folder = await temporaryFolder(t);
  const zipped = gzipSync('hello');
  const chunked = Buffer.concat([
    Buffer.from(`${zipped.length.toString(16)}\r\n`),
    zipped,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  const head =
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n';
  const block = Buffer.concat([Buffer.from(head), chunked]);
  const warc = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${block.length}\r\n\r\n`;
  await writeFile(
    join(folder, 'foreign.warc'),
    Buffer.concat([Buffer.from(warc), block, Buffer.from('\r\n\r\n')]),
  );
  const [kept] = await all(folder, 'foreign.warc');
  assert.equal(Buffer.from(kept?.exchange.body ?? []).toString(), 'hello');
  assert.ok(kept);
  assert.equal(Buffer.from((await readKept(folder, kept.snapshot)).exchange.body).toString(), 'hello');
});

test('replays what the network gave, outcome for outcome', async (t) => {
  const site = await serve(t, (request, response) => {
    if (request.url === '/moved') response.writeHead(301, { location: '/list' }).end();
    else if (request.url === '/gone') response.writeHead(410).end('gone');
    else
      response
        .writeHead(200, { 'content-type': 'text/html', 'x-a': ['1', '2'] })
        .end(`${request.method} list`);
  });
  const { http, folder } = await client(t, site.port);
  const requests = [
    { url: 'http://a.example/list' },
    { url: 'http://a.example/moved' },
    { url: 'http://a.example/gone' },
    { url: 'http://a.example/list', method: 'POST', body: 'page=2' },
  ] as const;
  const live = [];
  for (const request of requests) live.push(await http.fetch(request));
  const replay = createReplay({ folder, files: ['2021/06/no-run-1.warc.gz'] });
  for (const [at, request] of requests.entries()) {
    const again = await replay.fetch(request);
    assert.deepEqual(plain(again), plain(live[at]));
  }
  const missing = await replay.fetch({ url: 'http://a.example/list', method: 'POST', body: 'page=3' });
  assert.equal(missing.outcome === 'failed' && missing.code, 'REPLAY_MISSING');
});

test('replays the newest answer up to the given time', async (t) => {
  const folder = await temporaryFolder(t);
  const days = ['20', '21', '22'].map((day) => ({
    ...EXCHANGE,
    fetchedAt: `2021-06-${day}T00:00:00.000Z`,
    body: Buffer.from(`day ${day}`),
  }));
  const [snapshot] = await write(folder, days);
  const replay = createReplay({ folder, files: [snapshot?.file ?? ''], until: '2021-06-21T12:00:00.000Z' });
  const result = await replay.fetch({ url: EXCHANGE.url });
  assert.equal(result.outcome === 'fetched' && Buffer.from(result.page.body).toString(), 'day 21');
});

/** Bytes compare as bytes, whichever class holds them. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? Buffer.from(one).toString('hex') : one)),
  );
}
