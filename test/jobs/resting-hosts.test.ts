import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restingHosts } from '../../jobs/resting-hosts.ts';
import type { FetchResult } from '../../model/page.ts';

function web(answers: Readonly<Record<string, FetchResult['outcome'] | string>>) {
  const asked: string[] = [];
  const http = restingHosts({
    async fetch({ url }) {
      asked.push(url);
      const answer = answers[new URL(url).hostname] ?? '';
      if (answer === 'gone') return { outcome: 'gone', url, status: 404 };
      const status = /^\d+$/.test(answer)
        ? { status: Number(answer), code: 'FETCH_STATUS' }
        : { code: answer };
      return { outcome: 'failed', url, detail: '', ...status };
    },
  });
  const ask = async (host: string) => {
    const result = await http.fetch({ url: `http://${host}/` });
    return result.outcome === 'failed' ? result.code : result.outcome;
  };
  return { asked, ask };
}

test('a host that failed three times in a row is left in peace, others are asked', async () => {
  const { asked, ask } = web({ down: 'FETCH_TIMEOUT', busy: '503', page: '500', away: 'gone' });
  const ends: Record<string, string[]> = {};
  for (const host of ['down', 'busy', 'page', 'away'])
    for (let turn = 0; turn < 4; turn++) ends[host] = [...(ends[host] ?? []), await ask(host)];
  assert.equal(ends.down?.at(-1), 'HOST_RESTING');
  assert.equal(ends.busy?.at(-1), 'HOST_RESTING');
  assert.equal(ends.page?.at(-1), 'FETCH_STATUS');
  assert.equal(ends.away?.at(-1), 'gone');
  assert.equal(asked.length, 3 + 3 + 4 + 4);
});

test('one good answer makes up for the failures before it', async () => {
  const answers: Record<string, string> = { host: 'FETCH_CONNECT' };
  const { ask } = web(answers);
  await ask('host');
  await ask('host');
  answers.host = 'gone';
  await ask('host');
  answers.host = 'FETCH_CONNECT';
  for (let turn = 0; turn < 3; turn++) assert.equal(await ask('host'), 'FETCH_CONNECT');
  assert.equal(await ask('host'), 'HOST_RESTING');
});
