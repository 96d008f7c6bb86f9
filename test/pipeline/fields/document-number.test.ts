import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findDocumentNumbers,
  ownDocumentNumber,
  parseDocumentNumber,
} from '../../../pipeline/fields/document-number.ts';

test('reads every spelling of one number as one key', () => {
  for (const text of [
    '某科发〔2021〕7号',
    '某科发[2021]007号',
    '某科发（2021〕7 号',
    '某科发 【2021】 第7号',
    '发文字号：某科发〔2021〕７号',
    '\u200b某科发〔2021〕7号',
    '某科发〔2021〕号7',
  ])
    assert.equal(parseDocumentNumber(text)?.key, '某科发|2021|7', text);
  assert.equal(parseDocumentNumber('某科发[2021]007号')?.display, '某科发〔2021〕7号');
});

test('reads orders and announcements', () => {
  assert.equal(parseDocumentNumber('某省人民政府令第33号')?.key, '某省人民政府令||33');
  assert.equal(parseDocumentNumber('某部公告2020年第5号')?.key, '某部公告|2020|5');
});

test('placeholders and plain words are no numbers', () => {
  for (const text of ['其他〔2021〕7号', '无', '第7号', '2021年7号楼'])
    assert.equal(parseDocumentNumber(text), undefined, text);
});

test('tells the own number from cited ones', () => {
  const text =
    '某科发〔2021〕7号\n各市科技局：\n根据省政府办〔2020〕3号和《办法》（国科发火〔2016〕32号），现通知如下。';
  assert.equal(ownDocumentNumber(text, '关于申报的通知')?.key, '某科发|2021|7');
  assert.deepEqual(
    findDocumentNumbers(text)
      .map(({ key }) => key)
      .slice(-1),
    ['国科发火|2016|32'],
  );
});

test('a number below the salutation or inside a sentence is never the own one', () => {
  assert.equal(ownDocumentNumber('各市科技局：\n某科发〔2021〕7号\n正文。', '通知'), undefined);
  assert.equal(ownDocumentNumber('现对《办法》（某科发〔2021〕7号）解读如下。', '《办法》解读'), undefined);
});

test('reads a number in brackets behind the title', () => {
  assert.equal(ownDocumentNumber('正文。', '关于申报的通知（某科发〔2021〕7号）')?.key, '某科发|2021|7');
});
