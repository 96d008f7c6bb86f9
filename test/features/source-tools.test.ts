import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type OpenApp, openCommandApp } from '../../cli/open-app.ts';
import { type DemoWeb, startDemoWeb } from '../../demo/server.ts';
import { DEMO_VISITS } from '../../demo/week.ts';
import { collect } from '../../jobs/collect.ts';
import { fixedClock } from '../../model/clock.ts';
import { BASE_DIR, command, lastJson, makePlace, type Place } from './support.ts';

// The tools that add and mend sources, with the demo web as the live site.

interface Reading {
  readonly source: string;
  readonly file: string;
  readonly seen: number;
  readonly entries: readonly { readonly title: string; readonly url: string; readonly on: string | null }[];
}

const clock = fixedClock(DEMO_VISITS.monday);
const openApp: OpenApp = (io, overrides) => openCommandApp(io, { ...overrides, clock });

let place: Place;
let web: DemoWeb;
let env: Record<string, string>;
let sourcesDir: string;

before(async () => {
  place = await makePlace();
  web = await startDemoWeb({ clock });
  sourcesDir = path.join(place.dir, 'sources');
  await cp(path.join(BASE_DIR, 'demo/sources'), sourcesDir, { recursive: true });
  await cp(path.join(BASE_DIR, 'sources/families'), path.join(sourcesDir, 'families'), { recursive: true });
  env = {
    ...place.env,
    SOURCES_DIR: sourcesDir,
    DIGESTS_DIR: path.join(BASE_DIR, 'demo/digests'),
    NET_HOST_MAP: `*.example=127.0.0.1:${web.port}`,
    HOST_GAP_MS: '0',
  };
});

after(async () => {
  await web.close();
  await place.remove();
});

/** Visits every source of these settings once. */
async function collectOnce(settings: Readonly<Record<string, string>>): Promise<void> {
  const silent = { write: () => true };
  await using app = await openApp({
    out: silent,
    err: silent,
    env: settings,
    baseDir: BASE_DIR,
    signal: new AbortController().signal,
    exit: () => undefined,
  });
  await app.run(collect, { which: 'all' });
}

const source = (...args: string[]) => command(['source', ...args], env, openApp);

async function proposed(url: string): Promise<Reading> {
  const end = await source('try', url, '--country', 'CN', '--json');
  assert.equal(end.code, 0, end.err);
  return lastJson<Reading>(end);
}

test('an address of a list gives a complete source file that reads it', async () => {
  const end = await source('try', 'http://www.kjb.example/kjb/tzgg/index.html', '--country', 'cn');
  assert.equal(end.code, 0, end.err);
  assert.match(end.out, /^id: cn-example-kjb-tzgg\nname: 国家科技创新部·通知公告\n/);
  assert.match(
    end.out,
    /\nfamily: trs\nurl: http:\/\/www\.kjb\.example\/kjb\/tzgg\/index\.html\nlist:\n {2}item: /,
  );
  assert.match(end.err, /shows 10 items: 10 read, 0 without a date/);
  assert.match(end.err, /2021-06-28 {2}关于遴选首批跨区域联合实验室的通知/);
});

test('a proposal put in its place passes the check and reads the same', async () => {
  const url = 'http://fgw.beiling.example/gztz/list.html';
  const written = await source('try', url, '--country', 'CN', '--id', 'cn-beiling-fgw', '--write', '--json');
  assert.equal(written.code, 0, written.err);
  const { file, entries } = lastJson<Reading>(written);
  assert.equal(file, path.join(sourcesDir, 'cn', 'cn-beiling-fgw.yml'));
  const again = await source('try', 'cn-beiling-fgw', '--json');
  assert.equal(again.code, 0, again.err);
  assert.deepEqual(lastJson<Reading>(again).entries, entries);
  const twice = await source('try', url, '--country', 'CN', '--id', 'cn-beiling-fgw', '--write');
  assert.equal(twice.code, 2);
  assert.match(twice.err, /FILE_EXISTS/);
});

