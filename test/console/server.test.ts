import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublished } from '../../console/access.ts';
import { buildServer, type Pages } from '../../console/server.ts';

const TOKEN = 'a-token-of-thirty-two-characters';

const open: Pages = (server) => {
  server.get('/open', async () => ({ seen: true }));
};
const operator: Pages = (server) => {
  server.get('/work', async () => ({ seen: true }));
  server.post('/work', async () => ({ done: true }));
  server.get('/broken', async () => {
    throw new Error('a secret of the inside');
  });
};

async function serverWith(operatorToken: string, errors: string[] = []) {
  return buildServer({
    open: [open],
    operator: [operator],
    access: { operatorToken },
    onError: (error) => errors.push(error.message),
  });
}

test('without a token only the machine itself comes in, and no proxy', async () => {
  await using server = await serverWith('');
  const status = async (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
    (await server.inject({ url: '/work', headers, remoteAddress })).statusCode;
  assert.equal(await status({ host: 'localhost:8321' }), 200);
  assert.equal(await status({ host: '127.0.0.1' }), 200);
  assert.equal(await status({ host: 'rebound.example' }), 403);
  assert.equal(await status({ host: 'localhost', 'x-forwarded-for': '203.0.113.9' }), 403);
  assert.equal(await status({ host: 'localhost' }, '203.0.113.9'), 403);
  assert.equal((await server.inject({ url: '/open', headers: { host: 'digest.example' } })).statusCode, 200);
});

test('behind a published address nobody comes in without a token, whatever the web server in front tells', async () => {
  const access = { operatorToken: '', isPublished: isPublished('https://news.example/') };
  await using server = await buildServer({
    open: [open],
    operator: [operator],
    access,
    onError: assert.fail,
  });
  // Just what nginx passes on by itself: from this machine, in this machine's name.
  const ask = (url: string) => server.inject({ url, headers: { host: '127.0.0.1:8321' } });
  const closed = await ask('/work');
  assert.equal(closed.statusCode, 403);
  assert.match(closed.body, /OPERATOR_TOKEN/);
  assert.equal((await ask('/open')).statusCode, 200);
  assert.deepEqual(['', 'http://127.0.0.1:8321/', 'http://localhost/'].map(isPublished), [
    false,
    false,
    false,
  ]);
});

test('with a token it is asked for, as password or Bearer', async () => {
  await using server = await serverWith(TOKEN);
  const ask = async (authorization?: string) =>
    server.inject({ url: '/work', headers: authorization === undefined ? {} : { authorization } });
  const without = await ask();
  assert.equal(without.statusCode, 401);
  assert.match(String(without.headers['www-authenticate']), /^Basic/);
  assert.equal((await ask(`Bearer ${TOKEN}x`)).statusCode, 401);
  assert.equal((await ask(`Bearer ${TOKEN}`)).statusCode, 200);
  assert.equal((await ask(`Basic ${btoa(`anybody:${TOKEN}`)}`)).statusCode, 200);
  assert.equal((await ask('Basic ')).statusCode, 401);
});

test('a page of another site cannot press a button', async () => {
  await using server = await serverWith('');
  const press = async (headers: Record<string, string>) =>
    (await server.inject({ method: 'POST', url: '/work', headers: { host: 'localhost:8321', ...headers } }))
      .statusCode;
  assert.equal(await press({ origin: 'http://localhost:8321', 'sec-fetch-site': 'same-origin' }), 200);
  assert.equal(await press({ origin: 'null', 'sec-fetch-site': 'same-origin' }), 200);
  assert.equal(await press({ origin: 'null', 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await press({ 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await press({ 'sec-fetch-site': 'same-site' }), 403);
  assert.equal(await press({ origin: 'http://evil.example' }), 403);
  assert.equal(await press({ origin: 'null' }), 403);
  assert.equal(await press({}), 200, 'a program on the machine says neither');
});

test('every answer is guarded, and a fault of ours tells nothing of the inside', async () => {
  const errors: string[] = [];
  await using server = await serverWith('', errors);
  const answer = await server.inject({ url: '/broken' });
  assert.equal(answer.statusCode, 500);
  assert.doesNotMatch(answer.body, /secret/);
  assert.deepEqual(errors, ['a secret of the inside']);
  const missing = await server.inject({ url: '/nothing', headers: { accept: 'text/html' } });
  assert.equal(missing.statusCode, 404);
  assert.match(String(missing.headers['content-security-policy']), /default-src 'none'/);
  assert.equal(missing.headers['x-content-type-options'], 'nosniff');
});
