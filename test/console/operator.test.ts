import assert from 'node:assert/strict';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { assetPages } from '../../console/assets.ts';
import { isTicking } from '../../console/health.ts';
import { mailPages } from '../../console/mail-pages.ts';
import { operatorPage } from '../../console/operator-page.ts';
import { rebuildPages } from '../../console/rebuild-pages.ts';
import { runPage } from '../../console/run-page.ts';
import { buildServer, listen, type Pages } from '../../console/server.ts';
import { loadView } from '../../console/views.ts';
import { draftFolderOf, markDraft } from '../../jobs/drafts.ts';
import { createRebuildQueue } from '../../jobs/rebuild-queue.ts';
import { currentAlarms } from '../../jobs/tell-operator.ts';
import type { Digest } from '../../model/digest.ts';
import type { RunId, SourceId } from '../../model/ids.ts';
import type { RebuildOutcome } from '../../model/rebuild.ts';
import type { Source } from '../../model/source.ts';
import { parseHtml } from '../../text/html.ts';
import { type MailProgram, WEEK, WEEKLY, withMailProgram } from '../jobs/mail-program.ts';
import { checkButton, checkLook } from './look.ts';

const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');
const view = (name: string) => loadView(TEMPLATES, name);

async function serve(t: TestContext, ...operator: Pages[]) {
  const server = await buildServer({
    open: [],
    operator,
    access: { operatorToken: '' },
    onError: (error) => assert.fail(error),
  });
  t.after(() => server.close());
  return server;
}

/** Of the settings of mail, what the pages need. */
function mailingOf(archiveDir: string) {
  return { from: 'd@x.example', canaryAddress: '', archiveDir, archiveUrl: '', templatesDir: TEMPLATES };
}

async function home({ store, context }: MailProgram, names: readonly string[] = []): Promise<Pages> {
  const { clock, log } = context;
  const ticking = { clock, lastTickAt: () => clock.now().toISOString(), workingSince: () => undefined };
  // Of a source, the page asks for no more.
  const sources = names.map((name) => ({ id: name, name, enabled: true })) as unknown as Source[];
  const digests = [
    { id: WEEKLY, title: 'Weekly', zone: 'UTC', cron: '0 8 * * 1', enabled: true },
  ] as Digest[];
  const watch = { lateMinutes: 60, sourcesFailingPercent: 50, mailsCanBeLeft: true, folders: [] };
  const alarms = () => currentAlarms({ store, clock, log, digests, sources }, watch);
  return operatorPage({
    ...{ ...ticking, store, digests, sources, alarms, transport: 'smtp' },
    view: await view('operator'),
  });
}

test('the service is called well only while no alarm stands; sources that do not answer are named', async (t) => {
  await withMailProgram(async (program) => {
    const { sourceStates } = program.store;
    const names = ['most', 'miit', 'ndrc', 'mof', 'nda', 'cac', 'nsfc', 'mee'];
    const server = await serve(t, await home(program, names));
    const page = async () => parseHtml((await server.inject('/')).body);
    const visited = (sourceId: string, lastOutcome: string, lastDetail: string) =>
      sourceStates.save({
        ...{ sourceId: sourceId as SourceId, lastOutcome, lastDetail },
        ...{ nextFetchAt: '2021-06-29T00:00:00.000Z', failures: 1 },
      });
    assert.match(
      (await page())('main').text(),
      /The service is well\..*0 of 8 answered.*8 have not been asked/s,
    );
    for (const name of names.slice(0, 3)) await visited(name, 'answered', '20 entries');
    await visited('nsfc', 'refused', 'robots: disallowed');
    await visited('mee', 'failed', 'HOST_RESTING: not asked: its host failed 3 times');
    const some = await page();
    assert.match(some('main').text(), /The service is well\./, 'two of eight are no alarm');
    assert.match(some('#sources').text(), /1 refused us.*nsfc.*robots.*1 not asked, for their host.*mee/s);

    for (const name of ['most', 'miit', 'ndrc', 'mof', 'nda', 'cac'])
      await visited(name, 'failed', 'FETCH_DNS: no such host');
    const bad = await page();
    assert.doesNotMatch(bad('main').text(), /The service is well/);
    assert.match(bad('main').text(), /1 alarm stands/);
    assert.match(bad('#alarms').text(), /8 of 8 sources do not answer.*FETCH_DNS.*source list/s);
    assert.match(bad('#sources').text(), /6 failed.*most.*FETCH_DNS.*and 1 more/s);

    await program.store.returnedMessages.note({
      ...{ messageHash: 'h', kind: 'wish', detail: 'x', readAt: '2021-06-28T00:00:00.000Z' },
    });
    assert.match((await page())('main').text(), /2 alarms stand/);
  });
});

