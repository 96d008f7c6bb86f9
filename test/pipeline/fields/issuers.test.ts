import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanNames, readCredit } from '../../../pipeline/fields/credit.ts';
import { documentTypeOf } from '../../../pipeline/fields/document-type.ts';
import {
  issuerOfNumber,
  issuersOfSignature,
  issuersOfTitle,
  splitIssuers,
} from '../../../pipeline/fields/issuers.ts';
import { VOCABULARY } from '../vocabulary.ts';

const ofTitle = (title: string) => issuersOfTitle(title, VOCABULARY.issuers);
const typeOf = (title: string) => documentTypeOf(title, VOCABULARY.documentTypes);

test('reads one and several issuers from a title', () => {
  assert.deepEqual(ofTitle('国务院办公厅关于加强管理的通知'), ['国务院办公厅']);
  assert.deepEqual(ofTitle('科技部　财政部关于印发办法的通知'), ['科技部', '财政部']);
  assert.deepEqual(ofTitle('科技部财政部关于印发办法的通知'), ['科技部', '财政部']);
  assert.deepEqual(ofTitle('科技部等七部门关于开展试点的通知'), ['科技部']);
});

test('a news sentence before 关于 is no issuer', () => {
  assert.deepEqual(ofTitle('一图看懂关于人才的新办法'), []);
  assert.deepEqual(ofTitle('专家，谈谈关于创新的想法'), []);
});

test('reads the signature above the date', () => {
  const text = '正文到此为止。\n科技部 财政部\n2021年6月8日\n附件';
  assert.deepEqual(issuersOfSignature(text, VOCABULARY.issuers), ['科技部', '财政部']);
});

test('splits a field and knows the longest letters of a number', () => {
  assert.deepEqual(splitIssuers('国务院办公厅、中央军委办公厅'), ['国务院办公厅', '中央军委办公厅']);
  assert.equal(issuerOfNumber('国办发', VOCABULARY.issuers)?.id, 'cn.scgo');
  assert.equal(issuerOfNumber('某某发', VOCABULARY.issuers), undefined);
});

test('types a carrier by the instrument it encloses', () => {
  assert.equal(typeOf('科技部关于印发《中试平台管理办法》的通知'), 'measures');
  assert.equal(typeOf('科技部关于印发科技规划（2021—2025年）的通知'), 'plan');
  assert.equal(typeOf('关于做好年度工作的通知'), 'notice');
  assert.equal(typeOf('《中试平台管理办法（征求意见稿）》公开征求意见'), 'draft');
  assert.equal(typeOf('一图读懂《中试平台管理办法》'), 'interpretation');
  assert.equal(typeOf('平台今日启用'), undefined);
});

test('keeps medium and author apart and takes formulas for neither', () => {
  assert.deepEqual(readCredit('新华社北京6月21日电（记者李明、王小红）近日，平台启用。'), {
    credit: '新华社',
    author: '李明、王小红',
  });
  assert.deepEqual(readCredit('正文。\n据新华社'), { credit: '新华社' });
  assert.deepEqual(readCredit('记者获悉，平台启用。'), {});
  assert.deepEqual(readCredit('本报讯（记者 李明）平台启用。').author, '李明');
  assert.equal(cleanNames('记者：李明 通讯员 王五'), '李明、王五');
});
