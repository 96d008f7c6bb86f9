import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { silentLog } from '../../cli/log.ts';
import { archiveFiles } from '../../console/archive-files.ts';
import { operatorPage } from '../../console/operator-page.ts';
import { rebuildApi } from '../../console/rebuild-api.ts';
import { rebuildPages } from '../../console/rebuild-pages.ts';
import { buildServer, listen } from '../../console/server.ts';
import { loadView } from '../../console/views.ts';
import { openStore } from '../../db/store.ts';
import { draftFolderOf, markDraft, removeDraft } from '../../jobs/drafts.ts';
import { createRebuildQueue, type RebuildRunner } from '../../jobs/rebuild-queue.ts';
import type { Digest } from '../../model/digest.ts';
import type { RebuildOutcome } from '../../model/rebuild.ts';
import { VOCABULARY } from '../pipeline/vocabulary.ts';

const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');
const clock = { now: () => new Date('2026-11-25T08:00:00Z') };
const DIGESTS = [
  { id: 'weekly', title: '创新政策周报', enabled: true, cron: '0 8 * * 1', zone: 'Asia/Shanghai' },
] as Digest[];
const DRAFT: RebuildOutcome = {
  state: 'revised',
  revision: 2,
  contentHash: 'c0ffee',
  counts: { seen: 52, shown: 27, folded: 6, leftOut: 19 },
  isPublished: false,
};
const JSON_TYPE = { 'content-type': 'application/json' };

/** A server whose rebuilds are made by `run`. */
async function serve(t: TestContext, run: RebuildRunner) {
  const dir = await mkdtemp(path.join(tmpdir(), 'rebuild-'));
  const store = await openStore('sqlite::memory:', '');
  const queue = createRebuildQueue({ store, clock, log: silentLog }, run);
  const archiveDir = path.join(dir, 'archive');
  const mailing = {
    from: 'digest@localhost',
    canaryAddress: '',
    archiveDir,
    archiveUrl: '',
    templatesDir: TEMPLATES,
  };
  const draftsDir = path.join(dir, 'drafts');
  const parts = { queue, store, digests: DIGESTS, clock, vocabulary: VOCABULARY, mailing, draftsDir };
  await mkdir(archiveDir);
  await markDraft(draftFolderOf(draftsDir, 'weekly', '2026-W47'), DRAFT.contentHash);
  const server = await buildServer({
    open: [],
    operator: [
      operatorPage({
        ...parts,
        view: await loadView(TEMPLATES, 'operator'),
        sources: [],
        alarms: async () => [],
        transport: 'folder',
        lastTickAt: () => clock.now().toISOString(),
        workingSince: () => undefined,
      }),
      rebuildPages(parts, await loadView(TEMPLATES, 'rebuild')),
      rebuildApi(parts),
      archiveFiles({ archiveDir, draftsDir }),
    ],
    access: { operatorToken: '' },
    onError: (error) => assert.fail(error),
  });
  t.after(async () => {
    await queue.stop();
    await server.close();
    await store.close();
    await rm(dir, { recursive: true });
  });
  /** Resolves when the rebuild is over. */
  const ended = (id: string) =>
    new Promise<void>((done) => {
      const look = async () => {
        const view = await queue.view(id);
        if (view?.request.state !== 'done' && view?.request.state !== 'failed') return;
        stop();
        done();
      };
      const stop = queue.watch(id, () => void look());
      void look();
    });
  return { server, queue, ended, archiveDir, draftsDir };
}

