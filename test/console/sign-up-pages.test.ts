import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Edition } from '../../model/edition.ts';
import { parseHtml } from '../../text/html.ts';
import { EMAIL, ENGLISH, openReaderPages, WEEKLY } from './readers.ts';

const FORM = { email: EMAIL, digests: ['weekly'], pdf: 'link', agree: 'yes', website: '' };

/** The path of the page that the newest letter leads to. */
function confirmPath(text = ''): string {
  const path = /https:\/\/news\.example\/digest(\/confirm\/\S+)/.exec(text)?.[1];
  assert.ok(path, text);
  return path;
}

test('the form shows each digest with its rhythm, and chooses that of the reader’s language', async (t) => {
  const { get } = await openReaderPages(t);
  const page = await get('/subscribe', { 'accept-language': 'en' });
  assert.match(page.body, /every Monday, 08:30 \(Asia\/Shanghai\)/);
  assert.match(page.body, /id="digest-weekly-en"[^>]* checked/);
  assert.doesNotMatch(page.body, /id="digest-weekly"[^>]* checked/);
  assert.doesNotMatch(page.body, /Switched off/);
});

test('a sign-up mails a letter; only the button on its page subscribes, once', async (t) => {
  const { store, server, post, get, letters } = await openReaderPages(t);
  assert.equal((await post('/subscribe?lang=en', FORM)).statusCode, 200);
  const [letter] = await letters();
  assert.equal(letter?.to, EMAIL);
  assert.equal(letter?.purpose, 'confirm');
  const path = confirmPath(letter?.text);
  for (const method of ['GET', 'HEAD', 'GET'] as const)
    assert.equal((await server.inject({ method, url: path })).statusCode, 200);
  assert.equal(await store.recipients.byEmail(EMAIL), undefined, 'scanners follow links');
  assert.match((await post(path, {})).body, /You are subscribed/);
  const reader = await store.recipients.byEmail(EMAIL);
  assert.deepEqual([reader?.digestIds, reader?.attachPdf, reader?.lang], [[WEEKLY], false, 'en']);
  assert.match(reader?.consent ?? '', /I agree to get the chosen digests/);
  assert.equal((await post(path, {})).statusCode, 410);
  assert.equal((await get(path)).statusCode, 410);
});

test('who has confirmed is led to topics and regions, and to the newest edition where there is one to read', async (t) => {
  const archiveUrl = 'https://news.example/archive/';
  const { store, post, get, letters } = await openReaderPages(t, { archiveUrl });
  for (const week of ['2026-W45', '2026-W46'])
    await store.editions.record({
      ...{ digestId: WEEKLY, week, revision: 1, number: 1, edition: {} as Edition, manifestHash: week },
      ...{ folder: `weekly/2026/${week}`, publishedAt: '2026-11-16T00:00:00.000Z' },
    });
  const form = await get('/subscribe', { 'accept-language': 'en' });
  assert.ok(form.body.includes(`<a href="${archiveUrl}index.html">Look at past editions</a>`), form.body);
  await post('/subscribe?lang=en', { ...FORM, digests: ['weekly', 'weekly-en'] });
  const page = await post(confirmPath((await letters())[0]?.text), {});
  const $ = parseHtml(page.body);
  assert.match($('main').text(), /topics and regions/i);
  const links = $('main a')
    .toArray()
    .map((a) => [$(a).text(), $(a).attr('href') ?? '']);
  assert.deepEqual(links[1], [
    'Newest edition: 创新政策周报, 2026-W46',
    `${archiveUrl}weekly/2026/2026-W46/index.html`,
  ]);
  assert.equal(links.length, 2, 'a digest that has no edition yet is not linked');
  const own = links[0]?.[1]?.replace('/digest/', '/') ?? '';
  const choices = await get(own);
  assert.equal(choices.statusCode, 200);
  assert.match(choices.body, /What you get.*name="topics"/s);
});

test('where the archive is not on the web the confirmed page leads to the choices alone', async (t) => {
  const { post, letters } = await openReaderPages(t);
  await post('/subscribe?lang=zh-CN', FORM);
  const $ = parseHtml((await post(confirmPath((await letters())[0]?.text), {})).body);
  assert.equal($('main a').length, 1);
  assert.match($('main').text(), /主题和地区/);
});

test('the answer is the same for new, known and suppressed addresses', async (t) => {
  const { store, addReader, post } = await openReaderPages(t);
  await addReader();
  const at = '2026-11-20T07:00:00.000Z';
  await store.suppressions.add({ email: 'no@reader.example', reason: 'operator', at, evidence: '' });
  const answers = [];
  for (const email of [EMAIL, 'new@reader.example', 'no@reader.example']) {
    const { statusCode, body } = await post('/subscribe', { ...FORM, email });
    answers.push({ statusCode, body });
  }
  assert.equal(answers[0]?.statusCode, 200);
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
});

test('faults are told beside what was filled in, and nothing is mailed', async (t) => {
  const { post, letters } = await openReaderPages(t);
  const faulty = { email: 'mei@@reader', digests: ENGLISH, website: '' };
  const page = await post('/subscribe?lang=en', faulty);
  assert.equal(page.statusCode, 422);
  assert.match(page.body, /Enter the whole address/);
  assert.match(page.body, /Tick that you agree/);
  assert.match(page.body, /value="mei@@reader"/);
  assert.match(page.body, /id="digest-weekly-en"[^>]* checked/);
  const none = await post('/subscribe?lang=en', { ...FORM, digests: 'off' });
  assert.match(none.body, /Choose at least one digest/);
  assert.deepEqual(await letters(), []);
});

test('a program that fills in every field is thanked and ignored', async (t) => {
  const { post, letters } = await openReaderPages(t);
  assert.equal((await post('/subscribe', { ...FORM, website: 'https://spam.example' })).statusCode, 200);
  assert.deepEqual(await letters(), []);
});

test('one peer signs up ten times an hour at most; behind a proxy each of its clients does', async (t) => {
  const { post } = await openReaderPages(t);
  const from = async (client: string, number: number) =>
    (await post('/subscribe', { ...FORM, email: `r${number}@reader.example` }, { 'x-forwarded-for': client }))
      .statusCode;
  for (let number = 0; number < 10; number += 1)
    assert.equal(await from(`1.1.1.${number}, 203.0.113.9`, number), 200);
  assert.equal(await from('1.1.1.1, 203.0.113.9', 10), 429);
  assert.equal(await from('1.1.1.1, 203.0.113.10', 11), 200);
  for (let number = 20; number < 30; number += 1)
    assert.equal(await from(`2001:db8::${number}:0:0:1`, number), 200);
  assert.equal(await from('2001:db8::99:0:0:1', 30), 429, 'all of one /64 are one peer');
  assert.equal(await from('2001:db8:0:1::1', 31), 200);
});

test('without a public address nobody can sign up', async (t) => {
  const { get, post, letters } = await openReaderPages(t, { publicUrl: '' });
  assert.equal((await get('/subscribe')).statusCode, 404);
  assert.equal((await post('/subscribe', FORM)).statusCode, 404);
  assert.deepEqual(await letters(), []);
});

test('what a person types cannot become markup or a header', async (t) => {
  const { post, letters } = await openReaderPages(t);
  const page = await post('/subscribe', { ...FORM, email: '"><script>alert(1)</script>@a.example' });
  assert.equal(page.statusCode, 422);
  assert.doesNotMatch(page.body, /<script>/);
  assert.equal(
    (await post('/subscribe', { ...FORM, email: 'a@b.example\r\nBcc: c@d.example' })).statusCode,
    422,
  );
  assert.deepEqual(await letters(), []);
});
