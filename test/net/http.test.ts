import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { RunId } from '../../model/ids.ts';
import type { FetchResult } from '../../model/page.ts';
import { createAddressGuard } from '../../net/address-guard.ts';
import { client, SHORT, serve, serveRaw } from './loopback.ts';

const PAGE = '<html><body><ul><li>关于申报科技项目的通知</li></ul></body></html>';

function textOf(result: FetchResult): string {
  assert.equal(result.outcome, 'fetched', JSON.stringify(result));
  return result.outcome === 'fetched' ? new TextDecoder().decode(result.page.body) : '';
}

function codeOf(result: FetchResult): string {
  if (result.outcome === 'failed') return result.code;
  return result.outcome === 'refused' ? `refused ${result.reason}` : result.outcome;
}

test('keeps the public look of a mapped host', async (t) => {
  const site = await serve(t, (request, response) => response.end(`asked as ${request.headers.host}`));
  const { http } = await client(t, site.port);
  const result = await http.fetch({ url: 'http://kjt.donghu.example/list' });
  assert.equal(textOf(result), 'asked as kjt.donghu.example');
});

for (const [coding, compress] of [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)
  test(`undoes ${coding} (${compress.name})`, async (t) => {
    const site = await serve(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(compress(Buffer.from(PAGE))),
    );
    const { http } = await client(t, site.port);
    assert.equal(textOf(await http.fetch({ url: 'http://a.example/' })), PAGE);
  });

for (const [coding, body, code] of [
  ['compress', Buffer.from(PAGE), 'FETCH_ENCODING'],
  ['gzip', Buffer.from(PAGE), 'FETCH_ENCODING'],
  ['gzip, gzip', gzipSync(gzipSync(PAGE)), 'FETCH_ENCODING'],
  ['gzip', gzipSync(PAGE).subarray(0, 30), 'FETCH_CUT'],
  ['br', brotliCompressSync(Buffer.alloc(64 * 1024 * 1024)), 'FETCH_TOO_LARGE'],
  ['gzip', gzipSync(Buffer.alloc(16 * 1024 * 1024)), 'FETCH_TOO_LARGE'],
] as const)
  test(`ends ${coding} of ${body.length} bytes as ${code}`, async (t) => {
    const site = await serve(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(body),
    );
    const { http } = await client(t, site.port);
    const before = process.memoryUsage().rss;
    assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), code);
    assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
  });

test('asks conditionally and reports notModified', async (t) => {
  const site = await serve(t, (request, response) => {
    response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200, { etag: '"1"' }).end();
  });
  const { http } = await client(t, site.port);
  assert.equal((await http.fetch({ url: 'http://a.example/', etag: '"1"' })).outcome, 'notModified');
  assert.equal((await http.fetch({ url: 'http://a.example/' })).outcome, 'fetched');
});

test('does not take 304 for an answer when nothing was asked conditionally', async (t) => {
  const site = await serve(t, (_, response) => response.writeHead(304).end());
  const { http } = await client(t, site.port);
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), 'FETCH_STATUS');
});

test('follows redirects and names the final address', async (t) => {
  const site = await serve(t, (request, response) => {
    if (request.url === '/new') response.end(PAGE);
    else response.writeHead(302, { location: '/new' }).end('moved');
  });
  const { http } = await client(t, site.port);
  const result = await http.fetch({ url: 'http://a.example/old' });
  assert.equal(result.outcome === 'fetched' && result.page.finalUrl, 'http://a.example/new');
});

for (const [name, location, code] of [
  ['a private address', 'http://10.0.0.1/secret', 'refused address'],
  ['the loopback', 'http://127.0.0.1/secret', 'refused address'],
  ['a file', 'file:///etc/hosts', 'refused address'],
  ['itself for ever', '/', 'FETCH_REDIRECTS'],
  ['an endless address', `/${'a'.repeat(20_000)}`, 'FETCH_REDIRECTS'],
] as const)
  test(`does not follow a redirect to ${name}`, async (t) => {
    const site = await serve(t, (_, response) => response.writeHead(302, { location }).end());
    const { http } = await client(t, site.port);
    assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), code);
  });

test('drops credentials and cookies when a redirect leaves the origin', async (t) => {
  const site = await serve(t, (request, response) => {
    if (request.headers.host === 'a.example')
      response.writeHead(302, { location: 'http://b.example/', 'set-cookie': 'id=1' }).end();
    else response.end(JSON.stringify(request.headers));
  });
  const { http } = await client(t, site.port);
  const headers = { authorization: 'Bearer x', cookie: 'own=1', 'x-api-key': 'k', accept: 'text/plain' };
  const seen = JSON.parse(textOf(await http.fetch({ url: 'http://a.example/', headers })));
  assert.deepEqual(
    [seen.authorization, seen.cookie, seen['x-api-key'], seen.accept],
    [undefined, undefined, undefined, 'text/plain'],
  );
});

