import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { assetPages } from '../../console/assets.ts';
import { buildServer } from '../../console/server.ts';

const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');

test('the console serves its own stylesheet and nothing beside it', async () => {
  await using server = await buildServer({
    open: [assetPages(TEMPLATES)],
    operator: [],
    access: { operatorToken: '' },
    onError: (error) => assert.fail(error),
  });
  const style = await server.inject({ url: '/assets/console.css' });
  assert.equal(style.statusCode, 200);
  assert.match(String(style.headers['content-type']), /^text\/css/);
  for (const url of [
    '/assets/../health.hbs',
    '/assets/%2e%2e/health.hbs',
    '/assets/',
    '/assets/..%2fhealth.hbs',
  ])
    assert.ok((await server.inject({ url })).statusCode >= 400, url);
});
