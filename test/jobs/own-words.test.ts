import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect } from '../../jobs/collect.ts';
import { rereadDocuments } from '../../jobs/reread-documents.ts';
import { runJob } from '../../jobs/run.ts';
import { contentHash } from '../../pipeline/identity.ts';
import { canonicalUrl } from '../../text/urls.ts';
import { serve } from '../net/loopback.ts';
import { makeDocx, makePdf, makeXlsx } from '../pipeline/attachments/files.ts';
import { listSource, openProgram } from './program.ts';
import { NOTICE, noticePage, openReading, PARAGRAPHS, type Reading, SITE } from './reading.ts';

const FOLDER = `${SITE}/tzgg/202106`;
const GUIDE = `${FOLDER}/guide.docx`;
const RULES = [
  '第一条 为规范创新专项管理，制定本办法。',
  '第二条 申报截止时间为2021年7月20日，逾期不予受理。',
];
const CHANGED = [
  '第一条 为规范创新专项管理，制定本办法。',
  '第二条 申报截止时间为2021年8月2日，逾期不予受理。',
];
const TITLE = '关于组织申报创新专项的通知';

const page = (...links: readonly (readonly [href: string, words: string])[]) =>
  noticePage(
    ['详见附件。'],
    `<div class="fj">${links.map(([href, words]) => `<a href="${href}">${words}</a>`).join('、')}</div>`,
  );

async function openWithGuide(): Promise<Reading> {
  const reading = await openReading();
  reading.web.set(NOTICE, page(['guide.docx', '创新专项管理办法']));
  reading.web.set(GUIDE, makeDocx(RULES));
  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  return reading;
}

test('the words of the one file become the document’s where its page only points to it', async () => {
  await using reading = await openWithGuide();
  const { title, text, bodyHtml, dates, facts = [], trace, ...document } = await reading.document();
  assert.equal(text, ['详见附件。', ...RULES].join('\n'));
  assert.match(bodyHtml, /<p>第一条 为规范/);
  assert.equal(document.contentHash, contentHash(title, text));
  assert.deepEqual(
    dates.map(({ kind, on }) => [kind, on]),
    [['deadline', '2021-07-20']],
  );
  for (const { start, end, quote } of [...dates, ...facts]) assert.equal(text.slice(start, end), quote);
  const step = trace.find((one) => one.step === 'attachment');
  assert.deepEqual(step?.value, `创新专项管理办法: ${RULES.join('\n').length} characters`);
  assert.deepEqual(await reading.findings(), []);
});

test('a file that cannot be had again makes no revision', async () => {
  await using reading = await openWithGuide();
  const before = await reading.document();
  const goneBad: readonly (() => void)[] = [
    () => reading.web.set(GUIDE, '<!doctype html><p>请登录'),
    () => reading.web.set(GUIDE, new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])),
    // The link now leads elsewhere, and that address does not answer yet.
    () => reading.web.set(NOTICE, page(['new.docx', '管理办法（新）'])),
  ];
  const days = ['2021-06-23', '2021-06-26', '2021-07-03'];
  for (const [index, spoil] of goneBad.entries()) {
    spoil();
    assert.deepEqual(await reading.readOn(days[index] ?? ''), ['unchanged'], days[index]);
    assert.deepEqual(await reading.document(), before);
  }
  assert.deepEqual(
    (await reading.findings()).map(({ code }) => code),
    ['ATTACHMENT_FAILED'],
  );
});

test('another file in its place is a revision, and the words before are kept', async () => {
  await using reading = await openWithGuide();
  reading.web.set(GUIDE, makeDocx(CHANGED));
  assert.deepEqual(await reading.readOn('2021-06-23'), ['revised']);
  const { id, dates } = await reading.document();
  assert.deepEqual(
    dates.map(({ on }) => on),
    ['2021-08-02'],
  );
  const revisions = await reading.store.documents.revisionsOf(id);
  assert.deepEqual(
    revisions.map(({ text }) => text.split('\n').slice(1)),
    [RULES, CHANGED],
  );
});

test('a file that could not be had at first fills the document, which stays at its first revision', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, page(['guide.docx', '创新专项管理办法']));
  await reading.readOn('2021-06-22');
  assert.equal((await reading.document()).text, '详见附件。');
  reading.web.set(GUIDE, makeDocx(RULES));
  assert.deepEqual(await reading.readOn('2021-06-23'), ['unchanged']);
  const { id, revision, text, dates } = await reading.document();
  assert.deepEqual([revision, text.split('\n').length, dates[0]?.on], [1, 3, '2021-07-20']);
  const revisions = await reading.store.documents.revisionsOf(id);
  assert.deepEqual(
    revisions.map((one) => one.text),
    [text],
  );
  assert.ok(!(await reading.findings()).some(({ code }) => code === 'DOCUMENT_CHANGED'));
});

