import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FILE_LIMITS } from '../../../pipeline/attachments/limits.ts';
import { readText } from '../../../pipeline/attachments/read-text.ts';
import { makeDocx, makePdf, makeXlsx, pack, wordFile } from './files.ts';

test('reads the paragraphs of a Word document and the rows of its tables', async () => {
  const file = makeDocx([
    '附件1',
    '申报书 & 说明',
    ['序号', '单位', '金额（万元）'],
    ['1', '北岭大学', '300'],
    '填报说明：不超过30页。',
  ]);
  assert.deepEqual(await readText(file, 'docx'), {
    state: 'read',
    text: '附件1\n申报书 & 说明\n序号 单位 金额（万元）\n1 北岭大学 300\n填报说明：不超过30页。',
  });
});

test('reads every sheet of a workbook row by row, with days as days', async () => {
  const file = makeXlsx({
    名单: [
      ['序号', '企业', '认定日期'],
      [1, '江东量子', { day: 44368 }],
      ['', '', ''],
      [2, '云泽新材', { day: 44369.5 }],
    ],
    说明: [['共2家']],
  });
  assert.deepEqual(await readText(file, 'xlsx'), {
    state: 'read',
    text: '名单\n序号 企业 认定日期\n1 江东量子 2021-06-21\n2 云泽新材 2021-06-22 12:00\n说明\n共2家',
  });
});

test('joins the lines of a PDF to paragraphs and leaves its page numbers out', async () => {
  const file = makePdf([
    [
      '创新券管理办法',
      '第一条　为支持科技型中小企业购买研发服务，推动科研设',
      '施开放共享，制定本办法。',
      '第二条　每家企业每年最高20万元。',
      '— 1 —',
    ],
    ['第三条　本办法自印发之日起施行。', '— 2 —'],
  ]);
  assert.deepEqual(await readText(file, 'pdf'), {
    state: 'read',
    text: '创新券管理办法\n第一条 为支持科技型中小企业购买研发服务，推动科研设施开放共享，制定本办法。\n第二条 每家企业每年最高20万元。\n第三条 本办法自印发之日起施行。',
  });
});

test('tells a PDF that has pages and no text from one that has', async () => {
  assert.deepEqual(await readText(makePdf([[], ['3'], []]), 'pdf'), {
    state: 'scanned',
    detail: '3 pages without text',
  });
});

test('says of a file that is not what it is called why it cannot be read', async () => {
  for (const kind of ['pdf', 'docx', 'xlsx'] as const) {
    const page = new TextEncoder().encode('<html><body>404</body></html>');
    const { state } = await readText(page, kind);
    assert.equal(state, 'failed', kind);
  }
});

test('stops at the cap on entries', async () => {
  const names = Array.from({ length: FILE_LIMITS.entries + 1 }, (_, at) => [`word/${at}.xml`, ''] as const);
  assert.deepEqual(await readText(pack(Object.fromEntries(names)), 'docx'), {
    state: 'failed',
    detail: `more than ${FILE_LIMITS.entries} entries`,
  });
});

test('stops at the cap on inflated bytes before anything is inflated', async () => {
  const bomb = wordFile(new Uint8Array(FILE_LIMITS.inflatedBytes + 1).fill(32));
  assert.ok(bomb.length < 40_000, `${bomb.length} bytes`);
  assert.deepEqual(await readText(bomb, 'docx'), {
    state: 'failed',
    detail: `more than ${FILE_LIMITS.inflatedBytes} bytes when unpacked`,
  });
});

test('gives a part no more room than its header says', async () => {
  const size = 5_000_000;
  const file = Buffer.from(wordFile(new Uint8Array(size).fill(32)));
  for (let at = 0; at + 4 <= file.length; at += 1)
    if (file.readUInt32LE(at) === size) file.writeUInt32LE(10, at);
  const { state } = await readText(file, 'docx');
  assert.equal(state, 'failed');
});

test('expands no entities of a document and opens no files they name', async () => {
  const laughs = Array.from({ length: 8 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join(
    '',
  );
  const prolog = `<!DOCTYPE w [<!ENTITY e0 "haha">${laughs}<!ENTITY file SYSTEM "file:///etc/hostname">]>`;
  const file = wordFile(
    `${prolog}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>正文&e8;&file;</w:t></w:r></w:p></w:body></w:document>`,
  );
  const read = await readText(file, 'docx');
  assert.ok(!('text' in read) || !/haha|\w/.test(read.text), JSON.stringify(read).slice(0, 200));
});

test('cuts a text at its cap and says so', async () => {
  const line = '长'.repeat(1000);
  const read = await readText(makeXlsx({ 表: Array.from({ length: 600 }, () => [line]) }), 'xlsx');
  assert.equal(read.state, 'read');
  assert.equal(read.state === 'read' && read.text.length, FILE_LIMITS.characters);
  assert.equal(read.state === 'read' && read.detail, `cut after ${FILE_LIMITS.characters} characters`);
});
