import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AppError } from '../../model/errors.ts';
import { createBrowser } from '../../net/browser.ts';
import { type Chromium, findChromium } from '../../net/chromium.ts';
import { createReplay } from '../../net/replay.ts';
import { CLOCK, client, serve } from './loopback.ts';

const SCRIPTED = `<html><title>List</title><body><p>loading</p><img src="/picture.png">
<script src="http://tracker.elsewhere.example/t.js"></script><script src="/app.js"></script></body></html>`;
const APP = `fetch('/data.json').then((answer) => answer.json()).then((titles) => {
  document.body.innerHTML = '<ul>' + titles.map((title) => '<li class="row">' + title + '</li>').join('') + '</ul>';
}); fetch('http://10.0.0.1/secret'); fetch('http://127.0.0.1:9/secret');`;

/** The machine's Chromium; a machine without any skips, loudly. */
async function chromiumOf(t: TestContext): Promise<Chromium | undefined> {
  try {
    return await findChromium({ cacheFolder: join(import.meta.dirname, '../../.cache/chromium') });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CHROMIUM_MISSING') throw error;
    t.skip(`no Chromium on this machine: ${error.message}`);
    return undefined;
  }
}

test('reads a list that a script fills, asks nobody else, and keeps what it saw', async (t) => {
  const found = await chromiumOf(t);
  if (found === undefined) return;
  const site = await serve(t, (request, response) => {
    if (request.url === '/app.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(APP);
    else if (request.url === '/data.json')
      response.writeHead(200, { 'content-type': 'application/json' }).end('["甲","乙"]');
    else response.writeHead(200, { 'content-type': 'text/html' }).end(SCRIPTED);
  });
  const { http, warc, folder } = await client(t, site.port);
  const browser = createBrowser({
    chromium: async () => found,
    clock: CLOCK,
    keep: warc.keep,
    userAgent: 'PolicyDigest/0.1',
    http,
    waitMs: 10_000,
  });
  t.after(() => browser.close());
  const request = { url: 'http://www.kjt.example/list', waitFor: 'li.row' };
  const result = await browser.fetch(request);
  assert.ok(result.outcome === 'fetched', JSON.stringify(result));
  assert.match(Buffer.from(result.page.body).toString(), /<li class="row">甲<\/li><li class="row">乙<\/li>/);
  assert.deepEqual(
    new Set(site.requests.map(({ headers, url }) => `${headers.host}${url}`)),
    new Set(['/robots.txt', '/list', '/app.js', '/data.json'].map((path) => `www.kjt.example${path}`)),
  );
  const replay = createReplay({ folder, files: [result.page.snapshot.file] });
  const again = await replay.fetch(request);
  assert.deepEqual(
    again.outcome === 'fetched' && Buffer.from(again.page.body),
    Buffer.from(result.page.body),
  );
  const raw = await replay.fetch({ url: request.url });
  assert.equal(raw.outcome === 'fetched' && Buffer.from(raw.page.body).toString(), SCRIPTED);
  await browser.close();
  assert.equal((await browser.fetch({ ...request, waitFor: '.row:last-child' })).outcome, 'fetched');
});

test('tells what it saw when the list does not appear, and starts no browser for a refused page', async (t) => {
  const found = await chromiumOf(t);
  if (found === undefined) return;
  const site = await serve(t, (request, response) =>
    response
      .writeHead(request.url === '/no' ? 403 : 200, { 'content-type': 'text/html' })
      .end('<p>nothing here</p>'),
  );
  const { http, warc } = await client(t, site.port);
  let starts = 0;
  const browser = createBrowser({
    chromium: async () => {
      starts++;
      return found;
    },
    clock: CLOCK,
    keep: warc.keep,
    userAgent: 'PolicyDigest/0.1',
    http,
    waitMs: 600,
  });
  t.after(() => browser.close());
  assert.equal((await browser.fetch({ url: 'http://a.example/no', waitFor: 'li' })).outcome, 'refused');
  assert.equal(starts, 0);
  const result = await browser.fetch({ url: 'http://a.example/', waitFor: 'li' });
  assert.match(
    result.outcome === 'failed' ? `${result.code} ${result.detail}` : '',
    /BROWSER_NO_LIST .*nothing here/,
  );
});

test('gives a page up whose script never ends, and reads the next one', async (t) => {
  const found = await chromiumOf(t);
  if (found === undefined) return;
  const site = await serve(t, (request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(request.url === '/' ? '<li>next</li>' : '<script>for (;;);</script>'),
  );
  const { http, warc } = await client(t, site.port);
  const browser = createBrowser({
    chromium: async () => found,
    clock: CLOCK,
    keep: warc.keep,
    userAgent: 'PolicyDigest/0.1',
    http,
    waitMs: 1000,
    graceMs: 200,
  });
  t.after(() => browser.close());
  const stuck = await browser.fetch({ url: 'http://a.example/stuck', waitFor: 'li' });
  assert.equal(stuck.outcome === 'failed' && stuck.code, 'BROWSER_CRASHED');
  const next = await browser.fetch({ url: 'http://a.example/', waitFor: 'li' });
  assert.equal(next.outcome, 'fetched');
});
