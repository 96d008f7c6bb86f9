import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMAIL, ENGLISH, openReaderPages, WEEKLY } from './readers.ts';

const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

test('looking at the page to unsubscribe changes nothing, by GET and by HEAD', async (t) => {
  const { store, server, addReader, get } = await openReaderPages(t);
  const { unsubscribe } = await addReader();
  const page = await get(unsubscribe, { 'accept-language': 'en' });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Stop sending 创新政策周报 to m…@reader\.example\?/);
  assert.doesNotMatch(page.body, /mei@/, 'the address is not given away');
  assert.equal((await server.inject({ method: 'HEAD', url: unsubscribe })).statusCode, 200);
  assert.deepEqual((await store.recipients.byEmail(EMAIL))?.digestIds, [WEEKLY, ENGLISH]);
  assert.deepEqual(await store.suppressions.list(), []);
});

test('one POST unsubscribes without login or redirect, and again without harm', async (t) => {
  const { store, addReader, post } = await openReaderPages(t);
  const { unsubscribe } = await addReader();
  for (let time = 0; time < 2; time += 1) {
    const answer = await post(unsubscribe, ONE_CLICK, { origin: 'https://mail.provider.example' });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers.location, undefined);
  }
  assert.deepEqual((await store.recipients.byEmail(EMAIL))?.digestIds, [ENGLISH]);
  const [left] = await store.suppressions.list();
  assert.deepEqual(
    [left?.digestId, left?.reason, left?.evidence],
    [WEEKLY, 'unsubscribed', 'one-click POST'],
  );
});

test('a provider may send the one click as multipart form data', async (t) => {
  const { store, server, addReader } = await openReaderPages(t);
  const { unsubscribe } = await addReader();
  const answer = await server.inject({
    method: 'POST',
    url: unsubscribe,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
  });
  assert.equal(answer.statusCode, 200);
  assert.deepEqual((await store.recipients.byEmail(EMAIL))?.digestIds, [ENGLISH]);
  assert.equal((await store.suppressions.list())[0]?.evidence, 'one-click POST');
});

test('the page lets everything be left at once', async (t) => {
  const { store, addReader, post } = await openReaderPages(t);
  const { unsubscribe } = await addReader();
  const answer = await post(`${unsubscribe}?lang=en`, { scope: 'all' });
  assert.match(answer.body, /Nothing more is sent to m…@reader\.example/);
  assert.deepEqual((await store.recipients.byEmail(EMAIL))?.digestIds, []);
  assert.equal(await store.suppressions.has(EMAIL), true);
});

test('a wrong or voided link, another purpose and an unknown digest change nothing', async (t) => {
  const { store, addReader, post, get } = await openReaderPages(t);
  const { reader, unsubscribe, preferences } = await addReader();
  const token = unsubscribe.split('/')[2] ?? '';
  const wrong = [
    `/unsubscribe/${'x'.repeat(32)}/weekly`,
    `/unsubscribe/${preferences.split('/')[2]}/weekly`,
    `/unsubscribe/${token}/no-such-digest`,
    `/unsubscribe/${token.slice(1)}/weekly`,
    `/preferences/${token}`,
  ];
  for (const url of wrong) {
    assert.equal((await post(url, ONE_CLICK)).statusCode, 404, url);
    assert.equal((await get(url)).statusCode, 404, url);
  }
  await store.recipients.voidLinks(reader.id);
  assert.equal((await post(unsubscribe, ONE_CLICK)).statusCode, 404);
  assert.deepEqual((await store.recipients.byEmail(EMAIL))?.digestIds, [WEEKLY, ENGLISH]);
});

test('preferences show what is chosen and keep what is sent', async (t) => {
  const { store, addReader, post, get } = await openReaderPages(t);
  const { reader, preferences } = await addReader();
  const page = await get(`${preferences}?lang=en`);
  assert.match(page.body, /id="digest-weekly"[^>]* checked/);
  assert.doesNotMatch(page.body, /Switched off/);
  const sent = { digests: ['weekly-en', 'off', 'nonsense'], topics: ['ai', 'nonsense'], regions: 'CN-SH' };
  const saved = await post(`${preferences}?lang=en`, {
    ...sent,
    pdf: 'link',
    quietWeek: 'nothing',
    lang: 'en',
  });
  assert.equal(saved.statusCode, 200);
  assert.match(saved.body, /Saved/);
  assert.match(saved.body, /id="regions-CN-SH"[^>]* checked/);
  const kept = await store.recipients.byEmail(EMAIL);
  assert.deepEqual(kept, {
    ...reader,
    ...{ digestIds: [ENGLISH], topics: kept?.topics, regions: ['CN-SH'], attachPdf: false },
    ...{ quietWeek: 'nothing', lang: 'en' },
  });
  assert.ok(!kept?.topics.includes('nonsense'));
  const events = await store.recipientEvents.of(reader.id);
  assert.equal(events.at(-1)?.by, 'reader');
});