test('the button leads to a page that shows the draft, and publishes just what it shows', async (t) => {
  const wishes: unknown[] = [];
  const { server, ended, draftsDir } = await serve(t, async (wish) => {
    wishes.push(wish);
    return wish.aim === 'look' ? DRAFT : { ...DRAFT, isPublished: true, folder: 'weekly/2026/2026-W47-r2' };
  });
  const home = await server.inject('/');
  assert.match(home.body, /value="2026-W47"/, 'the week that has just ended stands in the form');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const pressed = await server.inject({
    method: 'POST',
    url: '/rebuilds',
    headers: form,
    payload: 'digest=weekly&week=2026-W47&from=kept',
  });
  assert.equal(pressed.statusCode, 303);
  const page = String(pressed.headers.location);
  const id = page.split('/').at(-1) ?? '';
  await ended(id);
  const shown = (await server.inject(page)).body;
  assert.match(shown, /创新政策周报 2026-W47/);
  assert.match(shown, /52 documents &#x3D; 27 shown \+ 6 folded \+ 19 left out/);
  assert.match(shown, /src="\/archive\/weekly\/2026\/2026-W47-draft\/difference.html"/);
  assert.match(shown, /Publish revision 2/);
  const linkOf = async () =>
    (await server.inject(`/api/rebuilds/${id}`)).json<{ links: { draft?: string } }>().links.draft;
  assert.equal(await linkOf(), '/archive/weekly/2026/2026-W47-draft/index.html');

  const published = await server.inject({ method: 'POST', url: `${page}/publish` });
  assert.equal(published.statusCode, 303);
  const next = String(published.headers.location);
  await ended(next.split('/').at(-1) ?? '');
  assert.match((await server.inject(next)).body, /Published as revision 2/);
  assert.deepEqual(
    wishes.map((wish) => (wish as { aim: string; expected?: string }).expected),
    [undefined, 'c0ffee'],
  );
  const again = await server.inject({ method: 'POST', url: `${next}/publish` });
  assert.equal(again.statusCode, 422, 'what is published is not published again');
  await removeDraft(draftsDir, 'weekly', '2026-W47');
  const later = (await server.inject(page)).body;
  assert.match(later, /Its draft is gone/);
  assert.doesNotMatch(later, /2026-W47-draft|Publish revision/, 'nothing leads to a draft that is gone');
  assert.equal(await linkOf(), undefined);
});

test('the page of an earlier look leads to the newer draft that took the place of its own, and offers none as its own', async (t) => {
  const hashes = ['c0ffee', 'decaf'];
  const { server, queue, ended, draftsDir } = await serve(t, async () => ({
    ...DRAFT,
    contentHash: hashes.shift() ?? '',
  }));
  const look = async () => {
    const { request } = await queue.ask(
      { digestId: 'weekly' as Digest['id'], week: '2026-W47', from: 'kept', aim: 'look' },
      { by: 'page' },
    );
    await ended(request.id);
    return request.id;
  };
  const bodyOf = async (id: string) => (await server.inject(`/rebuilds/${id}`)).body;
  const first = await look();
  assert.match(await bodyOf(first), /2026-W47-draft/);
  const layDraft = async (contentHash: string) => {
    await removeDraft(draftsDir, 'weekly', '2026-W47');
    await markDraft(draftFolderOf(draftsDir, 'weekly', '2026-W47'), contentHash);
  };
  const second = await look();
  await layDraft('decaf');
  const shown = await bodyOf(first);
  assert.match(shown, new RegExp(`href="/rebuilds/${second}">See the newer draft`));
  assert.doesNotMatch(shown, /2026-W47-draft|Publish revision|30 days/);
  assert.match(await bodyOf(second), /2026-W47-draft.*Publish revision/s);
  const links = (await server.inject(`/api/rebuilds/${first}`)).json<{ links: object }>().links;
  assert.ok(!('draft' in links));
  // Made on the command line, it has no page of its own.
  await layDraft('mocha');
  assert.match(
    await bodyOf(first),
    /href="\/archive\/weekly\/2026\/2026-W47-draft\/index\.html">See the newer/,
  );
});

test('a program is answered with the rebuild it asked for, the one it joined, or what to send instead', async (t) => {
  const { server } = await serve(t, async (_wish, _progress, signal) => {
    await new Promise((_, failed) => signal.addEventListener('abort', failed));
    return DRAFT;
  });
  const ask = (payload: object, headers: Record<string, string> = {}) =>
    server.inject({ method: 'POST', url: '/api/rebuilds', headers: { ...JSON_TYPE, ...headers }, payload });
  const first = await ask({ digest: 'weekly', week: '2026-W47' }, { 'idempotency-key': 'one' });
  assert.equal(first.statusCode, 202);
  const { id } = first.json<{ id: string }>();
  assert.equal(first.headers.location, `/api/rebuilds/${id}`);
  const joined = await ask({ digest: 'weekly', week: '2026-W47' });
  assert.deepEqual([joined.statusCode, joined.json().id, joined.json().isJoined], [200, id, true]);
  const reused = await ask({ digest: 'weekly', week: '2026-W46' }, { 'idempotency-key': 'one' });
  assert.deepEqual([reused.statusCode, reused.json().code], [422, 'IDEMPOTENCY_KEY_REUSED']);
  const wrong: [object, string][] = [
    [{ digest: 'daily', week: '2026-W47' }, 'DIGEST_UNKNOWN'],
    [{ digest: 'weekly', week: '2026-W54' }, 'WEEK_INVALID'],
    [{ digest: 'weekly', week: '2026-W49' }, 'WEEK_INVALID'],
    [{ digest: 'weekly', week: 7 }, 'WEEK_INVALID'],
    [{ digest: 'weekly', week: '2026-W47', from: 'network' }, 'REQUEST_INVALID'],
    [{ digest: 'weekly', week: '2026-W47', publish: 'yes' }, 'REQUEST_INVALID'],
  ];
  for (const [payload, code] of wrong) {
    const answer = await ask(payload);
    assert.deepEqual([answer.statusCode, answer.json().code], [422, code]);
  }
  const longKey = await ask({ digest: 'weekly', week: '2026-W47' }, { 'idempotency-key': 'k'.repeat(201) });
  assert.equal(longKey.statusCode, 422);
  const broken = await server.inject({
    method: 'POST',
    url: '/api/rebuilds',
    headers: JSON_TYPE,
    payload: '{',
  });
  assert.equal(broken.statusCode, 400);
  assert.equal((await server.inject('/api/rebuilds/none')).statusCode, 404);
  const early = await server.inject({ method: 'POST', url: `/api/rebuilds/${id}/publish` });
  assert.equal(early.json().code, 'NOTHING_TO_PUBLISH');
  const correction = await server.inject({ method: 'POST', url: `/api/rebuilds/${id}/errata` });
  assert.equal(correction.json().code, 'NOTHING_TO_CORRECT');
  const mail = await server.inject({ method: 'POST', url: `/api/rebuilds/${id}/mail` });
  assert.equal(mail.json().code, 'NOTHING_TO_MAIL');
});

test('who watches is told of each change until it is over', async (t) => {
  let goOn: (() => void) | undefined;
  const { server, queue } = await serve(t, async (_wish, progress) => {
    progress.phase('pages', 2);
    progress.step('创新 page');
    await new Promise<void>((done) => {
      goOn = done;
    });
    return DRAFT;
  });
  const url = await listen(server, '127.0.0.1', 0);
  const { request } = await queue.ask(
    { digestId: 'weekly' as Digest['id'], week: '2026-W47', from: 'kept', aim: 'look' },
    { by: 'page' },
  );
  const response = await fetch(`${url}api/rebuilds/${request.id}/events`);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('创新 page')) goOn?.();
  }
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
  assert.equal(events.at(-1).state, 'done');
  assert.equal(events.at(-1).outcome.revision, 2);
  assert.ok(events.some(({ progress }) => progress?.done === 1 && progress.line === '创新 page'));
});

test('the archive is served with drafts beside it, and nothing above it', async (t) => {
  const { server, archiveDir, draftsDir } = await serve(t, async () => DRAFT);
  for (const [dir, name] of [
    [archiveDir, '2026-W47'],
    [draftsDir, '2026-W47-draft'],
  ] as const) {
    const folder = path.join(dir, 'weekly', '2026', name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'index.html'), `<p>${name}</p>`);
  }
  await writeFile(path.join(archiveDir, '..', 'secret.key'), 'secret');
  const published = await server.inject('/archive/weekly/2026/2026-W47/index.html');
  assert.match(published.body, /2026-W47/);
  assert.match(String(published.headers['content-security-policy']), /script-src 'self'/);
  assert.match((await server.inject('/archive/weekly/2026/2026-W47-draft/index.html')).body, /W47-draft/);
  for (const url of ['/archive/../secret.key', '/archive/%2e%2e/secret.key', '/archive/..%2fsecret.key']) {
    const answer = await server.inject(url);
    assert.ok(answer.statusCode >= 400 && !answer.body.includes('secret'), url);
  }
});