test('a feed is proposed as a feed', async () => {
  const { source: text, entries } = await proposed('http://www.chuangxin.example/feed/');
  assert.match(text, /\nkind: feed\nurl: http:\/\/www\.chuangxin\.example\/feed\/\n/);
  assert.equal(entries.length, 6);
});

test('a page that a unit fills is read through the unit it names', async () => {
  const { source: text, entries } = await proposed('http://gxt.yunze.example/zwgk/tzgg/index.html');
  assert.match(text, /\nfamily: jpaas\n/);
  assert.equal(entries.length, 6);
  assert.match(entries[0]?.url ?? '', /^http:\/\/gxt\.yunze\.example\/zwgk\/tzgg\/art\//);
});

test('a page that a proxy fills is read through the proxy', async () => {
  const { source: text, entries } = await proposed('http://kjt.jiangdong.example/col/col80179/index.html');
  assert.match(text, /\nfamily: hanweb\n[\s\S]*\n {2}method: POST\n {2}form:\n {4}columnid: "80179"\n/);
  assert.equal(entries.length, 7);
});

test('a page that a script fills is read from the file the script names', async () => {
  const { source: text, entries } = await proposed('http://www.gaoxin.example/tzgg/index.html');
  assert.match(text, /\nurl: http:\/\/www\.gaoxin\.example\/api\/column\/tzgg\.json\n/);
  assert.match(text, /\njson:\n {2}items: rows\n/);
  assert.equal(entries.length, 5);
});

test('an API answer gives its fields', async () => {
  const { source: text } = await proposed('http://www.register.example/api/v1/documents.json');
  assert.match(
    text,
    /\njson:\n {2}items: results\n {2}title: title\n {2}link: html_url\n {2}date: publication_date\n/,
  );
});

test('what robots.txt forbids is not looked at, and said', async () => {
  const end = await source('try', 'http://stats.kjfz.example/tjsj/index.html', '--country', 'CN');
  assert.equal(end.code, 1);
  assert.match(end.err, /SOURCE_UNREAD: .*refused \(robots\)/);
});

test('an address that does not tell its country asks for it', async () => {
  const end = await source('try', 'http://www.kjb.example/kjb/tzgg/index.html');
  assert.equal(end.code, 1);
  assert.match(end.err, /SOURCE_UNREAD: .*--country/);
});

test('a file that does not lie in the folder of sources yet can be tried', async () => {
  const file = path.join(place.dir, 'cn-elsewhere.yml');
  const known = await readFile(path.join(sourcesDir, 'cn', 'demo-kjb.yml'), 'utf8');
  await writeFile(file, known.replace('id: demo-kjb', 'id: cn-elsewhere'));
  const end = await source('try', file);
  assert.equal(end.code, 0, end.err);
  assert.match(end.out, /cn-elsewhere \(listing\) shows 10 items/);
  await writeFile(file, known.replace('id: demo-kjb', 'id: cn-elsewhere\ncolour: red'));
  assert.match((await source('try', file)).err, /SOURCES_INVALID[\s\S]*colour: is not a known key/);
});

test('a source that is not there is wrong use', async () => {
  for (const args of [['try'], ['capture'], ['check']]) {
    const end = await source(...args, 'cn-nowhere');
    assert.equal(end.code, 2);
    assert.match(end.err, /SOURCE_UNKNOWN/);
  }
});

test('a captured list reads as its expected.json says, and is not written over', async () => {
  const out = path.join(place.dir, 'fixture');
  const end = await source('capture', 'demo-kjb', '--out', out);
  assert.equal(end.code, 0, end.err);
  const expected = JSON.parse(await readFile(path.join(out, 'expected.json'), 'utf8'));
  assert.deepEqual(
    [expected.seen, expected.entries.length, expected.now],
    [10, 10, clock.now().toISOString()],
  );
  assert.deepEqual(expected.entries[0].on, '2021-06-28');
  assert.match(await readFile(path.join(out, 'list.html'), 'utf8'), /data_list/);
  const again = await source('capture', 'demo-kjb', '--out', out);
  assert.equal(again.code, 2);
  assert.match(again.err, /FILE_EXISTS/);
  assert.equal((await source('capture', 'demo-kjb', '--out', out, '--force')).code, 0);
});

test('a list is captured from a saved page too', async () => {
  const saved = path.join(place.dir, 'saved.html');
  await writeFile(
    saved,
    '<ul class="data_list"><li><a href="./202106/t20210622_1.html">样本通知</a></li></ul>',
  );
  const out = path.join(place.dir, 'from-file');
  const end = await source('capture', 'demo-kjb', '--from', saved, '--out', out, '--json');
  assert.deepEqual([lastJson<{ entries: number }>(end).entries, end.code], [1, 0]);
});

test('a check tells what the last visit fell short of', async () => {
  assert.match((await source('check', 'demo-kjb')).out, /demo-kjb .*never read/);
  const few = {
    ...env,
    SOURCES_DIR: path.join(place.dir, 'few'),
    DATA_DIR: path.join(place.dir, 'few-data'),
  };
  await mkdir(path.join(few.SOURCES_DIR, 'cn'), { recursive: true });
  for (const id of ['demo-kjb', 'demo-nanping', 'demo-chuangxin']) {
    const text = await readFile(path.join(sourcesDir, 'cn', `${id}.yml`), 'utf8');
    const wanting = id === 'demo-kjb' ? text.replace(/minEntries: \d+/, 'minEntries: 99') : text;
    await writeFile(path.join(few.SOURCES_DIR, 'cn', `${id}.yml`), wanting);
  }
  await collectOnce(few);
  const end = await command(['source', 'check', 'demo-kjb', '--json'], few, openApp);
  assert.equal(end.code, 1);
  const { unmet, checks } = lastJson<{ unmet: number; checks: { problems: string[] }[] }>(end);
  assert.equal(unmet, 1);
  assert.deepEqual(checks[0]?.problems, ['LIST_FEW_ENTRIES: expected at least 99 entries, saw 10 entries']);
  const all = await command(['source', 'check'], few, openApp);
  assert.equal(all.code, 0);
  assert.match(all.out, /3 have been visited, 2 of them not as expected/);
  assert.match(all.out, /demo-nanping[\s\S]*SOURCE_/);
  assert.doesNotMatch(all.out, /demo-chuangxin/);
});

test('feeds go out as OPML and come in as source files that are switched off', async () => {
  const file = path.join(place.dir, 'feeds.opml');
  assert.match((await source('export', file)).out, /^3 feeds written/);
  const own = await source('import', file, '--json');
  assert.equal(lastJson<{ added: number }>(own).added, 0);
  const opml = (await readFile(file, 'utf8')).replace(
    '</body>',
    '<outline text="Sample agency" xmlUrl="https://www.sample.gov/rss.xml" language="en"/><outline text="No country" xmlUrl="https://sample.example/x"/></body>',
  );
  await writeFile(file, opml);
  const end = await source('import', file, '--json');
  const { added, feeds } = lastJson<{ added: number; feeds: { outcome: string; detail?: string }[] }>(end);
  assert.equal(added, 1);
  assert.match(feeds.find((row) => row.outcome === 'skipped')?.detail ?? '', /--country/);
  const text = await readFile(path.join(sourcesDir, 'us', 'us-sample.yml'), 'utf8');
  assert.match(text, /enabled: false\ndisabledReason: imported/);
  assert.equal((await source('check')).code, 0);
  await mkdir(path.join(place.dir, 'empty'), { recursive: true });
  await writeFile(path.join(place.dir, 'empty', 'x.opml'), '<opml/>');
  assert.match((await source('import', path.join(place.dir, 'empty', 'x.opml'))).err, /IMPORT_NOTHING/);
});
