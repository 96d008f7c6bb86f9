import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, serve } from './loopback.ts';

test('tells a page that moved for good from one that is elsewhere for now', async (t) => {
  const hops: Record<string, [number, string]> = {
    '/301': [301, '/new'],
    '/308': [308, '/301'],
    '/302': [302, '/new'],
    '/mixed': [301, '/302'],
  };
  const site = await serve(t, (request, response) => {
    const [status, location] = hops[request.url ?? ''] ?? [200, ''];
    response.writeHead(status, status === 200 ? {} : { location }).end('<p>页</p>');
  });
  const { http } = await client(t, site.port);
  const seen = [];
  for (const path of ['/301', '/308', '/302', '/mixed', '/new']) {
    const result = await http.fetch({ url: `http://a.example${path}` });
    assert.equal(result.outcome, 'fetched');
    if (result.outcome === 'fetched') seen.push([result.page.finalUrl, result.page.movedForGood === true]);
  }
  const at = 'http://a.example/new';
  assert.deepEqual(seen, [
    ...[
      [at, true],
      [at, true],
      [at, false],
      [at, false],
      [at, false],
    ],
  ]);
});