test('a mail in doubt is shown with its reason and decided by a button, once', async (t) => {
  await withMailProgram(async (program) => {
    const { store } = program;
    await program.subscribe('a@b.example');
    await program.queue();
    const lost = { outcome: 'unknown', detail: 'lost after the final dot' } as const;
    const transport = {
      name: 'office',
      send: async (_parcel: unknown, claim: () => Promise<boolean>) => (await claim()) && lost,
      close: async () => undefined,
    };
    await program.run(program.mailing(transport as unknown as Parameters<MailProgram['mailing']>[0]));
    const server = await serve(t, await home(program), mailPages({ store, clock: program.context.clock }));
    const $ = parseHtml((await server.inject('/')).body);
    const row = $('form[action="/mails/decide"]').closest('tr').text();
    assert.match(row, /a@b\.example.*weekly 2021-W25.*lost after the final dot/);
    const id = $('form[action="/mails/decide"] input[name=id]').attr('value') ?? '';
    const decide = (decision: string) =>
      server.inject({
        method: 'POST',
        url: '/mails/decide',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `id=${id}&decision=${decision}`,
      });
    assert.equal((await decide('failed')).statusCode, 422);
    assert.equal((await decide('sent')).statusCode, 303);
    assert.deepEqual(await program.states(), { 'a@b.example': 'sent' });
    assert.equal((await decide('queued')).statusCode, 422, 'what was sent is not sent again');
    assert.doesNotMatch((await server.inject('/')).body, /mails\/decide/);
  });
});

test('readers who wait to be left out are told with the oldest, until a person saw to them', async (t) => {
  await withMailProgram(async (program) => {
    const { returnedMessages } = program.store;
    const wish = { kind: 'wish', detail: 'a@b.example "no more"' } as const;
    await returnedMessages.note({ ...wish, messageHash: 'newer', readAt: '2021-06-28T09:00:00.000Z' });
    await returnedMessages.note({ ...wish, messageHash: 'older', readAt: '2021-06-26T07:30:00.000Z' });
    const server = await serve(t, await home(program));
    const said = async () => parseHtml((await server.inject('/')).body)('#wishes').text();
    assert.match(await said(), /^2 readers ask .* the oldest was read 2021-06-26 07:30 UTC/);
    await returnedMessages.settleWish('older');
    assert.match(await said(), /^1 reader asks .* read 2021-06-28 09:00 UTC/);
    await returnedMessages.settleWish('newer');
    assert.equal(await said(), '');
  });
});

