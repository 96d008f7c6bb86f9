import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDocx, makePdf, makeXlsx } from '../pipeline/attachments/files.ts';
import { NOTICE, noticePage, openReading, PARAGRAPHS, SITE } from './reading.ts';

const FOLDER = `${SITE}/tzgg/202106`;
const links = (...hrefs: readonly (readonly [string, string])[]) =>
  `<div class="fj">附件：${hrefs.map(([href, words]) => `<a href="${href}">${words}</a>`).join('、')}</div>`;

test('stores the text of PDF, Word and Excel files, and finds it by its words', async () => {
  await using reading = await openReading();
  reading.web.set(
    NOTICE,
    noticePage(
      PARAGRAPHS,
      links(['./P1.pdf', '1.申报指南'], ['P2.docx', '2.申报书'], ['/files/P3.xlsx', '3.推荐汇总表']),
    ),
  );
  reading.web.set(`${FOLDER}/P1.pdf`, makePdf([['指南方向一：第三代半导体衬底材料。']]));
  reading.web.set(`${FOLDER}/P2.docx`, makeDocx(['项目名称', '牵头单位意见']));
  reading.web.set(`${SITE}/files/P3.xlsx`, makeXlsx({ 汇总: [['推荐单位', '北岭高新区']] }));

  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  const document = await reading.document();
  const rows = await reading.store.attachments.ofDocument(document.id);
  assert.deepEqual(
    rows.map(({ title, kind, state, text }) => [title, kind, state, text]),
    [
      ['1.申报指南', 'pdf', 'read', '指南方向一：第三代半导体衬底材料。'],
      ['2.申报书', 'docx', 'read', '项目名称\n牵头单位意见'],
      ['3.推荐汇总表', 'xlsx', 'read', '汇总\n推荐单位 北岭高新区'],
    ],
  );
  const found = await reading.store.attachments.withWords('半导体衬底');
  assert.deepEqual(
    found.map(({ documentId, title }) => [documentId, title]),
    [[document.id, '1.申报指南']],
  );
  assert.deepEqual(await reading.store.attachments.withWords('半%底'), []);
  for (const { snapshotId } of rows)
    assert.ok(snapshotId && (await reading.store.snapshots.byId(snapshotId)));
});

test('keeps and names old Office files and archives without reading them', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS, links(['a.doc', '附件1'], ['b.zip', '附件2'])));
  reading.web.set(`${FOLDER}/a.doc`, new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
  reading.web.set(`${FOLDER}/b.zip`, new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]));
  await reading.readOn('2021-06-22');
  const rows = await reading.store.attachments.ofDocument((await reading.document()).id);
  assert.deepEqual(
    rows.map(({ kind, state, text }) => [kind, state, text]),
    [
      ['doc', 'kept', ''],
      ['zip', 'kept', ''],
    ],
  );
  assert.deepEqual(await reading.findings(), []);
});

test('notes a scanned PDF, a file that is gone and a page in place of a file, and keeps the document', async () => {
  await using reading = await openReading();
  reading.web.set(
    NOTICE,
    noticePage(PARAGRAPHS, links(['s.pdf', '扫描件'], ['gone.pdf', '已删'], ['login.pdf', '要登录'])),
  );
  reading.web.set(`${FOLDER}/s.pdf`, makePdf([[], []]));
  reading.web.set(`${FOLDER}/login.pdf`, '<!doctype html><p>请登录');
  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  const findings = await reading.findings();
  const documentId = (await reading.document()).id;
  assert.deepEqual(
    findings.map(({ code, seen }) => [code, seen]).sort(),
    [
      ['ATTACHMENT_FAILED', '已删: gone (status 404)'],
      ['ATTACHMENT_FAILED', '要登录: a web page came in its place'],
      ['ATTACHMENT_SCANNED', '扫描件: 2 pages without text'],
    ].sort(),
  );
  assert.ok(findings.every((finding) => finding.documentId === documentId));
});