test('brings a cookie back to its host within the run only', async (t) => {
  const site = await serve(t, (request, response) => {
    response.setHeader('set-cookie', ['JSESSIONID=7; Path=/; HttpOnly', 'old=1; Max-Age=0']);
    response.end(request.headers.cookie ?? 'none');
  });
  const { http } = await client(t, site.port);
  const runId = 'run-1' as RunId;
  const seen: string[] = [];
  for (const request of [{ runId }, { runId }, { runId: 'run-2' as RunId }])
    seen.push(textOf(await http.fetch({ url: 'http://a.example/', ...request })));
  assert.deepEqual(seen, ['none', 'JSESSIONID=7', 'none']);
});

test('posts a form with the headers of the source', async (t) => {
  const site = await serve(t, (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => response.end(`${request.method} ${request.headers['content-type']} ${body}`));
  });
  const { http } = await client(t, site.port);
  const result = await http.fetch({ url: 'http://a.example/', method: 'POST', body: 'page=1' });
  assert.equal(textOf(result), 'POST application/x-www-form-urlencoded page=1');
});

for (const [status, expected] of [
  [404, 'gone'],
  [410, 'gone'],
  [401, 'refused loginRequired'],
  [403, 'refused status'],
  [451, 'refused status'],
  [400, 'FETCH_STATUS'],
  [500, 'FETCH_STATUS'],
] as const)
  test(`tells status ${status} as ${expected} and keeps its page`, async (t) => {
    const site = await serve(t, (_, response) => response.writeHead(status).end('why'));
    const kept: number[] = [];
    const { http, warc } = await client(t, site.port);
    const watching = await client(t, site.port, {
      keep: (exchange) => {
        kept.push(exchange.status);
        return warc.keep(exchange);
      },
      maxRetries: 0,
    });
    assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), expected);
    await watching.http.fetch({ url: 'http://a.example/' });
    assert.deepEqual(kept, [status]);
  });

test('tries again after a failure that may pass', async (t) => {
  let count = 0;
  const site = await serve(t, (_, response) => response.writeHead(++count < 3 ? 503 : 200).end(PAGE));
  const { http } = await client(t, site.port);
  assert.equal(textOf(await http.fetch({ url: 'http://a.example/' })), PAGE);
  assert.equal(count, 3);
});

test('hands a long Retry-After over instead of waiting', async (t) => {
  const site = await serve(t, (_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
  const { http } = await client(t, site.port);
  const result = await http.fetch({ url: 'http://a.example/' });
  assert.equal(result.outcome === 'failed' && result.retryAfterMs, 3_600_000);
  assert.equal(site.requests.filter(({ url }) => url === '/').length, 1);
});

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';
for (const [name, speech, end, code] of [
  ['a body shorter than its length', `${HEAD}Content-Length: 100\r\n\r\nhalf`, 'end', 'FETCH_CUT'],
  ['a reset within the body', `${HEAD}Content-Length: 100\r\n\r\nhalf`, 'reset', 'FETCH_CUT'],
  ['an end within a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\nhalf`, 'end', 'FETCH_CUT'],
  ['silence', '', 'stay', 'FETCH_TIMEOUT'],
  ['silence after the head', `${HEAD}Content-Length: 100\r\n\r\n`, 'stay', 'FETCH_TIMEOUT'],
  ['silence within the body', `${HEAD}Content-Length: 100\r\n\r\nhalf`, 'stay', 'FETCH_TIMEOUT'],
  [
    'a chunk of absurd size',
    `${HEAD}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n`,
    'stay',
    'FETCH_PROTOCOL',
  ],
  [
    'two lengths at once',
    `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n`,
    'end',
    'FETCH_PROTOCOL',
  ],
  ['no status line', '<html>bare</html>', 'end', 'FETCH_PROTOCOL'],
  ['a status that is no number', 'HTTP/1.1 abc OK\r\n\r\n', 'end', 'FETCH_PROTOCOL'],
  ['too many headers', `${HEAD}${'X-A: b\r\n'.repeat(10_000)}\r\n`, 'end', 'FETCH_PROTOCOL'],
] as const)
  test(`tells ${name} as ${code}`, async (t) => {
    const port = await serveRaw(t, (socket) => {
      socket.write(speech, () => {
        if (end === 'end') socket.end();
        else if (end === 'reset') socket.resetAndDestroy();
      });
    });
    const { http } = await client(t, port, {
      maxRetries: 1,
      ...(code === 'FETCH_TIMEOUT' ? { limits: SHORT } : {}),
    });
    assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), code);
  });

test('ends a trickle after the whole time', async (t) => {
  const port = await serveRaw(t, (socket) => {
    socket.write(`${HEAD}Content-Length: 100000\r\n\r\n`);
    const drip = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const { http } = await client(t, port, {
    limits: { wholeMs: 150 },
  });
  const start = performance.now();
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), 'FETCH_TIMEOUT');
  assert.ok(performance.now() - start < 1000);
});

test('tells a closed port from a name without an address', async (t) => {
  const port = await serveRaw(t, (socket) => socket.end());
  const guard = createAddressGuard({
    resolve: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
  });
  const { http } = await client(t, port, { guard, maxRetries: 0 });
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), 'FETCH_CONNECT');
  const unknown = await http.fetch({ url: 'http://nowhere.gov.cn/' });
  assert.equal(codeOf(unknown), 'FETCH_DNS');
});