test('the correction of a revision is mailed by a button to those who had the one before, each once', async (t) => {
  await withMailProgram(async (program) => {
    const { store, context, archiveDir } = program;
    await program.subscribe('a@b.example', 'c@d.example', 'e@f.example');
    await program.queue();
    const [first] = await store.deliveries.due(context.clock.now().toISOString(), 1);
    assert.ok(first !== undefined);
    const at = context.clock.now().toISOString();
    await store.deliveries.move(first.id, 'queued', 'sending', { at });
    await store.deliveries.move(first.id, 'sending', 'sent', { at });
    // The second mail is refused for good; the third waits and will carry the earlier revision.
    const [refused] = await store.deliveries.due(at, 1);
    assert.ok(refused !== undefined);
    await store.deliveries.move(refused.id, 'queued', 'sending', { at });
    await store.deliveries.move(refused.id, 'sending', 'failed', { at, error: '550' });
    const second = await program.publish(2, { 'erratum.txt': 'A correction.' });
    const outcome: RebuildOutcome = {
      state: 'revised',
      revision: 2,
      contentHash: 'c0ffee',
      counts: {},
      isPublished: true,
      folder: second.folder,
    };
    const queue = createRebuildQueue(context, async () => outcome);
    t.after(() => queue.stop());
    const parts = {
      queue,
      store,
      digests: [],
      clock: context.clock,
      vocabulary: context.vocabulary,
      mailing: mailingOf(archiveDir),
      draftsDir: '',
    };
    const server = await serve(t, rebuildPages(parts, await view('rebuild')));
    const wish = { digestId: WEEKLY, week: WEEK, from: 'kept', aim: 'publish' } as const;
    const { request } = await queue.ask(wish, { by: 'page' });
    await new Promise<void>((done) => {
      const look = async () => (await queue.view(request.id))?.request.state === 'done' && done();
      queue.watch(request.id, () => void look());
      void look();
    });
    const said = async () => parseHtml((await server.inject(`/rebuilds/${request.id}`)).body)('main').text();
    const isOffered = async (button: string) =>
      parseHtml((await server.inject(`/rebuilds/${request.id}`)).body)(`form[action$="/${button}"]`).length >
      0;
    assert.match(await said(), /Mail the correction\W+To 2 readers who were sent an earlier revision/);
    const left = await store.recipients.byId(first.recipientId);
    await store.recipients.leave(left?.id ?? first.recipientId, WEEKLY);
    assert.match(await said(), /To 1 reader who was sent an earlier revision/, 'who has left gets none');
    const press = async (button: string) => {
      const pressed = await server.inject({ method: 'POST', url: `/rebuilds/${request.id}/${button}` });
      assert.equal(pressed.headers.location, `/rebuilds/${request.id}#mails`);
    };
    await press('errata');
    assert.match(await said(), /1 correction was queued at 2021-06-28 00:00 UTC/);
    assert.equal(await isOffered('errata'), false, 'there is nobody left to tell');
    await press('errata');
    assert.match(await said(), /1 correction was queued/);

    assert.equal(await isOffered('mail'), false, 'everybody has a mail of the week');
    await program.subscribe('late@reader.example');
    assert.match(await said(), /Mail the edition\W+To 1 reader who has no mail of this week yet/);
    program.move(5);
    await press('mail');
    assert.match(await said(), /4 mails with the edition were queued, the last at 2021-06-28 00:05 UTC/);
    assert.equal(await isOffered('mail'), false);
  });
});

test('a run is shown with its steps, and what is not accounted for is said', async (t) => {
  await withMailProgram(async ({ store, context: { clock } }) => {
    const id = '20210628T000000000Z-collect-abc123' as RunId;
    const startedAt = '2021-06-28T00:00:00.000Z';
    await store.runs.start({ id, job: 'collect', subject: 'all sources', startedAt });
    const step = {
      runId: id,
      name: 'list',
      state: 'finished',
      startedAt,
      finishedAt: '2021-06-28T00:00:05.000Z',
    } as const;
    await store.runSteps.add({ ...step, subject: 'most', in: 10, out: 7, dropped: { known: 2 } });
    await store.runs.finish(id, {
      state: 'failed',
      at: '2021-06-28T00:00:10.000Z',
      counts: {},
      error: 'no network',
    });
    const sources = [{ id: 'most' as never, name: '科技部' }];
    const server = await serve(t, runPage({ store, sources, clock, view: await view('run') }));
    const $ = parseHtml((await server.inject(`/runs/${id}`)).body);
    assert.match($('main').text(), /failed.*no network/s);
    assert.match($('tbody tr').text(), /科技部.*5\.0 s.*10 → 7.*known 2; 1 not accounted for/s);
    assert.equal($('.bar').attr('style'), '--from:0.00%;--width:50.00%');
    assert.equal((await server.inject('/runs/2021')).statusCode, 404, 'a part of an id is no run');
  });
});