test('fetches a file again only when it failed or the words of its page changed', async () => {
  await using reading = await openReading();
  const guide = `${FOLDER}/guide.pdf`;
  const form = `${FOLDER}/form.docx`;
  const files = links(['guide.pdf', '指南'], ['form.docx', '申报书']);
  reading.web.set(NOTICE, noticePage(PARAGRAPHS, files));
  reading.web.set(guide, makePdf([['指南第一版：支持三个方向。']]));
  const times = (url: string) => reading.asked.filter((request) => request.url === url).length;

  await reading.readOn('2021-06-22');
  reading.web.set(form, makeDocx(['申报书正文']));
  await reading.readOn('2021-06-23');
  assert.deepEqual([times(guide), times(form)], [1, 2]);
  await reading.readOn('2021-06-26');
  assert.deepEqual([times(guide), times(form)], [1, 2]);

  reading.web.set(NOTICE, noticePage([...PARAGRAPHS, '申报截止时间延长至2021年8月1日。'], files));
  reading.web.set(guide, makePdf([['指南第二版：支持四个方向。']]));
  reading.web.delete(form);
  assert.deepEqual(await reading.readOn('2021-07-03'), ['revised']);
  const rows = await reading.store.attachments.ofDocument((await reading.document()).id);
  assert.deepEqual(
    rows.map(({ text }) => text),
    ['指南第二版：支持四个方向。', '申报书正文'],
    'the new guide, and the form that is no longer there',
  );
});

test('keeps what was read of a file that its page no longer names', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, noticePage(PARAGRAPHS, links(['list.xlsx', '公示名单'])));
  reading.web.set(`${FOLDER}/list.xlsx`, makeXlsx({ 名单: [['云泽新材']] }));
  await reading.readOn('2021-06-22');
  reading.web.set(NOTICE, noticePage(PARAGRAPHS));
  await reading.readOn('2021-06-23');
  assert.equal((await reading.store.attachments.withWords('云泽新材')).length, 1);
});

test('knows a gateway link again by its name', async () => {
  await using reading = await openReading();
  const page = (token: string) =>
    noticePage(PARAGRAPHS, links([`/gate/down?token=${token}`, '申报指南.pdf']));
  for (const token of ['a1', 'b2'])
    reading.web.set(`${SITE}/gate/down?token=${token}`, makePdf([['支持三个方向的联合攻关。']]));
  reading.web.set(NOTICE, page('a1'));
  await reading.readOn('2021-06-22');
  reading.web.set(NOTICE, page('b2'));
  await reading.readOn('2021-06-23');
  assert.equal((await reading.store.attachments.ofDocument((await reading.document()).id)).length, 1);
});

test('reads the file that a list links straight to', async () => {
  await using reading = await openReading();
  reading.web.set(NOTICE, makePdf([['关于印发管理办法的通知全文，共二十条。']]));
  assert.deepEqual(await reading.readOn('2021-06-22'), ['added']);
  assert.deepEqual(reading.asked.length, 1);
  assert.equal((await reading.store.attachments.withWords('共二十条')).length, 1);
});

test('fetches at most twelve files of a document and names the others', async () => {
  await using reading = await openReading();
  const names = Array.from({ length: 14 }, (_, at) => `f${at}.zip`);
  reading.web.set(NOTICE, noticePage(PARAGRAPHS, links(...names.map((name) => [name, name] as const))));
  for (const name of names) reading.web.set(`${FOLDER}/${name}`, new Uint8Array([0x50, 0x4b, 3, 4]));
  await reading.readOn('2021-06-22');
  const rows = await reading.store.attachments.ofDocument((await reading.document()).id);
  const states = Map.groupBy(rows, ({ state }) => state);
  assert.deepEqual([states.get('kept')?.length, states.get('named')?.length], [12, 2]);
  assert.equal(reading.asked.length, 13);
});
