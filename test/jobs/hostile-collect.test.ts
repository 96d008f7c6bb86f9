/** Every bad server as a source of one real run: each ends as it must, and the good sources lose nothing. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { collect } from '../../jobs/collect.ts';
import { runJob } from '../../jobs/run.ts';
import type { Source } from '../../model/source.ts';
import type { Resolve } from '../../net/address-guard.ts';
import { type Behaviour, LIST, ok, PLAYED } from '../net/behaviours.ts';
import { CLOCK, serve, serveRaw } from '../net/loopback.ts';
import { listSource, openProgram } from './program.ts';

const GOOD = 8;
/** Real limits, but short, so that a test need not wait for them. */
const LIMITS = { connectMs: 1500, headersMs: 1500, idleMs: 1500, wholeMs: 3000 };

interface Played {
  readonly source: Source;
  readonly map: readonly string[];
}

test('each of the bad servers ends as it must, and the good ones lose nothing', async (t) => {
  const played = await Promise.all(Object.entries(PLAYED).map(([id, behaviour]) => play(t, id, behaviour)));
  const site = await serve(t, (request, response) => {
    const title = '关于组织申报科技创新专项的通知';
    const list = `<ul><li><a href="/1.html">${title}</a><span>2021-06-20</span></li></ul>`;
    const page = `<h1>${title}</h1><div class="content"><p>现组织申报科技创新专项，请各有关单位按要求做好申报工作。</p></div>`;
    ok(request.url === '/' ? list : page)(request, response);
  });
  const good = Array.from({ length: GOOD }, (_, at) => listSource(`good-${at}`, `http://good${at}.example/`));
  const resolvers = new Map<string, Resolve>(
    Object.entries(PLAYED).flatMap(([id, { resolve }]) =>
      resolve ? [[`${id}.gov.cn`, resolve] as const] : [],
    ),
  );
  const resolve: Resolve = (host) => resolvers.get(host)?.(host) ?? Promise.resolve([]);
  const { base } = await openProgram(t, {
    sources: [...played.map(({ source }) => source), ...good],
    clock: CLOCK,
    hostMap: [...played.flatMap(({ map }) => map), `*.example=127.0.0.1:${site.port}`].join(' '),
    resolve,
    limits: LIMITS,
  });
  const started = performance.now();
  const { lines } = await runJob(base, collect, { which: 'all' });
  const seconds = (performance.now() - started) / 1000;
  t.diagnostic(`${played.length} bad servers beside ${GOOD} good ones: ${seconds.toFixed(1)} s`);

  const ends = new Map(
    lines.map(({ source, outcome, detail }) => [source.id as string, `${outcome} ${detail}`]),
  );
  for (const [id, behaviour] of Object.entries(PLAYED)) {
    const end = ends.get(`bad-${id}`) ?? 'not visited';
    assert.ok(end.startsWith(wanted(behaviour)), `${id}: ${end}, wanted ${wanted(behaviour)}`);
  }
  for (const source of good) assert.match(ends.get(source.id) ?? '', /^answered 1 entries/);
  const found = await base.store.documents.publishedWithin(
    '2021-06-01T00:00:00.000Z',
    '2021-07-01T00:00:00.000Z',
  );
  assert.equal(found.filter(({ sourceId }) => sourceId.startsWith('good-')).length, GOOD);
  // Every one that did not answer is told, with what was expected and seen.
  const told = new Set((await base.store.findings.within('', '9999')).map(({ sourceId }) => sourceId));
  for (const { source, outcome } of lines)
    if (outcome !== 'answered') assert.ok(told.has(source.id), source.id);
});

async function play(t: TestContext, id: string, behaviour: Behaviour): Promise<Played> {
  const answer = behaviour.answer ?? ok(LIST);
  const port =
    behaviour.speak === undefined
      ? (await serve(t, (request, response) => void answer(request, response), behaviour.robots)).port
      : await serveRaw(t, behaviour.speak);
  const host = behaviour.resolve === undefined ? `${id.toLowerCase()}.example` : `${id}.gov.cn`;
  const url = new URL(behaviour.url ?? 'http://a.example/a');
  url.hostname = host;
  const kind = behaviour.isFeed === true ? { scrape: { kind: 'feed' } as const } : {};
  const map = behaviour.resolve === undefined ? [`${host}=127.0.0.1:${port}`] : [];
  // The one that leads to another origin leads to the same server.
  if (id === 'redirect-cross-origin-auth') map.push(`other.example=127.0.0.1:${port}`);
  return { source: listSource(`bad-${id}`, url.href, kind), map };
}

/** How the visit of a source must end, as its line begins. */
function wanted({ ends, visit = 'LIST_EMPTY' }: Behaviour): string {
  if (ends.startsWith('refused ')) return `refused ${ends.slice(8)}`;
  if (ends !== 'fetched') return `failed ${ends}`;
  return visit === 'answered' ? 'answered' : `failed ${visit}`;
}