test('takes the notice beside its forms, once where it comes in two formats, and nothing where files vie', async () => {
  const textWith = async (files: Readonly<Record<string, readonly [words: string, bytes: Uint8Array]>>) => {
    await using reading = await openReading();
    reading.web.set(NOTICE, page(...Object.entries(files).map(([name, [words]]) => [name, words] as const)));
    for (const [name, [, bytes]] of Object.entries(files)) reading.web.set(`${FOLDER}/${name}`, bytes);
    await reading.readOn('2021-06-22');
    return (await reading.document()).text.split('\n').slice(1).join('');
  };
  const [rules, form] = [makeDocx(RULES), makeDocx(['单位名称', '盖章'])];
  const all = RULES.join('');
  assert.equal(await textWith({ 'a.docx': ['管理办法', rules], 'b.docx': ['申报书', form] }), all);
  assert.equal(
    await textWith({ 'a.pdf': ['办法.pdf', makePdf([RULES])], 'a.docx': ['办法.docx', rules] }),
    all,
  );
  assert.equal(await textWith({ 'a.docx': ['管理办法', rules], 'b.docx': ['实施细则', form] }), '');
  assert.equal(await textWith({ 'b.docx': ['申报书', form] }), '');
  assert.equal(await textWith({ 'c.xlsx': ['名单', makeXlsx({ 名单: [['云泽新材']] })] }), '');
});

test('a page with words of its own keeps to them', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS, '<a href="guide.docx">创新专项管理办法</a>'));
  reading.web.set(GUIDE, makeDocx(RULES));
  await reading.readOn('2021-06-22');
  assert.equal((await reading.document()).text, PARAGRAPHS.join('\n'));
});

test('a file that a list links straight to is read as the document', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, makePdf([RULES]));
  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  const { title, text, dates, attachments } = await reading.document();
  assert.deepEqual([title, text, dates[0]?.on], [TITLE, RULES.join('\n'), '2021-07-20']);
  assert.deepEqual(attachments, [{ url: NOTICE, title: TITLE }]);
  assert.deepEqual(await reading.findings(), []);
  assert.deepEqual(await reading.readOn('2021-06-23'), ['unchanged']);
});

test('kept pages read again find the words of the file, and leave those of earlier files alone', async (t) => {
  let now = new Date('2021-06-22T02:00:00Z');
  let file = makeDocx(RULES);
  const site = await serve(t, (request, response) => {
    const isFile = request.url === '/f.docx';
    response.writeHead(200, {
      'content-type': isFile ? 'application/octet-stream' : 'text/html; charset=utf-8',
    });
    if (isFile) response.end(file);
    else if (request.url === '/1.html') response.end(page(['f.docx', '创新专项管理办法']));
    else response.end(`<ul><li><a href="/1.html">${TITLE}</a></li></ul>`);
  });
  const { base } = await openProgram(t, {
    sources: [listSource('kjt', 'http://kjt.example/')],
    clock: { now: () => now },
    hostMap: `*.example=127.0.0.1:${site.port}`,
  });
  const { documents } = base.store;
  const counts = async () =>
    (await runJob(base, rereadDocuments, { weeks: ['2021-W25'], zones: ['Asia/Shanghai'] })).counts;
  const stored = async () => (await documents.byCanonicalUrl(canonicalUrl('http://kjt.example/1.html')))!;

  await runJob(base, collect, { which: 'all' });
  const first = await stored();
  assert.equal(first.text.split('\n').length, 3);
  assert.equal((await counts()).unchanged, 1);
  // As it was stored before files were read as documents.
  await documents.rederive(first, {
    ...first,
    text: '详见附件。',
    contentHash: contentHash(TITLE, '详见附件。'),
  });
  assert.equal((await counts()).words, 1);
  assert.deepEqual(await stored(), first);

  file = makeDocx(CHANGED);
  now = new Date('2021-06-24T02:00:00Z');
  await runJob(base, collect, { which: 'all' });
  const second = await stored();
  assert.deepEqual([second.revision, second.dates[0]?.on], [2, '2021-08-02']);
  assert.equal((await counts()).unchanged, 1);
  assert.deepEqual(
    (await documents.revisionsOf(first.id)).map(({ text }) => text),
    [first.text, second.text],
  );
});
