import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { App } from '../../app.ts';
import { openCommandApp } from '../../cli/open-app.ts';
import { collect } from '../../jobs/collect.ts';
import { fixedClock } from '../../model/clock.ts';
import { BASE_DIR, makePlace, type Place } from './support.ts';

// A list of numbered notices, five a page, on a server of this test.

const clock = fixedClock('2021-06-25T00:00:00Z');
const server = createServer((request, response) => {
  const name = (request.url ?? '').split('/').at(-1) ?? '';
  const page = name === 'index.html' ? 0 : Number(/^index_(\d)\.html$/.exec(name)?.[1] ?? Number.NaN);
  const isList = page < pagesThere;
  if (isList) asked.push(name);
  response.writeHead(isList ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
  response.end(isList ? listPage(newest - page * 5) : '');
});

let asked: string[] = [];
let newest = 20;
let pagesThere = 9;
let place: Place;
let port: number;

function listPage(from: number): string {
  const rows = [0, 1, 2, 3, 4].map((back) => {
    const number = from - back;
    return `<li><a href="/2021/${number}.html">第${number}号样本通知公告</a><span>2021-06-20</span></li>`;
  });
  return `<html><body><ul class="list">${rows.join('')}</ul></body></html>`;
}

before(async () => {
  place = await makePlace();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
});

after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await place.remove();
});

/** Visits the one source there is, three pages at most; data go on from visit to visit of one name. */
async function visit(name: string): Promise<string> {
  const sourcesDir = path.join(place.dir, 'sources');
  await mkdir(path.join(sourcesDir, 'cn'), { recursive: true });
  await writeFile(
    path.join(sourcesDir, 'cn', 'cn-paged.yml'),
    `id: cn-paged
name: 样本
nameEn: Sample
publisher: 样本
country: CN
lang: zh-CN
trust: government
url: http://www.paged.example/tzgg/index.html
list: { item: ul.list li, title: a, link: a, date: span }
paging: { address: "index_{n}.html", second: 1 }
evidence: [{ note: made up }]
`,
  );
  asked = [];
  const silent = { write: () => true };
  await using app: App = await openCommandApp(
    {
      out: silent,
      err: silent,
      env: {
        ...place.env,
        DATA_DIR: path.join(place.dir, name),
        SOURCES_DIR: sourcesDir,
        DIGESTS_DIR: path.join(BASE_DIR, 'demo/digests'),
        NET_HOST_MAP: `*.example=127.0.0.1:${port}`,
        HOST_GAP_MS: '0',
      },
      baseDir: BASE_DIR,
      signal: new AbortController().signal,
      exit: () => undefined,
    },
    { clock },
  );
  const { lines } = await app.run(collect, { which: 'all' });
  return lines[0]?.detail ?? '';
}

test('a list is read on while its items are new, then only its first page', async () => {
  newest = 20;
  pagesThere = 9;
  assert.equal(await visit('fresh'), '15 entries, 15 new, 3 pages');
  assert.deepEqual(asked, ['index.html', 'index_1.html', 'index_2.html']);
  newest = 22;
  assert.equal(await visit('fresh'), '5 entries, 2 new');
  assert.deepEqual(asked, ['index.html']);
});

test('what a gap of days hid is found on the further pages', async () => {
  newest = 20;
  pagesThere = 9;
  await visit('gap');
  newest = 28;
  assert.equal(await visit('gap'), '10 entries, 8 new, 2 pages');
  assert.deepEqual(asked, ['index.html', 'index_1.html']);
});

test('a page that is not there is the end of the list, no failure', async () => {
  newest = 20;
  pagesThere = 2;
  assert.equal(await visit('short'), '10 entries, 10 new, 2 pages');
});
