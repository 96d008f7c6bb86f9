/**
 * What bad servers do, each played on the loopback and held against the outcome it must end in. The ids are those of
 * the hostile corpus; with CORPUS_DIR set, a behaviour of the corpus that is not played here fails the test.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { FetchResult } from '../../model/page.ts';
import { createAddressGuard } from '../../net/address-guard.ts';
import { parseHostMap } from '../../net/host-map.ts';
import { decodePage } from '../../text/charset.ts';
import { type Behaviour, LIST, ok, PLAYED } from './behaviours.ts';
import { client, SHORT, serve, serveRaw } from './loopback.ts';

for (const [id, behaviour] of Object.entries(PLAYED))
  test(`${id} ends as ${behaviour.ends}`, async (t) => {
    const result = await play(t, behaviour);
    assert.equal(endOf(result), behaviour.ends, JSON.stringify(result).slice(0, 300));
    if (behaviour.shows === undefined || result.outcome !== 'fetched') return;
    assert.match(decodePage(result.page.body, result.page.headers).text, behaviour.shows);
  });

test('redirect-downgrade is followed, and takes no credentials along', async (t) => {
  const pem = await readFile(join(import.meta.dirname, '../fixtures/tls/tls.example.pem'), 'utf8');
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))]);
  t.after(() => setDefaultCACertificates(before));
  const plain = await serve(t, (request, response) => response.end(JSON.stringify(request.headers)));
  const secure = createServer({ key: pem, cert: pem }, (request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else response.writeHead(302, { location: 'http://plain.example/', 'set-cookie': 'a=1' }).end();
  });
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => secure.close(resolve)));
  const { port } = secure.address() as AddressInfo;
  const { http } = await client(t, plain.port, {
    hostMap: parseHostMap(`tls.example=127.0.0.1:${port} plain.example=127.0.0.1:${plain.port}`),
  });
  const headers = { authorization: 'Bearer x', cookie: 'own=1' };
  const result = await http.fetch({ url: 'https://tls.example/', headers });
  assert.equal(endOf(result), 'fetched', JSON.stringify(result));
  const seen = plain.requests.at(-1)?.headers ?? {};
  assert.deepEqual([seen.authorization, seen.cookie, seen.host], [undefined, undefined, 'plain.example']);
});

test('plays every behaviour of the corpus', async (t) => {
  const corpus = process.env.CORPUS_DIR;
  if (corpus === undefined) return t.skip('CORPUS_DIR is not set: completeness is not checked');
  const listed = JSON.parse(await readFile(join(corpus, 'hostile/servers/behaviours.json'), 'utf8')) as {
    id: string;
  }[];
  const missing = listed.filter(({ id }) => !(id in PLAYED) && id !== 'redirect-downgrade');
  assert.deepEqual(missing, []);
});

test('follows no redirect to an address of the corpus that must be blocked', async (t) => {
  const corpus = process.env.CORPUS_DIR;
  if (corpus === undefined)
    return t.skip('CORPUS_DIR is not set: redirects to bad addresses are not checked');
  const rows = JSON.parse(await readFile(join(corpus, 'hostile/urls/ssrf.json'), 'utf8')) as {
    host?: string;
    url?: string;
    expect: string;
  }[];
  const targets = rows
    .filter(({ expect }) => expect === 'block')
    .map(({ host, url }) => url ?? `http://${host}/`);
  const site = await serve(t, (request, response) => {
    const target = targets[Number(request.url?.slice(1))] ?? '';
    // Node refuses to send some of these as a field; then there is nothing to follow.
    try {
      response.writeHead(302, { location: target }).end();
    } catch {
      response.writeHead(500).end();
    }
  });
  const guard = createAddressGuard({ resolve: async () => assert.fail('a name server was asked') });
  const { http } = await client(t, site.port, { guard, maxRetries: 0 });
  const ends = new Map<string, string>();
  for (const [at, target] of targets.entries())
    ends.set(target, endOf(await http.fetch({ url: `http://a.example/${at}` })));
  const followed = [...ends].filter(([, end]) => !/^refused address$|^FETCH_(?:REDIRECTS|STATUS)$/.test(end));
  t.diagnostic(
    `${targets.length} redirect targets: ${[...ends.values()].filter((end) => end === 'refused address').length} refused as addresses`,
  );
  assert.deepEqual(followed, []);
});

test('answers every bomb of the corpus without letting it grow', async (t) => {
  const corpus = process.env.CORPUS_DIR;
  if (corpus === undefined) return t.skip('CORPUS_DIR is not set: the bombs are not thrown');
  const bombs = JSON.parse(await readFile(join(corpus, 'hostile/bombs/manifest.json'), 'utf8')) as {
    file: string;
    contentEncoding?: string;
  }[];
  for (const { file, contentEncoding } of bombs) {
    const bytes = await readFile(join(corpus, 'hostile', file));
    const coding = contentEncoding ?? (file.endsWith('.gz') ? 'gzip' : '');
    const before = process.memoryUsage().rss;
    const answer = ok(bytes, { 'content-type': 'text/html', 'content-encoding': coding });
    const result = await play(t, { ends: '', answer });
    const grown = (process.memoryUsage().rss - before) / (1 << 20);
    t.diagnostic(`${file}: ${endOf(result)}, +${grown.toFixed(0)} MB`);
    assert.ok(grown < 100, `${file} cost ${grown} MB`);
    const cutAsExpected = { 'bombs/truncated.gz': 'FETCH_CUT', 'bombs/bad-checksum.gz': 'FETCH_ENCODING' }[
      file
    ];
    if (cutAsExpected !== undefined) assert.equal(endOf(result), cutAsExpected);
    else if (/zeros/.test(file)) assert.match(endOf(result), /FETCH_TOO_LARGE|FETCH_ENCODING/);
  }
});

async function play(t: TestContext, behaviour: Behaviour): Promise<FetchResult> {
  const port =
    behaviour.speak === undefined
      ? (
          await serve(
            t,
            (request, response) => void (behaviour.answer ?? ok(LIST))(request, response),
            behaviour.robots,
          )
        ).port
      : await serveRaw(t, behaviour.speak);
  const guard =
    behaviour.resolve === undefined ? {} : { guard: createAddressGuard({ resolve: behaviour.resolve }) };
  const { http } = await client(t, port, {
    ...guard,
    maxRetries: 1,
    ...(behaviour.ends === 'FETCH_TIMEOUT' ? { limits: SHORT } : {}),
  });
  const headers = { authorization: 'Bearer x', cookie: 'own=1' };
  return http.fetch({ url: behaviour.url ?? 'http://a.example/a', headers });
}

function endOf(result: FetchResult): string {
  if (result.outcome === 'failed') return result.code;
  return result.outcome === 'refused' ? `refused ${result.reason}` : result.outcome;
}