test('a long round is well while it works, and not for ever', () => {
  const at = (minutesAgo: number) =>
    new Date(Date.parse('2026-11-25T08:00:00Z') - minutesAgo * 60_000).toISOString();
  const clock = { now: () => new Date('2026-11-25T08:00:00Z') };
  const judge = (last?: number, since?: number) =>
    isTicking({
      clock,
      lastTickAt: () => (last === undefined ? undefined : at(last)),
      workingSince: () => (since === undefined ? undefined : at(since)),
    });
  assert.deepEqual(
    [judge(2), judge(20), judge(20, 15), judge(undefined, 5), judge(400, 380), judge()],
    [true, false, true, true, false, false],
  );
});

test('the operator’s pages fit a telephone and have no violation that axe finds', async (t) => {
  await withMailProgram(async (program) => {
    const { store, archiveDir, context } = program;
    const { clock } = context;
    await program.subscribe('a@b.example');
    await program.queue();
    const [first] = await store.deliveries.due(clock.now().toISOString(), 1);
    assert.ok(first !== undefined);
    await store.deliveries.move(first.id, 'queued', 'sending', { at: clock.now().toISOString() });
    await store.deliveries.holdLeftovers(clock.now().toISOString());
    await store.returnedMessages.note({
      messageHash: 'h',
      kind: 'wish',
      detail: 'x',
      readAt: '2021-06-28T00:00:00.000Z',
    });
    for (const sourceId of ['most', 'miit'] as SourceId[]) {
      const state = { lastOutcome: 'failed', lastDetail: `FETCH_DNS: https://${'x'.repeat(80)}.example/` };
      await store.sourceStates.save({
        ...state,
        sourceId,
        nextFetchAt: '2021-06-29T00:00:00.000Z',
        failures: 1,
      });
    }
    const id = '20210628T000000000Z-build-abc123' as RunId;
    const startedAt = '2021-06-28T00:00:00.000Z';
    await store.runs.start({ id, job: 'build', subject: 'weekly 2021-W25', startedAt });
    await store.runSteps.start({ runId: id, name: 'render', subject: '', startedAt });
    const draft = {
      state: 'revised',
      revision: 2,
      contentHash: 'c',
      counts: { seen: 1 },
      isPublished: false,
    } as const;
    const queue = createRebuildQueue(context, async ({ week }) => {
      if (week === WEEK) return draft;
      throw new Error('WEEK_WITHOUT_RECORD: nothing is kept for that week');
    });
    t.after(() => queue.stop());
    const wish = { digestId: WEEKLY, from: 'kept', aim: 'look' } as const;
    const asked = await Promise.all(
      [WEEK, '2021-W24'].map((week) => queue.ask({ ...wish, week }, { by: 'page' })),
    );
    const { vocabulary } = context;
    const mailing = mailingOf(archiveDir);
    const draftsDir = path.join(archiveDir, 'drafts');
    await markDraft(draftFolderOf(draftsDir, WEEKLY, WEEK), draft.contentHash);
    const server = await serve(
      t,
      await home(program, ['most', 'miit', '一个名字特别长的来源一个名字特别长的来源']),
      rebuildPages(
        { queue, store, digests: [], clock, vocabulary, mailing, draftsDir },
        await view('rebuild'),
      ),
      runPage({ store, sources: [], clock, view: await view('run') }),
      mailPages({ store, clock }),
      assetPages(TEMPLATES),
    );
    const base = await listen(server, '127.0.0.1', 0);
    await checkLook(base, ['/', `/runs/${id}`, ...asked.map(({ request }) => `/rebuilds/${request.id}`)]);
    await checkButton(base, '/', 'form[action="/mails/decide"] button[value=sent]');
    assert.equal((await store.deliveries.byId(first.id))?.state, 'sent', 'the button works in a browser');
  });
});