test('does not connect when any answer of the name server is private', async (t) => {
  let turn = 0;
  const guard = createAddressGuard({
    resolve: async () =>
      turn++ === 0 ? [{ address: '127.0.0.1', family: 4 }] : [{ address: '10.0.0.1', family: 4 }],
  });
  const { http } = await client(t, 1, { guard, maxRetries: 0 });
  const result = await http.fetch({ url: 'http://rebind.gov.cn/' });
  assert.match(result.outcome === 'refused' ? result.detail : '', /127\.0\.0\.1 is not a public address/);
});

test('stops when the signal fires', async (t) => {
  const stop = new AbortController();
  const site = await serve(t, () => stop.abort(new Error('stopped by hand')));
  const { http } = await client(t, site.port);
  await assert.rejects(http.fetch({ url: 'http://a.example/' }, stop.signal), /stopped by hand/);
});

test('refuses a page that only checks for robots, whatever its status', async (t) => {
  const wall =
    "<html><script>document.cookie='__jsl_clearance_s=1|2';location.href=location.pathname</script></html>";
  const site = await serve(t, (request, response) =>
    response.writeHead(request.url === '/521' ? 521 : 200, { 'content-type': 'text/html' }).end(wall),
  );
  const { http } = await client(t, site.port);
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), 'refused verification');
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/521' })), 'refused verification');
});

test('asks robots.txt once and obeys it', async (t) => {
  const site = await serve(
    t,
    (request, response) =>
      response.end(request.url === '/robots.txt' ? 'User-agent: *\nDisallow: /private/\n' : PAGE),
    true,
  );
  const { http } = await client(t, site.port);
  const seen: string[] = [];
  for (const path of ['/', '/private/a', '/open'])
    seen.push(codeOf(await http.fetch({ url: `http://a.example${path}` })));
  assert.deepEqual(seen, ['fetched', 'refused robots', 'fetched']);
  assert.deepEqual(
    site.requests.map(({ url }) => url),
    ['/robots.txt', '/', '/open'],
  );
});

for (const [status, expected] of [
  [403, 'fetched'],
  [404, 'fetched'],
  [500, 'ROBOTS_UNREACHABLE'],
] as const)
  test(`goes on as ${expected} when robots.txt answers ${status}`, async (t) => {
    const site = await serve(
      t,
      (request, response) => response.writeHead(request.url === '/robots.txt' ? status : 200).end(PAGE),
      true,
    );
    const { http } = await client(t, site.port);
    assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), expected);
  });

test('does not follow robots.txt to a private address', async (t) => {
  const site = await serve(
    t,
    (request, response) => {
      if (request.url === '/robots.txt') response.writeHead(302, { location: 'http://127.0.0.1/x' }).end();
      else response.end(PAGE);
    },
    true,
  );
  const { http } = await client(t, site.port);
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/' })), 'ROBOTS_UNREACHABLE');
});

test('reads only the first half megabyte of an endless robots.txt', async (t) => {
  const site = await serve(
    t,
    (request, response) => {
      if (request.url !== '/robots.txt') return response.end(PAGE);
      response.write('User-agent: *\nDisallow: /private\n');
      const more = () => {
        while (response.write('#'.repeat(65_536))) if (response.destroyed) return;
      };
      response.on('drain', more);
      return more();
    },
    true,
  );
  const { http } = await client(t, site.port);
  assert.equal(codeOf(await http.fetch({ url: 'http://a.example/private' })), 'refused robots');
});
