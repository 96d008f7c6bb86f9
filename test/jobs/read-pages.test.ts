import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goneDocuments } from '../../jobs/fates.ts';
import { type Answer, NOTICE, noticePage, openReading, PARAGRAPHS, SITE } from './reading.ts';

const STEM = NOTICE.replace('.html', '');
const failed: Answer = { outcome: 'failed', url: NOTICE, code: 'FETCH_TIMEOUT', detail: 'no answer' };
const gone: Answer = { outcome: 'gone', url: NOTICE, status: 410 };
const refused: Answer = { outcome: 'refused', url: NOTICE, reason: 'verification', detail: 'a wall' };

test('joins the pages that a script names, and says how many', async () => {
  await using reading = await openReading();
  const pager = '<script>createPageHTML(3, 0, "t20210622_100", "html");</script>';
  reading.web.set(NOTICE, noticePage([PARAGRAPHS[1]], pager));
  reading.web.set(`${STEM}_1.html`, noticePage([PARAGRAPHS[2]], pager));
  reading.web.set(`${STEM}_2.html`, noticePage([PARAGRAPHS[3]], pager));
  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  const { text, trace } = await reading.document();
  assert.equal(text, PARAGRAPHS.slice(1).join('\n'));
  assert.deepEqual(
    trace.filter(({ step }) => step === 'paging').map(({ value }) => value),
    ['3 pages joined'],
  );
});

test('follows next links page by page', async () => {
  await using reading = await openReading();
  const next = (number: number) => `<p class="pager"><a href="${STEM}_${number}.html">下一页</a></p>`;
  reading.web.set(NOTICE, noticePage([PARAGRAPHS[1]], next(2)));
  reading.web.set(`${STEM}_2.html`, noticePage([PARAGRAPHS[2]], next(3)));
  reading.web.set(`${STEM}_3.html`, noticePage([PARAGRAPHS[3]], next(3)));
  await reading.readOn('2021-06-22');
  assert.equal((await reading.document()).text, PARAGRAPHS.slice(1).join('\n'));
  assert.equal(reading.asked.length, 3);
});

test('reads the print view in place of the pages where the source says so', async () => {
  await using reading = await openReading({ wholePage: ['a.print@href'] });
  const tools = `<a class="print" href="/print?id=100">打印</a><a href="${STEM}_2.html">下一页</a>`;
  reading.web.set(NOTICE, noticePage([PARAGRAPHS[1]], tools));
  reading.web.set(`${SITE}/print?id=100`, noticePage(PARAGRAPHS.slice(1)));
  await reading.readOn('2021-06-22');
  assert.equal((await reading.document()).text, PARAGRAPHS.slice(1).join('\n'));
  assert.equal(reading.asked.length, 2);
});

test('does not take pages of comments for pages of the article', async () => {
  await using reading = await openReading();
  const pager = [1, 2, 3].map((number) => `<a href="${NOTICE}?page=${number}">${number}</a>`).join(' ');
  reading.web.set(NOTICE, noticePage(PARAGRAPHS, pager));
  for (const number of [1, 2, 3])
    reading.web.set(
      `${NOTICE}?page=${number}`,
      noticePage(PARAGRAPHS, `<p>第${number}页网友评论：很好。</p>${pager}`),
    );
  await reading.readOn('2021-06-22');
  assert.equal((await reading.document()).text, PARAGRAPHS.join('\n'));
  assert.equal(reading.asked.length, 2);
});

test('reads half an article as none, and the whole of it later', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage([PARAGRAPHS[1]], `<a href="${NOTICE}?page=2">2</a>`));
  reading.web.set(`${NOTICE}?page=2`, { ...failed, url: `${NOTICE}?page=2` });
  assert.deepEqual(await reading.readOn('2021-06-22'), ['notRead']);
  assert.equal(await reading.store.documents.count(), 0);
  reading.web.set(`${NOTICE}?page=2`, noticePage([PARAGRAPHS[2]]));
  assert.deepEqual(await reading.readOn('2021-06-22T03:30:00Z'), ['added']);
  assert.equal((await reading.document()).text, PARAGRAPHS.slice(1, 3).join('\n'));
});

test('joins what there is when a page of an article is gone, and says so', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage([PARAGRAPHS[1]], `<a href="${STEM}_2.html">下一页</a>`));
  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  assert.deepEqual(
    (await reading.findings()).map(({ code }) => code),
    ['PAGE_PART_MISSING'],
  );
});

test('reads a known page again after 1, 3, 7, 30 and 90 days, and then no more', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  const days: string[] = [];
  for (let at = Date.parse('2021-06-22T02:00:00Z'); at < Date.parse('2022-06-22'); at += 86_400_000) {
    const day = new Date(at).toISOString();
    if ((await reading.readOn(day)).length > 0) days.push(day.slice(0, 10));
  }
  assert.deepEqual(days, [
    '2021-06-22',
    '2021-06-23',
    '2021-06-26',
    '2021-07-03',
    '2021-08-02',
    '2021-10-31',
  ]);
});

