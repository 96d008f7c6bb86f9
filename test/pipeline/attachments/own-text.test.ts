import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredAttachment } from '../../../model/attachment.ts';
import type { DocumentId } from '../../../model/ids.ts';
import { leavesToFile, ownFile } from '../../../pipeline/attachments/own-text.ts';

const file = (title: string, parts: Partial<StoredAttachment> = {}): StoredAttachment => ({
  documentId: 'd' as DocumentId,
  url: `http://x.example/${title}`,
  title,
  kind: 'pdf',
  state: 'read',
  text: title,
  ...parts,
});
const titleOf = (...files: StoredAttachment[]) => ownFile(files)?.title;

test('a page leaves its words to a file when it says less than eighty characters beside the links', () => {
  const named =
    '关于印发创新型产业集群认定管理办法的通知（含附件一至附件五及编制说明、政策解读与意见采纳情况汇总）.pdf';
  const says = (text: string, rule = 'selector') =>
    leavesToFile({
      text,
      attachments: [{ url: 'http://x.example/a.pdf', title: named }],
      trace: [{ step: 'body', rule, value: '' }],
    });
  assert.ok(says(''));
  assert.ok(says(`详见附件。\n附件：${named}${named}`), 'the names of files are not its own words');
  assert.ok(says('字'.repeat(79)));
  assert.ok(!says('字'.repeat(80)));
  assert.ok(says('字'.repeat(300), 'summary'), 'the list said it, not the page');
  assert.ok(!leavesToFile({ text: '', attachments: [], trace: [] }));
});

test('the document is the one file with words that is no form', () => {
  assert.equal(titleOf(file('管理办法')), '管理办法');
  assert.equal(titleOf(file('1.申报书'), file('2.管理办法', { kind: 'docx' }), file('回执')), '2.管理办法');
  assert.equal(titleOf(file('管理办法.pdf'), file('管理办法.docx', { kind: 'docx' })), '管理办法.pdf');
  assert.equal(titleOf(file('管理办法（PDF版）'), file('管理办法', { kind: 'docx' })), '管理办法（PDF版）');
  assert.equal(titleOf(file('扫描', { state: 'scanned' }), file('办法')), '办法');
  assert.equal(titleOf(file('办法'), file('细则')), undefined);
  assert.equal(titleOf(file('名单', { kind: 'xlsx' })), undefined);
});

test('a text beyond what later steps bear ends with a line, and says how long the whole is', () => {
  const line = `${'字'.repeat(99)}\n`;
  const own = ownFile([file('规划', { text: line.repeat(2000) })]);
  assert.deepEqual([own?.text.length, own?.length], [149_999, 200_000]);
});