test('a reader who chose a language is offered the digest in it, and nothing is switched but by the button', async (t) => {
  const { store, addReader, get, post } = await openReaderPages(t);
  const { preferences } = await addReader();
  const page = `${preferences}?lang=en`;
  const change = async (lang: string) =>
    (await post(page, { digests: WEEKLY, topics: 'ai', pdf: 'link', lang })).body;
  const OFFER =
    /You get 创新政策周报, which is in Chinese. Innovation Weekly has the same content in English/;
  assert.doesNotMatch(await change(''), OFFER, 'no language was chosen');
  assert.doesNotMatch(await change('zh-CN'), OFFER, 'the digest is in that language');
  assert.match(await change('en'), OFFER);
  assert.match((await get(page)).body, OFFER);
  const before = await store.recipients.byEmail(EMAIL);
  assert.deepEqual(before?.digestIds, [WEEKLY]);
  for (let time = 0; time < 2; time += 1)
    assert.doesNotMatch((await post(page, { switch: WEEKLY })).body, OFFER, 'the offer is taken');
  assert.deepEqual(await store.recipients.byEmail(EMAIL), { ...before, digestIds: [ENGLISH] });
  assert.deepEqual(await store.recipients.activeFor(WEEKLY), []);
  assert.equal((await store.recipients.activeFor(ENGLISH)).length, 1);
  await post(page, { digests: ENGLISH, lang: 'zh-CN' });
  assert.match((await get(`${preferences}?lang=zh-CN`)).body, /value="weekly-en"[^>]*>改收《创新政策周报》/);
  await post(page, { switch: ENGLISH });
  assert.deepEqual(
    (await store.recipients.activeFor(WEEKLY)).map(({ email }) => email),
    [EMAIL],
  );
});

test('a digest that is switched off, or comes already, is offered to nobody', async (t) => {
  const { addReader, post } = await openReaderPages(t);
  const { preferences } = await addReader();
  const both = await post(preferences, { digests: [WEEKLY, ENGLISH], lang: 'en' });
  assert.doesNotMatch(both.body, /name="switch"/);
  const other = await post(preferences, { digests: [ENGLISH], lang: 'en' });
  assert.doesNotMatch(other.body, /name="switch"/);
});

test('a reader who left everything may come back, one whose mail came back may not by this page', async (t) => {
  const { store, addReader, post } = await openReaderPages(t);
  const { unsubscribe, preferences } = await addReader();
  await post(unsubscribe, { scope: 'all' });
  await post(preferences, { digests: 'weekly' });
  assert.equal((await store.recipients.activeFor(WEEKLY)).length, 1);
  const at = '2026-11-20T09:00:00.000Z';
  await store.suppressions.add({ email: EMAIL, reason: 'bounce', at, evidence: '5.1.1' });
  const page = await post(`${preferences}?lang=en`, { digests: ['weekly', 'weekly-en'] });
  assert.match(page.body, /Mail to this address is stopped/);
  assert.deepEqual(await store.recipients.activeFor(WEEKLY), []);
});

test('the language is the one asked for, else the reader’s, else the browser’s, else that of the first digest', async (t) => {
  const { store, addReader, get } = await openReaderPages(t);
  const { reader, preferences } = await addReader();
  const langOf = async (url: string, accept = '') =>
    /<html lang="([^"]+)"/.exec((await get(url, { 'accept-language': accept })).body)?.[1];
  assert.equal(await langOf('/subscribe'), 'zh-CN');
  assert.equal(await langOf('/subscribe', 'de-DE, en;q=0.8, zh;q=0.7'), 'en');
  assert.equal(await langOf('/subscribe', 'en;q=0, zh-TW'), 'zh-CN');
  assert.equal(await langOf('/subscribe?lang=zh-CN', 'en'), 'zh-CN');
  await store.transaction((tables) => tables.recipients.change(reader.id, { ...reader, lang: 'en' }));
  assert.equal(await langOf(preferences, 'zh-CN'), 'en');
});

test('pages work below a path, and forms and links stay in it', async (t) => {
  const { addReader, get } = await openReaderPages(t);
  const { unsubscribe } = await addReader();
  const page = await get(unsubscribe);
  assert.match(page.body, /href="\/digest\/assets\/reader\.css"/);
  assert.match(page.body, new RegExp(`action="/digest${unsubscribe}`));
});

test('the PDF as a link is offered where the archive is on the web, and nowhere else', async (t) => {
  const without = await openReaderPages(t);
  const own = await without.addReader();
  for (const page of [own.preferences, '/subscribe']) {
    const { body } = await without.get(`${page}?lang=en`);
    assert.doesNotMatch(body, /name="pdf"|web edition/, page);
  }
  assert.match((await without.get(`${own.preferences}?lang=en`)).body, /the attached PDF has them all/);
  const published = await openReaderPages(t, { archiveUrl: 'https://news.example/archive/' });
  const reader = await published.addReader();
  for (const page of [reader.preferences, '/subscribe'])
    assert.match((await published.get(`${page}?lang=en`)).body, /name="pdf" value="link"/, page);
  assert.match((await published.get(`${reader.preferences}?lang=en`)).body, /the web edition has them all/);
});

test('a page that does not offer the PDF as a link leaves that choice as it was', async (t) => {
  const { store, addReader, post } = await openReaderPages(t);
  const { preferences } = await addReader();
  await post(preferences, { digests: WEEKLY, pdf: 'link' });
  await post(preferences, { digests: WEEKLY });
  assert.equal((await store.recipients.byEmail(EMAIL))?.attachPdf, false);
});
