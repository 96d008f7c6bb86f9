import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunId } from '../../model/ids.ts';
import type { Snapshot } from '../../model/page.ts';
import type { Exchange } from '../../net/exchange.ts';
import { buildWacz, extractWarc } from '../../net/wacz.ts';
import { createWarcWriter } from '../../net/warc.ts';
import { type KeptResponse, readKept, readWarc } from '../../net/warc-reader.ts';
import { sha256 } from '../../text/hash.ts';
import { CLOCK, temporaryFolder } from './loopback.ts';

const ABOUT = { title: '一周', createdAt: '2021-06-28T00:00:00.000Z', software: 'test' };
const BODY = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * at * 31) % 251));
const PAGE: Exchange = {
  url: 'http://kjt.donghu.example/notice/2.html',
  finalUrl: 'http://kjt.donghu.example/notice/2.html',
  method: 'GET',
  requestHeaders: { 'user-agent': 'PolicyDigest' },
  status: 200,
  headers: { 'content-type': 'text/html; charset=gbk' },
  body: BODY,
  fetchedAt: '2021-06-21T01:00:00.000Z',
  runId: 'one' as RunId,
};
const FORM: Exchange = {
  ...PAGE,
  url: 'http://a.example/api',
  finalUrl: 'http://a.example/api',
  method: 'POST',
  requestBody: 'page=1',
  body: Buffer.from('{}'),
};

/** A page, the same page a day later as a revisit, and an answer to a form. */
async function kept(folder: string): Promise<[Snapshot, Snapshot, Snapshot]> {
  let first: Snapshot | undefined;
  const writer = createWarcWriter({
    folder,
    clock: CLOCK,
    known: async (_, hash) => (hash === first?.contentHash ? first : undefined),
  });
  first = await writer.keep(PAGE);
  const again = await writer.keep({ ...PAGE, fetchedAt: '2021-06-22T01:00:00.000Z', runId: 'two' as RunId });
  const form = await writer.keep(FORM);
  await writer.close();
  assert.equal(again.bodyFile, first.file);
  return [first, again, form];
}

/** The entries of a ZIP file, read by its directory. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = new Map<string, Buffer>();
  for (let at = bytes.readUInt32LE(end + 16), n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [size, nameLength, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    assert.equal(bytes.readUInt16LE(at + 10), 0, 'stored, not packed');
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.set(name, bytes.subarray(start, start + size));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

test('an extract of kept pages stands alone: revisits are whole, requests are there', async (t) => {
  const folder = await temporaryFolder(t);
  const snapshots = await kept(folder);
  const part = await extractWarc(folder, snapshots, ABOUT);
  const other = await temporaryFolder(t);
  await writeFile(join(other, 'data.warc.gz'), part.bytes);
  const found: KeptResponse[] = [];
  for await (const one of readWarc(other, 'data.warc.gz')) found.push(one);
  assert.deepEqual(
    found.map(({ snapshot }) => snapshot.id),
    snapshots.map(({ id }) => id),
  );
  assert.deepEqual(
    found.map(({ snapshot }) => [snapshot.offset, snapshot.length]),
    part.places.map(({ offset, length }) => [offset, length]),
  );
  assert.ok(
    found.every(({ snapshot }) => snapshot.bodyFile === undefined && (snapshot.requestLength ?? 0) > 0),
  );
  assert.deepEqual(Buffer.from(found[1]?.exchange.body ?? []), BODY);
});

test('a web archive holds records, index, pages and a true list of their hashes', async (t) => {
  const folder = await temporaryFolder(t);
  const [page, , form] = await kept(folder);
  const part = await extractWarc(folder, [page, form], ABOUT);
  const pages = [{ url: page.finalUrl, fetchedAt: page.fetchedAt, title: '通知' }];
  const wacz = buildWacz(part, pages, ABOUT);
  assert.deepEqual(wacz, buildWacz(part, pages, ABOUT));
  const entries = unzip(wacz);
  const json = (name: string) => JSON.parse(entries.get(name)?.toString() ?? 'null');
  const description = json('datapackage.json');
  assert.equal(description.wacz_version, '1.1.1');
  assert.equal(description.mainPageUrl, page.finalUrl);
  assert.equal(
    json('datapackage-digest.json').hash,
    `sha256:${sha256(entries.get('datapackage.json') ?? '')}`,
  );
  const listed = description.resources.map((one: { path: string; hash: string; bytes: number }) => one.path);
  assert.deepEqual(
    [...entries.keys()].filter((name) => !name.startsWith('datapackage')),
    listed,
  );
  for (const { path, hash, bytes } of description.resources) {
    assert.equal(hash, `sha256:${sha256(entries.get(path) ?? '')}`);
    assert.equal(bytes, entries.get(path)?.length);
  }
  const [head, row] = (entries.get('pages/pages.jsonl')?.toString() ?? '').split('\n');
  assert.equal(JSON.parse(head ?? '').format, 'json-pages-1.0');
  assert.deepEqual(JSON.parse(row ?? '').title, '通知');

  // Every line of the index leads to its record.
  const lines = (entries.get('indexes/index.cdxj')?.toString() ?? '').trim().split('\n');
  assert.deepEqual(lines, lines.toSorted());
  assert.match(lines[1] ?? '', /^example,donghu,kjt\)\/notice\/2\.html 20210621010000 \{/);
  await mkdir(join(folder, 'out'));
  await writeFile(join(folder, 'out', 'data.warc.gz'), entries.get('archive/data.warc.gz') ?? '');
  for (const line of lines) {
    const fields = JSON.parse(line.slice(line.indexOf('{')));
    const place = { file: fields.filename, offset: Number(fields.offset), length: Number(fields.length) };
    const { snapshot } = await readKept(join(folder, 'out'), place);
    assert.equal(`sha256:${snapshot.contentHash}`, fields.digest);
    assert.equal(snapshot.finalUrl, fields.url);
  }
});