test('shows the page its own version again, and takes a 304 as read', async () => {
  await using reading = await openReading();
  const headers = { etag: '"v1"', 'last-modified': 'Tue, 22 Jun 2021 01:00:00 GMT' };
  reading.web.set(NOTICE, { html: noticePage(PARAGRAPHS), headers });
  await reading.readOn('2021-06-22');
  assert.equal(reading.asked[0]?.etag, undefined);
  reading.web.set(NOTICE, { outcome: 'notModified', url: NOTICE });
  await reading.readOn('2021-06-23');
  await reading.readOn('2021-06-26');
  assert.deepEqual(
    reading.asked.slice(1).map(({ etag, lastModified }) => [etag, lastModified]),
    Array(2).fill(['"v1"', headers['last-modified']]),
  );
  const { pageState, pageReads } = await reading.listed();
  assert.deepEqual([pageState, pageReads, (await reading.document()).revision], ['read', 3, 1]);
});

test('asks for an article of several pages without its version: a 304 would speak for the first page alone', async () => {
  await using reading = await openReading();
  const headers = { etag: '"v1"' };
  reading.web.set(NOTICE, {
    html: noticePage([PARAGRAPHS[1]], `<a href="${STEM}_2.html">下一页</a>`),
    headers,
  });
  reading.web.set(`${STEM}_2.html`, noticePage([PARAGRAPHS[2]]));
  await reading.readOn('2021-06-22');
  assert.deepEqual((await reading.listed()).validators, {});
});

test('makes a revision of changed words', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  await reading.readOn('2021-06-22');
  reading.web.set(NOTICE, noticePage(PARAGRAPHS.map((words) => words.replace('7月20日', '7月30日'))));
  assert.deepEqual(await reading.readOn('2021-06-23'), ['revised']);
  assert.equal((await reading.document()).revision, 2);
  assert.deepEqual(
    (await reading.findings()).map(({ code }) => code),
    ['DOCUMENT_CHANGED'],
  );
});

test('does not take the summary of the list for the changed words of a page that lost its text', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  await reading.readOn('2021-06-22');
  reading.web.set(NOTICE, '<html><head><title>关于组织申报创新专项的通知</title></head><body></body></html>');
  assert.deepEqual(await reading.readOn('2021-06-23'), ['unreadable']);
  assert.equal((await reading.document()).revision, 1);
});

test('tells gone, moved, refused and unreachable apart, and keeps the document in each', async () => {
  const states: string[][] = [];
  const moved: Answer = { html: noticePage(PARAGRAPHS), movedTo: `${SITE}/new/2021/100.html` };
  const lost: Answer =
    '<html><head><title>提示</title></head><body><nav>首页</nav><p>您访问的页面不存在或已被删除</p></body></html>';
  const home: Answer = { html: noticePage(['欢迎访问']), movedTo: `${SITE}/index.html` };
  for (const answer of [gone, moved, refused, failed, home, lost]) {
    await using reading = await openReading();
    reading.web.set(NOTICE, noticePage(PARAGRAPHS));
    await reading.readOn('2021-06-22');
    const before = await reading.document();
    reading.web.set(NOTICE, answer);
    await reading.readOn('2021-06-23');
    const { id, revision } = await reading.document();
    assert.deepEqual([id, revision], [before.id, 1]);
    const [finding] = await reading.findings();
    assert.equal(finding?.documentId, before.id);
    states.push([finding?.code ?? '', (await reading.listed()).pageState]);
  }
  assert.deepEqual(states, [
    ['PAGE_GONE', 'gone'],
    ['PAGE_MOVED', 'read'],
    ['PAGE_REFUSED', 'refused'],
    ['PAGE_FAILED', 'failed'],
    ['PAGE_GONE', 'gone'],
    ['PAGE_GONE', 'gone'],
  ]);
});

test('does not call a page moved for another spelling of its address', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  await reading.readOn('2021-06-22');
  reading.web.set(NOTICE, {
    html: noticePage(PARAGRAPHS),
    movedTo: NOTICE.replace('http://', 'https://www.'),
  });
  await reading.readOn('2021-06-23');
  assert.deepEqual(await reading.findings(), []);
});

test('a failure uses up no reading, and a known page is not given up for it', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  for (const day of ['2021-06-22', '2021-06-23', '2021-06-26', '2021-07-03', '2021-08-02'])
    assert.deepEqual(await reading.readOn(day), [day === '2021-06-22' ? 'added' : 'unchanged']);
  reading.web.set(NOTICE, failed);
  assert.deepEqual(await reading.readOn('2021-10-31'), ['notRead']);
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  assert.deepEqual(await reading.readOn('2021-10-31T04:00:00Z'), ['unchanged']);
});

test('a page that is gone is told once, and told back when it returns', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  await reading.readOn('2021-06-22');
  reading.web.set(NOTICE, gone);
  await reading.readOn('2021-06-23');
  await reading.readOn('2021-06-30');
  assert.deepEqual(
    (await reading.findings()).map(({ code, at }) => [code, at.slice(0, 10)]),
    [['PAGE_GONE', '2021-06-23']],
  );
  const { id } = await reading.document();
  const goneUntil = async (at: string) => [...(await goneDocuments(reading.store, at))];
  assert.deepEqual(await goneUntil('2021-06-22T12:00:00.000Z'), []);
  assert.deepEqual(await goneUntil('2021-07-01T00:00:00.000Z'), [id]);
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  await reading.readOn('2021-08-10');
  assert.equal((await reading.listed()).pageState, 'read');
  assert.deepEqual(await goneUntil('2021-08-11T00:00:00.000Z'), []);
});
